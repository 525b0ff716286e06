// The bar: Play, Reset, the speed and the seed.
import { make, number } from "./base.js";
import { button, slider } from "./controls.js";
import { SPEEDS, USUAL } from "./lab_pace.js";

/** @param {number} rate updates a second */
export const speedWords = (rate) => (rate === Infinity ? "full speed" : `${number(rate)} steps/s`);
const MOST_SEED = 2147483647;

// A sign and a word; the word is only heard where there is no room for it.
/** @type {(node: HTMLElement, sign: string, word: string) => void} */
function sign(node, sign, word) {
  node.replaceChildren(sign, make("span", { className: "gl-word" }, ` ${word}`));
}

/** @type {(sign: string, word: string, onclick: () => void, attributes?: object) =>
 *   HTMLButtonElement} */
export function signed(mark, word, onclick, attributes = {}) {
  const one = button("", onclick, attributes);
  sign(one, mark, word);
  return one;
}

export class Bar {
  used = "0"; // the seed that counts
  /** @type {number | null} */ awaited = null; // a seed that the kernel has not yet taken

  /** @param {import("./lab_live.js").Live} lab */
  constructor(lab) {
    this.lab = lab;
    this.play = signed("▶", "Play", () => (lab.isRunning ? lab.pause() : lab.play()), {
      className: "gl-primary",
    });
    this.reset = signed("↺", "Reset", () => lab.reset());
    this.speed = slider({
      label: "Speed", low: 0, high: SPEEDS.length - 1, value: SPEEDS.indexOf(USUAL),
      words: (i) => speedWords(SPEEDS[i]), onmove: (i) => lab.setSpeed(SPEEDS[i]),
    });
    /** @param {KeyboardEvent} event */
    const onkeydown = ({ key }) => { if (key === "Enter") this.take(); }; // JupyterLab keeps Enter
    this.seed = make("input", { type: "number", min: 0, max: MOST_SEED, value: this.used,
      inputMode: "numeric", onchange: () => this.take(), onkeydown });
    this.nodes = [this.play, this.reset, this.speed.node,
      make("label", { className: "gl-field gl-seed" }, make("span", {}, "Seed"), this.seed)];
  }

  get isNew() { return this.seed.value !== this.used; }

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
}
