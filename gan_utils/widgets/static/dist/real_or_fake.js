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

  // real_or_fake.js
  var real_or_fake_exports = {};
  __export(real_or_fake_exports, {
    default: () => real_or_fake_default
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

  // real_or_fake_chart.js
  var LOOKS = [
    ["real", "disc", "●"],
    ["fake", "cross", "✕"],
    ["critic", "square", "■"],
    ["move", "ring", "○"]
  ];
  var percent = (share) => `${number(100 * share)} %`;
  function drawCalibration(canvas, calibration, theme) {
    const size = canvas.clientWidth || 240;
    const { context, colours } = blank(canvas, size, size, theme);
    const text = Math.max(12, Math.min(18, size / 18));
    const [low, high] = [3.3 * text, size - text];
    const at = (said, was) => [low + said * (high - low), high - low + text - was * (high - low)];
    drawGrid(context, at, colours, text, size);
    Object.values(calibration).forEach((found, k) => {
      const [colour, mark] = LOOKS[k % LOOKS.length];
      found.said.forEach((said, i) => {
        const radius = k === 0 ? 4 + 1.6 * Math.sqrt(found.count[i]) : 6;
        drawMark(context, at(said, found.was[i]), radius, mark, colours[colour]);
      });
    });
  }
  function keyWords(calibration) {
    return Object.entries(calibration).map(([name, { count }], k) => {
      const sum = count.reduce((a, b) => a + b, 0);
      return `${name} ${LOOKS[k % LOOKS.length][2]} (${number(sum)} answer${sum === 1 ? "" : "s"})`;
    }).join(", ");
  }
  function calibrationWords(calibration) {
    return Object.entries(calibration).map(([name, { said, was, count }]) => {
      const bins = said.map((p, i) => `said ${percent(p)}, true ${percent(was[i])} of ${count[i]}`);
      return `${name}: ${bins.join("; ") || "no answers yet"}.`;
    }).join(" ");
  }
  function drawGrid(context, at, colours, text, size) {
    context.strokeStyle = colours.muted;
    context.lineWidth = 1;
    const write = labeller(context, text, colours.ink);
    const rule = (from, to) => {
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    };
    context.setLineDash([1, 4]);
    for (const share of [0, 0.5, 1]) {
      write(percent(share), at(share, 0)[0], at(0, 0)[1] + 6, share === 1 ? "right" : "center", "top");
      if (share) write(percent(share), 2, at(0, share)[1], "left", share === 1 ? "top" : "middle");
      rule(at(share, 0), at(share, 1));
      rule(at(0, share), at(1, share));
    }
    write("said to be real →", size - 6, at(0, 0)[1] - 4, "right", "bottom");
    write("↑ were real", at(0, 0)[0] + 6, at(0, 1)[1] + 4, "left", "top");
    context.setLineDash([3, 4]);
    context.strokeStyle = colours.ink;
    rule(at(0, 0), at(1, 1));
  }
  function drawMark(context, [x, y], radius, mark, colour) {
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = 3;
    context.setLineDash([]);
    context.beginPath();
    if (mark === "cross") drawCross(context, [x, y], radius, colour, 3);
    else if (mark === "square") context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
      if (mark === "disc") context.fill();
      else context.stroke();
    }
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

  // real_or_fake.js
  var NOTHING = Math.log(2);
  var RealOrFake = class extends Talk {
    /** @type {HTMLElement} */
    sentence;
    /** @type {HTMLImageElement} */
    picture;
    /** @type {HTMLButtonElement[]} */
    buttons;
    /** @type {HTMLButtonElement} */
    again;
    /** @type {HTMLTableElement} */
    table;
    /** @type {HTMLCanvasElement} */
    chart;
    /** @type {HTMLElement} */
    key;
    /** @type {Theme} */
    theme;
    /** @param {HTMLElement} el @param {Model} model */
    constructor(el, model) {
      super(model);
      this.answers = model.get("catalogue").answers;
      this.seen = null;
      this.root = make("div", {
        className: "gan-lab",
        role: "group",
        tabIndex: -1,
        "aria-label": "You be the discriminator",
        "data-lm-suppress-shortcuts": "true"
      });
      this.build();
      el.append(this.root);
      Object.assign(this.root, { lab: this });
      this.unwatch = watchTheme(this.root, (theme) => {
        const changed = this.seen && theme !== this.theme;
        this.theme = theme;
        if (changed) this.wish({ do: "look" });
        this.draw();
      });
      this.wish({ do: "look" });
    }
    build() {
      this.sentence = make("p", { className: "gl-sentence", role: "status", "aria-live": "polite" });
      this.note = make("p", { className: "gl-note", role: "status" });
      this.picture = make("img", { className: "gl-picture", alt: "" });
      this.buttons = this.answers.map(([words, chance]) => button(
        `${words} (${Math.round(100 * chance)} %)`,
        (event) => event.detail < 2 && this.say(chance),
        { disabled: true }
      ));
      this.again = button("New game", () => this.wish({ do: "restart" }));
      this.table = make("table", { className: "gl-table" });
      this.chart = make("canvas", {
        className: "gl-stage gl-small",
        role: "img",
        "aria-label": "Calibration: nothing was said yet."
      });
      this.key = make("figcaption", {});
      const said = make("div", {
        className: "gl-row",
        role: "group",
        "aria-label": "How likely is it real?"
      }, ...this.buttons, this.again);
      const hint = make("p", { className: "gl-hint" }, "The keys 1 to 5 answer, too.");
      const left = make("div", { className: "gl-lanes" }, this.picture, said, hint);
      const chart = make(
        "figure",
        {},
        "Said against true (dotted: well calibrated)",
        this.chart,
        this.key
      );
      this.root.append(this.sentence, this.note, make(
        "div",
        { className: "gl-main" },
        left,
        make("div", { className: "gl-side" }, this.table, chart)
      ));
      this.root.addEventListener("keydown", (event) => this.press(event));
      this.root.addEventListener("pointerup", () => {
        if (!this.root.contains(document.activeElement)) this.root.focus({ preventScroll: true });
      });
    }
    /** @param {KeyboardEvent} event */
    press(event) {
      const answer = this.answers[Number(event.key) - 1];
      if (!answer || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.say(answer[1]);
    }
    // The answer names its question: in another view it may have been answered already.
    /** @param {number} chance */
    say(chance) {
      if (!this.seen || this.seen.over || !this.link.free) return;
      this.wish({ do: "answer", chance, game: this.seen.game, question: this.seen.done });
    }
    // A page without a kernel draws the picture in its own colours.
    want() {
      return { theme: this.theme };
    }
    /** @type {import("./link.js").Hear} */
    answer(message, buffers) {
      this.note.textContent = message.note ?? "";
      if (message.seen) this.show(message.seen, buffers[0]);
    }
    /** @param {Question} seen @param {Uint8Array<ArrayBuffer>} png */
    show(seen, png) {
      this.seen = seen;
      this.sentence.textContent = seen.sentence;
      const address = URL.createObjectURL(new Blob([png], { type: "image/png" }));
      URL.revokeObjectURL(this.picture.src);
      [this.picture.src, this.picture.alt] = [address, seen.alt];
      const held = this.buttons.some((one) => one === document.activeElement);
      for (const one of this.buttons) one.disabled = seen.over;
      if (seen.over && held) this.again.focus({ preventScroll: true });
      const cell = (text, row2) => make(row2 ? "th" : "td", row2 ? { scope: row2 } : {}, text);
      const row = (name, ...rest) => make("tr", {}, cell(name, "row"), ...rest.map((text) => cell(text)));
      const head = ["player", "right", "cross-entropy (nats)"].map((text) => cell(text, "col"));
      const rows = seen.scores.map(([name, points, cost]) => row(name, seen.done ? `${number(points)} of ${seen.done}` : "–", number(cost)));
      this.table.replaceChildren(
        make("caption", {}, "This game"),
        make("tr", {}, ...head),
        ...rows,
        row("knowing nothing", "half", number(NOTHING))
      );
      this.draw();
    }
    draw() {
      if (!this.seen) return;
      const { calibration } = this.seen;
      drawCalibration(this.chart, calibration, this.theme);
      this.key.textContent = keyWords(calibration);
      this.chart.setAttribute("aria-label", `Calibration. ${calibrationWords(calibration)}`);
    }
    close() {
      super.close();
      this.unwatch();
      URL.revokeObjectURL(this.picture.src);
      this.root.remove();
    }
  };
  function render({ model, el }) {
    const face = new RealOrFake(el, model);
    return () => face.close();
  }
  var real_or_fake_default = { render };
  return __toCommonJS(real_or_fake_exports);
})();
export default face.default;
