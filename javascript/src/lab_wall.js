// Many seeds of one setting: small multiples, and the share that is alive and well.
import { make, number } from "./base.js";
import { blank } from "./drawing.js";
import { button, slider } from "./controls.js";
import { drawChart } from "./charts.js";

export class Wall {
  /** @param {(steps: number) => void} onwish */
  constructor(onwish) {
    this.steps = 300;
    const length = slider({
      label: "Steps", low: 10, high: 3000, scale: "whole", value: this.steps,
      words: (n) => `${number(n)} steps`, onmove: (n) => { this.steps = n; },
    });
    this.canvas = make("canvas", { className: "gl-wall", role: "img", hidden: true });
    this.chart = make("canvas", { className: "gl-chart", role: "img", hidden: true });
    this.words = make("p", { role: "status" });
    this.go = button("Run 64 seeds", () => {
      this.words.textContent = "64 runs are on their way …";
      onwish(this.steps);
    });
    this.node = make("details", {}, make("summary", {}, "64 seeds at once"),
      make("div", { className: "gl-fields" }, length.node, this.go), this.words,
      this.canvas, this.chart);
  }

  /** @param {Seeds} wall @param {Theme} theme */
  show(wall, theme) {
    this.canvas.hidden = this.chart.hidden = false;
    const [members, count] = wall.fake.shape;
    const across = Math.ceil(Math.sqrt(members));
    const size = this.canvas.clientWidth || 320;
    const cell = size / across;
    const height = cell * Math.ceil(members / across);
    const { context, colours } = blank(this.canvas, size, height, theme);
    this.canvas.style.height = `${height}px`;
    context.lineWidth = 0.6;
    const [x0, x1, y0, y1] = wall.view;
    for (let m = 0; m < members; m++) {
      const [left, top] = [(m % across) * cell, Math.floor(m / across) * cell];
      context.strokeStyle = colours.muted;
      context.strokeRect(left + 0.5, top + 0.5, cell - 2, cell - 2);
      context.fillStyle = colours.fake;
      for (let i = 0; i < count; i++) {
        const at = 2 * (m * count + i);
        const x = ((wall.fake.data[at] - x0) / (x1 - x0)) * (cell - 2);
        const y = (1 - (wall.fake.data[at + 1] - y0) / (y1 - y0)) * (cell - 2);
        if (x > 0 && x < cell - 2 && y > 0 && y < cell - 2) {
          context.fillRect(left + x - 0.7, top + y - 0.7, 1.6, 1.6);
        }
      }
    }
    const survival = wall.survival.data;
    const last = survival[survival.length - 1];
    this.words.textContent = `${Math.round(last * members)} of ${members} seeds are sound and ` +
      `cover half of the data or more after ${number(this.steps)} steps. Below: their share ` +
      "over the steps.";
    this.canvas.setAttribute("aria-label", `Fakes of ${members} runs that differ in the seed.`);
    this.chart.setAttribute("aria-label", this.words.textContent);
    /** @type {Line} */
    const line = { x: wall.steps.data, y: survival, colour: "fake", dash: [] };
    drawChart(this.chart, { lines: [line], theme, floor: 0, ceiling: 1 });
  }
}
