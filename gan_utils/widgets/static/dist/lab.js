// Made by `nox -s javascript`; change javascript/src instead. Sources: 65957840ce6191d7cf97083c8c090984c2440aa86381c241613962b1976681c0
"use strict";
var face = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // lab.js
  var lab_exports = {};
  __export(lab_exports, {
    default: () => lab_default
  });

  // palette.js
  var DASHES = {
    real: [],
    fake: [7, 4],
    critic: [9, 3, 2, 3],
    move: [2, 3],
    muted: [1, 4]
  };
  var LIGHT = {
    paper: "#ffffff",
    ink: "#1f1f1f",
    muted: "#6e6e6e",
    halo: "#ffffff",
    real: "#0072B2",
    fake: "#D55E00",
    critic: "#009E73",
    move: "#A6477F",
    slope: "#26262b",
    sheet: "#6F4A9E",
    band: "rgba(110,110,110,0.22)",
    // The map of what D says, from surely forged to surely real: tints, so that no mark on
    // it is lost, neither by hue nor, for who sees few hues, by lightness.
    low: [250, 196, 128],
    middle: [255, 255, 255],
    high: [152, 208, 240],
    gap: [176, 34, 120],
    // the map of |D - D*|, from paper to this
    /** @type {Record<"real" | "fake" | "critic" | "move" | "muted", number[]>} */
    dashes: DASHES
  };
  var PALETTES = {
    light: LIGHT,
    dark: {
      paper: "#161616",
      ink: "#eeeeee",
      muted: "#a8a8a8",
      halo: "#101010",
      real: "#56B4E9",
      fake: "#F0A020",
      critic: "#2FC79A",
      move: "#E39AC5",
      slope: "#f4f4f4",
      sheet: "#C3A5EE",
      band: "rgba(190,190,190,0.22)",
      low: [104, 56, 12],
      middle: [28, 28, 28],
      high: [10, 66, 104],
      gap: [214, 72, 158],
      dashes: DASHES
    }
  };
  var css = (triple) => `rgb(${triple.join()})`;
  function dress(root, theme) {
    for (const [name, colour] of Object.entries(PALETTES[theme])) {
      if (typeof colour === "string") root.style.setProperty(`--${name}`, colour);
      else if (Array.isArray(colour)) root.style.setProperty(`--${name}`, css(colour));
    }
  }

  // base.js
  var TAKES_KEYS = ["button", "input", "select", "textarea", "summary", "canvas"];
  var OWN_MENU = ["input", "textarea", "canvas"];
  var ARROW_KEYS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1]
  };
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    if (TAKES_KEYS.includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
    if (OWN_MENU.includes(tag)) {
      node.addEventListener("contextmenu", (event) => event.stopPropagation());
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && name !== "list" && name !== "role") {
        node[name] = value;
      } else node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  }
  function number(value, digits = 3) {
    if (value === null || value === void 0 || Number.isNaN(value)) return "–";
    if (Number.isInteger(value)) return value.toLocaleString("en-GB");
    return String(Number(value.toPrecision(digits)));
  }
  var quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  function themeOf(node) {
    for (let at = (
      /** @type {Element | null} */
      node
    ); at; at = at.parentElement) {
      const parts = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number);
      if (parts && (parts.length < 4 || parts[3] > 0.5)) {
        const [red, green, blue] = parts;
        return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
      }
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  function watchTheme(root, redraw) {
    const look = () => {
      const theme = themeOf(root.parentElement ?? document.body);
      root.dataset.theme = theme;
      dress(root, theme);
      redraw(theme);
    };
    const size = new ResizeObserver(look);
    const page = new MutationObserver(look);
    size.observe(root);
    for (const node of [document.documentElement, document.body]) {
      page.observe(node, { attributes: true });
    }
    look();
    return () => [size, page].forEach((observer) => observer.disconnect());
  }

  // controls.js
  var serial = 0;
  var nextId = () => `gan-lab-${++serial}`;
  function switchOff(node, input, why) {
    if (input.title === (why ?? "")) return false;
    input.disabled = why !== null;
    input.title = why ?? "";
    node.classList.toggle("gl-off", input.disabled);
    return true;
  }
  function slider(options) {
    const { label, low, high, scale = "linear", step = 1, value, words = number, late } = options;
    const { onmove } = options;
    const steps = scale === "linear" ? Math.round((high - low) / step) : 200;
    const toValue = (position) => {
      if (scale === "linear") return Number((low + position * step).toFixed(6));
      if (scale === "share") return Number((low + (high - low) * position / 200).toFixed(3));
      if (scale === "log0" && position === 0) return 0;
      const raw = low * (high / low) ** (position / 200);
      return scale === "whole" ? Math.round(raw) : Number(raw.toPrecision(2));
    };
    const toPosition = (wanted) => {
      if (scale === "linear") return Math.round((wanted - low) / step);
      if (scale === "share") return Math.round((wanted - low) / (high - low) * 200);
      if (wanted <= 0) return 0;
      return Math.round(200 * Math.log(wanted / low) / Math.log(high / low));
    };
    const id = nextId();
    const output = make("output", { for: id });
    const input = make("input", {
      type: "range",
      id,
      min: 0,
      max: steps,
      step: 1,
      oninput: () => {
        let now = toValue(Number(input.value));
        if (scale === "whole" && now === shown) now = toNext(now);
        say(now);
        if (!late) onmove(now);
      },
      onchange: () => late && onmove(shown)
      // what compiles anew waits for the release
    });
    let shown = value;
    const toNext = (now) => {
      const direction = Math.sign(Number(input.value) - toPosition(shown));
      const next = Math.min(high, Math.max(low, now + direction));
      input.value = String(toPosition(next));
      return next;
    };
    const say = (now) => {
      shown = now;
      output.textContent = input.disabled ? input.title : words(now);
      input.setAttribute("aria-valuetext", words(now));
    };
    const put3 = (wanted) => {
      input.value = String(toPosition(wanted));
      say(wanted);
    };
    put3(value);
    const node = make(
      "div",
      { className: "gl-field gl-slider" },
      make("label", { htmlFor: id }, label),
      output,
      input
    );
    const rest = (why) => {
      if (switchOff(node, input, why)) output.textContent = why ?? words(shown);
    };
    return { node, input, put: put3, rest, get: () => shown };
  }
  function menu({ label, options, value, onmove }) {
    const id = nextId();
    const input = make(
      "select",
      { id, onchange: () => onmove(input.value) },
      ...options.map(([name, text]) => make("option", { value: name }, text))
    );
    const put3 = (wanted) => {
      const known = options.some(([name]) => name === wanted);
      input.value = known ? wanted : "";
    };
    put3(value ?? "");
    const node = make(
      "div",
      { className: "gl-field" },
      make("label", { htmlFor: id }, label),
      input
    );
    const rest = (why) => {
      switchOff(node, input, why);
    };
    return { node, input, put: put3, rest, get: () => input.value };
  }
  var asItsLabel = (name) => [name, name];
  function button(text, onclick, attributes = {}) {
    return make("button", { type: "button", onclick, ...attributes }, text);
  }
  function tick(label, checked, onmove) {
    const input = make("input", { type: "checkbox", checked, onchange: () => onmove(input.checked) });
    return { node: make("label", { className: "gl-tick" }, input, make("span", {}, label)), input };
  }
  function sayNobodyAnswers(note, again) {
    note.replaceChildren(
      "The kernel does not answer. It is busy with another cell, or it was restarted: then choose Run > Run All Above Selected Cell, and run this cell after it. ",
      button("Ask again", () => {
        note.textContent = "";
        again();
      })
    );
  }
  var NO_EFFECT = {
    beta1: ({ optimizer }) => optimizer !== "adam" && "SGD has no beta1",
    gamma: ({ penalty }) => penalty === "none" && "no penalty is chosen",
    g_width: ({ g_layers: layers }) => layers === 0 && "no hidden layer",
    d_width: ({ d_layers: layers }) => layers === 0 && "no hidden layer",
    g_rate: ({ k_g: steps }) => steps === 0 && "G makes no steps",
    d_rate: ({ k_d: steps }) => steps === 0 && "D makes no steps"
  };
  var Settings = class {
    /** @param {Record<string, any>} catalogue @param {OnSet} onset */
    constructor(catalogue, onset) {
      this.controls = {};
      this.groups = {};
      this.node = make("div", { className: "gl-settings" });
      for (const [title, items] of catalogue.groups) {
        const body = make("div", { className: "gl-fields" });
        for (const item of items) {
          const control = this.build(item, onset);
          this.controls[item.name] = control;
          body.append(control.node);
        }
        this.groups[title] = body;
        this.node.append(make("details", {}, make("summary", {}, title), body));
      }
    }
    /** @param {any} item @param {OnSet} onset */
    build(item, onset) {
      const onmove = (value) => onset(item.name, value);
      return item.options ? menu({ ...item, onmove }) : slider({ ...item, onmove });
    }
    // Show what the kernel has, but never move a control under the learner's hand.
    /** @param {Record<string, any>} settings @param {object} waiting */
    show(settings, waiting) {
      for (const [name, control] of Object.entries(this.controls)) {
        if (name in waiting || control.input.matches(":active")) continue;
        control.rest(NO_EFFECT[name]?.(settings) || null);
        const value = settings[name];
        if (typeof value === "object") control.put("");
        else if (value !== void 0 && value !== control.get()) control.put(value);
      }
    }
  };

  // lab_pace.js
  var SPEEDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3e3, 6e3, 12e3, Infinity];
  var USUAL = 60;
  var SCREEN = 60;
  var FULL = 1e3;
  var SOON = 10;
  var LOOK = 12;
  var MOST = 64;
  var Pace = class {
    rate = USUAL;
    // updates a second
    /** @type {number | null} */
    fixed = null;
    // updates a frame, for measurements
    /** @type {number | null} */
    goal = null;
    // the step to run to
    most = 1;
    // times as many updates in a frame as the screen alone would ask for
    shown = 0;
    // when the last frame was shown, ms
    seen = 0;
    // frames since the last look at the line ...
    begun = 0;
    // ... which began then, ms
    /** @param {number} goal @param {number} now steps */
    runTo(goal, now) {
      this.goal = goal;
      this.hurry = Math.max(this.rate, (goal - now) / SOON);
    }
    get speed() {
      return this.goal === null ? this.rate : this.hurry ?? this.rate;
    }
    // Updates in the next frame.
    get each() {
      if (this.fixed) return this.fixed;
      if (this.speed === Infinity) return FULL;
      return Math.max(1, Math.min(FULL, Math.round(this.speed / SCREEN * this.most)));
    }
    // From one frame to the next, ms; 0: as fast as they come.
    get gap() {
      return this.fixed || this.speed === Infinity ? 0 : 1e3 * this.each / this.speed;
    }
    get isSlow() {
      return this.speed < 25;
    }
    // slower than the eye: the points glide
    // Whether a frame is due; on a screen of 60 pictures a second it may be half of one early.
    /** @param {number} now */
    isDue(now) {
      return now - this.shown >= this.gap - 500 / SCREEN;
    }
    // A frame is shown. Where they come too slowly, let each carry more updates.
    /** @param {number} now */
    took(now) {
      const apart = now - this.shown;
      this.shown = now;
      if (!this.gap || this.isSlow || apart > 2e3) this.seen = 0;
      else if (this.seen === 0) [this.seen, this.begun] = [1, now];
      else if (this.seen++ === LOOK) {
        const longer = (now - this.begun) / (LOOK * this.gap);
        if (longer > 1.3) this.most = Math.min(MOST, this.most * Math.min(2, longer));
        else if (longer < 1.08) this.most = Math.max(1, this.most / 1.1);
        this.seen = 0;
      }
    }
    // What to ask for: updates a frame, and frames; from the newest step that is known.
    /** @param {number} step @param {number} frames */
    want(step, frames) {
      const { each: each2 } = this;
      const few = this.isSlow ? 1 : frames;
      if (this.goal === null) return { play: each2, frames: few };
      const left = Math.max(0, this.goal - step);
      const whole = Math.floor(left / each2);
      return whole ? { play: each2, frames: Math.min(few, whole) } : { play: left, frames: 1 };
    }
  };

  // lab_bar.js
  var speedWords = (rate) => rate === Infinity ? "full speed" : `${number(rate)} steps/s`;
  var MOST_SEED = 2147483647;
  function sign(node, sign2, word) {
    node.replaceChildren(sign2, make("span", { className: "gl-word" }, ` ${word}`));
  }
  function signed(mark, word, onclick, attributes = {}) {
    const one = button("", onclick, attributes);
    sign(one, mark, word);
    return one;
  }
  var Bar = class {
    used = "0";
    // the seed that counts
    /** @type {number | null} */
    awaited = null;
    // a seed that the kernel has not yet taken
    /** @param {import("./lab_live.js").Live} lab */
    constructor(lab) {
      this.lab = lab;
      this.play = signed("▶", "Play", () => lab.isRunning ? lab.pause() : lab.play(), {
        className: "gl-primary"
      });
      this.reset = signed("↺", "Reset", () => lab.reset());
      this.speed = slider({
        label: "Speed",
        low: 0,
        high: SPEEDS.length - 1,
        value: SPEEDS.indexOf(USUAL),
        words: (i) => speedWords(SPEEDS[i]),
        onmove: (i) => lab.setSpeed(SPEEDS[i])
      });
      const onkeydown = ({ key }) => {
        if (key === "Enter") this.take();
      };
      this.seed = make("input", {
        type: "number",
        min: 0,
        max: MOST_SEED,
        value: this.used,
        inputMode: "numeric",
        onchange: () => this.take(),
        onkeydown
      });
      this.nodes = [
        this.play,
        this.reset,
        this.speed.node,
        make("label", { className: "gl-field gl-seed" }, make("span", {}, "Seed"), this.seed)
      ];
    }
    get isNew() {
      return this.seed.value !== this.used;
    }
    // Let the seed in the box count, however it came there. False: it is none.
    take() {
      if (!this.isNew) {
        this.lab.unwarn();
        return true;
      }
      const { value } = this.seed;
      if (!/^\d+$/.test(value) || Number(value) > MOST_SEED) {
        this.lab.warn(`A seed is a whole number from 0 up; this is ${value || "none"}.`);
        return false;
      }
      this.lab.unwarn();
      this.used = value;
      this.awaited = Number(value);
      this.lab.begin(this.awaited);
      return true;
    }
    // Show the kernel's seed, but never over one that is being typed or on its way.
    /** @param {number} seed @param {boolean} refused */
    follow(seed, refused) {
      if (seed === this.awaited || refused) this.awaited = null;
      if (this.awaited !== null || this.isNew) return;
      this.used = this.seed.value = String(seed);
    }
    // Put a seed into the box and begin its run.
    /** @param {number} seed */
    put(seed) {
      this.seed.value = this.used = String(seed);
      this.awaited = seed;
      this.lab.begin(seed);
    }
    /** @param {boolean} running */
    show(running) {
      if (running === this.play.classList.contains("gl-pause")) return;
      sign(this.play, running ? "" : "▶", running ? "Pause" : "Play");
      this.play.classList.toggle("gl-pause", running);
    }
  };

  // drawing.js
  function sharp(canvas, width, height) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    const context = contextOf(canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }
  function contextOf(canvas) {
    return (
      /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d")
    );
  }
  function blank(canvas, width, height, theme) {
    const context = sharp(canvas, width, height);
    const colours = PALETTES[theme];
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, width, height);
    return { context, colours };
  }
  function placing(view, size) {
    const [x0, x1, y0, y1] = view;
    const scale = size / Math.max(x1 - x0, y1 - y0);
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
    const to = (x, y) => [size / 2 + (x - mx) * scale, size / 2 - (y - my) * scale];
    const back = (px, py) => [mx + (px - size / 2) / scale, my - (py - size / 2) / scale];
    return Object.assign(to, { back, scale, size });
  }
  function each(points, place, visit, limit = Infinity) {
    const many = Math.min(points.shape[0], limit);
    for (let i = 0; i < many; i++) {
      const [x, y] = place(points.data[2 * i], points.data[2 * i + 1], i);
      if (Number.isFinite(x + y)) visit(x, y, i);
    }
  }
  function drawCross(context, [x, y], arm, colour, width) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    context.stroke();
  }
  function strokeAs(context, looks) {
    for (const [colour, width] of looks) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  }
  function labeller(context, size, colour, halo = null) {
    return (words, x, y, align, baseline) => {
      context.font = `${size}px system-ui, sans-serif`;
      [context.textAlign, context.textBaseline] = [align, baseline];
      if (halo) {
        context.setLineDash([]);
        [context.strokeStyle, context.lineWidth] = [halo, 4];
        context.strokeText(words, x, y);
      }
      context.fillStyle = colour;
      context.fillText(words, x, y);
    };
  }

  // charts.js
  var COLUMN = 2;
  function drawChart(canvas, chart) {
    const { lines, band, rule, moment, theme } = chart;
    const [width, height] = [canvas.clientWidth || 260, canvas.clientHeight || 150];
    const { context, colours } = blank(canvas, width, height, theme);
    const size = Math.max(12, Math.min(15, width / 26));
    context.font = `${size}px system-ui, sans-serif`;
    const frame = extent(chart);
    const box = { left: size * 3.4, right: width - 8, top: 6, bottom: height - size * 1.6 };
    const at = {
      x: (v) => box.left + (v - frame.x0) / (frame.x1 - frame.x0) * (box.right - box.left),
      y: (v) => box.bottom - (v - frame.y0) / (frame.y1 - frame.y0) * (box.bottom - box.top)
    };
    drawAxes(context, frame, box, at, colours);
    context.save();
    context.beginPath();
    context.rect(box.left, box.top - 2, box.right - box.left, box.bottom - box.top + 4);
    context.clip();
    if (band) {
      const [top, bottom] = [at.y(band[1]), at.y(band[0])];
      context.fillStyle = colours.band;
      const least = Math.max(4, bottom - top);
      context.fillRect(box.left, (top + bottom - least) / 2, box.right - box.left, least);
    }
    if (rule) stroke(context, [[frame.x0, frame.x1], [rule, rule]], at, colours.critic, [2, 3], 1.8);
    for (const line of lines) {
      const points = thinned(line, (box.right - box.left) / COLUMN, frame);
      stroke(context, points, at, colours[line.colour], line.dash, 2);
    }
    if (moment !== void 0) {
      stroke(context, [[moment, moment], [frame.y0, frame.y1]], at, colours.muted, [], 1);
    }
    context.restore();
  }
  function isKnown(value) {
    return typeof value === "number" && Number.isFinite(value);
  }
  function extent({ lines, band, rule, moment = 0, floor, ceiling, end }) {
    const xs = lines.flatMap(({ x }) => [x[0] ?? 0, x[x.length - 1] ?? 0]);
    const ys = lines.flatMap(({ y }) => Array.from(y).filter(isKnown));
    if (band) ys.push(...band);
    for (const end2 of [floor, ceiling, rule]) if (isKnown(end2)) ys.push(end2);
    const [x0, x1] = [Math.min(0, ...xs), Math.max(1, end ?? Math.max(moment, ...xs))];
    let [y0, y1] = [Math.min(...ys), Math.max(...ys)];
    if (!(y1 > y0)) [y0, y1] = ys.length ? [y0 - (y0 === floor ? 0 : 0.5), y0 + 0.5] : [0, 1];
    const room = 0.06 * (y1 - y0);
    return { x0, x1, y0: y0 - (y0 === floor ? 0 : room), y1: y1 + room };
  }
  function drawAxes(context, frame, box, at, colours) {
    context.fillStyle = colours.ink;
    context.strokeStyle = colours.muted;
    context.lineWidth = 0.6;
    context.setLineDash([1, 4]);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of ticks(frame.y0, frame.y1)) {
      context.beginPath();
      context.moveTo(box.left, at.y(value));
      context.lineTo(box.right, at.y(value));
      context.stroke();
      context.fillText(number(value, 3), box.left - 5, at.y(value));
    }
    context.textBaseline = "top";
    const text = (value) => value.toLocaleString("en-GB");
    context.textAlign = "left";
    context.fillText(text(frame.x0), box.left, box.bottom + 4);
    context.textAlign = "right";
    context.fillText(`step ${text(frame.x1)}`, box.right, box.bottom + 4);
    context.textAlign = "left";
  }
  function ticks(low, high) {
    const ten = 10 ** Math.floor(Math.log10((high - low) / 3));
    for (const step of [10, 5, 2, 1, 0.5].map((k) => k * ten)) {
      const found = [];
      for (let k = Math.ceil(low / step); k * step <= high; k++) {
        found.push(Number((k * step).toPrecision(12)));
      }
      if (found.length > 1) return found;
    }
    return [low, high];
  }
  function thinned({ x, y }, columns, { x0, x1 }) {
    const found = [[], []];
    let [last, many] = [-1, 0];
    for (let i = 0; i < x.length; i++) {
      const value = y[i];
      if (!isKnown(value)) continue;
      const column = Math.floor((x[i] - x0) / (x1 - x0) * columns);
      if (column === last) {
        many += 1;
        const end = found[0].length - 1;
        found[0][end] += (x[i] - found[0][end]) / many;
        found[1][end] += (value - found[1][end]) / many;
      } else {
        [last, many] = [column, 1];
        found[0].push(x[i]);
        found[1].push(value);
      }
    }
    return found;
  }
  function stroke(context, [x, y], at, colour, dash, width) {
    context.beginPath();
    x.forEach((value, i) => context.lineTo(at.x(value), at.y(y[i])));
    context.setLineDash(dash);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  // lab_charts.js
  var MEASURES = [
    ["js", "Jensen–Shannon (nats)"],
    ["kl_pq", "KL(data, fakes) (nats)"],
    ["kl_qp", "KL(fakes, data) (nats)"],
    ["w1", "Wasserstein-1"],
    ["energy", "energy distance"]
  ];
  var list = (series) => series?.data ?? series ?? [];
  function figureOf(mark, words) {
    const value = make("b", {}, "–");
    return { node: make("span", { className: `gl-figure ${mark}` }, words, value), value };
  }
  var Charts = class {
    /** @param {() => void} redraw */
    constructor(redraw) {
      this.measure = "js";
      const chart = () => make("canvas", { className: "gl-chart", role: "img" });
      this.losses = chart();
      this.distance = chart();
      this.numbers = {
        d: figureOf("gl-line gl-critic", "D "),
        g: figureOf("gl-line gl-dash gl-fake", "G "),
        apart: figureOf("", "")
      };
      this.menu = menu({
        label: "How far apart?",
        options: MEASURES,
        value: this.measure,
        onmove: (value) => {
          this.measure = value;
          redraw();
        }
      });
      const { d, g, apart } = this.numbers;
      this.marks = make("p", { className: "gl-marks" });
      this.facts = make("p", { className: "gl-facts" });
      this.node = make(
        "div",
        { className: "gl-charts" },
        this.facts,
        make(
          "figure",
          {},
          make("figcaption", {}, make("span", {}, "Losses"), d.node, g.node),
          this.losses
        ),
        make(
          "figure",
          {},
          make("figcaption", {}, this.menu.node, apart.node),
          this.distance,
          this.marks
        )
      );
    }
    // What can be counted, in words that keep their places.
    /** @param {Frame[]} frames */
    tell(frames) {
      const said2 = frames.map(({ modes, covered, accuracy }, lane) => [
        frames.length > 1 ? `${"AB"[lane]}: ` : "",
        modes ? `${modes[0]} of ${modes[1]} clouds reached` : covered === void 0 ? "" : `${Math.round(100 * covered)} % of the data covered`,
        accuracy === void 0 ? "" : `, D right in ${Math.round(100 * accuracy)} %`
      ].join(""));
      const words = said2.join("\n");
      if (this.facts.textContent !== words) this.facts.textContent = words;
    }
    /** @param {Frame[]} frames @param {Theme} theme */
    draw(frames, theme) {
      const { dashes } = PALETTES[theme];
      const [main, other] = frames;
      const lossDashes = [[dashes.real, dashes.fake], [dashes.move, dashes.critic]];
      const lines = frames.flatMap(({ losses: { step, values } }, lane) => {
        const [d2, g2] = lossDashes[lane];
        return [
          { x: list(step), y: list(values.d_loss), colour: "critic", dash: d2 },
          { x: list(step), y: list(values.g_loss), colour: "fake", dash: g2 }
        ];
      });
      const [moment, end] = [main.step, Math.max(main.head, main.step)];
      drawChart(this.losses, { lines, moment, end, theme });
      const [d, g] = lines.map(({ y }) => number(y[y.length - 1], 2));
      this.put(this.numbers.d.value, d);
      this.put(this.numbers.g.value, g);
      this.losses.setAttribute("aria-label", `Losses over the steps; now D ${d}, G ${g}.` + (other ? " Of B: D dotted, G dash-dotted." : ""));
      this.drawDistance(frames, moment, end, theme);
    }
    /** @param {Frame[]} frames @param {number} moment @param {number} end @param {Theme} theme */
    drawDistance(frames, moment, end, theme) {
      const { dashes } = PALETTES[theme];
      const [main, other] = frames;
      const one = main.divergences[this.measure];
      const lines = frames.map(({ charts }, lane) => ({
        x: list(charts.step),
        y: list(charts.values[this.measure]),
        colour: lane ? "move" : "ink",
        dash: lane ? dashes.move : []
      }));
      const band = one && one.low !== null && one.high !== null ? [one.low, one.high] : null;
      const bound = main.bound?.measure === this.measure && main.bound.value > 0 ? main.bound : null;
      const rule = bound?.value;
      drawChart(this.distance, { lines, band, rule, moment, end, theme, floor: 0 });
      this.put(this.numbers.apart.value, one ? number(one.value, 2) : "–");
      const marks = !one ? "not measured for these data" : [band && "▒ real beside real", bound && "┄ what D's loss proves at least"].filter(Boolean).join("   ");
      this.put(this.marks, marks);
      const words = this.words(one, band, bound, other);
      this.distance.setAttribute("aria-label", words);
      if (this.marks.title !== words) this.marks.title = words;
    }
    /** @param {HTMLElement} node @param {string} words */
    put(node, words) {
      if (node.textContent !== words) node.textContent = words;
    }
    /** @type {(one: Measure | undefined, band: [number, number] | null, bound: Frame["bound"],
     *   other?: Frame) => string} */
    words(one, band, bound, other) {
      if (!one) return "Not measured for these data.";
      const parts = [`${number(one.value)} with ${number(one.n)} fakes`];
      if (band) parts.push(`band: data against data, ${number(band[0])} to ${number(band[1])}`);
      if (bound) parts.push(`${bound.words.replace(/\.$/, "")}, now ${number(bound.value)} (dotted)`);
      if (other?.divergences[this.measure]) {
        parts.push(`B (dashed): ${number(other.divergences[this.measure].value)}`);
      }
      return `${parts.join("; ").replace(/\.$/, "")}.`;
    }
  };

  // lab_marks.js
  var markSize = (points, { size }) => (points.shape[0] > 300 ? 1.9 : 2.6) * Math.sqrt(Math.max(size, 280) / 400);
  var sprites = /* @__PURE__ */ new Map();
  function painted(width, height, ratio, paint2) {
    const [w, h] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    const large = typeof OffscreenCanvas === "function" && new OffscreenCanvas(w, h);
    const canvas = large || Object.assign(document.createElement("canvas"), { width: w, height: h });
    const context = (
      /** @type {Context} */
      canvas.getContext("2d")
    );
    context.scale(ratio, ratio);
    paint2(context);
    return large ? large.transferToImageBitmap() : (
      /** @type {HTMLCanvasElement} */
      canvas
    );
  }
  function stamp(context, points, place, name, half, paint2) {
    const ratio = context.getTransform().a;
    const key = [name, half.toFixed(2), ratio].join();
    let picture = sprites.get(key);
    if (!picture) {
      picture = painted(2 * half, 2 * half, ratio, (small) => {
        small.translate(half, half);
        paint2(small);
      });
      if (sprites.size > 50) sprites.clear();
      sprites.set(key, picture);
    }
    const size = picture.width / ratio;
    const whole = (at) => Math.round((at - half) * ratio) / ratio;
    each(points, place, (x, y) => context.drawImage(picture, whole(x), whole(y), size, size));
  }
  var sheets = /* @__PURE__ */ new WeakMap();
  function drawData(context, points, view, place, colours) {
    const ratio = context.getTransform().a;
    const key = [place.size, ratio, colours.real, ...view].join();
    let sheet = sheets.get(context);
    if (sheet?.points !== points || sheet.key !== key) {
      const paint2 = (large) => drawDots(large, points, place, colours);
      sheet = { points, key, picture: painted(place.size, place.size, ratio, paint2) };
      sheets.set(context, sheet);
    }
    context.drawImage(sheet.picture, 0, 0, place.size, place.size);
  }
  function drawDots(context, points, place, colours) {
    const radius = markSize(points, place);
    stamp(context, points, place, `dot ${colours.real} ${colours.halo}`, radius + 1, (small) => {
      small.beginPath();
      small.arc(0, 0, radius, 0, 7);
      small.strokeStyle = colours.halo;
      small.lineWidth = 1.6;
      small.stroke();
      small.fillStyle = colours.real;
      small.fill();
    });
  }
  function drawCrosses(context, points, place, colours) {
    const reach = markSize(points, place) * 1.15;
    stamp(context, points, place, `cross ${colours.fake} ${colours.halo}`, reach + 2, (small) => {
      small.beginPath();
      for (const turn of [1, -1]) {
        small.moveTo(-reach, -turn * reach);
        small.lineTo(reach, turn * reach);
      }
      small.lineCap = "round";
      strokeAs(small, [[colours.halo, 3.4], [colours.fake, 1.7]]);
    });
  }
  var ARROWS = {
    generator_loss: { words: "where G's loss sends each fake", hue: "slope" },
    discriminator: { words: "where D rises", hue: "slope" },
    displacement: { words: "where the next step takes it", hue: "move" }
  };
  var MOST_ARROWS = 75;
  function drawArrows(context, { kind, origin, vector }, view, place, colours) {
    const scale = arrowScale(vector, view) * place.scale;
    const colour = colours[ARROWS[kind].hue];
    for (const broad of [1, 0]) {
      context.fillStyle = broad ? colours.halo : colour;
      each(origin, place, (x, y, i) => {
        const [dx, dy] = [vector.data[2 * i] * scale, -vector.data[2 * i + 1] * scale];
        const long = Math.hypot(dx, dy);
        if (long > 1.5) fillArrow(context, [x, y], [dx / long, dy / long], long, broad);
      }, MOST_ARROWS);
    }
  }
  function fillArrow(context, [x, y], [u, v], long, broad) {
    const head = Math.min(9, long * 0.55);
    const [half, wing] = [0.8 + broad, head * 0.45 + 1.4 * broad];
    const at = (along, aside) => context.lineTo(x + along * u - aside * v, y + along * v + aside * u);
    const neck = long - head - broad;
    context.beginPath();
    at(-broad, half);
    at(neck, half);
    at(neck, wing);
    at(long + 1.8 * broad, 0);
    at(neck, -wing);
    at(neck, -half);
    at(-broad, -half);
    context.fill();
  }
  function arrowScale({ data, shape }, view) {
    let longest = 0;
    for (let i = 0; i < shape[0]; i++) {
      const long = Math.hypot(data[2 * i], data[2 * i + 1]);
      if (Number.isFinite(long)) longest = Math.max(longest, long);
    }
    return longest > 0 ? 0.1 * (view[1] - view[0]) / longest : 0;
  }

  // lab_layers.js
  var LAYERS = [
    // on: at the start
    ["heat", "What D says", true],
    ["line", "Line D = ½", true],
    ["best", "Best answer D*", false],
    ["gap", "Gap |D − D*|", false],
    ["sheet", "Sheet of noise", false],
    ["real", "Data", true],
    ["fake", "Fakes", true],
    ["arrows", "Arrows", true]
  ];
  var IN_PLANE = ["line", "gap", "sheet", "arrows"];
  var KEY = {
    generator_loss: "slope of G's loss",
    discriminator: "slope of D",
    displacement: "next step"
  };
  var swatch = (name) => make("i", { className: `gl-swatch gl-of-${name}`, ariaHidden: "true" });
  var Layers = class {
    told = "";
    // what the key shows
    /** @param {{ changed(): void, morph(): void, arrows(kind: string): void }} handlers */
    constructor({ changed, morph, arrows }) {
      this.on = Object.fromEntries(LAYERS.map(([name, , on]) => [name, on]));
      this.inPlane = [];
      this.boxes = {};
      this.node = make("fieldset", { className: "gl-layers" }, make("legend", {}, "Show"));
      for (const [name, label, on] of LAYERS) {
        const one = tick(label, on, (checked) => {
          this.on[name] = checked;
          if (name === "sheet" && checked) morph();
          changed();
        });
        one.input.dataset.layer = name;
        one.node.append(swatch(name));
        this.boxes[name] = one.input;
        this.node.append(one.node);
        if (IN_PLANE.includes(name)) this.inPlane.push(one.node);
      }
      this.menu = menu({
        label: "Arrows show",
        options: Object.entries(ARROWS).map(([kind, { words }]) => [kind, words]),
        value: "generator_loss",
        onmove: (kind) => {
          arrows(kind);
          changed();
        }
      });
      const again = button("Noise → samples", morph);
      this.inPlane.push(this.menu.node, again);
      this.node.append(this.menu.node, again);
      this.key = make("p", { className: "gl-key" });
    }
    restore() {
      for (const [name, , on] of LAYERS) this.on[name] = this.boxes[name].checked = on;
      this.menu.put("generator_loss");
    }
    // Say below the picture what is in it: colours, marks, and the bar of what D says.
    /** @param {boolean} flat @param {boolean} comparable whether there is a gap to show */
    tell(flat, comparable) {
      const { real, fake, arrows, line, gap, heat, sheet, best } = this.on;
      const shown = flat ? [
        [real, "real", "data"],
        [fake, "fake", "fakes"],
        [heat, "curve", "D"],
        [best, "dots", "best answer D*"]
      ] : [
        [real, "real", "data"],
        [fake, "fake", "fakes"],
        [arrows, "arrows", KEY[this.menu.get()]],
        [sheet, "sheet", "noise"],
        [line, "line", "D = ½"],
        [best, "best", "D* = ½"]
      ];
      const isGap = gap && comparable && !flat;
      const words = JSON.stringify([shown, isGap, heat]);
      for (const node of this.inPlane) node.hidden = flat;
      if (words === this.told) return;
      this.told = words;
      const bar = (low, name, high) => make(
        "span",
        { className: "gl-scale" },
        low,
        make("i", { className: `gl-bar-of ${name}`, ariaHidden: "true" }),
        high
      );
      this.key.replaceChildren(
        ...shown.filter(([on]) => on).map(([, name, label]) => make("span", {}, swatch(String(name)), String(label))),
        ...isGap ? [bar("gap 0", "gl-of-gap", "1")] : heat && !flat ? [bar("D: forged 0", "gl-of-heat", "1 real")] : []
      );
    }
  };

  // lab_layout.js
  var WIDE = 640;
  var GAP = 12;
  var PANEL = { least: 290, most: 540, share: 0.36 };
  var SIDE = { least: 150, most: 900 };
  var REST = 420;
  var DRAWER = 140;
  var OVERLAP = 0.32;
  var MARGIN = 10;
  var LOW = 480;
  function roomOf(node) {
    const framed = window.parent !== window;
    let room = framed ? Math.max(window.innerHeight, 0.7 * screen.availHeight) : window.innerHeight;
    for (let at = node.parentElement; at; at = at.parentElement) {
      if (/px$/.test(at.style.height) && at.clientHeight > 100) {
        room = Math.min(room, at.clientHeight);
      }
    }
    return room;
  }
  function fit({ root, bar, time, key, charts, lanes, simple }) {
    const width = (root.parentElement?.clientWidth || root.clientWidth) - 2 * MARGIN;
    if (width <= 0) return;
    const room = roomOf(root);
    const isWide = width >= WIDE;
    toggle(root, "gl-wide", isWide);
    toggle(root, "gl-low", room < LOW);
    const around = bar.offsetHeight + time.offsetHeight + key.offsetHeight + 2 * MARGIN + 18;
    const tall = room - around;
    const bounded = (side2) => Math.floor(Math.max(SIDE.least, Math.min(side2, SIDE.most)));
    if (isWide) {
      const panel = Math.min(PANEL.most, Math.max(PANEL.least, PANEL.share * width));
      const side2 = bounded(Math.min((width - panel - GAP * lanes) / lanes, tall));
      const view = side2 * lanes + GAP * (lanes - 1);
      const rest = Math.min(REST, tall + time.offsetHeight + key.offsetHeight - charts.offsetHeight);
      put(root, {
        "--side": `${side2}px`,
        "--view": `${view}px`,
        "--across": String(lanes),
        "--panel": `${PANEL.most}px`,
        "--rest": `${lanes > 1 ? Math.max(0, rest) : 0}px`
      });
      return;
    }
    const full = Math.min(width, tall);
    const less = Math.min(width, tall - charts.offsetHeight - 12);
    const one = simple || less < 0.72 * full ? full : less;
    const beside = (width - GAP) / 2;
    const below = (one - GAP) / 2;
    const across = lanes > 1 && beside > below ? 2 : 1;
    const side = bounded(lanes > 1 ? Math.max(beside, below) : one);
    put(root, { "--side": `${side}px`, "--view": "100%", "--across": String(across) });
    const seen = Math.min(room, root.offsetHeight);
    const drawer = Math.max(DRAWER, Math.floor(seen - bar.offsetHeight - (1 - OVERLAP) * side));
    put(root, { "--drawer": `${drawer}px`, "--floor": `${root.offsetHeight - seen}px` });
  }
  function toggle(node, name, on) {
    if (node.classList.contains(name) !== on) node.classList.toggle(name, on);
  }
  function put(node, values) {
    for (const [name, value] of Object.entries(values)) {
      if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value);
    }
  }

  // lab_motion.js
  function onTheWay(motion, to, now) {
    const t = motion ? (now - motion.began) / motion.ms : 1;
    if (!motion || t >= 1 || motion.from.length !== to.length) return [to, false];
    return [to.map((frame, i) => between(motion.from[i], frame, Math.max(0, t))), true];
  }
  function between(a, b, t) {
    const arrows = a.arrows.kind === b.arrows.kind ? {
      kind: b.arrows.kind,
      origin: mixed(a.arrows.origin, b.arrows.origin, t),
      vector: mixed(a.arrows.vector, b.arrows.vector, t)
    } : b.arrows;
    const heat = a.heat && b.heat ? mixed(a.heat, b.heat, t) : b.heat;
    return { ...b, fake: mixed(a.fake, b.fake, t), heat, arrows };
  }
  function mixed(a, b, t) {
    if (a.data.length !== b.data.length) return b;
    return { data: b.data.map((value, i) => a.data[i] + t * (value - a.data[i])), shape: b.shape };
  }

  // lab_phase.js
  var PHASE_MS = 900;
  function drawMoment(context, phase, frame, view, place, colours) {
    drawPhase(context, phase, place, colours, view.now);
    const { fake, arrows } = phase.arrays;
    if (!arrows) return;
    const shown = { kind: "generator_loss", origin: fake, vector: arrows };
    drawArrows(context, shown, frame.view, place, colours);
  }
  function said(phase, now, otherwise) {
    if (!phase?.arrays.heat) return otherwise;
    const { heat, heat_before: before } = phase.arrays;
    const t = before ? Math.min(1, Math.max(0, (now - phase.began) / PHASE_MS)) : 1;
    const data = heat.data.map((d, i) => before ? before.data[i] + t * (d - before.data[i]) : d);
    return { data, shape: heat.shape };
  }
  function drawPhase(context, { arrays, began }, place, colours, now) {
    const t = Math.min(1, Math.max(0, (now - began) / PHASE_MS));
    const { real, fake, on_real, on_fake, loss, push_real, push_fake } = arrays;
    if (arrays.fake_before) drawTravel(context, arrays, place, colours, t);
    else if (push_fake) {
      each(real, place, (x, y, i) => triangle(context, x, y, push_real.data[i], colours.real));
      each(fake, place, (x, y, i) => triangle(context, x, y, push_fake.data[i], colours.fake));
    } else if (loss) {
      const top = Math.max(...loss.data, 1e-6);
      const points = real && loss.shape[0] === real.shape[0] ? [real, fake] : [fake];
      for (const one of points) {
        each(one, place, (x, y, i) => {
          ring(
            context,
            x,
            y,
            2 + 9 * Math.sqrt(Math.max(0, loss.data[i]) / top),
            one === real ? colours.real : colours.fake
          );
        });
      }
    } else if (arrays.arrows) {
      each(fake, place, (x, y) => drawCross(context, [x, y], 3, colours.fake, 2));
    } else {
      if (real) judged(context, real, on_real, place, colours.real, false);
      if (fake) judged(context, fake, on_fake, place, colours.fake, true);
    }
  }
  function judged(context, points, chance, place, colour, isCross) {
    each(points, place, (x, y, i) => {
      const size = chance ? 2 + 6 * chance.data[i] : 4;
      if (isCross) drawCross(context, [x, y], size, colour, 2);
      else ring(context, x, y, size, colour);
    });
  }
  function drawTravel(context, { fake_before: from, fake: to }, place, colours, t) {
    each(from, place, (x, y, i) => {
      const [u, v] = place(to.data[2 * i], to.data[2 * i + 1], i);
      const [px, py] = [x + t * (u - x), y + t * (v - y)];
      context.strokeStyle = colours.move;
      context.lineWidth = 1.2;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(px, py);
      context.stroke();
      drawCross(context, [px, py], 4, colours.fake, 2);
    });
  }
  function ring(context, x, y, size, colour) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.stroke();
  }
  function triangle(context, x, y, push, colour) {
    const size = 2.5 + 7 * Math.min(1, Math.abs(push));
    const way = push > 0 ? -1 : 1;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x, y + way * size);
    context.lineTo(x - size * 0.8, y - way * size * 0.6);
    context.lineTo(x + size * 0.8, y - way * size * 0.6);
    context.closePath();
    context.fill();
  }

  // lab_curves.js
  function drawCurves(context, frame, curves, view, size, colours) {
    const { x, p, q, d, best } = curves;
    const [left, right] = [frame.view[0], frame.view[1]];
    const top = 1.1 * Math.max(...finite(p.data), ...finite(q.data), 1e-6);
    const across = (value) => (value - left) / (right - left) * size;
    const text = Math.max(12, size / 34);
    const [ground, sky] = [size * 0.47, 2 * text];
    const [zero, one] = [size * 0.95, ground + 3.5 * text];
    const { phase } = view;
    const now = said(phase, view.now, d);
    const lanes = [
      [view.layers.real, p, top, ground, sky, colours.real, colours.dashes.real],
      [view.layers.fake, q, top, ground, sky, colours.fake, colours.dashes.fake],
      [view.layers.heat, now, 1, zero, one, colours.critic, colours.dashes.critic],
      [view.layers.best, best, 1, zero, one, colours.ink, colours.dashes.move]
    ];
    const write = labeller(context, text, colours.muted, colours.paper);
    write("densities: p — data, q - - fakes", 8, 4, "left", "top");
    const apart = frame.gap === null ? "" : `, apart ${number(frame.gap, 2)} on average`;
    const beside = view.layers.best ? `, best D* ···${apart}` : "";
    write(`D –·–${beside}`, 8, one - text - 4, "left", "middle");
    drawRule(context, size, [ground, one, (zero + one) / 2, zero], colours);
    ["0", "½", "1"].forEach((words, i) => {
      write(words, size - 6, zero + i / 2 * (one - zero), "right", "middle");
    });
    for (const [on, curve, most, low, high, colour, dash] of lanes) {
      if (!on) continue;
      context.globalAlpha = phase && curve !== now ? 0.25 : 1;
      context.beginPath();
      curve.data.forEach((value, i) => {
        const y = low - value / most * (low - high);
        if (Number.isFinite(y)) context.lineTo(across(x.data[i]), y);
      });
      context.setLineDash(dash);
      context.strokeStyle = colour;
      context.lineWidth = 2.4;
      context.stroke();
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
    drawRug(context, frame, view, across, ground + 1, colours);
    if (!phase) return;
    const height = (i) => 0.1 + 0.8 * (0.618 * i % 1);
    const at = (value, _, i = 0) => [across(value), ground - height(i) * (ground - sky)];
    const place = Object.assign(at, { scale: size / (right - left), size });
    drawMoment(context, phase, frame, view, place, colours);
  }
  var finite = (data) => Array.from(data).filter(Number.isFinite);
  function drawRule(context, size, heights, colours) {
    context.strokeStyle = colours.muted;
    context.lineWidth = 0.8;
    context.setLineDash([1, 4]);
    context.beginPath();
    for (const y of heights) {
      context.moveTo(0, y);
      context.lineTo(size, y);
    }
    context.stroke();
  }
  function drawRug(context, frame, view, across, y, colours) {
    for (
      const [name, from, to] of
      /** @type {["real" | "fake", number, number][]} */
      [["real", y, y + 7], ["fake", y + 8, y + 15]]
    ) {
      if (!view.layers[name]) continue;
      const points = frame[name];
      context.beginPath();
      for (let i = 0; i < Math.min(points.shape[0], 300); i++) {
        context.moveTo(across(points.data[2 * i]), from);
        context.lineTo(across(points.data[2 * i]), to);
      }
      context.strokeStyle = colours[name];
      context.lineWidth = 1;
      context.stroke();
    }
  }

  // lab_maps.js
  function gapOf({ heat, best }) {
    if (!best || !heat) return heat;
    const data = heat.data.map((d, i) => Math.abs(d - best.data[i]));
    return { data, shape: heat.shape };
  }
  var pieces = /* @__PURE__ */ new WeakMap();
  function drawMap(context, map, isGap, colours, place, frame) {
    const [rows, columns] = map.shape;
    let piece = pieces.get(context);
    if (!piece || piece.width !== columns || piece.height !== rows) {
      piece = document.createElement("canvas");
      [piece.width, piece.height] = [columns, rows];
      pieces.set(context, piece);
    }
    const small = contextOf(piece);
    const image = small.createImageData(columns, rows);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = map.data[row * columns + column];
        const at = 4 * ((rows - 1 - row) * columns + column);
        if (isGap) blend(image.data, at, value, colours.middle, colours.gap);
        else paint(image.data, at, value, colours);
      }
    }
    small.putImageData(image, 0, 0);
    const [x0, x1, y0, y1] = frame.view;
    const [left, top] = place(x0, y1);
    context.imageSmoothingEnabled = true;
    context.drawImage(piece, left, top, (x1 - x0) * place.scale, (y1 - y0) * place.scale);
  }
  function paint(data, at, value, { low, middle, high }) {
    blend(data, at, Math.abs(value - 0.5) * 2, middle, value < 0.5 ? low : high);
  }
  function blend(data, at, share, from, to) {
    const known = Number.isFinite(share);
    const part = Math.min(1, share);
    for (let k = 0; k < 3; k++) data[at + k] = known ? from[k] + part * (to[k] - from[k]) : 128;
    data[at + 3] = 255;
  }
  function drawLevel(context, map, place, frame, colours, isBest) {
    const [rows, columns] = map.shape;
    const [x0, x1, y0, y1] = frame.view;
    const [dx, dy] = [(x1 - x0) / columns, (y1 - y0) / rows];
    const value = (i, j) => map.data[j * columns + i] - 0.5;
    context.beginPath();
    for (let j = 0; j + 1 < rows; j++) {
      for (let i = 0; i + 1 < columns; i++) {
        const below = Number(value(i, j) < 0) + Number(value(i + 1, j) < 0) + Number(value(i, j + 1) < 0) + Number(value(i + 1, j + 1) < 0);
        if (below === 0 || below === 4) continue;
        const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
        const cuts = [];
        for (let k = 0; k < 4; k++) {
          const [a, b] = [corners[k], corners[(k + 1) % 4]];
          const [va, vb] = [value(...a), value(...b)];
          if (va < 0 === vb < 0) continue;
          const t = va / (va - vb);
          const [u, v] = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
          cuts.push(place(x0 + (u + 0.5) * dx, y0 + (v + 0.5) * dy));
        }
        for (let k = 0; k + 1 < cuts.length; k += 2) {
          context.moveTo(...cuts[k]);
          context.lineTo(...cuts[k + 1]);
        }
      }
    }
    context.setLineDash([]);
    if (isBest) strokeAs(context, [[colours.ink, 4], [colours.halo, 1.6]]);
    else strokeAs(context, [[colours.critic, 2]]);
  }
  function drawSheet(context, frame, manifold, place, colours, morph) {
    const { manifold_start: start, manifold_mass: mass } = frame;
    const [rows, columns] = manifold.shape;
    const corner = (row, column) => {
      const at = 2 * (row * columns + column);
      const at_ = (k) => start.data[at + k] + morph * (manifold.data[at + k] - start.data[at + k]);
      return place(at_(0), at_(1));
    };
    context.setLineDash([]);
    context.fillStyle = context.strokeStyle = colours.sheet;
    if (columns === 1) drawThread(context, corner, rows);
    else drawCells(context, corner, rows, columns, mass, place.size);
  }
  function drawThread(context, corner, rows) {
    context.beginPath();
    for (let row = 0; row < rows; row++) context.lineTo(...corner(row, 0));
    context.lineWidth = 2.5;
    context.stroke();
    for (let row = 0; row < rows; row++) {
      const [x, y] = corner(row, 0);
      context.fillRect(x - 3, y - 3, 6, 6);
    }
  }
  function drawCells(context, corner, rows, columns, mass, size) {
    context.lineWidth = 0.8;
    for (let row = 0; row + 1 < rows; row++) {
      for (let column = 0; column + 1 < columns; column++) {
        const four = [
          corner(row, column),
          corner(row, column + 1),
          corner(row + 1, column + 1),
          corner(row + 1, column)
        ];
        const weight = mass ? mass.data[row * (columns - 1) + column] : 1 / (rows * columns);
        const density = weight * size * size / (area(four) + 1e-6);
        context.globalAlpha = Math.min(0.8, 0.08 + 0.1 * Math.sqrt(density));
        context.beginPath();
        four.forEach((point) => context.lineTo(...point));
        context.closePath();
        context.fill();
        context.globalAlpha = 0.7;
        context.stroke();
      }
    }
    context.globalAlpha = 1;
  }
  function area(four) {
    let twice = 0;
    for (let k = 0; k < 4; k++) {
      const [a, b] = [four[k], four[(k + 1) % 4]];
      twice += a[0] * b[1] - a[1] * b[0];
    }
    return Math.abs(twice) / 2;
  }

  // lab_stage.js
  var SHADOW = 0.16;
  function drawStage(canvas, frame, view) {
    const size = canvas.clientWidth || 320;
    const { context, colours } = blank(canvas, size, size, view.theme);
    if (!frame) return;
    if (view.ghost) {
      context.globalAlpha = SHADOW;
      drawData(context, frame.real, frame.view, placing(frame.view, size), colours);
      context.globalAlpha = 1;
    } else if (frame.curves) drawCurves(context, frame, frame.curves, view, size, colours);
    else drawPlane(context, frame, view, size, colours);
  }
  function drawPlane(context, frame, view, size, colours) {
    const place = placing(frame.view, size);
    const { layers: on, phase } = view;
    const isGap = Boolean(on.gap && frame.best) && frame.gap !== null;
    const heat = said(phase, view.now, frame.heat);
    const map = isGap ? gapOf(frame) : on.heat ? heat : null;
    if (map) drawMap(context, map, isGap, colours, place, frame);
    if (on.best && frame.best) drawLevel(context, frame.best, place, frame, colours, true);
    if (on.line && heat) drawLevel(context, heat, place, frame, colours, false);
    context.globalAlpha = phase ? 0.25 : 1;
    if (on.sheet && frame.manifold && !phase) {
      drawSheet(context, frame, frame.manifold, place, colours, view.morph);
    }
    if (on.real) drawData(context, frame.real, frame.view, place, colours);
    if (on.fake) drawCrosses(context, morphed(frame, view.morph), place, colours);
    context.globalAlpha = 1;
    if (phase) drawMoment(context, phase, frame, view, place, colours);
    else if (on.arrows && view.morph === 1) {
      drawArrows(context, frame.arrows, frame.view, place, colours);
    }
  }
  function morphed({ latent, fake }, morph) {
    if (morph === 1 || !latent) return fake;
    const data = fake.data.map((x, i) => latent.data[i] + morph * (x - latent.data[i]));
    return { data, shape: fake.shape };
  }

  // lab_face.js
  var gapWords = ({ gap }) => gap === null ? "The scores under this loss are no chances, so there is no gap to D*: its line stands where data and fakes are equally dense" : `D and D* lie ${number(gap, 2)} apart on average over data and fakes`;
  var SPEAK_EVERY = 4e3;
  var TELL_EVERY = 100;
  var MORPH = 2e3;
  var Face = class {
    /** @type {HTMLElement} */
    bar;
    /** @type {HTMLElement} */
    live;
    // read aloud
    /** @type {HTMLElement} */
    note;
    /** @type {HTMLElement} */
    lanes;
    /** @type {HTMLElement} */
    over;
    // lies over the picture
    /** @type {HTMLElement} */
    under;
    // the timeline's place
    /** @type {HTMLElement} */
    controls;
    /** @type {Layers} */
    layers;
    /** @type {Charts} */
    charts;
    /** @type {Stage[]} */
    stages = [];
    /** @type {ReturnType<typeof slider>} */
    time;
    /** @type {HTMLElement} */
    timeline;
    /** @type {Theme} */
    theme;
    /** @type {() => void} */
    unwatch;
    /** @type {IntersectionObserver} */
    sight;
    /** @type {number | null} */
    waiting = null;
    // for a frame of the screen
    chartsDue = false;
    inSight = true;
    simple = false;
    // a recording
    ghost = false;
    // somebody draws
    /** @param {HTMLElement} el @param {Handlers} handlers */
    constructor(el, handlers) {
      this.handlers = handlers;
      this.frames = [];
      this.morph = 1;
      this.motion = null;
      this.phases = [];
      this.spoken = this.told = 0;
      this.root = make("div", {
        className: "gan-lab gl-lab",
        role: "group",
        "aria-label": "GAN laboratory"
      });
      this.build();
      el.append(this.root);
      this.watch();
    }
    build() {
      this.bar = make("div", { className: "gl-bar", role: "group", "aria-label": "Run" });
      this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
      this.note = make("p", { className: "gl-note", role: "status" });
      this.lanes = make("div", { className: "gl-lanes" });
      this.over = make("div", { className: "gl-over" }, this.note);
      this.layers = new Layers({
        changed: () => {
          this.caption();
          this.draw();
        },
        morph: () => this.startMorph(),
        arrows: (kind) => this.handlers.arrows(kind)
      });
      this.charts = new Charts(() => this.draw());
      this.under = make("div", { className: "gl-under" }, this.buildTimeline());
      const view = make(
        "div",
        { className: "gl-view" },
        make("div", { className: "gl-pictures" }, this.lanes, this.over),
        this.under,
        this.layers.key
      );
      this.controls = make("div", { className: "gl-scroll", tabIndex: -1 }, this.layers.node);
      const panel = make(
        "div",
        { className: "gl-panel", role: "group", "aria-label": "Controls" },
        this.controls
      );
      this.root.append(
        this.bar,
        this.live,
        make("div", { className: "gl-body" }, view, this.charts.node, panel)
      );
    }
    buildTimeline() {
      const go = (step) => this.handlers.seek(step);
      this.time = slider({
        label: "Timeline",
        low: 0,
        high: 1,
        value: 0,
        onmove: go,
        words: (step) => `step ${number(step)}`
      });
      const mover = (text, title, by) => button(text, () => {
        const { first, head, step } = this.frames[0] ?? { first: 0, head: 0, step: 0 };
        go(Math.min(head, Math.max(first, step + by)));
      }, { title, ariaLabel: title });
      this.timeline = make(
        "div",
        { className: "gl-time" },
        mover("◀", "one step back", -1),
        this.time.node,
        mover("▶", "one step forward", 1)
      );
      return this.timeline;
    }
    // The noise travels to where the generator takes it.
    startMorph() {
      if (quiet()) return;
      const start = performance.now();
      const move = (now) => {
        this.morph = Math.min(1, Math.max(0, (now - start) / MORPH));
        this.draw();
        if (this.morph < 1 && this.root.isConnected) requestAnimationFrame(move);
      };
      requestAnimationFrame(move);
    }
    watch() {
      this.refit = () => {
        this.fit();
        this.draw();
      };
      this.unwatch = watchTheme(this.root, (theme) => {
        this.theme = theme;
        this.refit?.();
      });
      window.addEventListener("resize", this.refit);
      this.sight = new IntersectionObserver((seen) => {
        this.inSight = seen[seen.length - 1].isIntersecting;
        if (this.inSight) this.fit();
        this.handlers.sight?.();
      });
      this.sight.observe(this.root);
    }
    fit() {
      const { root, bar, under, simple, stages } = this;
      const parts = {
        root,
        bar,
        time: under,
        key: this.layers.key,
        charts: this.charts.node,
        simple
      };
      fit({ ...parts, lanes: Math.max(1, stages.length) });
    }
    close() {
      this.unwatch();
      this.sight.disconnect();
      window.removeEventListener(
        "resize",
        /** @type {() => void} */
        this.refit
      );
      this.root.remove();
    }
    // Show frames; while playing (not speaking) words and charts follow less often than the
    // plane. Returns whether they did. In an animation frame the drawing need not wait. With
    // a time, the points take it to come from where they were.
    /** @param {Frame[]} frames */
    show(frames, speaking = true, inTurn = false, ms = 0) {
      const now = performance.now();
      this.motion = ms && !quiet() ? { from: this.frames, began: now, ms } : null;
      this.frames = frames;
      this.fitLanes(frames.length);
      const telling = speaking || now - this.told > TELL_EVERY;
      if (telling) {
        this.told = now;
        this.tell();
      }
      if (speaking || now - this.spoken > SPEAK_EVERY) {
        this.spoken = now;
        this.live.textContent = this.sentence();
      }
      if (inTurn) this.drawInTurn(telling);
      else this.draw(telling);
      return telling;
    }
    sentence() {
      return this.frames.map((frame, i) => (this.frames.length > 1 ? `${"AB"[i]}: ` : "") + frame.sentence).join(". ");
    }
    tell() {
      const { frames } = this;
      const [main] = frames;
      this.time.input.min = String(main.first);
      this.time.input.max = String(Math.max(main.first + 1, main.head));
      if (!this.time.input.matches(":active")) this.time.put(main.step);
      frames.forEach((frame, i) => {
        const words = `Plane with data, fakes and D. ${frame.sentence}`;
        this.stages[i].canvas.setAttribute("aria-label", words);
      });
      this.charts.tell(frames);
      this.caption();
    }
    // Which lane a plane shows, how far its D is from the best answer, and the key.
    caption() {
      const { frames, layers } = this;
      if (!frames.length) return;
      frames.forEach((frame, i) => {
        const words = frames.length > 1 ? [["A: as it was", "B: the fork"][i]] : [];
        if ((layers.on.gap || layers.on.best) && frame.best) words.push(gapWords(frame));
        const { caption } = this.stages[i];
        if (caption.textContent !== words.join(". ")) caption.textContent = words.join(". ");
      });
      layers.tell(frames.every(({ curves }) => curves), frames[0].gap !== null);
    }
    /** @param {number} count */
    fitLanes(count) {
      if (this.stages.length === count) return;
      while (this.stages.length > count) this.stages.pop()?.figure.remove();
      while (this.stages.length < count) {
        const canvas = make("canvas", { className: "gl-stage", role: "img" });
        const caption = make("figcaption", {});
        const figure = make("figure", {}, canvas, caption);
        this.lanes.append(figure);
        this.stages.push({ canvas, caption, figure });
      }
      this.root.classList.toggle("gl-two", count > 1);
      this.fit();
    }
    draw(charts = true) {
      this.chartsDue ||= charts;
      if (this.waiting) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = null;
        if (this.root.isConnected) this.drawNow();
      });
    }
    /** @param {boolean} charts */
    drawInTurn(charts) {
      cancelAnimationFrame(this.waiting ?? 0);
      this.waiting = null;
      this.chartsDue ||= charts;
      if (this.root.isConnected) this.drawNow();
    }
    drawNow() {
      const now = performance.now();
      const { theme, morph, ghost } = this;
      const [frames, onWay] = onTheWay(this.motion, this.frames, now);
      const moves = this.phases.some((phase) => phase && now - phase.began < PHASE_MS);
      if (onWay || moves && !quiet()) this.draw(false);
      const shown = quiet() ? now + PHASE_MS : now;
      frames.forEach((frame, i) => {
        const { canvas } = this.stages[i];
        const layers = this.layers.on;
        const view = { theme, layers, morph, phase: this.phases[i], now: shown, ghost };
        drawStage(canvas, frame, view);
      });
      if (this.frames.length && this.chartsDue) this.charts.draw(this.frames, theme);
      this.chartsDue = false;
      this.handlers.drawn?.();
    }
  };

  // lab_hints.js
  var STORE = "gan-course-hints";
  var HINTS = [
    ["play", "Press Play and watch the crosses learn."],
    ["time", "Drag the timeline: every step comes back."],
    ["set", "Change a learning rate while it plays."]
  ];
  function stored() {
    try {
      return JSON.parse(localStorage.getItem(STORE) ?? "[]");
    } catch {
      return [];
    }
  }
  var Hints = class {
    constructor() {
      this.done = new Set(stored());
      this.words = make("span", {});
      this.node = make(
        "p",
        { className: "gl-hints", role: "note" },
        this.words,
        button(
          "✕",
          () => this.did(...HINTS.map(([name]) => name)),
          { ariaLabel: "No hints", title: "No hints" }
        )
      );
      this.show();
    }
    /** @param {...string} names */
    did(...names) {
      if (names.every((name) => this.done.has(name))) return;
      for (const name of names) this.done.add(name);
      try {
        localStorage.setItem(STORE, JSON.stringify([...this.done]));
      } catch {
      }
      this.show();
    }
    show() {
      const next = HINTS.find(([name]) => !this.done.has(name));
      this.node.hidden = !next;
      this.words.textContent = next?.[1] ?? "";
    }
  };

  // lab_keep.js
  var SIGN = "gan1-";
  var UNIT = 100;
  function encode(settings, step, usual) {
    const own = Object.entries(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]));
    const values = Object.fromEntries(own);
    if (values.drawing) {
      values.drawing = values.drawing.flat().map((x) => Math.round(x * UNIT));
    }
    const bytes2 = new TextEncoder().encode(JSON.stringify({ ...values, step }));
    const text = btoa(Array.from(bytes2, (byte) => String.fromCharCode(byte)).join(""));
    return SIGN + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }
  function decode(code, usual) {
    try {
      if (!code.startsWith(SIGN)) return null;
      const text = atob(code.slice(SIGN.length).replaceAll("-", "+").replaceAll("_", "/"));
      const bytes2 = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
      const { step, ...values } = JSON.parse(new TextDecoder().decode(bytes2));
      if (values.drawing) {
        const flat = values.drawing.map((x) => x / UNIT);
        values.drawing = flat.flatMap((x, i) => i % 2 ? [] : [[x, flat[i + 1]]]);
      }
      return { settings: { ...usual, ...values }, step: Number(step) || 0 };
    } catch {
      return null;
    }
  }
  var Keep = class {
    /** @type {ArrayBuffer} */
    file;
    // the last that was chosen
    /** @type {string} */
    fileName;
    /** @param {import("./lab_live.js").Live} lab */
    constructor(lab) {
      this.lab = lab;
      const names = lab.catalogue.presets;
      this.presets = menu({
        label: "Preset",
        value: "",
        onmove: (name) => {
          lab.pause();
          lab.wish({ do: "preset", name });
        },
        options: [["", "choose …"], ...names.map(asItsLabel)]
      });
      const file = make("input", {
        type: "file",
        accept: ".npz,.lab,.zip,.json",
        hidden: true,
        onchange: async () => {
          if (!file.files?.length) return;
          const [chosen] = file.files;
          this.file = await chosen.arrayBuffer();
          this.fileName = chosen.name;
          file.value = "";
          this.load();
        }
      });
      this.consent = make("div", { className: "gl-typed", hidden: true });
      this.code = make("input", {
        type: "text",
        spellcheck: false,
        autocomplete: "off",
        onkeydown: ({ key }) => {
          if (key === "Enter") this.build();
        }
      });
      this.said = make("p", { role: "status" });
      const share = make(
        "div",
        { className: "gl-typed" },
        make("label", { className: "gl-field" }, make("span", {}, "Short code of a run"), this.code),
        make(
          "div",
          { className: "gl-row" },
          button("Copy the code of this run", () => this.copy()),
          button("Build the run of this code", () => this.build())
        ),
        this.said
      );
      this.node = make(
        "details",
        {},
        make("summary", {}, "Presets, save and load"),
        make(
          "div",
          { className: "gl-fields" },
          this.presets.node,
          make(
            "div",
            { className: "gl-row" },
            button("Save this run", () => lab.wish({ do: "save" })),
            button("Load a run", () => file.click()),
            file
          ),
          this.consent,
          share
        )
      );
    }
    load(allowed = {}) {
      this.lab.pause();
      this.presets.put("");
      this.consent.hidden = true;
      this.lab.upload = this.file;
      this.lab.wish({ do: "load", name: this.fileName, ...allowed });
    }
    // A run may hold a loss that somebody typed: nothing of it runs before the reader agrees.
    /** @param {string} code @param {() => void} agreed */
    askConsent(code, agreed = () => this.load({ run_code: true })) {
      const yes = button("Load it and run this code", () => {
        this.consent.hidden = true;
        agreed();
      });
      this.consent.replaceChildren(
        make("p", { role: "status" }, "This run holds a loss typed as Python. To load it runs that code in your kernel: do so only if you trust where it comes from."),
        make("pre", {}, code),
        yes,
        button("Leave it", () => {
          this.consent.hidden = true;
        })
      );
      this.consent.hidden = false;
      yes.focus();
    }
    async copy() {
      const { frames } = this.lab.face;
      this.code.value = encode(frames[0].settings, frames[0].step, this.lab.catalogue.usual ?? {});
      this.code.select();
      try {
        await navigator.clipboard.writeText(this.code.value);
        this.said.textContent = "The code is copied. It builds the data, the settings and the seed, and plays to this step; what was changed on the way is not in it.";
      } catch {
        this.said.textContent = "The code is selected: copy it with Ctrl-C.";
      }
    }
    build() {
      const found = decode(this.code.value.trim(), this.lab.catalogue.usual ?? {});
      this.said.textContent = found ? "" : `This is no code of a lab; one begins with ${SIGN}.`;
      if (!found) return;
      const { settings, step } = found;
      const go = () => this.lab.rebuild(settings, step);
      if (settings.loss?.python) this.askConsent(settings.loss.python, go);
      else go();
    }
  };

  // lab_pad.js
  var Pad = class {
    /** @type {HTMLCanvasElement} */
    canvas;
    /** @type {Point | null} */
    last;
    /** @param {import("./lab_face.js").Face} face @param {(points: Point[]) => void} onuse
     *   @param {() => void} onstart @param {() => void} onstop */
    constructor(face, onuse, onstart, onstop) {
      this.face = face;
      this.onstart = onstart;
      this.onstop = onstop;
      this.strokes = [];
      this.on = false;
      this.brush = [0, 0];
      this.held = false;
      this.toggle = button("✎ Draw data", () => this.on ? this.stop() : this.start(), {
        ariaPressed: "false"
      });
      const use = button("Use this drawing", () => {
        onuse(this.points);
        this.stop();
      }, {
        className: "gl-primary"
      });
      this.node = make(
        "div",
        {
          className: "gl-pen",
          role: "group",
          "aria-label": "Drawing",
          hidden: true,
          onkeydown: (event) => this.leave(event)
        },
        use,
        button("Undo", () => {
          this.strokes.pop();
          face.draw();
        }),
        button("Clear", () => {
          this.strokes = [];
          face.draw();
        }),
        button("✕", () => this.stop(), { ariaLabel: "Leave the drawing", title: "Leave the drawing" }),
        make("span", {}, "Draw on the picture, or with arrow keys and Space.")
      );
      this.events = {
        pointerdown: (event) => this.down(event),
        pointermove: (event) => this.held && this.addFrom(event),
        pointerup: () => {
          this.held = false;
        },
        pointercancel: () => {
          this.held = false;
        },
        keydown: (event) => this.key(event)
      };
    }
    get points() {
      return this.strokes.flat();
    }
    start() {
      this.onstart();
      const [{ canvas, figure }] = this.face.stages;
      this.canvas = canvas;
      this.strokes = [];
      this.on = this.face.ghost = true;
      this.canvas.classList.add("gl-drawing");
      for (const [name, act] of Object.entries(this.events)) this.canvas.addEventListener(name, act);
      this.canvas.tabIndex = 0;
      figure.append(this.node);
      this.refresh();
      this.canvas.focus({ preventScroll: true });
    }
    stop() {
      if (!this.on) return;
      this.on = this.face.ghost = false;
      this.canvas.removeAttribute("tabindex");
      this.canvas.classList.remove("gl-drawing");
      for (const [name, act] of Object.entries(this.events)) {
        this.canvas.removeEventListener(name, act);
      }
      this.refresh();
      this.onstop();
    }
    refresh() {
      this.toggle.ariaPressed = String(this.on);
      this.node.hidden = !this.on;
      this.face.root.classList.toggle("gl-draws", this.on);
      this.face.draw();
    }
    get edge() {
      return this.face.frames[0].view[1];
    }
    get place() {
      return placing(this.face.frames[0].view, this.canvas.clientWidth);
    }
    /** @param {PointerEvent} event */
    down(event) {
      event.preventDefault();
      this.canvas.focus({ preventScroll: true });
      this.canvas.setPointerCapture(event.pointerId);
      this.held = true;
      this.last = null;
      this.strokes.push([]);
      this.addFrom(event);
    }
    /** @param {PointerEvent} event */
    addFrom(event) {
      const box = this.canvas.getBoundingClientRect();
      const here = [event.clientX - box.left, event.clientY - box.top];
      const from = this.last ?? here;
      const pieces2 = Math.max(1, Math.floor(Math.hypot(here[0] - from[0], here[1] - from[1]) / 5));
      for (let k = 1; k <= pieces2; k++) {
        const [x, y] = [0, 1].map((i) => from[i] + (here[i] - from[i]) * k / pieces2);
        this.add(this.place.back(x, y));
      }
      this.last = here;
      this.face.draw();
    }
    // To a hundredth: a short code can then tell the drawing exactly.
    /** @param {Point} point */
    add([x, y]) {
      if (Math.abs(x) > this.edge || Math.abs(y) > this.edge) return;
      this.strokes[this.strokes.length - 1].push([Number(x.toFixed(2)), Number(y.toFixed(2))]);
    }
    /** @param {KeyboardEvent} event */
    leave(event) {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      this.stop();
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      this.leave(event);
      if (event.key in ARROW_KEYS) {
        ARROW_KEYS[event.key].forEach((by, i) => {
          const wanted = this.brush[i] + by * this.edge / 20;
          this.brush[i] = Math.max(-this.edge, Math.min(this.edge, wanted));
        });
      } else if (event.key === " " || event.key === "Enter") {
        this.strokes.push([]);
        this.add(this.brush);
      } else return;
      event.preventDefault();
      this.face.draw();
    }
    // Called after the plane was drawn.
    /** @param {Theme} theme */
    drawOver(theme) {
      if (!this.on) return;
      const context = contextOf(this.canvas);
      const place = this.place;
      context.fillStyle = PALETTES[theme].real;
      context.strokeStyle = PALETTES[theme].ink;
      for (const point of this.points) {
        const [x2, y2] = place(...point);
        context.beginPath();
        context.arc(x2, y2, 4, 0, 7);
        context.fill();
      }
      const [x, y] = place(...this.brush);
      context.lineWidth = 2;
      context.setLineDash([]);
      context.strokeRect(x - 8, y - 8, 16, 16);
    }
  };

  // lab_slow.js
  var PHASE = 1800;
  var KEPT = 40;
  var Slow = class {
    on = false;
    running = false;
    /** @type {Moment[]} */
    moments = [];
    at = -1;
    // which of them is shown
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    clock;
    /** @param {import("./lab_live.js").Live} lab */
    constructor(lab) {
      this.lab = lab;
      this.toggle = button("Slow motion", () => this.turn(!this.on), { ariaPressed: "false" });
      this.words = make("p", { className: "gl-phase", role: "status" });
      this.back = button("◀", () => this.go(-1), { ariaLabel: "phase before", title: "phase before" });
      this.next = button("▶", () => this.go(1), { ariaLabel: "next phase", title: "next phase" });
      this.node = make(
        "div",
        { className: "gl-time gl-slow", hidden: true },
        this.back,
        this.words,
        this.next
      );
    }
    /** @param {boolean} on */
    turn(on) {
      if (on === this.on) return;
      const { lab } = this;
      if (on) lab.pause();
      [this.on, this.running] = [on, on];
      this.toggle.ariaPressed = String(on);
      lab.face.timeline.hidden = on;
      this.node.hidden = !on;
      clearTimeout(this.clock);
      [this.moments, this.at] = [[], -1];
      this.words.textContent = "";
      if (on) this.ask();
      else {
        lab.face.phases = [];
        lab.showLast();
      }
      lab.bar.show(on);
    }
    ask() {
      this.lab.wish({ do: "phase" });
    }
    /** @param {boolean} running */
    run(running) {
      this.running = running;
      clearTimeout(this.clock);
      if (running) this.forward();
      this.lab.bar.show(running);
    }
    /** @param {number} by */
    go(by) {
      this.run(false);
      if (by > 0) this.forward();
      else if (this.at > 0) this.show(this.at - 1);
    }
    forward() {
      if (this.at < this.moments.length - 1) this.show(this.at + 1);
      else this.ask();
    }
    // A phase has come from the kernel.
    /** @param {Moment} moment */
    heard(moment) {
      this.moments = [...this.moments, moment].slice(-KEPT);
      this.show(this.moments.length - 1);
    }
    /** @param {number} at */
    show(at) {
      this.at = at;
      const { frames, phases, words } = this.moments[at];
      const began = performance.now();
      this.words.textContent = `${words.number} of 10 · ${words.name}`;
      this.node.dataset.player = words.player;
      this.back.disabled = at === 0;
      this.lab.face.phases = phases.map((one) => one && { ...one, began });
      this.lab.face.show(frames);
      clearTimeout(this.clock);
      if (this.running) this.clock = setTimeout(() => this.forward(), PHASE);
    }
  };

  // lab_tools.js
  var Tools = class {
    /** @param {import("./lab_live.js").Live} lab */
    constructor(lab) {
      this.lab = lab;
      const step = (who) => () => {
        lab.pause();
        lab.wish({ do: "step", who });
      };
      this.fork = button("Fork here", () => lab.toggleFork());
      this.goal = make("input", {
        type: "number",
        min: 0,
        value: "500",
        inputMode: "numeric",
        onkeydown: ({ key }) => {
          if (key === "Enter") this.run();
        }
      });
      const steps = make(
        "span",
        { className: "gl-group", role: "group", "aria-label": "Step" },
        make("span", {}, "Step"),
        button("D", step("discriminator"), { title: "one move of D" }),
        button("G", step("generator"), { title: "one move of G" }),
        button("both", step("both"), { title: "one update of both" })
      );
      const run = make(
        "span",
        { className: "gl-group gl-run" },
        make("label", { className: "gl-field gl-seed" }, make("span", {}, "Run to step"), this.goal),
        button("Run", () => this.run(), { title: "plays on, or goes back, to that step" })
      );
      this.lanes = menu({
        label: "Settings go to",
        value: "A",
        onmove: (lane) => {
          lab.lane = lane;
        },
        options: [["A", "A, as it was"], ["B", "B, the fork"], ["AB", "both"]]
      });
      this.lanes.node.hidden = true;
      const unseen = tick("play on out of sight", false, (on) => {
        lab.playsUnseen = on;
        lab.pump();
      });
      this.node = make(
        "div",
        { className: "gl-tools-of-run" },
        make(
          "div",
          { className: "gl-row" },
          lab.pad.toggle,
          lab.slow.toggle,
          this.fork,
          button(
            "As it opened",
            () => lab.restore(),
            { title: "all settings, the seed and the picture as they were" }
          )
        ),
        make("div", { className: "gl-row" }, steps, run, unseen.node),
        this.lanes.node
      );
    }
    run() {
      const goal = Number(this.goal.value);
      if (this.goal.value === "" || !Number.isInteger(goal) || goal < 0) {
        this.lab.warn(`A step is a whole number from 0 up; this is ${this.goal.value || "none"}.`);
        return;
      }
      this.lab.unwarn();
      this.lab.runTo(goal);
    }
    /** @param {boolean} two */
    show(two) {
      this.fork.textContent = two ? "Close the fork" : "Fork here";
      if (this.lanes.node.hidden !== two) return;
      this.lanes.node.hidden = !two;
      this.lab.lane = two ? "B" : "A";
      this.lanes.put(this.lab.lane);
    }
  };

  // lab_wall.js
  var SOUND = 0.5;
  var DOTS = 120;
  var Wall = class {
    /** @param {import("./lab_live.js").Live} lab */
    constructor(lab) {
      this.lab = lab;
      this.steps = 300;
      const length = slider({
        label: "Steps",
        low: 10,
        high: 3e3,
        scale: "whole",
        value: this.steps,
        words: (n) => `${number(n)} steps`,
        onmove: (n) => {
          this.steps = n;
        }
      });
      this.chart = make("canvas", { className: "gl-chart", role: "img", hidden: true });
      this.words = make("p", { role: "status" });
      this.go = button("Run 64 seeds", () => {
        lab.pause();
        this.words.textContent = "64 runs are on their way …";
        lab.wish({ do: "wall", steps: this.steps });
      });
      this.node = make(
        "details",
        {},
        make("summary", {}, "64 seeds at once"),
        make("div", { className: "gl-fields" }, length.node, this.go),
        this.words,
        this.chart
      );
      this.cells = make("div", { className: "gl-cells" });
      this.board = make(
        "div",
        {
          className: "gl-wall",
          role: "group",
          hidden: true,
          "aria-label": "64 seeds",
          onkeydown: (event) => this.key(event)
        },
        make(
          "p",
          { className: "gl-row" },
          make("span", {}, "Open a run:"),
          button("✕", () => this.close(), { ariaLabel: "Close the wall", title: "Close the wall" })
        ),
        this.cells
      );
      lab.face.over.after(this.board);
    }
    close() {
      if (this.board.hidden) return;
      this.board.hidden = true;
      this.go.focus({ preventScroll: true });
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      const all = (
        /** @type {HTMLElement[]} */
        Array.from(this.cells.children)
      );
      const at = all.indexOf(
        /** @type {HTMLElement} */
        document.activeElement
      );
      if (event.key === "Escape") this.close();
      else if (event.key in ARROW_KEYS && at >= 0) {
        const [right, up] = ARROW_KEYS[event.key];
        const across = all.filter((one) => one.offsetTop === all[0].offsetTop).length;
        this.focus(all, Math.max(0, Math.min(all.length - 1, at + right - up * across)));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }
    // One stop of Tab for all; the arrow keys go from one to the other.
    /** @param {HTMLElement[]} all @param {number} at */
    focus(all, at) {
      all.forEach((one, i) => {
        one.tabIndex = i === at ? 0 : -1;
      });
      all[at].focus();
    }
    /** @param {Seeds} wall @param {Theme} theme @param {Grid} real */
    show(wall, theme, real) {
      const steps = wall.steps.data[wall.steps.data.length - 1];
      const times = wall.steps.data.length;
      this.board.hidden = this.chart.hidden = false;
      const cells = Array.from(wall.seeds.data, (seed, m) => {
        const covered = wall.covered.data[m * times + times - 1];
        const words = `seed ${seed}: ${Math.round(100 * covered)} % covered`;
        const canvas = make("canvas", {});
        return { canvas, m, node: make("button", {
          type: "button",
          title: words,
          ariaLabel: words,
          tabIndex: m ? -1 : 0,
          className: covered < SOUND ? "gl-unsound" : "",
          onclick: () => this.open(seed, steps)
        }, canvas, make("span", {}, String(seed))) };
      });
      this.cells.replaceChildren(...cells.map(({ node }) => node));
      for (const { canvas, m } of cells) drawOne(canvas, wall, m, theme, real);
      this.tell(wall, theme, steps);
    }
    /** @param {number} seed @param {number} steps */
    open(seed, steps) {
      this.board.hidden = true;
      this.lab.bar.put(seed);
      this.lab.runTo(steps);
    }
    /** @param {Seeds} wall @param {Theme} theme @param {number} steps */
    tell(wall, theme, steps) {
      const [members] = wall.fake.shape;
      const survival = wall.survival.data;
      const last = survival[survival.length - 1];
      this.words.textContent = `${Math.round(last * members)} of ${members} seeds are sound and cover half of the data or more after ${number(steps)} steps. Below: their share over the steps. Press a small picture to open its run.`;
      this.chart.setAttribute("aria-label", this.words.textContent);
      const line = { x: wall.steps.data, y: survival, colour: "ink", dash: [] };
      drawChart(this.chart, { lines: [line], theme, floor: 0, ceiling: 1 });
    }
  };
  function drawOne(canvas, wall, m, theme, real) {
    const size = canvas.clientWidth || 46;
    const { context } = blank(canvas, size, size, theme);
    const colours = PALETTES[theme];
    const place = placing(wall.view, size);
    const count = wall.fake.shape[1];
    const fake = {
      data: wall.fake.data.subarray(2 * m * count, 2 * (m + 1) * count),
      shape: [count, 2]
    };
    const dots = (points, colour, side, limit) => {
      context.fillStyle = colour;
      each(points, place, (x, y) => context.fillRect(x - side / 2, y - side / 2, side, side), limit);
    };
    context.globalAlpha = 0.45;
    dots(real, colours.real, 2.2, DOTS);
    context.globalAlpha = 1;
    dots(fake, colours.fake, 1.5);
  }

  // binary.js
  function unpack(buffer, before) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const length = view.getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(buffer.subarray(4, 4 + length)));
    const frame = head.values;
    for (const one of head.arrays) {
      const start = 4 + length + one.at;
      const raw = buffer.slice(start, start + one.bytes).buffer;
      put2(frame, one.name, { data: floats(raw, one), shape: one.shape });
    }
    for (const name of head.same) put2(frame, name, take(before, name));
    return frame;
  }
  var take = (frame, path) => path.split(".").reduce((at, name) => at[name], frame);
  function put2(frame, path, value) {
    const names = path.split(".");
    const last = names.pop() ?? path;
    const inner = names.reduce((at, name) => at[name] ??= {}, frame);
    inner[last] = value;
  }
  function floats(raw, { kind, low, high }) {
    if (kind === "f4") return new Float32Array(raw);
    const whole = kind === "u1" ? new Uint8Array(raw) : new Uint16Array(raw);
    const top = kind === "u1" ? 255 : 65535;
    const scale = (high - low) / top;
    return Float32Array.from(whole, (q) => low + scale * q);
  }
  var bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  async function inflate(buffer) {
    const stream = new Blob([buffer]).stream();
    const pipe = stream.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(pipe).arrayBuffer());
  }
  var sizeOf = ({ shape }) => shape.reduce((a, b) => a * b, 1);
  async function unpackRecording(buffer) {
    const all = await inflate(buffer);
    const view = new DataView(all.buffer);
    const length = view.getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length)));
    const owns = head.frames;
    const frames = owns.map((own) => structuredClone({ ...head.shared, ...own }));
    let at = 4 + length;
    for (const one of head.arrays) {
      const size = sizeOf(one);
      const count = one.still ? 1 : frames.length;
      const planes = one.levels > 255 ? 2 : 1;
      const raw = all.subarray(at, at + planes * count * size);
      const shown = decodeTrack(raw, one, size, count);
      for (let i = 0; i < frames.length; i++) {
        put2(frames[i], one.name, { data: shown[one.still ? 0 : i], shape: one.shape });
      }
      at += raw.length;
    }
    return { ...head, frames };
  }
  function decodeTrack(raw, one, size, count) {
    const scale = (one.high - one.low) / one.levels;
    const high = one.levels > 255 ? count * size : 0;
    const mask = high ? 65535 : 255;
    const last = new Int32Array(size);
    return Array.from({ length: count }, (_, i) => {
      const out = new Float32Array(size);
      for (let k = 0; k < size; k++) {
        const at = i * size + k;
        const change = raw[at] + (high ? raw[high + at] << 8 : 0);
        last[k] = one.delta ? last[k] + change & mask : change;
        out[k] = one.low + scale * last[k];
      }
      return out;
    });
  }

  // link.js
  var COUNTED = ["step", "launch", "undo"];
  var PATIENCE = 15e3;
  var LONG = { wall: 12e4, load: 6e4 };
  var newName = () => Math.random().toString(36).slice(2);
  var Link = class {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    timer;
    /** @type {((message: Message) => void) | null} */
    onOther = null;
    // another view's answer
    /** @param {Model} model @param {Hear} onAnswer @param {() => void} onSilence */
    constructor(model, onAnswer, onSilence) {
      this.model = model;
      this.onAnswer = onAnswer;
      this.onSilence = onSilence;
      this.name = newName();
      this.count = 0;
      this.pending = [];
      this.wishes = [];
      this.listen = (message, buffers) => this.hear(message, buffers);
      model.on("msg:custom", this.listen);
    }
    close() {
      this.model.off("msg:custom", this.listen);
      clearTimeout(this.timer);
    }
    get free() {
      return this.pending.length === 0;
    }
    // Commands of one kind replace each other, so a thousand moves of a slider are one.
    /** @param {Command} command */
    wish(command) {
      const same = (other) => other.do === command.do && other.lane === command.lane && !COUNTED.includes(command.do);
      const before = this.wishes.find(same);
      if (before && command.do === "set") before.values = { ...before.values, ...command.values };
      else {
        if (before) this.wishes.splice(this.wishes.indexOf(before), 1);
        this.wishes.push(command);
      }
    }
    /** @param {object} want @param {ArrayBuffer[]} [buffers] */
    ask(want, buffers) {
      const commands = this.wishes;
      this.wishes = [];
      this.pending.push(++this.count);
      this.wait(Math.max(PATIENCE, ...commands.map((command) => LONG[command.do] ?? 0)));
      try {
        const question = { view: this.name, id: this.count, commands, ...want };
        this.model.send(question, void 0, buffers);
      } catch {
        this.onSilence();
      }
    }
    wait(patience = PATIENCE) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.onSilence(), patience);
    }
    // After a silence: forget the questions, so that the next one can be asked. Under a new
    // name the kernel sends every array again, also those in answers that came too late.
    giveUp() {
      clearTimeout(this.timer);
      this.pending = [];
      this.name = newName();
    }
    /** @param {Message} message @param {Buffer[]} buffers */
    hear(message, buffers) {
      if (message.view !== this.name) this.onOther?.(message);
      if (message.view !== this.name || !this.pending.includes(message.id)) return;
      const open = (id) => id > message.id || message.more && id === message.id;
      this.pending = this.pending.filter(open);
      if (this.free) clearTimeout(this.timer);
      else this.wait();
      this.onAnswer(message, buffers.map(bytes));
    }
  };
  function bytes(buffer) {
    if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  // talk.js
  var BUSY = 600;
  var Talk = class {
    /** @type {HTMLElement} */
    root;
    /** @type {HTMLElement} */
    note;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    busy;
    /** @param {Model} model */
    constructor(model) {
      this.link = new Link(model, (...heard) => this.hear(...heard), () => this.silence());
      this.resume = () => this.pump();
      document.addEventListener("visibilitychange", this.resume);
    }
    close() {
      clearTimeout(this.busy);
      document.removeEventListener("visibilitychange", this.resume);
      this.link.close();
    }
    /** @type {import("./link.js").Hear} */
    answer() {
      throw new Error("each face answers in its own way");
    }
    // What goes along with the commands, and whether to ask without any.
    /** @returns {{ buffers?: ArrayBuffer[], theme?: Theme }} */
    want() {
      return {};
    }
    get idle() {
      return true;
    }
    // Whether nobody looks, so that nothing is asked.
    get unseen() {
      return document.hidden;
    }
    // How many questions may be on their way at once.
    get depth() {
      return 1;
    }
    /** @param {Command} command */
    wish(command) {
      this.link.wish(command);
      this.pump();
    }
    // Ask when there is something to ask, not too much is open, and somebody looks.
    pump() {
      const wanted = this.link.wishes.length > 0;
      const { length } = this.link.pending;
      if (length >= this.depth || this.unseen || !(wanted || !this.idle)) return;
      clearTimeout(this.busy);
      this.busy = setTimeout(() => this.root.classList.add("gl-busy"), BUSY);
      const { buffers, ...want } = this.want();
      this.link.ask(want, buffers);
      if (length + 1 < this.depth) this.pump();
    }
    /** @type {import("./link.js").Hear} */
    hear(message, buffers) {
      this.rest();
      this.answer(message, buffers);
      this.pump();
    }
    rest() {
      clearTimeout(this.busy);
      this.root.classList.remove("gl-busy");
    }
    silence() {
      this.rest();
      sayNobodyAnswers(this.note, () => {
        this.link.giveUp();
        this.wish({ do: "look" });
      });
    }
  };

  // lab_live.js
  var AHEAD = 4;
  var MANY = 300;
  var KEEPS = 6e3;
  var OTHERS = 100;
  var ANEW = ["reset", "preset"];
  var WHERE = { page: "Trains in this page.", kernel: "Trains in the kernel." };
  var WHY = {
    program: " The page has no program for these settings.",
    code: " Code of the notebook holds it."
  };
  var Live = class extends Talk {
    /** @type {Hints} */
    hints;
    /** @type {Slow} */
    slow;
    /** @type {Pad} */
    pad;
    /** @type {Bar} */
    bar;
    /** @type {Tools} */
    tools;
    /** @type {Keep} */
    keep;
    /** @type {Wall} */
    wall;
    /** @type {Settings} */
    settings;
    /** @type {HTMLTextAreaElement} */
    typed;
    /** @type {HTMLElement} */
    verdict;
    // on the typed loss
    /** @type {HTMLElement} */
    where;
    // it trains
    /** @type {HTMLElement} */
    drawer;
    // the button of the controls where they lie in a drawer
    /** @type {ArrayBuffer | null} */
    upload = null;
    // what the next question carries
    /** @type {number | null} */
    turn = null;
    // in which the queue's next frame is shown
    /** @type {number | undefined} */
    said;
    // when the note was last written
    /** @type {"start" | "stop" | null} */
    drive = null;
    // what the other views are to be told
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    look;
    // at what another view does
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    quiet;
    // till it is known to stand
    /** @type {((message: Message) => void) | null} */
    onanswer = null;
    alive = false;
    playing = false;
    following = false;
    // another view of this lab plays it
    playsUnseen = false;
    warned = false;
    // about something that stands in the face itself
    /** @type {{ id: number, values: Record<string, any> }[]} */
    sent = [];
    // settings on their way
    /** @type {number | null} */
    anew = null;
    // the open question that begins at step 0
    revision = 0;
    // of the lab's state, as far as it is known here
    lane = "A";
    arrows = "generator_loss";
    pace = new Pace();
    /** @type {Frame[][]} */
    queue = [];
    // frames that have come and are not shown yet
    /** @type {Frame[]} */
    last = [];
    // the newest frames, shown or not
    /** @param {HTMLElement} el @param {Model} model */
    constructor(el, model) {
      super(model);
      this.link.onOther = (message) => this.hearOther(message);
      this.catalogue = model.get("catalogue");
      this.face = new Face(el, {
        seek: (step) => {
          this.pause();
          this.hints.did("time");
          this.wish({ do: "seek", step });
        },
        arrows: (kind) => {
          this.arrows = kind;
          this.wish({ do: "look" });
        },
        drawn: () => this.pad?.drawOver(this.face.theme),
        sight: () => this.pump()
      });
      [this.root, this.note] = [this.face.root, this.face.note];
      this.build();
      Object.assign(this.root, { lab: this });
      model.on("change:where", this.sayWhere);
      this.wish({ do: "look" });
    }
    close() {
      this.link.model.off("change:where", this.sayWhere);
      this.playing = false;
      clearTimeout(this.slow.clock);
      clearTimeout(this.look);
      clearTimeout(this.quiet);
      cancelAnimationFrame(this.turn ?? 0);
      super.close();
      this.face.close();
    }
    build() {
      const { face } = this;
      this.hints = new Hints();
      this.slow = new Slow(this);
      this.pad = new Pad(face, (drawing) => this.set({ data: "drawing", drawing }), () => {
        this.slow.turn(false);
        this.pause();
        this.wall.close();
        this.openDrawer(false);
      }, () => {
        const { toggle: toggle2 } = this.pad;
        (toggle2.offsetParent ? toggle2 : this.drawer).focus({ preventScroll: true });
      });
      this.bar = new Bar(this);
      this.tools = new Tools(this);
      this.keep = new Keep(this);
      this.where = make("p", { className: "gl-where" });
      this.tools.node.append(this.where);
      this.wall = new Wall(this);
      this.settings = new Settings(this.catalogue, (name, value) => {
        if (value === "drawing") this.pad.start();
        else this.set({ [name]: value });
      });
      this.settings.groups[this.catalogue.loss_group].append(this.buildTyped());
      this.settings.node.append(this.keep.node, this.wall.node);
      this.drawer = signed("☰", "Controls", () => this.openDrawer(!this.isOpen), {
        className: "gl-drawer",
        ariaExpanded: "false"
      });
      face.bar.append(...this.bar.nodes, this.drawer);
      face.over.append(this.hints.node);
      face.under.append(this.slow.node);
      face.controls.prepend(this.tools.node);
      face.controls.append(this.settings.node);
      face.fit();
    }
    get isOpen() {
      return this.root.classList.contains("gl-open");
    }
    /** @param {boolean} open */
    openDrawer(open) {
      this.root.classList.toggle("gl-open", open);
      this.drawer.ariaExpanded = String(open);
    }
    buildTyped() {
      this.typed = make("textarea", {
        rows: 4,
        spellcheck: false,
        ariaLabel: "Loss as Python",
        value: this.catalogue.loss_text
      });
      this.verdict = make("p", { className: "gl-verdict", role: "status" });
      return make(
        "div",
        { className: "gl-typed" },
        make("p", {}, "Or type a loss on logits, one number a sample:"),
        this.typed,
        button("Use this loss", () => {
          this.verdict.textContent = "";
          this.keep.presets.put("");
          this.wish({ do: "loss", lane: this.lane, text: this.typed.value });
        }),
        this.verdict
      );
    }
    /** @param {Record<string, any>} values */
    set(values) {
      this.keep.presets.put("");
      this.hints.did("set");
      this.wish({ do: "set", lane: this.lane, values });
    }
    // Updates a second.
    get speed() {
      return this.pace.rate;
    }
    /** @param {number} rate */
    setSpeed(rate) {
      this.pace.rate = rate;
      this.pump();
    }
    get isRunning() {
      return this.playing || this.following || this.slow.running;
    }
    play() {
      if (this.slow.on) {
        this.slow.run(true);
        return;
      }
      if (!this.bar.take()) return;
      this.hints.did("play");
      this.pad.stop();
      this.wall.close();
      this.playing = true;
      this.drive = "start";
      this.pace.shown = 0;
      this.bar.show(true);
      this.pump();
    }
    pause() {
      if (this.slow.on) {
        this.slow.run(false);
        return;
      }
      if (this.playing || this.following) this.drive = "stop";
      if (this.following) this.wish({ do: "look" });
      this.halt();
    }
    halt() {
      this.playing = this.following = false;
      this.pace.goal = null;
      this.bar.show(false);
      this.showLast();
    }
    /** @param {number} goal a step */
    runTo(goal) {
      const { now } = this;
      if (goal < now) this.face.handlers.seek(goal);
      else if (goal > now) {
        this.slow.turn(false);
        this.pace.runTo(goal, now);
        this.play();
        if (!this.playing) this.pace.goal = null;
      }
    }
    get startsAnew() {
      return this.link.wishes.some((one) => ANEW.includes(one.do));
    }
    // The newest step that is known, or 0 where the run has been asked to begin again.
    get now() {
      return this.startsAnew || this.anew !== null ? 0 : this.last[0]?.step ?? 0;
    }
    get hasArrived() {
      return this.pace.goal !== null && this.now >= this.pace.goal;
    }
    reset() {
      if (this.bar.isNew) this.bar.take();
      else this.begin(this.bar.used === "" ? null : Number(this.bar.used));
    }
    /** @param {number | null} seed */
    begin(seed) {
      this.slow.turn(false);
      this.pause();
      this.wish({ do: "reset", seed });
    }
    // All as it was when the lab opened: settings, seed, lanes, speed and picture.
    restore() {
      this.openDrawer(false);
      this.pace.rate = USUAL;
      this.bar.speed.put(SPEEDS.indexOf(USUAL));
      this.arrows = "generator_loss";
      this.face.layers.restore();
      this.verdict.textContent = "";
      this.rebuild(this.catalogue.opened, 0);
    }
    // Begin a run with these settings, all of them, and play to a step.
    /** @param {Record<string, any>} settings @param {number} step */
    rebuild({ seed, ...values }, step) {
      this.slow.turn(false);
      this.pause();
      this.keep.presets.put("");
      if (this.face.frames.length > 1) this.wish({ do: "join" });
      const { loss, ...others } = values;
      this.wish({ do: "set", lane: "A", values: loss?.python ? others : values });
      if (loss?.python) this.wish({ do: "loss", lane: "A", text: loss.python });
      this.bar.put(seed);
      if (step) this.runTo(step);
    }
    toggleFork() {
      this.slow.turn(false);
      this.wish({ do: this.face.frames.length > 1 ? "join" : "fork" });
    }
    get unseen() {
      return super.unseen && !this.playsUnseen;
    }
    get idle() {
      return !this.playing || this.queue.length >= (this.pace.isSlow ? 1 : AHEAD) || this.hasArrived || !(this.face.inSight || this.playsUnseen);
    }
    // Long frames: the next question waits at the kernel while the last answer travels.
    get depth() {
      return this.playing && this.pace.each >= MANY && this.pace.goal === null ? 2 : 1;
    }
    want() {
      const buffers = this.upload ? [this.upload] : void 0;
      const { drive } = this;
      this.upload = this.drive = null;
      const id = this.link.count + 1;
      if (this.startsAnew) this.anew = id;
      for (const { values } of this.link.wishes) if (values) this.sent.push({ id, values });
      const asked = this.playing ? this.pace.want(this.now, AHEAD) : { play: 0, frames: 1 };
      return { ...asked, arrows: this.arrows, ...drive ? { drive } : {}, buffers };
    }
    /** @type {import("./link.js").Hear} */
    answer(message, buffers) {
      this.alive = true;
      this.sayWhere();
      this.revision = Math.max(this.revision, message.revision ?? 0);
      if (this.anew !== null && message.id >= this.anew) this.anew = null;
      this.sent = this.sent.filter(({ id }) => id > message.id);
      const before = this.last;
      const frames = buffers.slice(0, message.lanes).map((one, i) => unpack(one, before[i]));
      const names = message.extra ?? [];
      const extra = Object.fromEntries(names.map((name, i) => [name, buffers[message.lanes + i]]));
      if (frames.length) this.last = frames;
      if (message.stopped && this.isRunning) this.pause();
      this.say(message, extra);
      if (!frames.length) return;
      const changed = frames.length !== before.length || message.preset !== void 0;
      if (this.playing && !changed) this.enqueue(frames);
      else if (!message.phase) this.showLast(message);
      if (message.code) this.keep.askConsent(message.code);
      if (message.wall) this.wall.show(unpack(extra.wall), this.face.theme, frames[0].real);
      if (message.file) download(message.file, extra.file);
      this.onanswer?.(message);
    }
    // Another view of this lab, beside this one or in another tab, has been answered: look
    // what has changed, and play or stand as it does. Only one view plays.
    /** @param {Message} message */
    hearOther({ revision = 0, driver, play }) {
      if (driver === void 0 || revision <= this.revision) return;
      if (this.playing && driver !== this.link.name) this.halt();
      const runs = Boolean(driver && driver !== this.link.name && play);
      if (runs !== this.following) {
        this.following = runs;
        this.bar.show(runs);
      }
      clearTimeout(this.quiet);
      if (runs) {
        this.quiet = setTimeout(() => {
          this.following = false;
          this.bar.show(this.isRunning);
        }, 10 * OTHERS);
      }
      this.look ??= setTimeout(() => {
        this.look = void 0;
        if (!this.playing) this.wish({ do: "look" });
      }, OTHERS);
    }
    // One picture at its time, in order: the kernel may be ahead of it.
    /** @param {Frame[]} frames */
    enqueue(frames) {
      if (this.pace.isSlow) this.queue = [];
      this.queue.push(frames);
      if (document.hidden) this.showLast();
      else if (!this.turn) this.turn = requestAnimationFrame((now) => this.takeTurn(now));
    }
    /** @param {number} now */
    takeTurn(now) {
      this.turn = null;
      if (!this.queue.length) return;
      if (this.pace.isDue(now)) {
        const shown = (
          /** @type {Frame[]} */
          this.queue.shift()
        );
        this.pace.took(now);
        const glide = this.pace.isSlow ? Math.min(this.pace.gap, 500) : 0;
        if (this.face.show(shown, false, true, glide)) this.follow(shown, {});
      }
      if (this.queue.length) this.turn = requestAnimationFrame((then) => this.takeTurn(then));
      else if (this.hasArrived) this.pause();
      this.pump();
    }
    /** @param {Message} message */
    showLast(message = {}) {
      this.queue = [];
      if (!this.last.length || this.slow.on) return;
      this.face.show(this.last, !this.playing);
      this.follow(this.last, message);
    }
    // Which of the two trains: the page, or the kernel.
    sayWhere = () => {
      const { model } = this.link;
      const words = WHERE[model.get("where") ?? "kernel"] + (WHY[model.get("why")] ?? "");
      if (this.where.textContent !== words) this.where.textContent = words;
    };
    /** @param {string} words about what stands in the face; it goes with its cause */
    warn(words) {
      this.warned = true;
      this.note.textContent = words;
      this.note.dataset.kind = "warning";
    }
    unwarn() {
      if (this.warned) this.note.textContent = "";
      this.warned = false;
    }
    // A warning stays until what the reader asks for next is done, or for six seconds; so
    // does news. What is still true comes again with every answer.
    /** @param {Message} message @param {Extra} extra */
    say({ note, info, phase, verdict, obeyed, elsewhere }, extra) {
      const words = note ?? info;
      const now = performance.now();
      if (words || obeyed || now - (this.said ?? 0) > KEEPS && !this.warned) {
        if (this.note.textContent !== (words ?? "")) this.note.textContent = words ?? "";
        const address = elsewhere && words ? this.link.model.get("elsewhere") : null;
        if (address) this.note.append(" ", make("a", { href: address }, "Or open it in Colab."));
        this.note.dataset.kind = note ? "warning" : "news";
        this.warned = false;
        if (words) this.said = now;
      }
      if (verdict) this.verdict.textContent = verdict;
      if (phase && this.slow.on) {
        const phases = ["A", "B"].map((lane) => extra[`phase ${lane}`]).map((packed) => packed && { arrays: unpack(packed), began: now });
        this.slow.heard({ frames: this.last, phases, words: phase });
      }
    }
    /** @param {Frame[]} frames @param {Message} message */
    follow(frames, message) {
      const two = frames.length > 1;
      this.tools.show(two);
      const waiting = Object.assign({}, ...[...this.sent, ...this.link.wishes].map((one) => one.values ?? {}));
      const { settings } = frames[this.lane === "B" && two ? 1 : 0];
      this.settings.show(settings, waiting);
      this.bar.follow(settings.seed, message.note !== void 0);
      if (message.preset !== void 0) this.keep.presets.put(message.preset);
    }
    silence() {
      this.bar.awaited = this.anew = null;
      this.sent = [];
      this.halt();
      super.silence();
    }
  };
  function download(name, content) {
    const address = URL.createObjectURL(new Blob([content]));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1e4);
  }

  // lab_replay.js
  var Replay = class {
    /** @type {Frame[]} */
    frames = [];
    // none until it is unpacked
    playing = false;
    /** @param {HTMLElement} el @param {Uint8Array<ArrayBuffer>} recording @param {string} words */
    constructor(el, recording, words) {
      this.index = 0;
      this.rate = 20;
      this.face = new Face(el, { seek: (step) => this.seek(step), arrows: () => {
      } });
      this.face.note.textContent = words;
      this.face.note.setAttribute("role", "note");
      this.face.note.dataset.kind = "news";
      this.face.layers.menu.node.hidden = true;
      this.face.simple = true;
      this.playButton = button("▶ Play", () => this.playing ? this.pause() : this.play(), {
        className: "gl-primary"
      });
      const speed = slider({
        label: "Speed",
        low: 1,
        high: 60,
        scale: "whole",
        value: this.rate,
        words: (n) => `${number(n)} frame${n === 1 ? "" : "s"} a second`,
        onmove: (n) => {
          this.rate = n;
        }
      });
      this.face.bar.append(
        this.playButton,
        button("↺ From the start", () => {
          this.pause();
          this.go(0);
        }),
        speed.node
      );
      Object.assign(this.face.root, { lab: this });
      this.ready = this.open(recording);
    }
    /** @param {Uint8Array<ArrayBuffer>} recording */
    async open(recording) {
      try {
        const { frames } = await unpackRecording(recording);
        const head = frames[frames.length - 1].step;
        this.frames = frames.map((frame) => ({ ...frame, first: frames[0].step, head }));
        this.face.time.input.min = String(frames[0].step);
        this.go(frames.length - 1);
      } catch {
        this.face.note.textContent = "This browser cannot unpack the recording; a newer one can.";
      }
    }
    close() {
      this.playing = false;
      this.face.close();
    }
    /** @param {number} index */
    go(index) {
      if (!this.frames.length) return;
      this.index = Math.max(0, Math.min(this.frames.length - 1, index));
      this.face.show([this.frames[this.index]], !this.playing);
    }
    // The recorded frame that lies nearest, but never the one already shown.
    /** @param {number} step */
    seek(step) {
      if (!this.frames.length) return;
      this.pause();
      const now = this.frames[this.index].step;
      let best = 0;
      this.frames.forEach((frame, i) => {
        const nearer = Math.abs(frame.step - step) < Math.abs(this.frames[best].step - step);
        if (nearer) best = i;
      });
      if (best === this.index && step !== now) best += Math.sign(step - now);
      this.go(best);
    }
    play() {
      if (!this.frames.length) return;
      this.playing = true;
      this.sayPlaying();
      if (this.index >= this.frames.length - 1) this.index = 0;
      if (quiet()) this.rate = Math.min(this.rate, 4);
      let last = performance.now();
      let due = 0;
      const tick2 = (now) => {
        if (!this.playing || !this.face.root.isConnected) return;
        due += (now - last) * this.rate / 1e3;
        last = now;
        const whole = Math.floor(due);
        due -= whole;
        if (whole) this.go(this.index + whole);
        if (this.index >= this.frames.length - 1) this.pause();
        else requestAnimationFrame(tick2);
      };
      requestAnimationFrame(tick2);
    }
    pause() {
      this.playing = false;
      this.sayPlaying();
      if (this.frames.length) this.go(this.index);
    }
    sayPlaying() {
      this.playButton.textContent = this.playing ? "Pause" : "▶ Play";
      this.playButton.classList.toggle("gl-pause", this.playing);
    }
  };

  // lab_page_model.js
  var ADVICE = "On your computer the course can: install it, type gan-course, and open a notebook with a lab.";
  var PageModel = class {
    /** @type {Set<(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
    heard = /* @__PURE__ */ new Set();
    /** @type {object[]} */
    asked = [];
    // all questions until the thread has answered one
    answered = false;
    /** @type {((run: string) => void) | null} */
    onkept = null;
    // a run as text
    /** @param {Offer} offer */
    constructor(offer) {
      this.offer = offer;
      this.open();
    }
    open() {
      const run = `${this.offer.worker}
labWorker.serve(self);`;
      try {
        this.address = URL.createObjectURL(new Blob([run], { type: "text/javascript" }));
        const thread = new Worker(this.address);
        thread.onmessage = ({ data }) => this.hear(data);
        thread.onerror = () => this.stay();
        this.thread = thread;
        this.say = (data) => thread.postMessage(data);
      } catch {
        this.stay();
        return;
      }
      this.begin();
    }
    // Begin as the lab opened, or with a run.
    /** @param {string} [run] as text */
    begin(run) {
      const { facts, names, settings, beyond, ready } = this.offer;
      this.say?.({
        open: facts,
        names,
        settings,
        programs: ready,
        beyond: { advice: ADVICE, ...beyond, ...run === void 0 ? {} : { run } }
      });
    }
    // Where a page may start no thread, train on its own: the same, but less smooth.
    stay() {
      if (this.answered || this.stayed) return;
      this.stayed = true;
      this.thread?.terminate();
      const port = {
        postMessage: (data) => {
          setTimeout(() => this.hear(data));
        },
        onmessage: (event) => {
          void event;
        }
      };
      new Function(`${this.offer.worker}
return labWorker;`)().serve(port);
      this.say = (data) => {
        setTimeout(() => port.onmessage({ data }));
      };
      this.begin();
      for (const question of this.asked) this.say({ question });
    }
    /** @param {any} data from the thread */
    hear({ want, message, buffers, kept }) {
      if (want) this.fetch(want);
      if (kept) this.onkept?.(kept);
      if (!message) return;
      this.answered = true;
      this.asked = [];
      for (const hear of this.heard) hear(message, buffers);
    }
    /** @param {string} name of a program */
    async fetch(name) {
      try {
        this.say?.({ name, program: await this.offer.program(name) });
      } catch (error) {
        this.say?.({ name, why: error instanceof Error ? error.message : String(error) });
      }
    }
    /** @param {string} name */
    get(name) {
      const { catalogue, elsewhere } = this.offer;
      return { catalogue, elsewhere, kind: "page", where: "page" }[name];
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    on(event, hear) {
      if (event === "msg:custom") this.heard.add(hear);
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    off(event, hear) {
      this.heard.delete(hear);
    }
    /** @param {object} question */
    send(question) {
      if (!this.answered) this.asked.push(question);
      this.say?.({ question });
    }
    // Have the run written; it comes to `onkept`.
    keep() {
      this.say?.({ keep: true });
    }
    close() {
      this.thread?.terminate();
      if (this.address) URL.revokeObjectURL(this.address);
    }
  };

  // lab_sources.js
  var FETCH = 8e3;
  var REST2 = 300;
  var EVERY = 3e3;
  var HELPS = ["save"];
  var GONE = "With a kernel the lab can: choose Run > Run All Above Selected Cell, and run its cell.";
  var BUSY2 = "The kernel hands the program over that this needs, but it is busy with another cell. Wish it again when that is done; the lab goes on as before.";
  var Sources = class {
    /** @type {Set<(message: Message, buffers: any[]) => void>} */
    heard = /* @__PURE__ */ new Set();
    /** @type {Set<() => void>} */
    moved = /* @__PURE__ */ new Set();
    // who wants to know that the place is another
    /** @type {Map<string, Asked>} */
    asked = /* @__PURE__ */ new Map();
    // questions at the page, by view and id
    /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
    programs = /* @__PURE__ */ new Map();
    /** @type {Map<string, (program: Uint8Array<ArrayBuffer>) => void>} */
    awaited = /* @__PURE__ */ new Map();
    // programs on their way from the kernel
    /** @type {string | null} */
    handing = null;
    // the question with which a run goes over
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    resting;
    why = "";
    // the kernel has the run
    told = 0;
    // the revision that the kernel knows of ...
    toldAt = 0;
    // ... since then, ms
    top = 0;
    // the highest revision that was passed on
    /** @type {number | null} */
    shift = 0;
    // of the revisions of the present place; null: unknown
    /** @param {any} kernel the widget's model */
    constructor(kernel) {
      this.kernel = kernel;
      this.hasKernel = kernel.get("kind") !== "kept";
      const { programs } = kernel.get("offer");
      for (const [name, text] of Object.entries(programs)) this.programs.set(name, bytesOf(text));
      this.at = kernel.get("source");
      kernel.on("msg:custom", (message, buffers) => this.hearKernel(message, buffers));
      kernel.on("change:source", () => this.follow());
      this.page = this.open();
    }
    async open() {
      const { kernel, hasKernel } = this;
      const packed = await inflate(bytesOf(kernel.get("offer").shared));
      const { worker, facts, names } = JSON.parse(new TextDecoder().decode(packed));
      const ready = Object.fromEntries(this.programs);
      this.names = hasKernel ? names : Object.fromEntries(Object.entries(names).filter(([, name]) => this.programs.has(name)));
      const page = new PageModel({
        worker,
        facts,
        names: this.names,
        settings: kernel.get("catalogue").opened,
        program: (name) => this.program(name),
        ready,
        beyond: { run: kernel.get("run"), kernel: hasKernel, advice: GONE }
      });
      page.on("msg:custom", (message, buffers) => this.hearPage(page, message, buffers));
      page.onkept = (run) => {
        if (this.at !== "page" || !hasKernel) return;
        kernel.set("run", run);
        kernel.save_changes();
      };
      return page;
    }
    close() {
      clearTimeout(this.resting);
      this.page.then((page) => page.close());
    }
    /** @param {string} name */
    get(name) {
      if (name === "where") return this.at;
      return name === "why" ? this.why : this.kernel.get(name);
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    on(event, hear) {
      if (event === "msg:custom") this.heard.add(hear);
      if (event === "change:where") this.moved.add(hear);
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    off(event, hear) {
      this.heard.delete(hear);
      this.moved.delete(hear);
    }
    /** @param {Message} question @param {undefined} _ @param {ArrayBuffer[]} [buffers] */
    async send(question, _, buffers) {
      const page = await this.page;
      if (this.at === "kernel") {
        this.kernel.send(question, void 0, buffers);
        return;
      }
      this.asked.set(`${question.view} ${question.id}`, { question, buffers });
      page.send(question);
    }
    /** @param {PageModel} page @param {Message} message @param {Uint8Array<ArrayBuffer>[]} buffers */
    hearPage(page, message, buffers) {
      const key = `${message.view} ${message.id}`;
      const asked = this.asked.get(key);
      if (!message.more) this.asked.delete(key);
      if (message.rest && asked) {
        this.handOver(key, asked, message);
        return;
      }
      this.pass(message, buffers, "page");
      if (this.at !== "page") return;
      if (!this.hasKernel) return;
      if (!this.near) {
        this.near = true;
        this.kernel.send({ programs: "near" });
      }
      this.tellSoon(page, message.revision);
    }
    // The kernel learns where the run stands: for code that asks, and for another day.
    /** @param {PageModel} page @param {number} revision */
    tellSoon(page, revision) {
      if (revision === this.told) return;
      const tell = () => {
        [this.told, this.toldAt] = [revision, performance.now()];
        page.keep();
      };
      clearTimeout(this.resting);
      if (performance.now() - this.toldAt > EVERY) tell();
      else this.resting = setTimeout(tell, REST2);
    }
    // What the page cannot do, the kernel does, with the run; the page's own one rests.
    /** @param {string} key @param {Asked} asked @param {Message} message */
    handOver(key, { question, buffers }, { rest, run }) {
      const helps = rest.every((one) => HELPS.includes(one.do));
      const isHere = this.at === "page";
      if (isHere && !helps) this.handing = key;
      const commands = [...isHere ? [{ do: "take", run, helps }] : [], ...rest];
      this.kernel.send({ ...question, commands }, void 0, buffers);
    }
    /** @param {Message} message @param {any[]} buffers */
    async hearKernel(message, buffers) {
      if (message.programs) {
        message.programs.forEach((name, i) => this.receive(name, buffers[i]));
        return;
      }
      const key = `${message.view} ${message.id}`;
      const hands = key === this.handing;
      if (hands) this.handing = null;
      if (message.run) {
        (await this.page).begin(message.run);
        this.move("page");
      } else if (hands && this.at === "page") this.move("kernel", "program");
      this.pass(message, buffers, "kernel");
    }
    // Code has asked for the lab: Python says that the run is with the kernel now.
    follow() {
      const source = this.kernel.get("source");
      if (source !== "kernel" || this.at === "kernel" || this.handing) return;
      this.move("kernel", "code");
      this.pass({ view: "", driver: null, play: 0, revision: 0 }, [], "kernel");
    }
    /** @param {"page" | "kernel"} at @param {string} [why] */
    move(at, why = "") {
      clearTimeout(this.resting);
      [this.at, this.why, this.shift, this.told] = [at, why, null, -1];
      for (const hear of this.moved) hear();
    }
    // Revisions grow through every change of the place; those of the other place say nothing.
    /** @param {Message} message @param {any[]} buffers @param {"page" | "kernel"} from */
    pass(message, buffers, from) {
      let revision = from === this.at ? message.revision : void 0;
      if (message.run) revision = this.top += 1;
      else if (revision !== void 0) {
        this.shift ??= this.top + 1 - revision;
        revision += this.shift;
        this.top = Math.max(this.top, revision);
      }
      for (const hear of this.heard) hear({ ...message, revision }, buffers);
    }
    /** @param {string} name @returns {Promise<Uint8Array<ArrayBuffer>>} */
    program(name) {
      const here = this.programs.get(name);
      if (here) return Promise.resolve(here.slice());
      return new Promise((resolve, reject) => {
        this.awaited.set(name, resolve);
        setTimeout(() => reject(new Error(BUSY2)), FETCH);
        this.kernel.send({ programs: [name] });
      });
    }
    /** @param {string} name @param {DataView | Uint8Array} buffer */
    receive(name, buffer) {
      const program = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
      this.programs.set(name, program);
      this.awaited.get(name)?.(program.slice());
      this.awaited.delete(name);
    }
  };

  // lab.js
  var HELLO = 4e3;
  var sources = /* @__PURE__ */ new Map();
  function initialize({ model }) {
    const { id } = model.get("offer") ?? {};
    if (!id) return void 0;
    const both = new Sources(model);
    sources.set(id, both);
    return () => {
      sources.delete(id);
      both.close();
    };
  }
  function render({ model, el }) {
    const recorded = () => {
      const value = model.get("recording");
      return value && value.byteLength ? bytes(value) : null;
    };
    let replay = null;
    const stored2 = "A recorded run. To play with it yourself, open the notebook, choose Run > Run All Above Selected Cell, and run its cell.";
    if (model.isStatic || model.get("kind") === "replay") {
      const start = () => {
        const recording = recorded();
        if (!replay && recording) replay = new Replay(el, recording, stored2);
      };
      start();
      model.on("change:recording", start);
      return () => replay?.close();
    }
    const live = new Live(el, sources.get(model.get("offer")?.id) ?? model);
    const patience = setTimeout(() => {
      const recording = recorded();
      if (live.alive || !recording) return;
      live.face.root.hidden = true;
      replay = new Replay(el, recording, stored2);
    }, HELLO);
    live.onanswer = () => {
      live.onanswer = null;
      live.face.root.hidden = false;
      replay?.close();
    };
    return () => {
      clearTimeout(patience);
      live.close();
      replay?.close();
    };
  }
  var lab_default = { initialize, render };
  return __toCommonJS(lab_exports);
})();
export default face.default;
