// Make a face: a number, sliders, 32 others to choose from, and a walk from one to another.
import { make, watchTheme } from "./base.js";
import { button } from "./controls.js";
import { Picture, anyNumber, between } from "./explore_parts.js";
import { Walk } from "./explore_walk.js";
import { Wishes } from "./explore_wishes.js";

/** @typedef {import("./program.js").Program} Program */
/** @typedef {{ z: Float32Array, amounts: Float32Array }} Face */
/** @typedef {{ label: string, words: [string, string], reach: number, both: number,
 *   along: number }} Slider */

// Of the first thousand numbers, those whose faces the judge is surest of; the first is
// in site.py, too.
const FIRST = [262, 452];
const SECONDS = 3; // of a walk
const STEPS = 100; // of a slider to either side
const ROW = 8; // faces in a row of the crowd
let serial = 0;

export class FaceExplorer {
  /** @type {Face} */ face;
  /** @type {Face} */ from;
  /** @type {Face} */ to;
  /** @type {HTMLElement} */ words;
  /** @type {HTMLInputElement} */ box;
  /** @type {HTMLInputElement[]} */ inputs;
  /** @type {Walk} */ way;
  /** @type {{ node: HTMLButtonElement, picture: Picture }[]} */ crowd;

  /** @param {HTMLElement} root @param {Program} program */
  constructor(root, program) {
    this.root = root;
    this.program = program;
    /** @type {Slider[]} */
    this.sliders = program.about.sliders;
    program.run("unpack");
    this.picture = new Picture(program.about.size);
    this.ends = [0, 1].map((k) => new Picture(program.about.size, "gx-end", {
      "aria-label": k ? "Where the walk ends" : "Where the walk starts" }));
    this.wishes = new Wishes(program, () => this.listen(), () => this.wander());
    this.build();
    this.number(FIRST[0]);
    this.keep(0);
    this.keep(1, this.drawn(FIRST[1]));
    this.others(1);
    watchTheme(root, () => this.show());
  }

  build() {
    this.words = make("p", { className: "gx-words", role: "status", "aria-live": "polite" });
    const id = `gan-face-${++serial}`;
    this.box = make("input", { id, type: "number", min: 0, max: 99999, step: 1,
      onchange: () => this.number(Number(this.box.value)) });
    const bar = make("div", { className: "gx-bar" },
      button("New face", () => this.number(anyNumber()), { className: "gx-first" }),
      make("label", { htmlFor: id }, "number"), this.box);
    const left = make("div", { className: "gx-left" }, this.picture.canvas, bar, this.words);
    this.root.replaceChildren(
      make("div", { className: "gx-main" }, left, this.buildSliders()),
      this.wishes.node, this.buildCrowd(), this.buildWalk(), this.buildTables());
    Object.assign(this.root, { explorer: this }); // for tests and for the curious
  }

  buildSliders() {
    this.inputs = this.sliders.map((one, k) => this.slider(one, k));
    return make("fieldset", { className: "gx-sliders" }, make("legend", {}, "Change it"),
      ...this.inputs.map((input) => /** @type {HTMLElement} */ (input.closest(".gx-slider"))),
      button("As it was", () => this.change(() => 0)));
  }

  /** @param {Slider} one @param {number} k */
  slider(one, k) {
    const id = `gan-face-${++serial}`;
    const input = make("input", { id, type: "range", min: -STEPS, max: STEPS, step: 1, value: "0",
      oninput: () => this.change((j, old) => (j === k ? Number(input.value) / STEPS : old)) });
    make("div", { className: "gx-slider" }, make("label", { htmlFor: id }, one.label),
      make("span", { className: "gx-low" }, one.words[0]), input,
      make("span", { className: "gx-high" }, one.words[1]));
    return input;
  }

  buildWalk() {
    const id = `gan-face-${++serial}`;
    this.way = new Walk(this.root, SECONDS, (share, aloud) => this.walk(share, aloud));
    this.way.place.id = id;
    const keepers = ["Start here", "End here"].map((text, k) =>
      button(text, () => this.keep(k), { title: "of the face that is shown" }));
    return make("fieldset", { className: "gx-walk" }, make("legend", {}, "Walk from one to another"),
      this.ends[0].canvas,
      make("div", { className: "gx-way" }, make("label", { htmlFor: id, className: "gx-hidden" },
        "Place on the way"), this.way.place,
      make("div", { className: "gx-bar" }, keepers[0], this.way.go, keepers[1])),
      this.ends[1].canvas);
  }

  buildCrowd() {
    const { many, size } = this.program.about;
    this.crowd = Array.from({ length: many }, (_, k) => {
      const picture = new Picture(size, "gx-small", { ariaHidden: "true" });
      const node = button("", () => this.choose(k), { className: "gx-face",
        "aria-label": `Face ${k + 1} of ${many}`, tabIndex: k ? -1 : 0 });
      node.append(picture.canvas);
      return { node, picture };
    });
    const grid = make("div", { className: "gx-crowd", role: "group",
      "aria-label": "Faces to choose from; the arrow keys move among them" },
    ...this.crowd.map(({ node }) => node));
    grid.addEventListener("keydown", (event) => this.roam(event));
    return make("fieldset", { className: "gx-others" }, make("legend", {}, `Or take one of ${many}`),
      grid, button(`${many} others`, () => this.others(anyNumber())));
  }

  // How well sliders and wishes work, those too that are not shown.
  buildTables() {
    /** @type {{ title: string, head: string[], rows: string[][] }[]} */
    const tables = this.program.about.tables;
    return make("details", { className: "gx-how" },
      make("summary", {}, "How well does it work?"),
      make("p", {}, "A slider moves the network's last hidden layer along one direction, the same " +
        "for every face; a regression of what the judge sees found it. A wish follows the slope " +
        "of what the judge says, from each face by a way of its own, so less else changes. The " +
        "judge did the counting in both."),
      ...tables.map(({ title, head, rows }) => {
        const body = rows.map(([first, ...rest]) => make("tr", {},
          make("th", { scope: "row" }, first), ...rest.map((text) => make("td", {}, text))));
        return make("div", { className: "gx-wide", tabIndex: 0, role: "region",
          "aria-label": title }, make("table", {}, make("caption", {}, title),
          make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text))), ...body));
      }));
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
    const amounts = this.face.amounts.map((old, k) =>
      rule(k, old / this.sliders[k].reach) * this.sliders[k].reach);
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
      input.setAttribute("aria-valuetext", Math.abs(share) < 0.005 ? "as it was"
        : `${Math.round(100 * Math.abs(share))} % towards ${side}`);
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
    const percent = `${Math.round(100 * share)} % of the way`;
    this.way.place.setAttribute("aria-valuetext", percent);
    this.show();
    if (aloud) this.say(`${percent}.`);
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
    this.crowd.forEach(({ node }, j) => (node.tabIndex = j === k ? 0 : -1));
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
}
