// Made by `nox -s javascript`; change javascript/src instead. Sources: 6e317ac646f9d1205796fdc357671300b67a0c34df33ef26c9c8289cc22f6d63
"use strict";
(() => {
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
    const look3 = () => {
      const theme = themeOf(root.parentElement ?? document.body);
      root.dataset.theme = theme;
      dress(root, theme);
      redraw(theme);
    };
    const size = new ResizeObserver(look3);
    const page = new MutationObserver(look3);
    size.observe(root);
    for (const node of [document.documentElement, document.body]) {
      page.observe(node, { attributes: true });
    }
    look3();
    return () => [size, page].forEach((observer) => observer.disconnect());
  }

  // binary.js
  function unpack(buffer, before) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const length = view.getUint32(0, true);
    const head = JSON.parse(new TextDecoder().decode(buffer.subarray(4, 4 + length)));
    const frame = head.values;
    for (const one of head.arrays) {
      const start2 = 4 + length + one.at;
      const raw = buffer.slice(start2, start2 + one.bytes).buffer;
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
  var bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  async function inflate(buffer) {
    const stream = new Blob([buffer]).stream();
    const pipe = stream.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(pipe).arrayBuffer());
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

  // explore_parts.js
  var Picture = class {
    /** @param {number} size @param {string} kind @param {Record<string, any>} attributes */
    constructor(size, kind = "", attributes = {}) {
      this.size = size;
      this.small = make("canvas", { width: size, height: size });
      const role = attributes.ariaHidden ? {} : { role: "img" };
      this.canvas = make("canvas", {
        className: `gx-picture ${kind}`,
        ...role,
        ...attributes
      });
      this.data = contextOf(this.small).createImageData(size, size);
    }
    // Show the bytes (red, green, blue, opaque) of a picture.
    /** @param {Uint8Array} dots */
    show(dots) {
      this.data.data.set(dots);
      contextOf(this.small).putImageData(this.data, 0, 0);
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const side = Math.max(this.size, Math.round(this.canvas.clientWidth * ratio));
      if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
      const context = contextOf(this.canvas);
      context.imageSmoothingQuality = "high";
      context.clearRect(0, 0, side, side);
      context.drawImage(this.small, 0, 0, side, side);
    }
  };
  function between(a, b, share) {
    const length = (v) => Math.hypot(...v);
    const [la, lb] = [length(a), length(b)];
    const cosine = a.reduce((sum, x, i) => sum + x * b[i], 0) / (la * lb || 1);
    const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    if (angle < 1e-4) return a.map((x, i) => (1 - share) * x + share * b[i]);
    const from = Math.sin((1 - share) * angle) / Math.sin(angle);
    const to = Math.sin(share * angle) / Math.sin(angle);
    return a.map((x, i) => from * x + to * b[i]);
  }
  var Clock = class {
    /** @param {Element} element @param {(seconds: number) => void} move */
    constructor(element, move) {
      this.move = move;
      this.going = false;
      this.seen = false;
      this.last = 0;
      this.waiting = 0;
      new IntersectionObserver(([entry]) => {
        this.seen = entry.isIntersecting;
        this.ask();
      }).observe(element);
    }
    /** @param {boolean} going */
    set(going) {
      this.going = going;
      this.last = 0;
      this.ask();
    }
    ask() {
      if (this.waiting || !this.going || !this.seen) return;
      this.waiting = requestAnimationFrame((now) => {
        this.waiting = 0;
        const seconds = this.last ? Math.min((now - this.last) / 1e3, 0.1) : 0;
        this.last = now;
        if (this.going && this.seen) this.move(seconds);
        this.ask();
      });
    }
  };
  var anyNumber = () => Math.floor(Math.random() * 1e5);

  // explore_walk.js
  var WHOLE = 1e3;
  var Walk = class {
    /** @param {HTMLElement} root must be in sight for the walk to go on
     * @param {number} seconds of the whole way
     * @param {(share: number, aloud: boolean) => void} show a place, from 0 to 1; silent while it
     * goes by itself: nobody wants to hear of every picture */
    constructor(root, seconds, show) {
      this.seconds = seconds;
      this.show = show;
      this.place = make("input", {
        type: "range",
        min: 0,
        max: WHOLE,
        step: 1,
        value: "0",
        oninput: () => show(this.share, true)
      });
      this.clock = new Clock(root, (passed) => this.stride(passed));
      this.go = button("Walk", () => this.pace(!this.clock.going));
      if (quiet()) this.go.hidden = true;
    }
    get share() {
      return Number(this.place.value) / WHOLE;
    }
    /** @param {number} share */
    put(share) {
      this.place.value = String(Math.round(WHOLE * share));
    }
    /** @param {boolean} going */
    pace(going) {
      if (going && this.share >= 1) this.put(0);
      this.go.textContent = going ? "Stop" : "Walk";
      this.clock.set(going);
    }
    /** @param {number} passed seconds */
    stride(passed) {
      const share = Math.min(1, this.share + passed / this.seconds);
      this.put(share);
      this.show(this.share, share >= 1);
      if (share >= 1) this.pace(false);
    }
  };

  // explore_digits.js
  var DIGITS = 10;
  var LONGEST = 10;
  var SECONDS = 2.5;
  var FIRST = { seed: 58, digit: 3, number: "2026" };
  var serial2 = 0;
  var DigitExplorer = class {
    /** @type {Written} */
    from;
    /** @type {Written} */
    to;
    /** @type {Theme} */
    theme = "light";
    /** @type {HTMLElement} */
    words;
    /** @type {HTMLElement} */
    line;
    /** @type {HTMLInputElement} */
    box;
    /** @type {{ node: HTMLButtonElement, picture: Picture }[]} */
    ten;
    /** @param {HTMLElement} root @param {Program} program */
    constructor(root, program) {
      this.root = root;
      this.program = program;
      program.run("unpack");
      this.picture = new Picture(program.about.size, "gx-ink");
      this.way = new Walk(root, SECONDS, (share, aloud) => this.walk(share, aloud));
      this.way.put(1);
      this.build();
      this.from = this.to = { z: this.hand(FIRST.seed), digit: FIRST.digit };
      watchTheme(root, (theme) => {
        this.theme = theme;
        this.show();
      });
    }
    build() {
      this.words = make("p", { className: "gx-words", role: "status", "aria-live": "polite" });
      const id = () => `gan-digit-${++serial2}`;
      const [box, place] = [id(), id()];
      this.way.place.id = place;
      this.ten = Array.from({ length: DIGITS }, (_, digit) => {
        const picture = new Picture(
          this.program.about.size,
          "gx-small gx-ink",
          { ariaHidden: "true" }
        );
        const node = button("", () => this.choose(digit), { className: "gx-face gx-digit" });
        node.append(picture.canvas, String(digit));
        return { node, picture };
      });
      this.line = make("div", { className: "gx-line", role: "img" });
      this.box = make("input", {
        id: box,
        type: "text",
        inputMode: "numeric",
        value: FIRST.number,
        maxLength: LONGEST,
        autocomplete: "off",
        oninput: () => this.write()
      });
      const left = make("div", { className: "gx-left" }, this.picture.canvas, this.words);
      const right = make(
        "div",
        {},
        make(
          "fieldset",
          {},
          make("legend", {}, "Which digit?"),
          make(
            "div",
            { className: "gx-ten", role: "group", "aria-label": "All in the same hand" },
            ...this.ten.map(({ node }) => node)
          )
        ),
        make(
          "div",
          { className: "gx-bar" },
          button("New hand", () => this.change(anyNumber()), { className: "gx-first" }),
          this.way.go
        ),
        make("label", { htmlFor: place, className: "gx-field" }, "Between the last and this one"),
        this.way.place,
        make("label", { htmlFor: box, className: "gx-field" }, "A number in this hand"),
        this.box,
        this.line
      );
      this.root.replaceChildren(make("div", { className: "gx-main" }, left, right));
      Object.assign(this.root, { explorer: this });
    }
    // The latent of a seed is a hand: the same for every digit.
    /** @param {number} seed @returns {Float32Array} */
    hand(seed) {
      this.program.leaf("seed")[0] = seed;
      this.program.run("draw");
      return this.program.leaf("z").slice();
    }
    /** @param {number} digit */
    choose(digit) {
      this.turn({ z: this.to.z, digit });
    }
    /** @param {number} seed */
    change(seed) {
      this.turn({ z: this.hand(seed), digit: this.to.digit });
    }
    // Go from what is there to something else: at once, or on foot.
    /** @param {Written} to */
    turn(to) {
      [this.from, this.to] = [this.to, to];
      this.way.put(quiet() ? 1 : 0);
      this.way.pace(!quiet());
      this.show();
    }
    show() {
      this.program.leaf("z").set(this.to.z);
      this.program.run("ten");
      this.walk(this.way.share);
      this.ten.forEach(({ node, picture }, digit) => {
        picture.show(this.inked(this.tenth(digit)));
        node.setAttribute("aria-pressed", String(digit === this.to.digit));
      });
      this.write();
    }
    // A digit of the present hand, as bytes.
    /** @param {number} digit @returns {Uint8Array} */
    tenth(digit) {
      const dots = this.program.leaf("ten_dots");
      const each = dots.length / DIGITS;
      return dots.subarray(digit * each, (digit + 1) * each);
    }
    // Grey becomes ink: the page's colour, as dense as the dot is bright.
    /** @param {Uint8Array} dots @returns {Uint8Array} */
    inked(dots) {
      const { ink } = PALETTES[this.theme];
      const rgb = [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
      const out = new Uint8Array(dots.length);
      for (let i = 0; i < dots.length; i += 4) {
        out.set(rgb, i);
        out[i + 3] = dots[i];
      }
      return out;
    }
    /** @param {number} share @param {boolean} aloud */
    walk(share, aloud = true) {
      const { from, to, program } = this;
      program.leaf("z").set(between(from.z, to.z, share));
      const mix = program.leaf("mix").fill(0);
      mix[from.digit] += 1 - share;
      mix[to.digit] += share;
      program.run("one");
      this.picture.show(this.inked(program.leaf("dots")));
      const way = share === 1 ? `A ${to.digit}.` : `${Math.round(100 * share)} % of the way from a ${from.digit} to a ${to.digit}.`;
      if (aloud) this.words.textContent = `${way} Nobody wrote it: a network drew it just now.`;
      this.picture.canvas.setAttribute("aria-label", `${way} Drawn by the network.`);
      this.way.place.setAttribute("aria-valuetext", way);
    }
    // The typed number, one picture a digit.
    write() {
      const typed = this.box.value.replace(/\D/g, "").slice(0, LONGEST);
      const pictures = [...typed].map((digit) => {
        const picture = new Picture(
          this.program.about.size,
          "gx-letter gx-ink",
          { ariaHidden: "true" }
        );
        return { picture, dots: this.inked(this.tenth(Number(digit))) };
      });
      this.line.replaceChildren(...pictures.map(({ picture }) => picture.canvas));
      for (const { picture, dots } of pictures) picture.show(dots);
      this.line.setAttribute("aria-label", typed ? `${typed}, in this hand` : "Nothing yet");
    }
  };

  // explore_wishes.js
  var AT_ONCE = 3;
  var UNSURE = Math.log(0.5);
  var serial3 = 0;
  var Wishes = class {
    /** @param {Program} program @param {() => void} onstart @param {() => void} onmove */
    constructor(program, onstart, onmove) {
      this.program = program;
      this.onstart = onstart;
      this.onmove = onmove;
      this.attributes = program.about.attributes;
      this.left = 0;
      this.asked = "";
      this.menus = this.attributes.map((attribute, k) => {
        const input = make("select", {
          id: `gan-wish-${++serial3}`,
          onchange: () => this.ask(k, Number(input.value))
        });
        return input;
      });
      const fields = this.menus.map((input, k) => make(
        "div",
        { className: "gx-wish" },
        make("label", { htmlFor: input.id }, this.attributes[k].name),
        input
      ));
      this.node = make(
        "fieldset",
        { className: "gx-wishes" },
        make("legend", {}, "Ask for something"),
        make("p", {}, "A second network, the judge, reads each face. Choose another value, and the face changes step by step until the judge sees it. It can be fooled: after some rare wishes in a row it sees faces where you see none."),
        make("div", { className: "gx-menus" }, ...fields)
      );
    }
    // Where the values of each attribute begin in what the judge says.
    /** @param {number} k */
    start(k) {
      return this.attributes.slice(0, k).reduce((sum, { values }) => sum + values.length, 0);
    }
    // What the judge sees in the face that the program's arrays hold: a place for each attribute.
    /** @returns {{ seen: number[], sure: boolean[] }} */
    look() {
      this.program.run("look");
      const said = this.program.leaf("said");
      const all = this.attributes.map(({ values }, k) => {
        const own = said.slice(this.start(k), this.start(k) + values.length);
        const best = own.indexOf(Math.max(...own));
        return [best, own[best]];
      });
      return { seen: all.map(([best]) => best), sure: all.map(([, chance]) => chance > UNSURE) };
    }
    // Let the menus show what the judge sees; a value that wishes rarely reach is not offered.
    show() {
      const { seen, sure } = this.look();
      this.menus.forEach((input, k) => {
        const { values, offered } = this.attributes[k];
        input.replaceChildren(...values.map((value, v) => offered[v] || v === seen[k] ? make("option", { value: String(v) }, v === seen[k] && !sure[k] ? `${value}?` : value) : null).filter((option) => option !== null));
        input.value = String(seen[k]);
      });
      return this.attributes.map(({ name, values }, k) => `${name} ${values[seen[k]]}`).join(", ");
    }
    /** @param {number} k @param {number} value */
    ask(k, value) {
      this.onstart();
      const { values, name } = this.attributes[k];
      const { seen } = this.look();
      const goal = this.program.leaf("goal").fill(0);
      seen.forEach((best, j) => goal[this.start(j) + best] = 1);
      goal.fill(0, this.start(k), this.start(k) + values.length);
      goal[this.start(k) + value] = this.program.about.weight;
      this.asked = `${name} ${values[value]}`;
      this.wanted = [k, value];
      this.program.run("wish");
      this.left = this.program.about.steps;
      this.go();
    }
    go() {
      if (!this.left) return;
      const some = quiet() ? this.left : Math.min(AT_ONCE, this.left);
      for (let i = 0; i < some; i++) this.program.run("step");
      this.left -= some;
      this.onmove();
      if (this.left) requestAnimationFrame(() => this.go());
    }
    stop() {
      this.left = 0;
    }
    // How the last wish ended, in words.
    verdict() {
      if (!this.wanted) return "";
      const [k, value] = this.wanted;
      return this.look().seen[k] === value ? `You asked for ${this.asked}, and the judge sees it.` : `You asked for ${this.asked}; the judge does not see it. Another face may do it.`;
    }
  };

  // explore_faces.js
  var FIRST2 = [262, 452];
  var SECONDS2 = 3;
  var STEPS = 100;
  var ROW = 8;
  var serial4 = 0;
  var FaceExplorer = class {
    /** @type {Face} */
    face;
    /** @type {Face} */
    from;
    /** @type {Face} */
    to;
    /** @type {HTMLElement} */
    words;
    /** @type {HTMLInputElement} */
    box;
    /** @type {HTMLInputElement[]} */
    inputs;
    /** @type {Walk} */
    way;
    /** @type {{ node: HTMLButtonElement, picture: Picture }[]} */
    crowd;
    /** @param {HTMLElement} root @param {Program} program */
    constructor(root, program) {
      this.root = root;
      this.program = program;
      this.sliders = program.about.sliders;
      program.run("unpack");
      this.picture = new Picture(program.about.size);
      this.ends = [0, 1].map((k) => new Picture(program.about.size, "gx-end", {
        "aria-label": k ? "Where the walk ends" : "Where the walk starts"
      }));
      this.wishes = new Wishes(program, () => this.listen(), () => this.wander());
      this.build();
      this.number(FIRST2[0]);
      this.keep(0);
      this.keep(1, this.drawn(FIRST2[1]));
      this.others(1);
      watchTheme(root, () => this.show());
    }
    build() {
      this.words = make("p", { className: "gx-words", role: "status", "aria-live": "polite" });
      const id = `gan-face-${++serial4}`;
      this.box = make("input", {
        id,
        type: "number",
        min: 0,
        max: 99999,
        step: 1,
        onchange: () => this.number(Number(this.box.value))
      });
      const bar = make(
        "div",
        { className: "gx-bar" },
        button("New face", () => this.number(anyNumber()), { className: "gx-first" }),
        make("label", { htmlFor: id }, "number"),
        this.box
      );
      const left = make("div", { className: "gx-left" }, this.picture.canvas, bar, this.words);
      this.root.replaceChildren(
        make("div", { className: "gx-main" }, left, this.buildSliders()),
        this.wishes.node,
        this.buildCrowd(),
        this.buildWalk(),
        this.buildTables()
      );
      Object.assign(this.root, { explorer: this });
    }
    buildSliders() {
      this.inputs = this.sliders.map((one, k) => this.slider(one, k));
      return make(
        "fieldset",
        { className: "gx-sliders" },
        make("legend", {}, "Change it"),
        ...this.inputs.map((input) => (
          /** @type {HTMLElement} */
          input.closest(".gx-slider")
        )),
        button("As it was", () => this.change(() => 0))
      );
    }
    /** @param {Slider} one @param {number} k */
    slider(one, k) {
      const id = `gan-face-${++serial4}`;
      const input = make("input", {
        id,
        type: "range",
        min: -STEPS,
        max: STEPS,
        step: 1,
        value: "0",
        oninput: () => this.change((j, old) => j === k ? Number(input.value) / STEPS : old)
      });
      make(
        "div",
        { className: "gx-slider" },
        make("label", { htmlFor: id }, one.label),
        make("span", { className: "gx-low" }, one.words[0]),
        input,
        make("span", { className: "gx-high" }, one.words[1])
      );
      return input;
    }
    buildWalk() {
      const id = `gan-face-${++serial4}`;
      this.way = new Walk(this.root, SECONDS2, (share, aloud) => this.walk(share, aloud));
      this.way.place.id = id;
      const keepers = ["Start here", "End here"].map((text, k) => button(text, () => this.keep(k), { title: "of the face that is shown" }));
      return make(
        "fieldset",
        { className: "gx-walk" },
        make("legend", {}, "Walk from one to another"),
        this.ends[0].canvas,
        make(
          "div",
          { className: "gx-way" },
          make(
            "label",
            { htmlFor: id, className: "gx-hidden" },
            "Place on the way"
          ),
          this.way.place,
          make("div", { className: "gx-bar" }, keepers[0], this.way.go, keepers[1])
        ),
        this.ends[1].canvas
      );
    }
    buildCrowd() {
      const { many, size } = this.program.about;
      this.crowd = Array.from({ length: many }, (_, k) => {
        const picture = new Picture(size, "gx-small", { ariaHidden: "true" });
        const node = button("", () => this.choose(k), {
          className: "gx-face",
          "aria-label": `Face ${k + 1} of ${many}`,
          tabIndex: k ? -1 : 0
        });
        node.append(picture.canvas);
        return { node, picture };
      });
      const grid = make(
        "div",
        {
          className: "gx-crowd",
          role: "group",
          "aria-label": "Faces to choose from; the arrow keys move among them"
        },
        ...this.crowd.map(({ node }) => node)
      );
      grid.addEventListener("keydown", (event) => this.roam(event));
      return make(
        "fieldset",
        { className: "gx-others" },
        make("legend", {}, `Or take one of ${many}`),
        grid,
        button(`${many} others`, () => this.others(anyNumber()))
      );
    }
    // How well sliders and wishes work, those too that are not shown.
    buildTables() {
      const tables = this.program.about.tables;
      return make(
        "details",
        { className: "gx-how" },
        make("summary", {}, "How well does it work?"),
        make("p", {}, "A slider moves the network's last hidden layer along one direction, the same for every face; a regression of what the judge sees found it. A wish follows the slope of what the judge says, from each face by a way of its own, so less else changes. The judge did the counting in both."),
        ...tables.map(({ title, head, rows }) => {
          const body = rows.map(([first, ...rest]) => make(
            "tr",
            {},
            make("th", { scope: "row" }, first),
            ...rest.map((text) => make("td", {}, text))
          ));
          return make("div", {
            className: "gx-wide",
            tabIndex: 0,
            role: "region",
            "aria-label": title
          }, make(
            "table",
            {},
            make("caption", {}, title),
            make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text))),
            ...body
          ));
        })
      );
    }
    // Which face has a number; JAX draws the same from the same seed.
    /** @param {number} seed @returns {Face} */
    drawn(seed) {
      this.program.leaf("seed")[0] = seed;
      this.program.run("draw");
      return { z: this.program.leaf("z").slice(), amounts: new Float32Array(this.sliders.length) };
    }
    /** @param {number} seed */
    number(seed) {
      const whole = Math.min(99999, Math.max(0, Math.round(seed) || 0));
      this.take(this.drawn(whole), `Face number ${whole}.`);
      this.box.value = String(whole);
    }
    /** @param {Face} face @param {string} words */
    take(face, words) {
      this.halt();
      this.face = face;
      this.show();
      this.say(`${words} Nobody has it: a network drew it just now.`);
    }
    // Say something of the face that is shown; the picture says in words what the judge sees.
    /** @param {string} words */
    say(words) {
      this.words.textContent = words;
      const seen = this.wishes.show();
      this.picture.canvas.setAttribute("aria-label", `A drawn face. The judge sees: ${seen}.`);
    }
    // A wish begins at the face that is shown.
    listen() {
      this.halt();
      this.paint(this.face, this.picture);
    }
    // A wish has moved the latent.
    wander() {
      this.face = { z: this.program.leaf("z").slice(), amounts: this.face.amounts };
      this.show();
      if (!this.wishes.left) this.say(this.wishes.verdict());
    }
    // New amounts of the sliders, each from -1 to 1.
    /** @param {(k: number, old: number) => number} rule */
    change(rule) {
      this.halt();
      const amounts = this.face.amounts.map((old, k) => rule(k, old / this.sliders[k].reach) * this.sliders[k].reach);
      this.face = { z: this.face.z, amounts };
      this.show();
      this.say("");
    }
    show() {
      this.paint(this.face, this.picture);
      this.face.amounts.forEach((amount, k) => {
        const { reach, words } = this.sliders[k];
        const share = amount / reach;
        const [input, side] = [this.inputs[k], share < 0 ? words[0] : words[1]];
        input.value = String(Math.round(share * STEPS));
        input.setAttribute("aria-valuetext", Math.abs(share) < 5e-3 ? "as it was" : `${Math.round(100 * Math.abs(share))} % towards ${side}`);
      });
    }
    /** @param {Face} face @param {Picture} picture */
    paint(face, picture) {
      this.program.leaf("z").set(face.z);
      this.program.leaf("amounts").set(face.amounts);
      this.program.run("one");
      picture.show(this.program.leaf("dots"));
    }
    /** @param {number} k @param {Face} face */
    keep(k, face = this.face) {
      if (k) this.to = face;
      else this.from = face;
      this.paint(face, this.ends[k]);
      this.way.put(k && face === this.face ? 1 : 0);
    }
    /** @param {number} share @param {boolean} aloud */
    walk(share, aloud = true) {
      this.wishes.stop();
      const amounts = this.from.amounts.map((a, k) => a + share * (this.to.amounts[k] - a));
      this.face = { z: between(this.from.z, this.to.z, share), amounts };
      const percent2 = `${Math.round(100 * share)} % of the way`;
      this.way.place.setAttribute("aria-valuetext", percent2);
      this.show();
      if (aloud) this.say(`${percent2}.`);
    }
    // Whatever goes by itself comes to a halt.
    halt() {
      this.wishes.stop();
      this.way.pace(false);
    }
    /** @param {number} seed */
    others(seed) {
      this.program.leaf("seed")[0] = seed;
      this.program.run("draw_many");
      this.program.run("many");
      const dots = this.program.leaf("crowd_dots");
      const each = dots.length / this.crowd.length;
      this.crowd.forEach(({ picture }, k) => picture.show(dots.subarray(k * each, (k + 1) * each)));
    }
    /** @param {number} k */
    choose(k) {
      const latents = this.program.leaf("crowd");
      const width = latents.length / this.crowd.length;
      const z = latents.slice(k * width, (k + 1) * width);
      this.take({ z, amounts: new Float32Array(this.sliders.length) }, `Face ${k + 1} of these.`);
      this.box.value = "";
      this.crowd.forEach(({ node }, j) => node.tabIndex = j === k ? 0 : -1);
    }
    // The arrow keys move the focus among the faces, as in one control.
    /** @param {KeyboardEvent} event */
    roam(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ROW, ArrowDown: ROW }[event.key];
      const now = this.crowd.findIndex(({ node }) => node === document.activeElement);
      const next = this.crowd[now + (step ?? 0)];
      if (!step || now < 0 || !next) return;
      event.preventDefault();
      this.crowd[now].node.tabIndex = -1;
      next.node.tabIndex = 0;
      next.node.focus();
    }
  };

  // lab_page_pack.js
  var SHARES = ["heat", "best"];
  var ALIGN = 4;
  function pack({ values, arrays }, before = {}) {
    const head = { values, arrays: [], same: [] };
    const parts = [];
    let at = 0;
    for (const [name, { data, shape }] of Object.entries(arrays)) {
      if (before[name] && equal(before[name].data, data)) {
        head.same.push(name);
        continue;
      }
      before[name] = { data, shape };
      const share = SHARES.includes(name);
      const raw = share ? Uint8Array.from(data, (p) => Math.round(255 * within(p))) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      head.arrays.push({
        name,
        at,
        bytes: raw.length,
        kind: share ? "u1" : "f4",
        shape,
        low: 0,
        high: 1
      });
      parts.push({ at, raw });
      at += Math.ceil(raw.length / ALIGN) * ALIGN;
    }
    const text = new TextEncoder().encode(JSON.stringify(head));
    const all = new Uint8Array(4 + text.length + at);
    new DataView(all.buffer).setUint32(0, text.length, true);
    all.set(text, 4);
    for (const part of parts) all.set(part.raw, 4 + text.length + part.at);
    return all;
  }
  var within = (p) => Number.isNaN(p) ? 0.5 : Math.min(1, Math.max(0, p));
  function equal(one, other) {
    if (one === other) return true;
    if (one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
    return true;
  }

  // explore_field.js
  var Field = class {
    /** @param {Program} program @param {any} own the settings that it begins with */
    constructor(program, { game, starts = [[1, 1]], ...own }) {
      this.program = program;
      const { games, steppers, steps } = program.about.catalogue;
      this.steps = steps;
      this.games = games;
      this.steppers = steppers;
      this.settings = { game: "", stepper: steppers[0], step_size: 0.1, strength: 0 };
      this.starts = starts;
      this.change({ game: game ?? games[0], ...own });
    }
    // The places of the game and of the way to move, as the program counts them.
    get k() {
      return this.games.indexOf(this.settings.game);
    }
    get j() {
      return this.steppers.indexOf(this.settings.stepper);
    }
    get constant() {
      return this.program.about.games[this.k].constant;
    }
    /** @param {Partial<Settings>} values */
    change({ game, strength, ...others }) {
      Object.assign(this.settings, others);
      if (game !== void 0) {
        this.settings.game = game;
        this.settings.strength = this.program.about.games[this.k].published;
      }
      if (typeof strength === "number" && this.constant) this.settings.strength = strength;
    }
    /** @param {Command} command */
    carryOut({ do: what, values, theta, psi }) {
      if (what === "set") this.change(values ?? {});
      if (what === "launch") {
        this.starts = [
          ...this.starts,
          /** @type {Point} */
          [theta, psi]
        ].slice(-this.program.about.most);
      }
      if (what === "undo") this.starts = this.starts.slice(0, -1);
      if (what === "clear") this.starts = [];
    }
    // What is to be seen, as bytes for the face.
    /** @type {import("./explore_source.js").Answer} */
    async answer(commands) {
      for (const command of commands) this.carryOut(command);
      return [{}, [pack(this.portrait())]];
    }
    portrait() {
      const { program, settings, constant, steps } = this;
      program.leaf("strength")[0] = settings.strength;
      program.leaf("step_size")[0] = settings.step_size;
      program.run(`arrows_${this.k}`);
      const arrows = program.leaf("arrows").slice();
      const paths = new Float32Array(2 * (steps + 1) * this.starts.length);
      this.starts.forEach((start2, i) => {
        program.leaf("start").set(start2);
        program.run(`launch_${this.k}_${this.j}`);
        paths.set(program.leaf("path"), 2 * (steps + 1) * i);
      });
      const values = this.eigenvalues();
      const side = Math.sqrt(arrows.length / 2);
      const cure = constant ? `, ${constant} ${general(settings.strength)}` : "";
      const title = `${settings.game}${cure}, ${settings.stepper}, h = ` + general(settings.step_size);
      const sentence = `${title}. ${this.fate(values)} ${this.lastWords(paths)}`;
      return {
        values: { settings, constant, title, sentence },
        arrays: {
          arrows: { data: arrows, shape: [side, side, 2] },
          paths: { data: paths, shape: [this.starts.length, steps + 1, 2] },
          values: { data: new Float32Array(values.flat()), shape: [values.length, 2] }
        }
      };
    }
    /** @returns {Complex[]} of one update at the centre; none where the field jumps */
    eigenvalues() {
      const { games, flow } = this.program.about;
      if (games[this.k].jumps) return [];
      this.program.run(`slopes_${this.k}_${this.j}`);
      const found = eigenvaluesOf(this.program.leaf("slopes"));
      if (this.j !== flow) return found;
      const h = this.settings.step_size;
      return found.map(([re, im]) => [Math.exp(h * re) * Math.cos(h * im), Math.exp(h * re) * Math.sin(h * im)]);
    }
    /** @param {Complex[]} values */
    fate(values) {
      const { fates, on_circle: onCircle, together } = this.program.about;
      if (!values.length) return fates.jump;
      const size = Math.max(...values.map((value) => Math.hypot(...value)));
      const [[a, b], [c, d]] = values;
      let kind = size < 1 - onCircle ? "settle" : size <= 1 + onCircle ? "stay" : "leave";
      if (Math.abs(size - 1) < together && Math.hypot(a - c, b - d) < together) kind = "drift";
      return `The larger eigenvalue of one update has size ${besideOne(size)}: ${fates[kind]}.`;
    }
    /** @param {Float32Array} paths */
    lastWords(paths) {
      const count = this.starts.length;
      if (!count) return "Nothing is launched.";
      const path = paths.subarray(-2 * (this.steps + 1));
      const place = [...path.subarray(0, 2)].map((x) => x.toFixed(2).replace(/^-(0\.00)$/, "$1"));
      const [first, end] = [path, path.subarray(-2)].map(([x, y]) => Math.hypot(x, y));
      let last = "out of sight";
      if (end < 1e6) last = end < 1e-6 ? "less than a millionth" : general(end, 3);
      return `Launch ${count} from (${place.join(", ")}): distance ${general(first, 3)} at first, ${last} after ${this.steps} updates.`;
    }
  };
  function eigenvaluesOf({ 0: a, 1: b, 2: c, 3: d }) {
    const [middle, half] = [(a + d) / 2, (a - d) / 2];
    const square = half * half + b * c;
    const root = Math.sqrt(Math.abs(square));
    return square < 0 ? [[middle, -root], [middle, root]] : [[middle - root, 0], [middle + root, 0]];
  }

  // explore_game.js
  var YOU = "you";
  var HALF = 0.5;
  var Game = class {
    /** @type {number[]} */
    order;
    // the samples that this game asks about
    /** @type {number[]} */
    answers;
    // chances of "real" that you gave in it
    /** @param {Kept} kept */
    constructor(kept) {
      this.kept = kept;
      const samples = kept.is_real.data.length;
      this.real = Array.from(kept.is_real.data, Boolean);
      this.chances = Object.fromEntries(kept.players.map((name, k) => [name, kept.chances.data.subarray(k * samples, (k + 1) * samples)]));
      this.told = [];
      this.games = 0;
      this.restart();
    }
    // The kernel's deals, one after the other; after the last the first comes again.
    restart() {
      const [deals, rounds] = this.kept.deals.shape;
      const at = this.games % deals * rounds;
      this.order = [...this.kept.deals.data.subarray(at, at + rounds)];
      this.games += 1;
      this.answers = [];
    }
    get over() {
      return this.answers.length === this.order.length;
    }
    get sample() {
      return this.order[Math.min(this.answers.length, this.order.length - 1)];
    }
    /** @param {Command} command @returns {string} what must be said of it */
    carryOut({ do: what, chance, game, question }) {
      if (what === "restart") this.restart();
      if (what !== "answer") return "";
      if (game !== this.games || question !== this.answers.length) {
        return "That question was answered already. This is the next one.";
      }
      this.told.push([this.sample, chance]);
      this.answers.push(chance);
      return "";
    }
    /** @returns {Question} */
    get seen() {
      const alt = `${this.prompt} ${this.kept.words[this.sample]}`;
      return {
        sentence: this.sentence,
        alt,
        over: this.over,
        game: this.games,
        done: this.answers.length,
        scores: this.scores(),
        calibration: this.calibration()
      };
    }
    /** @returns {[name: string, points: number, cost: number | null][]} */
    scores() {
      const asked = this.order.slice(0, this.answers.length);
      const was = asked.map((sample) => this.real[sample]);
      const all = [[YOU, this.answers], ...Object.entries(this.chances).map(([name, chances]) => (
        /** @type {[string, number[]]} */
        [name, asked.map((sample) => chances[sample])]
      ))];
      return all.map(([name, said]) => [name, pointsOf(said, was), this.cost(said, was)]);
    }
    /** @param {number[]} said @param {boolean[]} was */
    cost(said, was) {
      if (!said.length) return null;
      return mean(said.map((p, i) => -Math.log(Math.min(1, Math.max(this.kept.floor, was[i] ? p : 1 - p)))));
    }
    /** @returns {Calibration} */
    calibration() {
      const every = this.real.map((_, i) => i);
      const found = { [YOU]: this.binned(this.told) };
      for (const [name, chances] of Object.entries(this.chances)) {
        found[name] = this.binned(every.map((i) => [i, chances[i]]));
      }
      return found;
    }
    /** @param {[sample: number, chance: number][]} told */
    binned(told) {
      const { edges } = this.kept;
      const bins = Array.from({ length: edges.length + 1 }, (_, k) => told.filter(([, p]) => edges.filter((edge) => p >= edge).length === k));
      const chosen = bins.filter((bin) => bin.length);
      return {
        said: chosen.map((bin) => mean(bin.map(([, p]) => p))),
        was: chosen.map((bin) => mean(bin.map(([sample]) => Number(this.real[sample])))),
        count: chosen.map((bin) => bin.length)
      };
    }
    get prompt() {
      if (this.over) return "The game is over; press New game for another.";
      return `Question ${this.answers.length + 1} of ${this.order.length}: real or fake?`;
    }
    get sentence() {
      const done = this.answers.length;
      if (!done) return this.prompt;
      const was = this.real[this.order[done - 1]];
      const points = pointsOf(this.answers.slice(-1), [was]);
      const verdict = points === HALF ? "undecided" : points ? "right" : "wrong";
      const right = this.scores().map(([name, n]) => `${name} ${general(n)}`).join(", ");
      return `It was ${was ? "real" : "fake"}: you were ${verdict}. Points so far, of ${done}: ${right}. ${this.prompt}`;
    }
  };
  var mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;
  function pointsOf(said, was) {
    return said.reduce((sum, p, i) => sum + (p === HALF ? HALF : Number(p > HALF === was[i])), 0);
  }

  // explore_morph.js
  var DRIFT = [0.31, 0.19];
  var ACROSS = 3;
  var STEP = 0.12;
  var SIDE = 4;
  var WORDS = "Sixteen faces that do not exist, drawn by a small network on this page. Drag, or use the arrow keys, and they turn into others.";
  var Morph = class {
    /** @param {HTMLElement} root @param {Program} program */
    constructor(root, program) {
      this.root = root;
      this.program = program;
      program.run("unpack");
      const { size, many } = program.about;
      this.width = program.leaf("crowd").length / many;
      this.corners = new Float32Array(2 * program.leaf("crowd").length);
      this.dots = new Uint8Array(4 * (SIDE * size) ** 2);
      this.at = [0, 0];
      this.held = null;
      this.picture = new Picture(SIDE * size, "gx-drag", {
        role: "application",
        tabIndex: 0,
        "aria-label": WORDS
      });
      this.clock = new Clock(root, (seconds) => this.held || this.move(DRIFT.map((v) => v * seconds)));
      this.rest = button("", () => this.go(!this.clock.going), { className: "gx-rest" });
      this.build();
      this.other();
      watchTheme(root, () => this.draw());
      this.go(!quiet());
    }
    build() {
      const { canvas } = this.picture;
      const bar = make(
        "div",
        { className: "gx-bar" },
        this.rest,
        button("Other faces", () => this.other())
      );
      this.root.replaceChildren(canvas, bar);
      Object.assign(this.root, { explorer: this });
      canvas.addEventListener("pointerdown", (event) => {
        canvas.setPointerCapture(event.pointerId);
        this.held = [event.clientX, event.clientY];
      });
      canvas.addEventListener("pointermove", (event) => {
        if (!this.held) return;
        const now = [event.clientX, event.clientY];
        const by = now.map((x, k) => (x - (this.held?.[k] ?? x)) * ACROSS / canvas.clientWidth);
        this.held = now;
        this.move(by);
      });
      const loose = () => this.held = null;
      for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, loose);
      canvas.addEventListener("keydown", (event) => {
        const arrow = ARROW_KEYS[event.key];
        if (!arrow) return;
        event.preventDefault();
        this.move([arrow[0] * STEP, -arrow[1] * STEP]);
      });
    }
    /** @param {boolean} going */
    go(going) {
      this.clock.set(going);
      this.rest.textContent = going ? "Pause" : "Play";
    }
    // Four fresh latents each: another world of faces.
    other() {
      const [seed, crowd] = [this.program.leaf("seed"), this.program.leaf("crowd")];
      for (const half of [0, 1]) {
        seed[0] = anyNumber();
        this.program.run("draw_many");
        this.corners.set(crowd, half * crowd.length);
      }
      this.at = [0, 0];
      this.draw();
    }
    /** @param {number[]} by radians */
    move(by) {
      this.at = this.at.map((angle, k) => angle + by[k]);
      this.draw();
    }
    draw() {
      const [a, b] = this.at;
      const shares = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)].map((s) => s / Math.SQRT2);
      const z = this.program.leaf("crowd");
      const all = SIDE * SIDE * this.width;
      for (let i = 0; i < all; i++) {
        z[i] = shares.reduce((sum, share, k) => sum + share * this.corners[k * all + i], 0);
      }
      this.program.run("many");
      this.picture.show(this.tiled(this.program.leaf("crowd_dots")));
    }
    // Put the faces side by side: row by row of dots.
    /** @param {Uint8Array} dots of one face after the other */
    tiled(dots) {
      const row = 4 * this.program.about.size;
      for (let face = 0; face < SIDE * SIDE; face++) {
        const corner = Math.floor(face / SIDE) * SIDE * this.program.about.size * row + face % SIDE * row;
        for (let y = 0; y < this.program.about.size; y++) {
          const from = (face * this.program.about.size + y) * row;
          this.dots.set(dots.subarray(from, from + row), corner + y * SIDE * row);
        }
      }
      return this.dots;
    }
  };

  // explore_question.js
  var REACH = 2.5;
  var [SIDE2, KEY] = [440, 34];
  var SHARP = 2;
  var IMAGE = 224;
  function drawQuestion(kept, sample, theme) {
    return kept.pictures ? drawImage(kept.pictures, sample) : drawPlace(kept, sample, theme);
  }
  function drawPlace({ asked, known_real: real, known_fake: fake }, sample, theme) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [SHARP * SIDE2, SHARP * (SIDE2 + KEY)];
    const [context, colours] = [contextOf(canvas), PALETTES[theme]];
    context.scale(SHARP, SHARP);
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, SIDE2, SIDE2 + KEY);
    const place = placing([-REACH, REACH, -REACH, REACH], SIDE2);
    const places = ({ data, shape }) => Array.from({ length: shape[0] }, (_, i) => place(data[2 * i], data[2 * i + 1]));
    const drawReal = ([x, y2]) => {
      context.fillStyle = colours.real;
      context.beginPath();
      context.arc(x, y2, 3.6, 0, 2 * Math.PI);
      context.fill();
    };
    const drawFake = (at) => drawCross(context, at, 3.6, colours.fake, 1.6);
    context.save();
    context.beginPath();
    context.rect(0, 0, SIDE2, SIDE2);
    context.clip();
    context.globalAlpha = 0.7;
    places(real).forEach(drawReal);
    places(fake).forEach(drawFake);
    context.globalAlpha = 1;
    drawStar(context, place(asked.data[2 * sample], asked.data[2 * sample + 1]), 13, colours);
    context.restore();
    context.setLineDash([]);
    context.lineWidth = 1;
    context.strokeStyle = colours.muted;
    context.strokeRect(0.5, 0.5, SIDE2 - 1, SIDE2 - 1);
    const write = labeller(context, 16, colours.ink);
    const y = SIDE2 + KEY / 2;
    drawReal([18, y]);
    write("data", 30, y, "left", "middle");
    drawFake([92, y]);
    write("fakes", 104, y, "left", "middle");
    drawStar(context, [174, y], 9, colours);
    write("real or fake?", 190, y, "left", "middle");
    return canvas;
  }
  function drawStar(context, [x, y], reach, colours) {
    context.beginPath();
    for (let k = 0; k < 10; k++) {
      const [angle, r] = [k * Math.PI / 5 - Math.PI / 2, k % 2 ? 0.42 * reach : reach];
      context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    context.closePath();
    context.setLineDash([]);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = colours.paper;
    context.stroke();
    context.fillStyle = colours.ink;
    context.fill();
  }
  function drawImage({ data, shape: [, rows, columns, channels] }, sample) {
    const small = document.createElement("canvas");
    [small.width, small.height] = [columns, rows];
    const dots = contextOf(small).createImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) {
      const at = (sample * rows * columns + i) * channels;
      for (let c = 0; c < 3; c++) {
        dots.data[4 * i + c] = Math.round(255 * data[at + (channels === 3 ? c : 0)]);
      }
      dots.data[4 * i + 3] = 255;
    }
    contextOf(small).putImageData(dots, 0, 0);
    const large = document.createElement("canvas");
    const scale = Math.max(1, Math.round(IMAGE / columns));
    [large.width, large.height] = [columns * scale, rows * scale];
    const context = contextOf(large);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, large.width, large.height);
    return large;
  }
  async function png(canvas) {
    const blob = await new Promise((done) => {
      canvas.toBlob(done, "image/png");
    });
    return new Uint8Array(await /** @type {Blob} */
    blob.arrayBuffer());
  }

  // explore_source.js
  var Source = class {
    /** @type {Set<(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
    heard = /* @__PURE__ */ new Set();
    /** @param {Record<string, any>} catalogue @param {Answer} answer */
    constructor(catalogue, answer) {
      this.catalogue = catalogue;
      this.answer = answer;
    }
    /** @param {string} name */
    get(name) {
      return { catalogue: this.catalogue, kind: "page" }[name];
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    on(event, hear) {
      if (event === "msg:custom") this.heard.add(hear);
    }
    /** @param {string} event @param {(...heard: any[]) => void} hear */
    off(event, hear) {
      this.heard.delete(hear);
    }
    /** @param {any} question */
    send({ view, id, commands, ...rest }) {
      setTimeout(async () => {
        const [message, buffers] = await this.answer(commands, rest);
        for (const hear of this.heard) hear({ view, id, ...message }, buffers);
      });
    }
  };

  // program.js
  var KINDS = {
    float32: Float32Array,
    int32: Int32Array,
    uint32: Uint32Array,
    int8: Int8Array,
    uint8: Uint8Array,
    bool: Uint8Array
  };
  var Program = class _Program {
    /** @param {Packed} packed @param {WebAssembly.Exports} code */
    constructor(packed, code) {
      this.about = packed.about;
      this.code = code;
      this.leaves = {};
      packed.leaves.forEach(([path, dtype, shape], k) => {
        const Kind = KINDS[
          /** @type {keyof typeof KINDS} */
          dtype
        ];
        const size = shape.reduce((a, b) => a * b, 1);
        this.leaves[path] = new Kind(this.code.memory.buffer, this.code.place(k), size);
      });
    }
    // The array of a name; it stays where it is, so reading it again costs nothing.
    /** @param {string} path @returns {any} */
    leaf(path) {
      return this.leaves[path];
    }
    /** @param {string} name */
    run(name) {
      this.code[name]();
    }
    /** @param {Packed} packed @returns {Promise<Program>} */
    static async open(packed) {
      const { instance } = await WebAssembly.instantiate(await inflate(bytesOf(packed.wasm)));
      const program = new _Program(packed, instance.exports);
      const weights = await inflate(bytesOf(packed.weights));
      let at = 0;
      for (const [path] of packed.leaves) {
        if (!packed.filled.includes(path.split("[")[0])) continue;
        const to = program.leaf(path);
        const target = new Uint8Array(to.buffer, to.byteOffset, to.byteLength);
        target.set(weights.subarray(at, at + to.byteLength));
        at += to.byteLength;
      }
      return program;
    }
  };

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
      this.chart = make("canvas", { className: "gl-stage gl-small", role: "img" });
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
    show(seen, png2) {
      this.seen = seen;
      this.sentence.textContent = seen.sentence;
      const address = URL.createObjectURL(new Blob([png2], { type: "image/png" }));
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

  // vector_field_plane.js
  var LOOKS2 = ["real", "fake", "critic", "move", "ink", "muted"];
  var DASHES2 = [[], [7, 4], [9, 3, 2, 3], [2, 3], [12, 4], [4, 2]];
  var ARROW = 0.5;
  var SHARPEST = 1e-9;
  var look = (k) => ({ name: LOOKS2[k % LOOKS2.length], dash: DASHES2[k % DASHES2.length] });
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
      const start2 = performance.now();
      const move = (now) => {
        const share = Math.min(1, Math.max(0, (now - start2) / FLIGHT));
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
  function render2({ model, el }) {
    const face = new VectorField(el, model);
    return () => face.close();
  }
  var vector_field_default = { render: render2 };

  // explore.js
  var EXPLORERS = {
    faces: { program: "faces", begin: (root, program) => new FaceExplorer(root, program) },
    digits: { program: "digits", begin: (root, program) => new DigitExplorer(root, program) },
    morph: { program: "faces", begin: (root, program) => new Morph(root, program) },
    fields: { program: "fields", begin: startField },
    game: { program: null, begin: startGame }
  };
  var SORRY = "This part of the page runs a network in your browser, which is too old for it. A browser of 2023 or later shows it.";
  var me = (
    /** @type {HTMLScriptElement} */
    document.currentScript
  );
  var folder = me ? me.src.replace(/[^/]*$/, "") : "";
  var scripts = {};
  function fetched(name) {
    return scripts[name] ??= new Promise((found, failed) => {
      const here = (
        /** @type {any} */
        window
      );
      const done = () => found(here.ganPrograms[name]);
      if (here.ganPrograms?.[name]) return done();
      document.head.append(make("script", {
        src: `${folder}${name}.js`,
        onload: done,
        onerror: () => failed(new Error(`${name}.js is missing`))
      }));
    });
  }
  function startField(root, program) {
    const field = new Field(program, JSON.parse(root.dataset.settings ?? "{}"));
    const model = new Source(program.about.catalogue, (...asked) => field.answer(...asked));
    root.replaceChildren();
    vector_field_default.render({ model, el: root });
    Object.assign(root, { explorer: field });
  }
  async function startGame(root) {
    const kept = unpack(await inflate(bytesOf(root.dataset.game ?? "")), null);
    const game = new Game(kept);
    const model = new Source({ answers: kept.answers }, async (commands, { theme }) => {
      const notes = commands.map((command) => game.carryOut(command)).filter(Boolean);
      const picture = await png(drawQuestion(kept, game.sample, theme));
      return [{ seen: game.seen, note: notes.at(-1) }, [picture]];
    });
    const still = [...root.childNodes];
    root.replaceChildren();
    real_or_fake_default.render({ model, el: root });
    root.append(make("details", {}, make("summary", {}, "The numbered picture"), ...still));
    Object.assign(root, { explorer: game });
  }
  async function start(root) {
    const explorer = EXPLORERS[root.dataset.explorer ?? ""];
    if (!explorer) return;
    try {
      const { program } = explorer;
      await explorer.begin(root, program && await Program.open(await fetched(program)));
      root.dataset.ready = "true";
    } catch (error) {
      root.append(make("p", { role: "status" }, SORRY));
      console.error(error);
    }
  }
  var near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(
        /** @type {HTMLElement} */
        target
      );
    }
  }, { rootMargin: "400px" });
  function look2() {
    for (const root of document.querySelectorAll("[data-explorer]:not([data-met])")) {
      root.setAttribute("data-met", "");
      near.observe(root);
    }
  }
  new MutationObserver(look2).observe(document.documentElement, { childList: true, subtree: true });
  look2();
})();
