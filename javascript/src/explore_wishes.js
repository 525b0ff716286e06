// Asking for an attribute: menus that show what the judge sees, and grant what is asked for.
import { make, quiet } from "./base.js";

/** @typedef {import("./program.js").Program} Program */
/** @typedef {{ name: string, values: string[], offered: boolean[] }} Attribute */

const AT_ONCE = 3; // steps of a wish in a picture of its own; all of them where motion is unwanted
const UNSURE = Math.log(0.5); // log-chance below which the judge does not know
let serial = 0;

export class Wishes {
  /** @param {Program} program @param {() => void} onstart @param {() => void} onmove */
  constructor(program, onstart, onmove) {
    this.program = program;
    this.onstart = onstart;
    this.onmove = onmove;
    /** @type {Attribute[]} */
    this.attributes = program.about.attributes;
    this.left = 0; // steps to go
    /** @type {string} */
    this.asked = "";
    this.menus = this.attributes.map((attribute, k) => {
      const input = make("select", { id: `gan-wish-${++serial}`,
        onchange: () => this.ask(k, Number(input.value)) });
      return input;
    });
    const fields = this.menus.map((input, k) => make("div", { className: "gx-wish" },
      make("label", { htmlFor: input.id }, this.attributes[k].name), input));
    this.node = make("fieldset", { className: "gx-wishes" }, make("legend", {}, "Ask for something"),
      make("p", {}, "A second network, the judge, reads each face. Choose another value, and the " +
        "face changes step by step until the judge sees it. It can be fooled: after some rare " +
        "wishes in a row it sees faces where you see none."),
      make("div", { className: "gx-menus" }, ...fields));
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
      input.replaceChildren(...values.map((value, v) => (offered[v] || v === seen[k])
        ? make("option", { value: String(v) }, v === seen[k] && !sure[k] ? `${value}?` : value)
        : null).filter((option) => option !== null));
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
    seen.forEach((best, j) => (goal[this.start(j) + best] = 1));
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
    return this.look().seen[k] === value ? `You asked for ${this.asked}, and the judge sees it.`
      : `You asked for ${this.asked}; the judge does not see it. Another face may do it.`;
  }
}
