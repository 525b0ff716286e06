// What the picture shows: a tick and a mark for each layer, and the key below the picture.
import { make } from "./base.js";
import { button, menu, tick } from "./controls.js";
import { ARROWS } from "./lab_marks.js";

/** @type {[name: string, label: string, on: boolean][]} */
export const LAYERS = [ // on: at the start
  ["heat", "What D says", true],
  ["line", "Line D = ½", true],
  ["best", "Best answer D*", false],
  ["gap", "Gap |D − D*|", false],
  ["sheet", "Sheet of noise", false],
  ["real", "Data", true],
  ["fake", "Fakes", true],
  ["arrows", "Arrows", true],
];
const IN_PLANE = ["line", "gap", "sheet", "arrows"]; // not where data lie on a line

/** @type {Record<string, string>} */
const KEY = {
  generator_loss: "slope of G's loss", discriminator: "slope of D", displacement: "next step",
};
const swatch = (/** @type {string} */ name) =>
  make("i", { className: `gl-swatch gl-of-${name}`, ariaHidden: "true" });

export class Layers {
  told = ""; // what the key shows
  /** @param {{ changed(): void, morph(): void, arrows(kind: string): void }} handlers */
  constructor({ changed, morph, arrows }) {
    this.on = Object.fromEntries(LAYERS.map(([name, , on]) => [name, on]));
    /** @type {HTMLElement[]} */
    this.inPlane = []; // controls of what only a plane can show
    /** @type {Record<string, HTMLInputElement>} */
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
      label: "Arrows show", options: Object.entries(ARROWS).map(([kind, { words }]) => [kind, words]),
      value: "generator_loss", onmove: (kind) => { arrows(kind); changed(); },
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
    const shown = flat ? [[real, "real", "data"], [fake, "fake", "fakes"],
      [heat, "curve", "D"], [best, "dots", "best answer D*"]]
      : [[real, "real", "data"], [fake, "fake", "fakes"], [arrows, "arrows", KEY[this.menu.get()]],
        [sheet, "sheet", "noise"], [line, "line", "D = ½"], [best, "best", "D* = ½"]];
    const isGap = gap && comparable && !flat;
    const words = JSON.stringify([shown, isGap, heat]);
    for (const node of this.inPlane) node.hidden = flat;
    if (words === this.told) return;
    this.told = words;
    /** @type {(low: string, bar: string, high: string) => Node} */
    const bar = (low, name, high) => make("span", { className: "gl-scale" }, low,
      make("i", { className: `gl-bar-of ${name}`, ariaHidden: "true" }), high);
    this.key.replaceChildren(
      ...shown.filter(([on]) => on).map(([, name, label]) =>
        make("span", {}, swatch(String(name)), String(label))),
      ...(isGap ? [bar("gap 0", "gl-of-gap", "1")]
        : heat && !flat ? [bar("D: forged 0", "gl-of-heat", "1 real")] : []));
  }
}
