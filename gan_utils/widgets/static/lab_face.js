// What stands where: pictures, charts, timeline, layers; the same live and in a replay.
import { drawChart } from "./charts.js";
import { make, number, quiet, watchTheme } from "./base.js";
import { PALETTES } from "./drawing.js";
import { button, menu, slider, tick } from "./controls.js";
import { PHASE_MS } from "./lab_phase.js";
import { ARROWS, IN_PLANE, LAYERS, drawStage } from "./lab_stage.js";

const MEASURES = [
  ["js", "Jensen–Shannon (nats)"], ["kl_pq", "KL(data, fakes) (nats)"],
  ["kl_qp", "KL(fakes, data) (nats)"], ["w1", "Wasserstein-1"], ["energy", "energy distance"],
];
const gapWords = ({ gap }) => (gap === null
  ? "The scores under this loss are no chances, so there is no gap to D*: its line stands " +
    "where data and fakes are equally dense"
  : `D and D* lie ${number(gap, 2)} apart on average over data and fakes`);
const list = (series) => series?.data ?? series ?? []; // live or recorded
const SPEAK_EVERY = 4000; // ms between sentences that are read aloud while playing
const TELL_EVERY = 100; // ms between words and charts while playing: the plane comes first
const MORPH = 2000; // ms in which the noise becomes samples

export class Face {
  constructor(el, handlers) {
    this.handlers = handlers;
    this.frames = [];
    this.inPlane = []; // controls of what only a plane can show
    this.layers = Object.fromEntries(LAYERS.map(([name, , on]) => [name, on]));
    this.measure = "js";
    this.morph = 1;
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
    this.stages = [];
    this.root.append(this.bar, this.sentence, this.live, this.note,
      make("div", { className: "gl-main" }, this.lanes, this.buildCharts()),
      this.buildTimeline(), this.buildLayers());
  }

  buildCharts() {
    const figure = (caption, name) => {
      const canvas = make("canvas", { className: "gl-chart", role: "img" });
      this[name] = canvas;
      return make("figure", {}, caption, canvas);
    };
    this.lossKey = make("figcaption", {});
    this.measureMenu = menu({
      label: "How far apart?", options: MEASURES, value: this.measure,
      onmove: (value) => { this.measure = value; this.draw(); },
    });
    this.measureKey = make("figcaption", {});
    const second = figure(this.measureKey, "distanceChart");
    second.prepend(this.measureMenu.node);
    return make("div", { className: "gl-side" }, figure(this.lossKey, "lossChart"), second);
  }

  buildTimeline() {
    const go = (step) => this.handlers.seek(step);
    this.time = slider({
      label: "Timeline", low: 0, high: 1, value: 0, onmove: go,
      words: (step) => `step ${number(step)}`,
    });
    const [back, forth] = [["◀", "one step back", -1], ["▶", "one step forward", 1]].map(
      ([text, title, by]) => button(text, () => {
        const { first, head, step } = this.frames[0] ?? { first: 0, head: 0, step: 0 };
        go(Math.min(head, Math.max(first, step + by)));
      }, { title, ariaLabel: title }),
    );
    this.timeNode = make("div", { className: "gl-time" }, back, this.time.node, forth);
    return this.timeNode;
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
      label: "Arrows", options: ARROWS.map(([name, text]) => [name, text]),
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
    this.time.input.min = main.first;
    this.time.input.max = Math.max(main.first + 1, main.head);
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

  fitLanes(count) {
    if (this.stages.length === count) return;
    while (this.stages.length > count) this.stages.pop().figure.remove();
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

  drawInTurn(charts) {
    cancelAnimationFrame(this.waiting);
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
    const lossLines = this.frames.flatMap(({ losses }, lane) =>
      [["d_loss", "critic"], ["g_loss", "fake"]].map(([name, colour]) => ({
        x: list(losses.step), y: list(losses.values[name]), colour,
        dash: dashes[[["real", "fake"], ["move", "critic"]][lane][Number(name === "g_loss")]],
      })));
    const moment = main.step;
    drawChart(this.lossChart, { lines: lossLines, moment, theme: this.theme });
    this.lossKey.textContent = "Losses: D solid, G dashed" +
      (other ? "; of B: D dotted, G dash-dotted" : "");
    this.lossChart.setAttribute("aria-label", this.lossWords(lossLines));
    const one = main.divergences[this.measure];
    const lines = this.frames.map(({ charts }, lane) => ({
      x: list(charts.step), y: list(charts.values[this.measure]),
      colour: lane ? "move" : "ink", dash: lane ? dashes.move : [],
    }));
    const band = one && one.low !== null && one.high !== null ? [one.low, one.high] : null;
    const bound = main.bound?.measure === this.measure ? main.bound : null;
    const rule = bound && bound.value > 0 ? bound.value : undefined;
    drawChart(this.distanceChart, { lines, band, rule, moment, theme: this.theme, floor: 0 });
    this.measureKey.textContent = this.measureWords(one, band, bound, other);
    this.distanceChart.setAttribute("aria-label", this.measureKey.textContent);
  }

  lossWords(lines) {
    const last = (line) => number(line.y[line.y.length - 1]);
    return `Losses over the steps; now D ${last(lines[0])}, G ${last(lines[1])}.`;
  }

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
