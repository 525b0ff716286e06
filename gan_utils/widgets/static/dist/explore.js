// Made by `nox -s javascript`; change javascript/src instead. Sources: 5a7bd0b9452d8feb5995df2340c5ef964ffbb3e5d5c208a919ba60b67272e42e
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

  // controls.js
  function button(text, onclick, attributes = {}) {
    return make("button", { type: "button", onclick, ...attributes }, text);
  }

  // drawing.js
  function contextOf(canvas) {
    return (
      /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d")
    );
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

  // explore_digits.js
  var DIGITS = 10;
  var LONGEST = 10;
  var SECONDS = 2.5;
  var FIRST = { seed: 58, digit: 3, number: "2026" };
  var serial = 0;
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
    /** @type {HTMLInputElement} */
    place;
    /** @type {HTMLButtonElement} */
    go;
    /** @type {{ node: HTMLButtonElement, picture: Picture }[]} */
    ten;
    /** @param {HTMLElement} root @param {Program} program */
    constructor(root, program) {
      this.root = root;
      this.program = program;
      program.run("unpack");
      this.picture = new Picture(program.about.size, "gx-ink");
      this.clock = new Clock(root, (seconds) => this.stride(seconds));
      this.build();
      this.from = this.to = { z: this.hand(FIRST.seed), digit: FIRST.digit };
      watchTheme(root, (theme) => {
        this.theme = theme;
        this.show();
      });
    }
    build() {
      this.words = make("p", { className: "gx-words", role: "status", "aria-live": "polite" });
      const id = () => `gan-digit-${++serial}`;
      const [box, place] = [id(), id()];
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
      this.place = make("input", {
        id: place,
        type: "range",
        min: 0,
        max: 1e3,
        step: 1,
        value: "1000",
        oninput: () => this.walk(Number(this.place.value) / 1e3)
      });
      this.go = button("Walk", () => this.pace(!this.clock.going));
      if (quiet()) this.go.hidden = true;
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
          this.go
        ),
        make("label", { htmlFor: place, className: "gx-field" }, "Between the last and this one"),
        this.place,
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
      this.place.value = "0";
      this.pace(!quiet());
      if (quiet()) this.place.value = "1000";
      this.show();
    }
    show() {
      this.program.leaf("z").set(this.to.z);
      this.program.run("ten");
      this.walk(Number(this.place.value) / 1e3);
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
    // Silent while it goes by itself: nobody wants to hear of every picture.
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
      this.place.setAttribute("aria-valuetext", way);
    }
    /** @param {boolean} going */
    pace(going) {
      if (going && Number(this.place.value) >= 1e3) this.place.value = "0";
      this.go.textContent = going ? "Stop" : "Walk";
      this.clock.set(going);
    }
    /** @param {number} seconds */
    stride(seconds) {
      const share = Math.min(1, Number(this.place.value) / 1e3 + seconds / SECONDS);
      this.place.value = String(Math.round(1e3 * share));
      this.walk(Number(this.place.value) / 1e3, share >= 1);
      if (share >= 1) this.pace(false);
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
  var serial2 = 0;
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
          id: `gan-wish-${++serial2}`,
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
  var FIRST2 = [103, 187];
  var SECONDS2 = 3;
  var STEPS = 100;
  var ROW = 8;
  var serial3 = 0;
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
    /** @type {HTMLInputElement} */
    place;
    /** @type {HTMLInputElement[]} */
    inputs;
    /** @type {HTMLButtonElement} */
    go;
    /** @type {Clock} */
    clock;
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
      const id = `gan-face-${++serial3}`;
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
      const id = `gan-face-${++serial3}`;
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
      const id = `gan-face-${++serial3}`;
      this.place = make("input", {
        id,
        type: "range",
        min: 0,
        max: 1e3,
        step: 1,
        value: "0",
        oninput: () => this.walk(Number(this.place.value) / 1e3)
      });
      this.clock = new Clock(this.root, (seconds) => this.stride(seconds));
      this.go = button("Walk", () => this.pace(!this.clock.going));
      if (quiet()) this.go.hidden = true;
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
          this.place,
          make("div", { className: "gx-bar" }, keepers[0], this.go, keepers[1])
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
      this.pace(false);
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
      this.pace(false);
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
      this.pace(false);
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
      this.place.value = k && face === this.face ? "1000" : "0";
    }
    // Silent while it goes by itself: nobody wants to hear of every picture.
    /** @param {number} share @param {boolean} aloud */
    walk(share, aloud = true) {
      const amounts = this.from.amounts.map((a, k) => a + share * (this.to.amounts[k] - a));
      this.face = { z: between(this.from.z, this.to.z, share), amounts };
      const percent = `${Math.round(100 * share)} % of the way`;
      this.place.setAttribute("aria-valuetext", percent);
      this.show();
      if (aloud) this.say(`${percent}.`);
    }
    /** @param {boolean} going */
    pace(going) {
      this.wishes.stop();
      if (going && Number(this.place.value) >= 1e3) this.place.value = "0";
      this.go.textContent = going ? "Stop" : "Walk";
      this.clock.set(going);
    }
    /** @param {number} seconds */
    stride(seconds) {
      const share = Math.min(1, Number(this.place.value) / 1e3 + seconds / SECONDS2);
      this.place.value = String(Math.round(1e3 * share));
      this.walk(share, share >= 1);
      if (share >= 1) this.pace(false);
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
      const { instance } = await WebAssembly.instantiate(await inflated(packed.wasm));
      const program = new _Program(packed, instance.exports);
      const weights = await inflated(packed.weights);
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
  async function inflated(text) {
    const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const pipe = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(pipe).arrayBuffer());
  }

  // explore.js
  var EXPLORERS = {
    faces: ["faces", (root, program) => new FaceExplorer(root, program)],
    digits: ["digits", (root, program) => new DigitExplorer(root, program)],
    morph: ["faces", (root, program) => new Morph(root, program)]
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
  async function start(root) {
    const [name, begin] = EXPLORERS[root.dataset.explorer ?? ""] ?? [];
    if (!begin) return;
    try {
      begin(root, await Program.open(await fetched(name)));
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
  function look() {
    for (const root of document.querySelectorAll("[data-explorer]:not([data-met])")) {
      root.setAttribute("data-met", "");
      near.observe(root);
    }
  }
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
