// The tools of a live lab: single steps, slow motion, the fork, a step to run to.
import { make } from "./base.js";
import { button, menu, tick } from "./controls.js";

export class Tools {
  /** @param {import("./lab_live.js").Live} lab */
  constructor(lab) {
    this.lab = lab;
    /** @param {string} who */
    const step = (who) => () => { lab.pause(); lab.wish({ do: "step", who }); };
    this.fork = button("Fork here", () => lab.toggleFork());
    this.goal = make("input", { type: "number", min: 0, value: "500", inputMode: "numeric",
      onkeydown: (/** @type {KeyboardEvent} */ { key }) => { if (key === "Enter") this.run(); } });
    const steps = make("span", { className: "gl-group", role: "group", "aria-label": "Step" },
      make("span", {}, "Step"), button("D", step("discriminator"), { title: "one move of D" }),
      button("G", step("generator"), { title: "one move of G" }),
      button("both", step("both"), { title: "one update of both" }));
    const run = make("span", { className: "gl-group gl-run" },
      make("label", { className: "gl-field gl-seed" }, make("span", {}, "Run to step"), this.goal),
      button("Run", () => this.run(), { title: "plays on, or goes back, to that step" }));
    this.lanes = menu({
      label: "Settings go to", value: "A", onmove: (lane) => { lab.lane = lane; },
      options: [["A", "A, as it was"], ["B", "B, the fork"], ["AB", "both"]],
    });
    this.lanes.node.hidden = true;
    const unseen = tick("play on out of sight", false, (on) => { lab.playsUnseen = on; lab.pump(); });
    this.node = make("div", { className: "gl-tools-of-run" },
      make("div", { className: "gl-row" }, lab.pad.toggle, lab.slow.toggle, this.fork,
        button("As it opened", () => lab.restore(),
          { title: "all settings, the seed and the picture as they were" })),
      make("div", { className: "gl-row" }, steps, run, unseen.node), this.lanes.node);
  }

  run() {
    const goal = Number(this.goal.value);
    if (this.goal.value === "" || !Number.isInteger(goal) || goal < 0) {
      this.lab.warn(`A step is a whole number from 0 up; this is ${this.goal.value || "none"}.`);
      return;
    }
    this.lab.unwarn();
    this.lab.runTo(goal);
  }

  /** @param {boolean} two */
  show(two) {
    this.fork.textContent = two ? "Close the fork" : "Fork here";
    if (this.lanes.node.hidden !== two) return;
    this.lanes.node.hidden = !two; // a fork has been made or closed
    this.lab.lane = two ? "B" : "A";
    this.lanes.put(this.lab.lane);
  }
}
