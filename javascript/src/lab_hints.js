// Three hints for the first minute; each goes away for good when what it says has been done.
import { make } from "./base.js";
import { button } from "./controls.js";

const STORE = "gan-course-hints";
/** @type {[name: string, words: string][]} */
const HINTS = [
  ["play", "Press Play and watch the crosses learn."],
  ["time", "Drag the timeline: every step comes back."],
  ["set", "Change a learning rate while it plays."],
];

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]");
  } catch {
    return []; // a page that may keep nothing
  }
}

export class Hints {
  constructor() {
    /** @type {Set<string>} */
    this.done = new Set(stored());
    this.words = make("span", {});
    this.node = make("p", { className: "gl-hints", role: "note" }, this.words,
      button("✕", () => this.did(...HINTS.map(([name]) => name)),
        { ariaLabel: "No hints", title: "No hints" }));
    this.show();
  }

  /** @param {...string} names */
  did(...names) {
    if (names.every((name) => this.done.has(name))) return;
    for (const name of names) this.done.add(name);
    try {
      localStorage.setItem(STORE, JSON.stringify([...this.done]));
    } catch { /* it keeps nothing */ }
    this.show();
  }

  show() {
    const next = HINTS.find(([name]) => !this.done.has(name));
    this.node.hidden = !next;
    this.words.textContent = next?.[1] ?? "";
  }
}
