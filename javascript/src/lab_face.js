// What stands where: pictures, charts, timeline, layers; the same live and in a replay.
import { drawChart } from "./charts.js";
import { make, number, quiet, watchTheme } from "./base.js";
import { button, menu, slider, tick } from "./controls.js";
import { ARROWS } from "./lab_marks.js";
import { PHASE_MS } from "./lab_phase.js";
import { IN_PLANE, LAYERS, drawStage } from "./lab_stage.js";
import { PALETTES } from "./palette.js";

/** @type {[name: string, label: string][]} */
const MEASURES = [
  ["js", "Jensen–Shannon (nats)"], ["kl_pq", "KL(data, fakes) (nats)"],
  ["kl_qp", "KL(fakes, data) (nats)"], ["w1", "Wasserstein-1"], ["energy", "energy distance"],
];
/** @type {(frame: Frame) => string} */
const gapWords = ({ gap }) => (gap === null
  ? "The scores under this loss are no chances, so there is no gap to D*: its line stands " +
    "where data and fakes are equally dense"
  : `D and D* lie ${number(gap, 2)} apart on average over data and fakes`);
/** @type {(series: any) => ArrayLike<number>} */
const list = (series) => series?.data ?? series ?? []; // live or recorded
const SPEAK_EVERY = 4000; // ms between sentences that are read aloud while playing
const TELL_EVERY = 100; // ms between words and charts while playing: the plane comes first
const MORPH = 2000; // ms in which the noise becomes samples

/** @typedef {{ seek(step: number): void, arrows(kind: string): void, drawn?(): void }} Handlers */
/** @typedef {{ canvas: HTMLCanvasElement, caption: HTMLElement, figure: HTMLElement }} Stage */

export class Face {
  /** @type {HTMLElement} */ bar;
  /** @type {HTMLElement} */ sentence;
  /** @type {HTMLElement} */ live; // read aloud
  /** @type {HTMLElement} */ note;
  /** @type {HTMLElement} */ lanes;
  /** @type {HTMLCanvasElement} */ lossChart;
  /** @type {HTMLElement} */ lossKey;
  /** @type {HTMLCanvasElement} */ distanceChart;
  /** @type {HTMLElement} */ measureKey;
  /** @type {ReturnType<typeof slider>} */ time;
  /** @type {Control<string>} */ arrowMenu;
  /** @type {Theme} */ theme;
  /** @type {() => void} */ unwatch;
  /** @type {number | null} */ waiting = null; // for a frame of the screen
  chartsDue = false;

  /** @param {HTMLElement} el @param {Handlers} handlers */
  constructor(el, handlers) {
    this.handlers = handlers;
    /** @type {Frame[]} */
    this.frames = [];
    /** @type {HTMLElement[]} */
    this.inPlane = []; // controls of what only a plane can show
    this.layers = Object.fromEntries(LAYERS.map(([name, , on]) => [name, on]));
    this.measure = "js";
    this.morph = 1;
    /** @type {(Phase | undefined)[]} */
    this.phases = []; // of slow motion, a lane
    this.spoken = this.told = 0;
    this.root = make("div", {
      className: "gan-lab", role: "group", "aria-label": "GAN laboratory",
    });
    this.build();
    el.append(this.root);
    this.watch();
  }

  build() {
    this.bar = make("div", { className: "gl-bar", role: "group", "aria-label": "Run" });
    this.sentence = make("p", { className: "gl-sentence" });
    this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
    this.note = make("p", { className: "gl-note", role: "status" });
    this.lanes = make("div", { className: "gl-lanes" });
    /** @type {Stage[]} */
    this.stages = [];
    this.root.append(this.bar, this.sentence, this.live, this.note,
      make("div", { className: "gl-main" }, this.lanes, this.buildCharts()),
      this.buildTimeline(), this.buildLayers());
  }

  buildCharts() {
    const chart = () => make("canvas", { className: "gl-chart", role: "img" });
    this.lossKey = make("figcaption", {});
    this.lossChart = chart();
    const measure = menu({
      label: "How far apart?", options: MEASURES, value: this.measure,
      onmove: (value) => { this.measure = value; this.draw(); },
    });
    this.measureKey = make("figcaption", {});
    this.distanceChart = chart();
    return make("div", { className: "gl-side" },
      make("figure", {}, this.lossKey, this.lossChart),
      make("figure", {}, measure.node, this.measureKey, this.distanceChart));
  }

