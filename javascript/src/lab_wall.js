// Many seeds of one setting: small pictures over the large one, and the share that is alive
// and well. A click opens the run of a seed.
import { ARROW_KEYS, make, number } from "./base.js";
import { blank, each, placing } from "./drawing.js";
import { button, slider } from "./controls.js";
import { drawChart } from "./charts.js";
import { PALETTES } from "./palette.js";

const SOUND = 0.5; // of the data covered: a seed that does well
const DOTS = 120; // of the data, in a small picture

export class Wall {
  /** @param {import("./lab_live.js").Live} lab */
  constructor(lab) {
    this.lab = lab;
    this.steps = 300;
    const length = slider({
      label: "Steps", low: 10, high: 3000, scale: "whole", value: this.steps,
      words: (n) => `${number(n)} steps`, onmove: (n) => { this.steps = n; },
    });
    this.chart = make("canvas", { className: "gl-chart", role: "img", hidden: true });
    this.words = make("p", { role: "status" });
    this.go = button("Run 64 seeds", () => {
      lab.pause();
      this.words.textContent = "64 runs are on their way …";
      lab.wish({ do: "wall", steps: this.steps });
    });
    this.node = make("details", {}, make("summary", {}, "64 seeds at once"),
      make("div", { className: "gl-fields" }, length.node, this.go), this.words, this.chart);
    this.cells = make("div", { className: "gl-cells" });
    this.board = make("div", { className: "gl-wall", role: "group", hidden: true,
      "aria-label": "64 seeds", onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event) },
      make("p", { className: "gl-row" }, make("span", {}, "Open a run:"),
        button("✕", () => this.close(), { ariaLabel: "Close the wall", title: "Close the wall" })),
      this.cells);
    lab.face.over.after(this.board);
  }

  close() {
    if (this.board.hidden) return;
    this.board.hidden = true;
    this.go.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const all = /** @type {HTMLElement[]} */ (Array.from(this.cells.children));
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === "Escape") this.close();
    else if (event.key in ARROW_KEYS && at >= 0) {
      const [right, up] = ARROW_KEYS[event.key];
      const across = all.filter((one) => one.offsetTop === all[0].offsetTop).length;
      this.focus(all, Math.max(0, Math.min(all.length - 1, at + right - up * across)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // One stop of Tab for all; the arrow keys go from one to the other.
  /** @param {HTMLElement[]} all @param {number} at */
  focus(all, at) {
    all.forEach((one, i) => { one.tabIndex = i === at ? 0 : -1; });
    all[at].focus();
  }

  /** @param {Seeds} wall @param {Theme} theme @param {Grid} real */
  show(wall, theme, real) {
    const steps = wall.steps.data[wall.steps.data.length - 1];
    const times = wall.steps.data.length;
    this.board.hidden = this.chart.hidden = false;
    const cells = Array.from(wall.seeds.data, (seed, m) => {
      const covered = wall.covered.data[m * times + times - 1];
      const words = `seed ${seed}: ${Math.round(100 * covered)} % covered`;
      const canvas = make("canvas", {});
      return { canvas, m, node: make("button", { type: "button", title: words, ariaLabel: words,
        tabIndex: m ? -1 : 0, className: covered < SOUND ? "gl-unsound" : "",
        onclick: () => this.open(seed, steps) }, canvas, make("span", {}, String(seed))) };
    });
    this.cells.replaceChildren(...cells.map(({ node }) => node));
    for (const { canvas, m } of cells) drawOne(canvas, wall, m, theme, real);
    this.tell(wall, theme, steps);
  }

  /** @param {number} seed @param {number} steps */
  open(seed, steps) {
    this.board.hidden = true;
    this.lab.bar.put(seed);
    this.lab.runTo(steps);
  }

  /** @param {Seeds} wall @param {Theme} theme @param {number} steps */
  tell(wall, theme, steps) {
    const [members] = wall.fake.shape;
    const survival = wall.survival.data;
    const last = survival[survival.length - 1];
    this.words.textContent = `${Math.round(last * members)} of ${members} seeds are sound and ` +
      `cover half of the data or more after ${number(steps)} steps. Below: their share ` +
      "over the steps. Press a small picture to open its run.";
    this.chart.setAttribute("aria-label", this.words.textContent);
    /** @type {Line} */
    const line = { x: wall.steps.data, y: survival, colour: "ink", dash: [] };
    drawChart(this.chart, { lines: [line], theme, floor: 0, ceiling: 1 });
  }
}

/** @type {(canvas: HTMLCanvasElement, wall: Seeds, m: number, theme: Theme, real: Grid) => void} */
function drawOne(canvas, wall, m, theme, real) {
  const size = canvas.clientWidth || 46;
  const { context } = blank(canvas, size, size, theme);
  const colours = PALETTES[theme];
  const place = placing(wall.view, size);
  const count = wall.fake.shape[1];
  const fake = { data: wall.fake.data.subarray(2 * m * count, 2 * (m + 1) * count),
    shape: [count, 2] };
  /** @type {(points: Grid, colour: string, side: number, limit?: number) => void} */
  const dots = (points, colour, side, limit) => {
    context.fillStyle = colour;
    each(points, place, (x, y) => context.fillRect(x - side / 2, y - side / 2, side, side), limit);
  };
  context.globalAlpha = 0.45;
  dots(real, colours.real, 2.2, DOTS);
  context.globalAlpha = 1;
  dots(fake, colours.fake, 1.5);
}
