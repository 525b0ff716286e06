// Digits of your choice: one large, all ten in the same hand, a number written in it, and walks.
import { make, quiet, watchTheme } from "./base.js";
import { button } from "./controls.js";
import { Picture, anyNumber, between } from "./explore_parts.js";
import { Walk } from "./explore_walk.js";
import { PALETTES } from "./palette.js";

/** @typedef {import("./program.js").Program} Program */
/** @typedef {{ z: Float32Array, digit: number }} Written */

const DIGITS = 10;
const LONGEST = 10; // digits of a number
const SECONDS = 2.5; // of a walk
const FIRST = { seed: 58, digit: 3, number: "2026" }; // a hand that the judge of digits reads
let serial = 0;

export class DigitExplorer {
  /** @type {Written} */ from;
  /** @type {Written} */ to;
  /** @type {Theme} */ theme = "light";
  /** @type {HTMLElement} */ words;
  /** @type {HTMLElement} */ line;
  /** @type {HTMLInputElement} */ box;
  /** @type {{ node: HTMLButtonElement, picture: Picture }[]} */ ten;

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
    const id = () => `gan-digit-${++serial}`;
    const [box, place] = [id(), id()];
    this.way.place.id = place;
    this.ten = Array.from({ length: DIGITS }, (_, digit) => {
      const picture = new Picture(this.program.about.size, "gx-small gx-ink",
        { ariaHidden: "true" });
      const node = button("", () => this.choose(digit), { className: "gx-face gx-digit" });
      node.append(picture.canvas, String(digit));
      return { node, picture };
    });
    this.line = make("div", { className: "gx-line", role: "img" });
    this.box = make("input", { id: box, type: "text", inputMode: "numeric", value: FIRST.number,
      maxLength: LONGEST, autocomplete: "off", oninput: () => this.write() });
    const left = make("div", { className: "gx-left" }, this.picture.canvas, this.words);
    const right = make("div", {},
      make("fieldset", {}, make("legend", {}, "Which digit?"),
        make("div", { className: "gx-ten", role: "group", "aria-label": "All in the same hand" },
          ...this.ten.map(({ node }) => node))),
      make("div", { className: "gx-bar" },
        button("New hand", () => this.change(anyNumber()), { className: "gx-first" }), this.way.go),
      make("label", { htmlFor: place, className: "gx-field" }, "Between the last and this one"),
      this.way.place,
      make("label", { htmlFor: box, className: "gx-field" }, "A number in this hand"), this.box,
      this.line);
    this.root.replaceChildren(make("div", { className: "gx-main" }, left, right));
    Object.assign(this.root, { explorer: this }); // for tests and for the curious
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
    const way = share === 1 ? `A ${to.digit}.`
      : `${Math.round(100 * share)} % of the way from a ${from.digit} to a ${to.digit}.`;
    if (aloud) this.words.textContent = `${way} Nobody wrote it: a network drew it just now.`;
    this.picture.canvas.setAttribute("aria-label", `${way} Drawn by the network.`);
    this.way.place.setAttribute("aria-valuetext", way);
  }

  // The typed number, one picture a digit.
  write() {
    const typed = this.box.value.replace(/\D/g, "").slice(0, LONGEST);
    const pictures = [...typed].map((digit) => {
      const picture = new Picture(this.program.about.size, "gx-letter gx-ink",
        { ariaHidden: "true" });
      return { picture, dots: this.inked(this.tenth(Number(digit))) };
    });
    this.line.replaceChildren(...pictures.map(({ picture }) => picture.canvas));
    for (const { picture, dots } of pictures) picture.show(dots);
    this.line.setAttribute("aria-label", typed ? `${typed}, in this hand` : "Nothing yet");
  }
}
