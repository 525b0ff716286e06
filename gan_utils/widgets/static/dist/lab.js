// Made by `nox -s javascript`; change javascript/src instead. Sources: 03bc7ac3cb1cf2b072305b27d2a52a26a85120642165de07116afd2141bad08b
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
    band: "rgba(110,110,110,0.22)",
    // The map of what D says, from surely fake to surely real: darker than the marks on it.
    low: [200, 85, 10],
    middle: [255, 255, 255],
    high: [0, 100, 165],
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
      fake: "#E69F00",
      critic: "#2FC79A",
      move: "#E39AC5",
      band: "rgba(190,190,190,0.22)",
      low: [190, 100, 20],
      middle: [28, 28, 28],
      high: [20, 110, 170],
      dashes: DASHES
    }
  };
  function dress(root, theme) {
    for (const [name, colour] of Object.entries(PALETTES[theme])) {
      if (typeof colour === "string") root.style.setProperty(`--${name}`, colour);
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
      output.textContent = words(now);
      input.setAttribute("aria-valuetext", words(now));
    };
    const put2 = (wanted) => {
      input.value = String(toPosition(wanted));
      say(wanted);
    };
    put2(value);
    const node = make(
      "div",
      { className: "gl-field gl-slider" },
      make("label", { htmlFor: id }, label),
      input,
      output
    );
    return { node, input, put: put2, get: () => shown };
  }
  function menu({ label, options, value, onmove }) {
    const id = nextId();
    const input = make(
      "select",
      { id, onchange: () => onmove(input.value) },
      ...options.map(([name, text]) => make("option", { value: name }, text))
    );
    const put2 = (wanted) => {
      const known = options.some(([name]) => name === wanted);
      input.value = known ? wanted : "";
    };
    put2(value ?? "");
    const node = make(
      "div",
      { className: "gl-field" },
      make("label", { htmlFor: id }, label),
      input
    );
    return { node, input, put: put2, get: () => input.value };
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
        const value = settings[name];
        if (typeof value === "object") control.put("");
        else if (value !== void 0 && value !== control.get()) control.put(value);
      }
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
    const size = Math.max(12, Math.min(18, width / 26));
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
      context.fillRect(box.left, top, box.right - box.left, Math.max(2, bottom - top));
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
  function extent({ lines, band, rule, moment = 0, floor, ceiling }) {
    const xs = lines.flatMap(({ x }) => [x[0] ?? 0, x[x.length - 1] ?? 0]);
    const ys = lines.flatMap(({ y }) => Array.from(y).filter(isKnown));
    if (band) ys.push(...band);
    for (const end of [floor, ceiling, rule]) if (isKnown(end)) ys.push(end);
    const [x0, x1] = [Math.min(0, ...xs), Math.max(1, moment, ...xs)];
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
    const raw = (high - low) / 3;
    const ten = 10 ** Math.floor(Math.log10(raw));
    const step = ([1, 2, 5].find((k) => k * ten >= raw) ?? 10) * ten;
    const found = [];
    for (let k = Math.ceil(low / step); k * step <= high; k++) {
      found.push(Number((k * step).toPrecision(12)));
    }
    return found;
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
    generator_loss: { words: "where G's loss sends each fake", hue: "fake" },
    discriminator: { words: "where D rises", hue: "critic" },
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
        paint(image.data, at, isGap ? 0.5 - value / 2 : value, colours);
      }
    }
    small.putImageData(image, 0, 0);
    const [x0, x1, y0, y1] = frame.view;
    const [left, top] = place(x0, y1);
    context.imageSmoothingEnabled = true;
    context.drawImage(piece, left, top, (x1 - x0) * place.scale, (y1 - y0) * place.scale);
  }
  function paint(data, at, value, { low, middle, high }) {
    const known = Number.isFinite(value);
    const end = value < 0.5 ? low : high;
    const share = known ? Math.min(1, Math.abs(value - 0.5) * 2) * 0.8 : 0;
    for (let k = 0; k < 3; k++) {
      data[at + k] = known ? middle[k] + share * (end[k] - middle[k]) : 128;
    }
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
    context.fillStyle = context.strokeStyle = colours.fake;
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
  var LAYERS = [
    // on: at the start
    ["heat", "What D says", true],
    ["line", "Line D = ½", true],
    ["best", "Best answer D*", false],
    ["gap", "Gap |D − D*|", false],
    ["sheet", "Sheet of noise", false],
    ["real", "Data ●", true],
    ["fake", "Fakes ✕", true],
    ["arrows", "Arrows ➝", true]
  ];
  var IN_PLANE = ["line", "gap", "sheet", "arrows"];
  function drawStage(canvas, frame, view) {
    const size = canvas.clientWidth || 320;
    const { context, colours } = blank(canvas, size, size, view.theme);
    if (!frame) return;
    if (frame.curves) drawCurves(context, frame, frame.curves, view, size, colours);
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
  var MEASURES = [
    ["js", "Jensen–Shannon (nats)"],
    ["kl_pq", "KL(data, fakes) (nats)"],
    ["kl_qp", "KL(fakes, data) (nats)"],
    ["w1", "Wasserstein-1"],
    ["energy", "energy distance"]
  ];
  var gapWords = ({ gap }) => gap === null ? "The scores under this loss are no chances, so there is no gap to D*: its line stands where data and fakes are equally dense" : `D and D* lie ${number(gap, 2)} apart on average over data and fakes`;
  var list = (series) => series?.data ?? series ?? [];
  var SPEAK_EVERY = 4e3;
  var TELL_EVERY = 100;
  var MORPH = 2e3;
  var Face = class {
    /** @type {HTMLElement} */
    bar;
    /** @type {HTMLElement} */
    sentence;
    /** @type {HTMLElement} */
    live;
    // read aloud
    /** @type {HTMLElement} */
    note;
    /** @type {HTMLElement} */
    lanes;
    /** @type {HTMLCanvasElement} */
    lossChart;
    /** @type {HTMLElement} */
    lossKey;
    /** @type {HTMLCanvasElement} */
    distanceChart;
    /** @type {HTMLElement} */
    measureKey;
    /** @type {ReturnType<typeof slider>} */
    time;
    /** @type {Control<string>} */
    arrowMenu;
    /** @type {Theme} */
    theme;
    /** @type {() => void} */
    unwatch;
    /** @type {number | null} */
    waiting = null;
    // for a frame of the screen
    chartsDue = false;
    /** @param {HTMLElement} el @param {Handlers} handlers */
    constructor(el, handlers) {
      this.handlers = handlers;
      this.frames = [];
      this.inPlane = [];
      this.layers = Object.fromEntries(LAYERS.map(([name, , on]) => [name, on]));
      this.measure = "js";
      this.morph = 1;
      this.phases = [];
      this.spoken = this.told = 0;
      this.root = make("div", {
        className: "gan-lab",
        role: "group",
        "aria-label": "GAN laboratory"
      });
      this.build();
      el.append(this.root);
      this.watch();
    }
    build() {
      this.bar = make("div", { className: "gl-bar", role: "group", "aria-label": "Run" });
      this.sentence = make("p", { className: "gl-sentence" });
      this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
      this.note = make("p", { className: "gl-note", role: "status" });
      this.lanes = make("div", { className: "gl-lanes" });
      this.stages = [];
      this.root.append(
        this.bar,
        this.sentence,
        this.live,
        this.note,
        make("div", { className: "gl-main" }, this.lanes, this.buildCharts()),
        this.buildTimeline(),
        this.buildLayers()
      );
    }
    buildCharts() {
      const chart = () => make("canvas", { className: "gl-chart", role: "img" });
      this.lossKey = make("figcaption", {});
      this.lossChart = chart();
      const measure = menu({
        label: "How far apart?",
        options: MEASURES,
        value: this.measure,
        onmove: (value) => {
          this.measure = value;
          this.draw();
        }
      });
      this.measureKey = make("figcaption", {});
      this.distanceChart = chart();
      return make(
        "div",
        { className: "gl-side" },
        make("figure", {}, this.lossKey, this.lossChart),
        make("figure", {}, measure.node, this.measureKey, this.distanceChart)
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
      return make(
        "div",
        { className: "gl-time" },
        mover("◀", "one step back", -1),
        this.time.node,
        mover("▶", "one step forward", 1)
      );
    }
    buildLayers() {
      const set = make("fieldset", { className: "gl-layers" }, make("legend", {}, "Show"));
      for (const [name, label, on] of LAYERS) {
        const one = tick(label, on, (checked) => {
          this.layers[name] = checked;
          if (name === "sheet" && checked) this.startMorph();
          this.caption();
          this.draw();
        });
        one.input.dataset.layer = name;
        set.append(one.node);
        if (IN_PLANE.includes(name)) this.inPlane.push(one.node);
      }
      this.arrowMenu = menu({
        label: "Arrows",
        options: Object.entries(ARROWS).map(([kind, { words }]) => [kind, words]),
        value: "generator_loss",
        onmove: (kind) => this.handlers.arrows(kind)
      });
      const morph = button("Noise → samples", () => this.startMorph());
      this.inPlane.push(this.arrowMenu.node, morph);
      set.append(this.arrowMenu.node, morph);
      return set;
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
      this.unwatch = watchTheme(this.root, (theme) => {
        this.theme = theme;
        this.draw();
      });
    }
    close() {
      this.unwatch();
      this.root.remove();
    }
    // Show frames; while playing (not speaking) words and charts follow less often than the
    // plane. Returns whether they did. In an animation frame the drawing need not wait.
    /** @param {Frame[]} frames */
    show(frames, speaking = true, inTurn = false) {
      this.frames = frames;
      this.fitLanes(frames.length);
      const flat = frames.every(({ curves }) => curves);
      if (this.inPlane[0].hidden !== flat) for (const node of this.inPlane) node.hidden = flat;
      const now = performance.now();
      const telling = speaking || now - this.told > TELL_EVERY;
      if (telling) {
        this.told = now;
        this.tell();
      }
      if (speaking || now - this.spoken > SPEAK_EVERY) {
        this.spoken = now;
        this.live.textContent = this.sentence.textContent;
      }
      if (inTurn) this.drawInTurn(telling);
      else this.draw(telling);
      return telling;
    }
    tell() {
      const { frames } = this;
      const [main] = frames;
      this.time.input.min = String(main.first);
      this.time.input.max = String(Math.max(main.first + 1, main.head));
      if (!this.time.input.matches(":active")) this.time.put(main.step);
      this.sentence.textContent = frames.map((frame, i) => (frames.length > 1 ? `${"AB"[i]}: ` : "") + frame.sentence).join(". ");
      frames.forEach((frame, i) => {
        const words = `Plane with data, fakes and D. ${frame.sentence}`;
        this.stages[i].canvas.setAttribute("aria-label", words);
      });
      this.caption();
    }
    // Which lane a plane shows, and how far its D is from the best answer, where one asked.
    caption() {
      const two = this.frames.length > 1;
      this.frames.forEach((frame, i) => {
        const words = two ? [["A: as it was", "B: the fork"][i]] : [];
        if ((this.layers.gap || this.layers.best) && frame.best) words.push(gapWords(frame));
        const { caption } = this.stages[i];
        if (caption.textContent !== words.join(". ")) caption.textContent = words.join(". ");
      });
    }
    /** @param {number} count */
    fitLanes(count) {
      if (this.stages.length === count) return;
      while (this.stages.length > count) this.stages.pop()?.figure.remove();
      while (this.stages.length < count) {
        const canvas = make("canvas", { className: "gl-stage", role: "img" });
        const caption = make("figcaption", {});
        const figure = make("figure", {}, caption, canvas);
        this.lanes.append(figure);
        this.stages.push({ canvas, caption, figure });
      }
      this.root.classList.toggle("gl-two", count > 1);
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
      const { theme, layers, morph } = this;
      const moves = this.phases.some((phase) => phase && now - phase.began < PHASE_MS);
      if (moves && !quiet()) this.draw();
      const shown = quiet() ? now + PHASE_MS : now;
      this.frames.forEach((frame, i) => {
        const { canvas } = this.stages[i];
        const view = { theme, layers, morph, phase: this.phases[i], now: shown };
        drawStage(canvas, frame, view);
      });
      if (this.frames.length && this.chartsDue) this.drawCharts();
      this.chartsDue = false;
      this.handlers.drawn?.();
    }
    drawCharts() {
      const { dashes } = PALETTES[this.theme];
      const [main, other] = this.frames;
      const lossDashes = [[dashes.real, dashes.fake], [dashes.move, dashes.critic]];
      const lossLines = this.frames.flatMap(({ losses: { step, values } }, lane) => {
        const [d, g] = lossDashes[lane];
        return [
          { x: list(step), y: list(values.d_loss), colour: "critic", dash: d },
          { x: list(step), y: list(values.g_loss), colour: "fake", dash: g }
        ];
      });
      const moment = main.step;
      drawChart(this.lossChart, { lines: lossLines, moment, theme: this.theme });
      this.lossKey.textContent = "Losses: D solid, G dashed" + (other ? "; of B: D dotted, G dash-dotted" : "");
      this.lossChart.setAttribute("aria-label", this.lossWords(lossLines));
      const one = main.divergences[this.measure];
      const lines = this.frames.map(({ charts }, lane) => ({
        x: list(charts.step),
        y: list(charts.values[this.measure]),
        colour: lane ? "move" : "ink",
        dash: lane ? dashes.move : []
      }));
      const band = one && one.low !== null && one.high !== null ? [one.low, one.high] : null;
      const bound = main.bound?.measure === this.measure ? main.bound : null;
      const rule = bound && bound.value > 0 ? bound.value : void 0;
      drawChart(this.distanceChart, { lines, band, rule, moment, theme: this.theme, floor: 0 });
      this.measureKey.textContent = this.measureWords(one, band, bound, other);
      this.distanceChart.setAttribute("aria-label", this.measureKey.textContent);
    }
    /** @param {Line[]} lines */
    lossWords(lines) {
      const last = (line) => number(line.y[line.y.length - 1]);
      return `Losses over the steps; now D ${last(lines[0])}, G ${last(lines[1])}.`;
    }
    /** @type {(one: Measure | undefined, band: [number, number] | null, bound: Frame["bound"],
     *   other?: Frame) => string} */
    measureWords(one, band, bound, other) {
      if (!one) return "Not measured for these data.";
      const parts = [`${number(one.value)} with ${number(one.n)} fakes`];
      if (band) parts.push(`band: data against data, ${number(band[0])} to ${number(band[1])}`);
      if (bound && bound.value > 0) {
        parts.push(`${bound.words.replace(/\.$/, "")}, now ${number(bound.value)} (dotted)`);
      }
      if (other?.divergences[this.measure]) {
        parts.push(`B (dashed): ${number(other.divergences[this.measure].value)}`);
      }
      return `${parts.join("; ").replace(/\.$/, "")}.`;
    }
  };

  // binary.js
  function unpack(buffer, before) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const length = view.getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(buffer.subarray(4, 4 + length)));
    const frame = head.values;
    for (const one of head.arrays) {
      const start = 4 + length + one.at;
      const raw = buffer.slice(start, start + one.bytes).buffer;
      put(frame, one.name, { data: floats(raw, one), shape: one.shape });
    }
    for (const name of head.same) put(frame, name, take(before, name));
    return frame;
  }
  var take = (frame, path) => path.split(".").reduce((at, name) => at[name], frame);
  function put(frame, path, value) {
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
        put(frames[i], one.name, { data: shown[one.still ? 0 : i], shape: one.shape });
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

  // lab_pad.js
  var Pad = class {
    /** @type {HTMLCanvasElement} */
    canvas;
    /** @type {Point | null} */
    last;
    /** @param {import("./lab_face.js").Face} face @param {(points: Point[]) => void} onuse */
    constructor(face, onuse) {
      this.face = face;
      this.points = [];
      this.on = false;
      this.brush = [0, 0];
      this.held = false;
      this.toggle = button("✎ Draw data", () => this.on ? this.stop() : this.start(), {
        ariaPressed: "false"
      });
      this.tools = make(
        "span",
        { className: "gl-tools", hidden: true },
        button("Use this drawing", () => {
          onuse(this.points);
          this.stop();
        }),
        button("Clear", () => {
          this.points = [];
          face.draw();
        }),
        make(
          "span",
          { className: "gl-hint" },
          "Draw with mouse, finger or pen; or arrow keys and Space on the picture."
        )
      );
      this.node = make("div", { className: "gl-row" }, this.toggle, this.tools);
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
    start() {
      this.on = true;
      this.canvas = this.face.stages[0].canvas;
      this.canvas.classList.add("gl-drawing");
      for (const [name, act] of Object.entries(this.events)) this.canvas.addEventListener(name, act);
      this.canvas.tabIndex = 0;
      this.refresh();
      this.canvas.focus();
    }
    stop() {
      this.on = false;
      this.canvas.removeAttribute("tabindex");
      this.canvas.classList.remove("gl-drawing");
      for (const [name, act] of Object.entries(this.events)) {
        this.canvas.removeEventListener(name, act);
      }
      this.refresh();
    }
    refresh() {
      this.toggle.ariaPressed = String(this.on);
      this.tools.hidden = !this.on;
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
      this.canvas.setPointerCapture(event.pointerId);
      this.held = true;
      this.last = null;
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
        const point = this.place.back(x, y);
        if (point.every((value) => Math.abs(value) <= this.edge)) this.points.push(point);
      }
      this.last = here;
      this.face.draw();
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      if (event.key in ARROW_KEYS) {
        ARROW_KEYS[event.key].forEach((by, i) => {
          const wanted = this.brush[i] + by * this.edge / 20;
          this.brush[i] = Math.max(-this.edge, Math.min(this.edge, wanted));
        });
      } else if (event.key === " " || event.key === "Enter") this.points.push([...this.brush]);
      else if (event.key === "Escape") this.stop();
      else return;
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
        context.fillRect(x2 - 3, y2 - 3, 6, 6);
      }
      const [x, y] = place(...this.brush);
      context.lineWidth = 2;
      context.setLineDash([]);
      context.strokeRect(x - 8, y - 8, 16, 16);
    }
  };

  // lab_wall.js
  var Wall = class {
    /** @param {(steps: number) => void} onwish */
    constructor(onwish) {
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
      this.canvas = make("canvas", { className: "gl-wall", role: "img", hidden: true });
      this.chart = make("canvas", { className: "gl-chart", role: "img", hidden: true });
      this.words = make("p", { role: "status" });
      this.go = button("Run 64 seeds", () => {
        this.words.textContent = "64 runs are on their way …";
        onwish(this.steps);
      });
      this.node = make(
        "details",
        {},
        make("summary", {}, "64 seeds at once"),
        make("div", { className: "gl-fields" }, length.node, this.go),
        this.words,
        this.canvas,
        this.chart
      );
    }
    /** @param {Seeds} wall @param {Theme} theme */
    show(wall, theme) {
      this.canvas.hidden = this.chart.hidden = false;
      const [members, count] = wall.fake.shape;
      const across = Math.ceil(Math.sqrt(members));
      const size = this.canvas.clientWidth || 320;
      const cell = size / across;
      const height = cell * Math.ceil(members / across);
      const { context, colours } = blank(this.canvas, size, height, theme);
      this.canvas.style.height = `${height}px`;
      context.lineWidth = 0.6;
      const [x0, x1, y0, y1] = wall.view;
      for (let m = 0; m < members; m++) {
        const [left, top] = [m % across * cell, Math.floor(m / across) * cell];
        context.strokeStyle = colours.muted;
        context.strokeRect(left + 0.5, top + 0.5, cell - 2, cell - 2);
        context.fillStyle = colours.fake;
        for (let i = 0; i < count; i++) {
          const at = 2 * (m * count + i);
          const x = (wall.fake.data[at] - x0) / (x1 - x0) * (cell - 2);
          const y = (1 - (wall.fake.data[at + 1] - y0) / (y1 - y0)) * (cell - 2);
          if (x > 0 && x < cell - 2 && y > 0 && y < cell - 2) {
            context.fillRect(left + x - 0.7, top + y - 0.7, 1.6, 1.6);
          }
        }
      }
      const survival = wall.survival.data;
      const last = survival[survival.length - 1];
      this.words.textContent = `${Math.round(last * members)} of ${members} seeds are sound and cover half of the data or more after ${number(this.steps)} steps. Below: their share over the steps.`;
      this.canvas.setAttribute("aria-label", `Fakes of ${members} runs that differ in the seed.`);
      this.chart.setAttribute("aria-label", this.words.textContent);
      const line = { x: wall.steps.data, y: survival, colour: "fake", dash: [] };
      drawChart(this.chart, { lines: [line], theme, floor: 0, ceiling: 1 });
    }
  };

  // link.js
  var COUNTED = ["step", "launch", "undo"];
  var PATIENCE = 15e3;
  var LONG = { wall: 12e4, load: 6e4 };
  var newName = () => Math.random().toString(36).slice(2);
  var Link = class {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    timer;
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
    /** @returns {{ buffers?: ArrayBuffer[] }} */
    want() {
      return {};
    }
    get idle() {
      return true;
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
      if (length >= this.depth || document.hidden || !(wanted || !this.idle)) return;
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
  var SLOW = 1250;
  var AHEAD = 4;
  var MANY = 300;
  var Live = class extends Talk {
    /** @type {HTMLButtonElement} */
    playButton;
    /** @type {HTMLButtonElement} */
    slowButton;
    /** @type {HTMLButtonElement} */
    forkButton;
    /** @type {HTMLInputElement} */
    seed;
    /** @type {string | undefined} */
    taken;
    // of the seed's values, the last that was used
    /** @type {HTMLElement} */
    phase;
    /** @type {Settings} */
    settings;
    /** @type {Control<string>} */
    laneMenu;
    /** @type {Control<string>} */
    presets;
    /** @type {Pad} */
    pad;
    /** @type {Wall} */
    wall;
    /** @type {HTMLTextAreaElement} */
    typed;
    /** @type {HTMLElement} */
    verdict;
    // on the typed loss
    /** @type {HTMLElement} */
    consent;
    /** @type {ArrayBuffer} */
    file;
    // the last that was chosen
    /** @type {string} */
    fileName;
    /** @type {ArrayBuffer | null} */
    upload = null;
    // what the next question carries
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    clock;
    // of slow motion
    /** @type {number | null} */
    turn = null;
    // in which the queue's next frame is shown
    /** @type {number | undefined} */
    said;
    // when the note was last written
    /** @type {((message: Message) => void) | null} */
    onanswer = null;
    alive = false;
    /** @param {HTMLElement} el @param {Model} model */
    constructor(el, model) {
      super(model);
      this.catalogue = model.get("catalogue");
      this.playing = false;
      this.slow = false;
      this.queue = [];
      this.last = [];
      this.speed = 10;
      this.lane = "A";
      this.arrows = "generator_loss";
      this.face = new Face(el, {
        seek: (step) => {
          this.pause();
          this.wish({ do: "seek", step });
        },
        arrows: (kind) => {
          this.arrows = kind;
          this.wish({ do: "look" });
        },
        drawn: () => this.pad?.drawOver(this.face.theme)
      });
      [this.root, this.note] = [this.face.root, this.face.note];
      this.build();
      Object.assign(this.root, { lab: this });
      this.wish({ do: "look" });
    }
    close() {
      this.playing = this.slow = false;
      clearTimeout(this.clock);
      cancelAnimationFrame(this.turn ?? 0);
      super.close();
      this.face.close();
    }
    build() {
      const step = (who) => () => {
        this.pause();
        this.wish({ do: "step", who });
      };
      this.playButton = button("▶ Play", () => this.playing ? this.pause() : this.play(), {
        className: "gl-primary"
      });
      this.slowButton = button("Slow motion", () => this.toggleSlow(), { ariaPressed: "false" });
      this.forkButton = button("Fork here", () => this.toggleFork());
      this.speedSlider = slider({
        label: "Speed",
        low: 1,
        high: 1e3,
        scale: "whole",
        value: this.speed,
        words: (n) => `${number(n)} step${n === 1 ? "" : "s"} a frame`,
        onmove: (n) => {
          this.speed = n;
        }
      });
      const onkeydown = ({ key }) => key === "Enter" && this.takeSeed();
      this.seed = make("input", {
        type: "number",
        min: 0,
        max: 2147483647,
        value: "0",
        inputMode: "numeric",
        onchange: () => this.takeSeed(),
        onkeydown
      });
      const steps = make(
        "span",
        { className: "gl-group", role: "group", "aria-label": "Step" },
        make("span", {}, "Step"),
        button("D", step("discriminator"), { title: "one move of D" }),
        button("G", step("generator"), { title: "one move of G" }),
        button("both", step("both"), { title: "one update of both" })
      );
      this.face.bar.append(
        this.playButton,
        steps,
        this.slowButton,
        button("↺ Reset", () => this.reset()),
        this.forkButton,
        this.speedSlider.node,
        make("label", { className: "gl-field gl-seed" }, "Seed", this.seed)
      );
      this.phase = make("p", { className: "gl-phase", role: "status", hidden: true });
      this.note.after(this.phase);
      this.buildBelow();
    }
    buildBelow() {
      this.settings = new Settings(this.catalogue, (name, value) => {
        if (value === "drawing") this.pad.start();
        else this.set({ [name]: value });
      });
      this.laneMenu = menu({
        label: "Settings go to",
        value: "A",
        onmove: (lane) => {
          this.lane = lane;
        },
        options: [["A", "A, as it was"], ["B", "B, the fork"], ["AB", "both"]]
      });
      this.laneMenu.node.hidden = true;
      this.pad = new Pad(this.face, (drawing) => this.set({ data: "drawing", drawing }));
      this.wall = new Wall((steps) => this.wish({ do: "wall", steps }));
      const names = this.catalogue.presets;
      this.presets = menu({
        label: "Preset",
        value: "",
        onmove: (name) => {
          this.pause();
          this.wish({ do: "preset", name });
        },
        options: [["", "choose …"], ...names.map(asItsLabel)]
      });
      const keep = make(
        "details",
        {},
        make("summary", {}, "Presets, save and load"),
        make("div", { className: "gl-fields" }, this.presets.node, this.buildKeep())
      );
      this.settings.groups[this.catalogue.loss_group].append(this.buildTyped());
      this.settings.node.append(keep, this.wall.node);
      this.root.append(this.pad.node, this.laneMenu.node, this.settings.node);
    }
    buildKeep() {
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
      return make(
        "div",
        { className: "gl-row" },
        button("Save this run", () => this.wish({ do: "save" })),
        button("Load a run", () => file.click()),
        file,
        this.consent
      );
    }
    load(allowed = {}) {
      this.pause();
      this.presets.put("");
      this.consent.hidden = true;
      this.upload = this.file;
      this.wish({ do: "load", name: this.fileName, ...allowed });
    }
    // A run may hold a loss that somebody typed: nothing of it runs before the reader agrees.
    /** @param {string} code */
    askConsent(code) {
      const yes = button("Load it and run this code", () => this.load({ run_code: true }));
      this.consent.replaceChildren(
        make("p", { role: "status" }, "This run holds a loss typed as Python. To load it runs that code in your kernel: do so only if you trust where the file comes from."),
        make("pre", {}, code),
        yes,
        button("Leave it", () => {
          this.consent.hidden = true;
        })
      );
      this.consent.hidden = false;
      yes.focus();
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
          this.presets.put("");
          this.wish({ do: "loss", lane: this.lane, text: this.typed.value });
        }),
        this.verdict
      );
    }
    /** @param {Record<string, any>} values */
    set(values) {
      this.presets.put("");
      this.wish({ do: "set", lane: this.lane, values });
    }
    play() {
      if (this.slow) this.toggleSlow();
      this.playing = true;
      this.playButton.textContent = "⏸ Pause";
      this.pump();
    }
    pause() {
      if (this.slow) this.toggleSlow();
      this.playing = false;
      this.playButton.textContent = "▶ Play";
      this.showLast();
    }
    reset() {
      this.pause();
      this.wish({ do: "reset", seed: this.seed.value === "" ? null : Number(this.seed.value) });
    }
    takeSeed() {
      if (this.seed.value === this.taken) return;
      this.taken = this.seed.value;
      this.reset();
    }
    toggleFork() {
      this.wish({ do: this.face.frames.length > 1 ? "join" : "fork" });
    }
    toggleSlow() {
      this.slow = !this.slow;
      this.slowButton.ariaPressed = String(this.slow);
      this.phase.hidden = !this.slow;
      if (this.slow) {
        this.playing = false;
        this.playButton.textContent = "▶ Play";
        this.showLast();
        this.wish({ do: "phase" });
      } else {
        clearTimeout(this.clock);
        this.face.phases = [];
        this.face.draw();
      }
    }
    get idle() {
      return !this.playing || this.queue.length >= AHEAD;
    }
    // Long frames: the next question waits at the kernel while the last answer travels.
    get depth() {
      return this.playing && this.speed >= MANY ? 2 : 1;
    }
    want() {
      const buffers = this.upload ? [this.upload] : void 0;
      this.upload = null;
      const play = this.playing ? this.speed : 0;
      return { play, frames: AHEAD, arrows: this.arrows, buffers };
    }
    /** @type {import("./link.js").Hear} */
    answer(message, buffers) {
      this.alive = true;
      const before = this.last;
      const frames = buffers.slice(0, message.lanes).map((one, i) => unpack(one, before[i]));
      const names = message.extra ?? [];
      const extra = Object.fromEntries(names.map((name, i) => [name, buffers[message.lanes + i]]));
      if (frames.length) this.last = frames;
      if (message.stopped && (this.playing || this.slow)) this.pause();
      this.say(message, extra);
      if (!frames.length) return;
      const changed = frames.length !== before.length || message.preset !== void 0;
      if (this.playing && !changed) this.enqueue(frames);
      else this.showLast(message);
      if (message.code) this.askConsent(message.code);
      if (message.wall) this.wall.show(unpack(extra.wall), this.face.theme);
      if (message.file) download(message.file, extra.file);
      this.onanswer?.(message);
      if (this.slow && message.phase) {
        clearTimeout(this.clock);
        this.clock = setTimeout(() => this.wish({ do: "phase" }), SLOW);
      }
    }
    // One picture a frame of the screen, in order: the kernel may be ahead of it.
    /** @param {Frame[]} frames */
    enqueue(frames) {
      this.queue.push(frames);
      if (this.turn) return;
      const next = () => {
        this.turn = null;
        const shown = this.queue.shift();
        if (!shown) return;
        if (this.face.show(shown, false, true)) this.follow(shown, {});
        if (this.queue.length) this.turn = requestAnimationFrame(next);
        this.pump();
      };
      this.turn = requestAnimationFrame(next);
    }
    /** @param {Message} message */
    showLast(message = {}) {
      this.queue = [];
      if (!this.last.length) return;
      this.face.show(this.last, !this.playing);
      this.follow(this.last, message);
    }
    // A warning stays until what the reader asks for next is done, or for six seconds; so
    // does news. What is still true comes again with every answer.
    /** @param {Message} message @param {Extra} extra */
    say({ note, info, phase, verdict, obeyed }, extra) {
      const words = note ?? info;
      const now = performance.now();
      if (words || obeyed || now - (this.said ?? 0) > 6e3) {
        if (this.note.textContent !== (words ?? "")) this.note.textContent = words ?? "";
        this.note.dataset.kind = note ? "warning" : "news";
        if (words) this.said = now;
      }
      if (verdict) this.verdict.textContent = verdict;
      this.face.phases = [];
      if (phase && this.slow) {
        this.phase.textContent = `${phase.number} of 10 · ${phase.name}`;
        this.phase.dataset.player = phase.player;
        this.face.phases = ["A", "B"].map((lane) => extra[`phase ${lane}`]).map((packed) => packed && { arrays: unpack(packed), began: now });
      }
    }
    /** @param {Frame[]} frames @param {Message} message */
    follow(frames, message) {
      const two = frames.length > 1;
      this.forkButton.textContent = two ? "Close the fork" : "Fork here";
      if (this.laneMenu.node.hidden === two) {
        this.laneMenu.node.hidden = !two;
        this.lane = two ? "B" : "A";
        this.laneMenu.put(this.lane);
      }
      const waiting = Object.assign({}, ...this.link.wishes.map((one) => one.values ?? {}));
      const { settings } = frames[this.lane === "B" && two ? 1 : 0];
      this.settings.show(settings, waiting);
      if (document.activeElement !== this.seed) {
        this.taken = this.seed.value = String(settings.seed);
      }
      if (message.preset !== void 0) this.presets.put(message.preset);
    }
    silence() {
      this.pause();
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
      this.face.arrowMenu.node.hidden = true;
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
      this.playButton.textContent = "⏸ Pause";
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
      this.playButton.textContent = "▶ Play";
    }
  };

  // lab.js
  var HELLO = 4e3;
  function render({ model, el }) {
    const recorded = () => {
      const value = model.get("recording");
      return value && value.byteLength ? bytes(value) : null;
    };
    let replay = null;
    const stored = "A recorded run. To play with it yourself, open the notebook, choose Run > Run All Above Selected Cell, and run its cell.";
    if (model.isStatic || model.get("kind") === "replay") {
      const start = () => {
        const recording = recorded();
        if (!replay && recording) replay = new Replay(el, recording, stored);
      };
      start();
      model.on("change:recording", start);
      return () => replay?.close();
    }
    const live = new Live(el, model);
    const patience = setTimeout(() => {
      const recording = recorded();
      if (live.alive || !recording) return;
      live.face.root.hidden = true;
      replay = new Replay(el, recording, stored);
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
  var lab_default = { render };
  return __toCommonJS(lab_exports);
})();
export default face.default;
