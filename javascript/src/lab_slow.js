// Slow motion: an update in ten phases, to be watched, stopped, and stepped on and back.
import { make } from "./base.js";
import { button } from "./controls.js";

const PHASE = 1800; // ms of a phase that plays
const KEPT = 40; // phases that one can go back to

/** @typedef {{ number: number, name: string, player: string }} Words */
/** @typedef {{ frames: Frame[], phases: (Phase | undefined)[], words: Words }} Moment */

export class Slow {
  on = false;
  running = false;
  /** @type {Moment[]} */
  moments = [];
  at = -1; // which of them is shown
  /** @type {ReturnType<typeof setTimeout> | undefined} */ clock;

  /** @param {import("./lab_live.js").Live} lab */
  constructor(lab) {
    this.lab = lab;
    this.toggle = button("Slow motion", () => this.turn(!this.on), { ariaPressed: "false" });
    this.words = make("p", { className: "gl-phase", role: "status" });
    this.back = button("◀", () => this.go(-1), { ariaLabel: "phase before", title: "phase before" });
    this.next = button("▶", () => this.go(1), { ariaLabel: "next phase", title: "next phase" });
    this.node = make("div", { className: "gl-time gl-slow", hidden: true },
      this.back, this.words, this.next);
  }

  /** @param {boolean} on */
  turn(on) {
    if (on === this.on) return;
    const { lab } = this;
    if (on) lab.pause(); // frames that came ahead would be drawn over the phase
    [this.on, this.running] = [on, on];
    this.toggle.ariaPressed = String(on);
    lab.face.timeline.hidden = on;
    this.node.hidden = !on;
    clearTimeout(this.clock);
    [this.moments, this.at] = [[], -1];
    this.words.textContent = "";
    if (on) this.ask();
    else {
      lab.face.phases = [];
      lab.showLast();
    }
    lab.bar.show(on);
  }

  ask() { this.lab.wish({ do: "phase" }); }

  /** @param {boolean} running */
  run(running) {
    this.running = running;
    clearTimeout(this.clock);
    if (running) this.forward();
    this.lab.bar.show(running);
  }

  /** @param {number} by */
  go(by) {
    this.run(false);
    if (by > 0) this.forward();
    else if (this.at > 0) this.show(this.at - 1);
  }

  forward() {
    if (this.at < this.moments.length - 1) this.show(this.at + 1);
    else this.ask();
  }

  // A phase has come from the kernel.
  /** @param {Moment} moment */
  heard(moment) {
    this.moments = [...this.moments, moment].slice(-KEPT);
    this.show(this.moments.length - 1);
  }

  /** @param {number} at */
  show(at) {
    this.at = at;
    const { frames, phases, words } = this.moments[at];
    const began = performance.now();
    this.words.textContent = `${words.number} of 10 · ${words.name}`;
    this.node.dataset.player = words.player;
    this.back.disabled = at === 0;
    this.lab.face.phases = phases.map((one) => one && { ...one, began });
    this.lab.face.show(frames);
    clearTimeout(this.clock);
    if (this.running) this.clock = setTimeout(() => this.forward(), PHASE);
  }
}