  buildTimeline() {
    /** @param {number} step */
    const go = (step) => this.handlers.seek(step);
    this.time = slider({
      label: "Timeline", low: 0, high: 1, value: 0, onmove: go,
      words: (step) => `step ${number(step)}`,
    });
    /** @type {(text: string, title: string, by: number) => HTMLElement} */
    const mover = (text, title, by) => button(text, () => {
      const { first, head, step } = this.frames[0] ?? { first: 0, head: 0, step: 0 };
      go(Math.min(head, Math.max(first, step + by)));
    }, { title, ariaLabel: title });
    return make("div", { className: "gl-time" }, mover("◀", "one step back", -1),
      this.time.node, mover("▶", "one step forward", 1));
  }

  buildLayers() {
    const set = make("fieldset", { className: "gl-layers" }, make("legend", {}, "Show"));
    for (const [name, label, on] of LAYERS) {
      const one = tick(label, on, (checked) => {
        this.layers[name] = checked;
        if (name === "sheet" && checked) this.startMorph();
        this.caption();
        this.draw();
      });
      one.input.dataset.layer = name;
      set.append(one.node);
      if (IN_PLANE.includes(name)) this.inPlane.push(one.node);
    }
    this.arrowMenu = menu({
      label: "Arrows", options: Object.entries(ARROWS).map(([kind, { words }]) => [kind, words]),
      value: "generator_loss", onmove: (kind) => this.handlers.arrows(kind),
    });
    const morph = button("Noise → samples", () => this.startMorph());
    this.inPlane.push(this.arrowMenu.node, morph);
    set.append(this.arrowMenu.node, morph);
    return set;
  }

