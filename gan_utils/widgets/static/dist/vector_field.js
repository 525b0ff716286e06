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

  // vector_field.js
  var vector_field_exports = {};
  __export(vector_field_exports, {
    default: () => vector_field_default
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
  function general(value, digits = 6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const power = Number(exponent);
    if (power >= -4 && power < digits) return String(Number(value.toPrecision(digits)));
    const sign = power < 0 ? "-" : "+";
    return `${Number(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  function besideOne(value) {
    const digits = [4, 5, 6, 7].find((d) => Math.abs(Number(value.toPrecision(d))) !== 1);
    return general(value, digits ?? 4);
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
    const look2 = () => {
      const theme = themeOf(root.parentElement ?? document.body);
      root.dataset.theme = theme;
      dress(root, theme);
      redraw(theme);
    };
    const size = new ResizeObserver(look2);
    const page = new MutationObserver(look2);
    size.observe(root);
    for (const node of [document.documentElement, document.body]) {
      page.observe(node, { attributes: true });
    }
    look2();
    return () => [size, page].forEach((observer) => observer.disconnect());
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
    const put2 = (wanted) => {
      input.value = String(toPosition(wanted));
      say(wanted);
    };
    put2(value);
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
    return { node, input, put: put2, rest, get: () => shown };
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
    const rest = (why) => {
      switchOff(node, input, why);
    };
    return { node, input, put: put2, rest, get: () => input.value };
  }
  var asItsLabel = (name) => [name, name];
  function button(text, onclick, attributes = {}) {
    return make("button", { type: "button", onclick, ...attributes }, text);
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

  // vector_field_plane.js
  var LOOKS = ["real", "fake", "critic", "move", "ink", "muted"];
  var DASHES2 = [[], [7, 4], [9, 3, 2, 3], [2, 3], [12, 4], [4, 2]];
  var ARROW = 0.5;
  var SHARPEST = 1e-9;
  var look = (k) => ({ name: LOOKS[k % LOOKS.length], dash: DASHES2[k % DASHES2.length] });
  function drawGame(canvas, seen, { theme, reach, shown, aim }) {
    const size = canvas.clientWidth || 320;
    const { context, colours } = blank(canvas, size, size, theme);
    const place = placing([-reach, reach, -reach, reach], size);
    if (seen) {
      drawVelocities(context, seen.arrows, reach, place, colours);
      const [count, points] = seen.paths.shape;
      for (let k = 0; k < count; k++) {
        const path = seen.paths.data.subarray(2 * k * points, 2 * (k + 1) * points);
        drawPath(context, path, shown, place, colours, k);
      }
    }
    drawScales(context, reach, place, colours, size);
    drawPlus(context, place(0, 0), 9, colours.ink, 2.5);
    if (aim) drawAim(context, place(...aim), colours);
  }
  function drawVelocities(context, { data, shape: [rows, columns] }, reach, place, colours) {
    context.strokeStyle = context.fillStyle = colours.muted;
    context.setLineDash([]);
    context.lineWidth = 1.3;
    const gap = 2 * reach / (columns - 1);
    const length = ARROW * gap * place.scale;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = 2 * (row * columns + column);
        const speed = Math.hypot(data[at], data[at + 1]);
        if (!(speed > SHARPEST)) continue;
        const [x, y] = place(column * gap - reach, row * gap - reach);
        const [u, v] = [data[at] / speed * length, -data[at + 1] / speed * length];
        context.beginPath();
        context.moveTo(x - u / 2, y - v / 2);
        context.lineTo(x + u / 2, y + v / 2);
        context.stroke();
        drawHead(context, x + u / 2, y + v / 2, Math.atan2(v, u), 0.3 * length + 1);
      }
    }
  }
  function drawHead(context, x, y, angle, arm) {
    context.beginPath();
    for (const turn of [0, 2.6, -2.6]) {
      context.lineTo(x + arm * Math.cos(angle + turn), y + arm * Math.sin(angle + turn));
    }
    context.fill();
  }
  function drawPath(context, path, shown, place, colours, k) {
    const { name, dash } = look(k);
    context.strokeStyle = context.fillStyle = colours[name];
    context.setLineDash(dash);
    context.lineWidth = 2;
    context.beginPath();
    let last = place(path[0], path[1]);
    context.moveTo(...last);
    for (let i = 1; i <= shown; i++) {
      const next = place(path[2 * i], path[2 * i + 1]);
      if (!next.every(Number.isFinite) || Math.hypot(...next) > 1e5) break;
      context.lineTo(...next);
      last = next;
    }
    context.stroke();
    context.setLineDash([]);
    drawCross(context, last, 6, colours[name], 3);
    const [x, y] = place(path[0], path[1]);
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.fillStyle = colours[name];
    context.fill();
    context.fillStyle = colours.paper;
    context.font = "bold 12px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(k + 1), x, y + 0.5);
  }
  function drawScales(context, reach, place, colours, size) {
    const text = Math.max(12, Math.min(20, size / 30));
    const write = labeller(context, text, colours.ink, colours.halo);
    for (let value = -Math.floor(reach); value < reach; value++) {
      write(number(value), place(value, 0)[0], size - 3, "center", "bottom");
      write(number(value), 5, place(0, value)[1], "left", "middle");
    }
    write("generator θ →", size - 6, size - text - 8, "right", "bottom");
    write("↑ discriminator ψ", 6, 5, "left", "top");
  }
  function drawPlus(context, [x, y], arm, colour, width) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
    context.stroke();
  }
  function drawAim(context, [x, y], colours) {
    drawPlus(context, [x, y], 14, colours.ink, 1.5);
    context.strokeRect(x - 8, y - 8, 16, 16);
  }
  function drawCircle(canvas, values, theme) {
    const size = canvas.clientWidth || 260;
    const { context, colours } = blank(canvas, size, size, theme);
    const found = Array.from({ length: values.shape[0] }, (_, k) => [values.data[2 * k], values.data[2 * k + 1]]);
    const reach = Math.max(1.5, ...found.map(([re, im]) => 1.15 * Math.hypot(re, im)));
    const place = placing([-reach, reach, -reach, reach], size);
    context.fillStyle = colours.band;
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.setLineDash([]);
    context.beginPath();
    context.arc(...place(0, 0), place.scale, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    drawPlus(context, place(0, 0), 5, colours.ink, 1);
    const write = labeller(context, Math.max(12, Math.min(18, size / 18)), colours.ink);
    write("real part →", size - 5, size - 4, "right", "bottom");
    write("↑ imaginary part", 5, 4, "left", "top");
    for (const value of found) drawCross(context, place(...value), 7, colours.fake, 3.5);
  }
  function eigenWords({ data, shape }) {
    if (!shape[0]) return "no eigenvalues: the field jumps at the centre";
    const [a, b, c] = data;
    const i = Math.abs(b);
    if (i > 1e-7) return `${number(a)} ± ${number(i)}i, size ${besideOne(Math.hypot(a, i))}`;
    return `${besideOne(a)} and ${besideOne(c)}`;
  }

  // vector_field.js
  var FLIGHT = 2500;
  var VectorField = class extends Talk {
    /** @type {Record<string, Control>} */
    controls;
    /** @type {HTMLElement} */
    sentence;
    /** @type {HTMLElement} */
    live;
    // read aloud
    /** @type {HTMLCanvasElement} */
    plane;
    /** @type {HTMLCanvasElement} */
    circle;
    /** @type {HTMLElement} */
    circleKey;
    /** @type {HTMLCanvasElement} */
    chart;
    /** @type {Control<number>} */
    time;
    /** @type {Theme} */
    theme;
    /** @type {() => void} */
    unwatch;
    /** @type {number | null} */
    waiting = null;
    // for a frame of the screen
    /** @type {number | null} */
    flight = null;
    flying = false;
    /** @param {HTMLElement} el @param {Model} model */
    constructor(el, model) {
      super(model);
      this.catalogue = model.get("catalogue");
      this.seen = null;
      this.shown = this.catalogue.steps;
      this.aim = [0.5, 0.5];
      this.root = make("div", {
        className: "gan-lab",
        role: "group",
        "aria-label": "Vector-field explorer"
      });
      this.build();
      el.append(this.root);
      Object.assign(this.root, { lab: this });
      this.watch();
      this.wish({ do: "look" });
    }
    build() {
      const { catalogue } = this;
      const change = (name) => (value) => {
        if (name === "game") {
          for (const { values } of this.link.wishes) if (values) delete values.strength;
        }
        this.wish({ do: "set", values: { [name]: value } });
      };
      const { games, steppers } = catalogue;
      this.controls = {
        game: menu({ label: "Game", options: games.map(asItsLabel), onmove: change("game") }),
        stepper: menu({
          label: "Players move",
          options: steppers.map(asItsLabel),
          onmove: change("stepper")
        }),
        step_size: slider({
          label: "Step size h",
          value: catalogue.step_size.low,
          ...catalogue.step_size,
          onmove: change("step_size")
        }),
        strength: slider({
          label: "Strength",
          value: catalogue.strength.low,
          ...catalogue.strength,
          onmove: change("strength")
        })
      };
      this.sentence = make("p", { className: "gl-sentence" });
      this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
      this.note = make("p", { className: "gl-note", role: "status" });
      const nodes = Object.values(this.controls).map(({ node }) => node);
      this.root.append(
        make("div", { className: "gl-fields" }, ...nodes),
        this.sentence,
        this.live,
        this.note,
        make("div", { className: "gl-main" }, this.buildPlane(), this.buildSide()),
        this.buildTime()
      );
    }
    buildPlane() {
      this.plane = make("canvas", {
        className: "gl-stage gl-drawing gl-tap",
        tabIndex: 0,
        role: "application",
        onfocus: () => this.draw(),
        onblur: () => this.draw()
      });
      this.plane.addEventListener("click", (event) => this.click(event));
      this.plane.addEventListener("keydown", (event) => this.key(event));
      return make("figure", {}, this.plane, make(
        "figcaption",
        {},
        "Click or tap to launch. With keys: arrows aim, Space launches."
      ));
    }
    buildSide() {
      this.circle = make("canvas", { className: "gl-stage", role: "img" });
      this.circleKey = make("figcaption", {});
      this.chart = make("canvas", { className: "gl-chart", role: "img" });
      return make(
        "div",
        { className: "gl-side" },
        make("figure", {}, "Eigenvalues of one update", this.circle, this.circleKey),
        make("figure", {}, "Distance from the centre", this.chart)
      );
    }
    buildTime() {
      const { steps } = this.catalogue;
      this.time = slider({
        label: "Updates shown",
        low: 0,
        high: steps,
        value: steps,
        onmove: (n) => {
          this.stop();
          this.shown = n;
          this.draw();
        }
      });
      return make(
        "div",
        { className: "gl-row" },
        button("▶ From the start", () => this.fly(), { className: "gl-primary" }),
        button("Undo", () => this.wish({ do: "undo" })),
        button("Clear", () => this.wish({ do: "clear" })),
        this.time.node
      );
    }
    watch() {
      this.unwatch = watchTheme(this.root, (theme) => {
        this.theme = theme;
        this.draw();
      });
    }
    close() {
      super.close();
      this.stop();
      this.unwatch();
      this.root.remove();
    }
    /** @param {MouseEvent} event */
    click(event) {
      const box = this.plane.getBoundingClientRect();
      const { reach } = this.catalogue;
      const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      this.aim = [(2 * at[0] - 1) * reach, (1 - 2 * at[1]) * reach];
      this.launch();
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      const { reach } = this.catalogue;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in ARROW_KEYS) {
        const by = (event.shiftKey ? 4 : 1) * (reach / 25);
        const moved = (i) => Number((this.aim[i] + by * ARROW_KEYS[event.key][i]).toFixed(3));
        this.aim = [this.within(moved(0)), this.within(moved(1))];
        this.live.textContent = `Aim at (${this.aim.map((x) => number(x)).join(", ")})`;
      } else if ((event.key === " " || event.key === "Enter") && !event.shiftKey) {
        if (!event.repeat) this.launch();
      } else return;
      event.preventDefault();
      event.stopPropagation();
      this.draw();
    }
    /** @type {(x: number) => number} */
    within(x) {
      const { reach } = this.catalogue;
      return Math.min(reach, Math.max(-reach, x));
    }
    launch() {
      const [theta, psi] = this.aim.map((x) => this.within(x));
      this.wish({ do: "launch", theta, psi });
    }
    // Draw all launches from their starts again, growing.
    fly() {
      this.stop();
      if (quiet()) {
        this.showAll();
        return;
      }
      const { steps } = this.catalogue;
      const start = performance.now();
      const move = (now) => {
        const share = Math.min(1, Math.max(0, (now - start) / FLIGHT));
        this.shown = Math.round(share * steps);
        this.time.put(this.shown);
        this.drawNow();
        this.flight = share < 1 && this.root.isConnected ? requestAnimationFrame(move) : null;
      };
      this.flight = requestAnimationFrame(move);
    }
    stop() {
      if (this.flight) cancelAnimationFrame(this.flight);
      this.flight = null;
    }
    showAll() {
      this.shown = this.catalogue.steps;
      this.time.put(this.shown);
      this.draw();
    }
    // A launch flies when the answer to the question that carried it is here.
    want() {
      this.flying = this.link.wishes.some((one) => one.do === "launch");
      return {};
    }
    /** @type {import("./link.js").Hear} */
    answer(message, buffers) {
      this.note.textContent = message.note ?? "";
      if (buffers.length) this.show(unpack(buffers[0], null));
    }
    /** @param {Portrait} seen */
    show(seen) {
      this.seen = seen;
      const waiting = Object.assign({}, ...this.link.wishes.map((one) => one.values ?? {}));
      for (const [name, control] of Object.entries(this.controls)) {
        if (name in waiting || control.input.matches(":active")) continue;
        control.put(seen.settings[name]);
      }
      this.controls.strength.node.hidden = !seen.constant;
      const label = this.controls.strength.node.getElementsByTagName("label")[0];
      label.textContent = `Strength (${seen.constant})`;
      this.sentence.textContent = this.live.textContent = seen.sentence;
      if (this.flying) this.fly();
      else if (!this.flight) this.draw();
      this.flying = false;
    }
    draw() {
      if (this.waiting) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = null;
        if (this.root.isConnected) this.drawNow();
      });
    }
    drawNow() {
      const { theme, seen, shown } = this;
      const { reach } = this.catalogue;
      const aim = this.plane.matches(":focus-visible") ? this.aim : null;
      drawGame(this.plane, seen, { theme, reach, shown, aim });
      if (!seen) return;
      this.plane.setAttribute("aria-label", `Plane of theta and psi. ${seen.sentence}`);
      drawCircle(this.circle, seen.values, theme);
      this.circleKey.textContent = eigenWords(seen.values);
      this.circle.setAttribute(
        "aria-label",
        `Eigenvalues beside the unit circle: ${this.circleKey.textContent}.`
      );
      this.drawDistances(seen.paths);
    }
    /** @param {Grid} paths */
    drawDistances({ data, shape: [count, points] }) {
      const x = Array.from({ length: points }, (_, i) => i);
      const top = 3 * this.catalogue.reach;
      const lines = Array.from({ length: count }, (_, k) => {
        const at = (i) => 2 * (k * points + i);
        const r = x.map((i) => Math.hypot(data[at(i)], data[at(i) + 1]));
        const { name, dash } = look(k);
        const last = r[points - 1] < 1e6 ? number(r[points - 1]) : "out of sight";
        return { x, y: r.map((one) => one < top ? one : NaN), colour: name, dash, last };
      });
      const { theme, shown } = this;
      drawChart(this.chart, { lines, moment: shown, theme, floor: 0 });
      const ends = lines.map(({ last }, k) => `launch ${k + 1} ${last}`);
      this.chart.setAttribute(
        "aria-label",
        `Distance over the updates; last: ${ends.join(", ") || "nothing launched"}.`
      );
    }
  };
  function render({ model, el }) {
    const face = new VectorField(el, model);
    return () => face.close();
  }
  var vector_field_default = { render };
  return __toCommonJS(vector_field_exports);
})();
export default face.default;