  // The noise travels to where the generator takes it.
  startMorph() {
    if (quiet()) return;
    const start = performance.now();
    /** @param {number} now */
    const move = (now) => {
      this.morph = Math.min(1, Math.max(0, (now - start) / MORPH));
      this.draw();
      if (this.morph < 1 && this.root.isConnected) requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }

  watch() {
    this.unwatch = watchTheme(this.root, (theme) => {
      this.theme = theme;
      this.draw();
    });
  }

  close() {
    this.unwatch();
    this.root.remove();
  }

  // Show frames; while playing (not speaking) words and charts follow less often than the
  // plane. Returns whether they did. In an animation frame the drawing need not wait.
  /** @param {Frame[]} frames */
  show(frames, speaking = true, inTurn = false) {
    this.frames = frames;
    this.fitLanes(frames.length);
    const flat = frames.every(({ curves }) => curves);
    if (this.inPlane[0].hidden !== flat) for (const node of this.inPlane) node.hidden = flat;
    const now = performance.now();
    const telling = speaking || now - this.told > TELL_EVERY;
    if (telling) {
      this.told = now;
      this.tell();
    }
    if (speaking || now - this.spoken > SPEAK_EVERY) {
      this.spoken = now;
      this.live.textContent = this.sentence.textContent;
    }
    if (inTurn) this.drawInTurn(telling);
    else this.draw(telling);
    return telling;
  }

  tell() {
    const { frames } = this;
    const [main] = frames;
    this.time.input.min = String(main.first);
    this.time.input.max = String(Math.max(main.first + 1, main.head));
    if (!this.time.input.matches(":active")) this.time.put(main.step);
    this.sentence.textContent = frames
      .map((frame, i) => (frames.length > 1 ? `${"AB"[i]}: ` : "") + frame.sentence)
      .join(". ");
    frames.forEach((frame, i) => {
      const words = `Plane with data, fakes and D. ${frame.sentence}`;
      this.stages[i].canvas.setAttribute("aria-label", words);
    });
    this.caption();
  }

  // Which lane a plane shows, and how far its D is from the best answer, where one asked.
  caption() {
    const two = this.frames.length > 1;
    this.frames.forEach((frame, i) => {
      const words = two ? [["A: as it was", "B: the fork"][i]] : [];
      if ((this.layers.gap || this.layers.best) && frame.best) words.push(gapWords(frame));
      const { caption } = this.stages[i];
      if (caption.textContent !== words.join(". ")) caption.textContent = words.join(". ");
    });
  }

  /** @param {number} count */
  fitLanes(count) {
    if (this.stages.length === count) return;
    while (this.stages.length > count) this.stages.pop()?.figure.remove();
    while (this.stages.length < count) {
      const canvas = make("canvas", { className: "gl-stage", role: "img" });
      const caption = make("figcaption", {});
      const figure = make("figure", {}, caption, canvas);
      this.lanes.append(figure);
      this.stages.push({ canvas, caption, figure });
    }
    this.root.classList.toggle("gl-two", count > 1);
  }

  draw(charts = true) {
    this.chartsDue ||= charts;
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      if (this.root.isConnected) this.drawNow();
    });
  }

  /** @param {boolean} charts */
  drawInTurn(charts) {
    cancelAnimationFrame(this.waiting ?? 0);
    this.waiting = null;
    this.chartsDue ||= charts;
    if (this.root.isConnected) this.drawNow();
  }

  drawNow() {
    const now = performance.now();
    const { theme, layers, morph } = this;
    const moves = this.phases.some((phase) => phase && now - phase.began < PHASE_MS);
    if (moves && !quiet()) this.draw();
    const shown = quiet() ? now + PHASE_MS : now;
    this.frames.forEach((frame, i) => {
      const { canvas } = this.stages[i];
      const view = { theme, layers, morph, phase: this.phases[i], now: shown };
      drawStage(canvas, frame, view);
    });
    if (this.frames.length && this.chartsDue) this.drawCharts();
    this.chartsDue = false;
    this.handlers.drawn?.();
  }

  drawCharts() {
    const { dashes } = PALETTES[this.theme];
    const [main, other] = this.frames;
    const lossDashes = [[dashes.real, dashes.fake], [dashes.move, dashes.critic]]; // of A, of B
    /** @type {Line[]} */
    const lossLines = this.frames.flatMap(({ losses: { step, values } }, lane) => {
      const [d, g] = lossDashes[lane];
      return [
        { x: list(step), y: list(values.d_loss), colour: "critic", dash: d },
        { x: list(step), y: list(values.g_loss), colour: "fake", dash: g },
      ];
    });
    const moment = main.step;
    drawChart(this.lossChart, { lines: lossLines, moment, theme: this.theme });
    this.lossKey.textContent = "Losses: D solid, G dashed" +
      (other ? "; of B: D dotted, G dash-dotted" : "");
    this.lossChart.setAttribute("aria-label", this.lossWords(lossLines));
    const one = main.divergences[this.measure];
    /** @type {Line[]} */
    const lines = this.frames.map(({ charts }, lane) => ({
      x: list(charts.step), y: list(charts.values[this.measure]),
      colour: lane ? "move" : "ink", dash: lane ? dashes.move : [],
    }));
    /** @type {[number, number] | null} */
    const band = one && one.low !== null && one.high !== null ? [one.low, one.high] : null;
    const bound = main.bound?.measure === this.measure ? main.bound : null;
    const rule = bound && bound.value > 0 ? bound.value : undefined;
    drawChart(this.distanceChart, { lines, band, rule, moment, theme: this.theme, floor: 0 });
    this.measureKey.textContent = this.measureWords(one, band, bound, other);
    this.distanceChart.setAttribute("aria-label", this.measureKey.textContent);
  }

  /** @param {Line[]} lines */
  lossWords(lines) {
    /** @param {Line} line */
    const last = (line) => number(line.y[line.y.length - 1]);
    return `Losses over the steps; now D ${last(lines[0])}, G ${last(lines[1])}.`;
  }

  /** @type {(one: Measure | undefined, band: [number, number] | null, bound: Frame["bound"],
   *   other?: Frame) => string} */
  measureWords(one, band, bound, other) {
    if (!one) return "Not measured for these data.";
    const parts = [`${number(one.value)} with ${number(one.n)} fakes`];
    if (band) parts.push(`band: data against data, ${number(band[0])} to ${number(band[1])}`);
    if (bound && bound.value > 0) {
      parts.push(`${bound.words.replace(/\.$/, "")}, now ${number(bound.value)} (dotted)`);
    }
    if (other?.divergences[this.measure]) {
      parts.push(`B (dashed): ${number(other.divergences[this.measure].value)}`);
    }
    return `${parts.join("; ").replace(/\.$/, "")}.`;
  }
}
