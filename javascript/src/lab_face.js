// What stands where: bar, picture, timeline, charts, controls; the same live and in a replay.
import { make, number, quiet, watchTheme } from "./base.js";
import { button, slider } from "./controls.js";
import { Charts } from "./lab_charts.js";
import { Layers } from "./lab_layers.js";
import { fit } from "./lab_layout.js";
import { onTheWay } from "./lab_motion.js";
import { PHASE_MS } from "./lab_phase.js";
import { drawStage } from "./lab_stage.js";

/** @type {(frame: Frame) => string} */
const gapWords = ({ gap }) => (gap === null
  ? "The scores under this loss are no chances, so there is no gap to D*: its line stands " +
    "where data and fakes are equally dense"
  : `D and D* lie ${number(gap, 2)} apart on average over data and fakes`);
const SPEAK_EVERY = 4000; // ms between sentences that are read aloud while playing
const TELL_EVERY = 100; // ms between words and charts while playing: the plane comes first
const MORPH = 2000; // ms in which the noise becomes samples

/** @typedef {{ seek(step: number): void, arrows(kind: string): void, drawn?(): void,
 *   sight?(): void }} Handlers */
/** @typedef {{ canvas: HTMLCanvasElement, caption: HTMLElement, figure: HTMLElement }} Stage */

export class Face {
  /** @type {HTMLElement} */ bar;
  /** @type {HTMLElement} */ live; // read aloud
  /** @type {HTMLElement} */ note;
  /** @type {HTMLElement} */ lanes;
  /** @type {HTMLElement} */ over; // lies over the picture
  /** @type {HTMLElement} */ under; // the timeline's place
  /** @type {HTMLElement} */ controls;
  /** @type {Layers} */ layers;
  /** @type {Charts} */ charts;
  /** @type {Stage[]} */ stages = [];
  /** @type {ReturnType<typeof slider>} */ time;
  /** @type {HTMLElement} */ timeline;
  /** @type {Theme} */ theme;
  /** @type {() => void} */ unwatch;
  /** @type {IntersectionObserver} */ sight;
  /** @type {number | null} */ waiting = null; // for a frame of the screen
  chartsDue = false;
  inSight = true;
  simple = false; // a recording
  ghost = false; // somebody draws

  /** @param {HTMLElement} el @param {Handlers} handlers */
  constructor(el, handlers) {
    this.handlers = handlers;
    /** @type {Frame[]} */
    this.frames = [];
    this.morph = 1;
    /** @type {import("./lab_motion.js").Motion | null} */
    this.motion = null;
    /** @type {(Phase | undefined)[]} */
    this.phases = []; // of slow motion, a lane
    this.spoken = this.told = 0;
    this.root = make("div", {
      className: "gan-lab gl-lab", role: "group", "aria-label": "GAN laboratory",
    });
    this.build();
    el.append(this.root);
    this.watch();
  }

  build() {
    this.bar = make("div", { className: "gl-bar", role: "group", "aria-label": "Run" });
    this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
    this.note = make("p", { className: "gl-note", role: "status" });
    this.lanes = make("div", { className: "gl-lanes" });
    this.over = make("div", { className: "gl-over" }, this.note);
    this.layers = new Layers({
      changed: () => { this.caption(); this.draw(); },
      morph: () => this.startMorph(), arrows: (kind) => this.handlers.arrows(kind),
    });
    this.charts = new Charts(() => this.draw());
    this.under = make("div", { className: "gl-under" }, this.buildTimeline());
    const view = make("div", { className: "gl-view" },
      make("div", { className: "gl-pictures" }, this.lanes, this.over), this.under,
      this.layers.key);
    this.controls = make("div", { className: "gl-scroll", tabIndex: -1 }, this.layers.node);
    const panel = make("div", { className: "gl-panel", role: "group", "aria-label": "Controls" },
      this.controls);
    this.root.append(this.bar, this.live,
      make("div", { className: "gl-body" }, view, this.charts.node, panel));
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
    this.timeline = make("div", { className: "gl-time" }, mover("◀", "one step back", -1),
      this.time.node, mover("▶", "one step forward", 1));
    return this.timeline;
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
    this.refit = () => {
      this.fit();
      this.draw();
    };
    this.unwatch = watchTheme(this.root, (theme) => {
      this.theme = theme;
      this.refit?.();
    });
    window.addEventListener("resize", this.refit);
    this.sight = new IntersectionObserver((seen) => {
      this.inSight = seen[seen.length - 1].isIntersecting;
      if (this.inSight) this.fit();
      this.handlers.sight?.();
    });
    this.sight.observe(this.root);
  }

  fit() {
    const { root, bar, under, simple, stages } = this;
    const parts = { root, bar, time: under, key: this.layers.key,
      charts: this.charts.node, simple };
    fit({ ...parts, lanes: Math.max(1, stages.length) });
  }

  close() {
    this.unwatch();
    this.sight.disconnect();
    window.removeEventListener("resize", /** @type {() => void} */ (this.refit));
    this.root.remove();
  }

  // Show frames; while playing (not speaking) words and charts follow less often than the
  // plane. Returns whether they did. In an animation frame the drawing need not wait. With
  // a time, the points take it to come from where they were.
  /** @param {Frame[]} frames */
  show(frames, speaking = true, inTurn = false, ms = 0) {
    const now = performance.now();
    this.motion = ms && !quiet() ? { from: this.frames, began: now, ms } : null;
    this.frames = frames;
    this.fitLanes(frames.length);
    const telling = speaking || now - this.told > TELL_EVERY;
    if (telling) {
      this.told = now;
      this.tell();
    }
    if (speaking || now - this.spoken > SPEAK_EVERY) {
      this.spoken = now;
      this.live.textContent = this.sentence();
    }
    if (inTurn) this.drawInTurn(telling);
    else this.draw(telling);
    return telling;
  }

  sentence() {
    return this.frames
      .map((frame, i) => (this.frames.length > 1 ? `${"AB"[i]}: ` : "") + frame.sentence)
      .join(". ");
  }

  tell() {
    const { frames } = this;
    const [main] = frames;
    this.time.input.min = String(main.first);
    this.time.input.max = String(Math.max(main.first + 1, main.head));
    if (!this.time.input.matches(":active")) this.time.put(main.step);
    frames.forEach((frame, i) => {
      const words = `Plane with data, fakes and D. ${frame.sentence}`;
      this.stages[i].canvas.setAttribute("aria-label", words);
    });
    this.charts.tell(frames);
    this.caption();
  }

  // Which lane a plane shows, how far its D is from the best answer, and the key.
  caption() {
    const { frames, layers } = this;
    if (!frames.length) return;
    frames.forEach((frame, i) => {
      const words = frames.length > 1 ? [["A: as it was", "B: the fork"][i]] : [];
      if ((layers.on.gap || layers.on.best) && frame.best) words.push(gapWords(frame));
      const { caption } = this.stages[i];
      if (caption.textContent !== words.join(". ")) caption.textContent = words.join(". ");
    });
    layers.tell(frames.every(({ curves }) => curves), frames[0].gap !== null);
  }

  /** @param {number} count */
  fitLanes(count) {
    if (this.stages.length === count) return;
    while (this.stages.length > count) this.stages.pop()?.figure.remove();
    while (this.stages.length < count) {
      const canvas = make("canvas", { className: "gl-stage", role: "img" });
      const caption = make("figcaption", {});
      const figure = make("figure", {}, canvas, caption);
      this.lanes.append(figure);
      this.stages.push({ canvas, caption, figure });
    }
    this.root.classList.toggle("gl-two", count > 1);
    this.fit();
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
    const { theme, morph, ghost } = this;
    const [frames, onWay] = onTheWay(this.motion, this.frames, now);
    const moves = this.phases.some((phase) => phase && now - phase.began < PHASE_MS);
    if (onWay || (moves && !quiet())) this.draw(false);
    const shown = quiet() ? now + PHASE_MS : now;
    frames.forEach((frame, i) => {
      const { canvas } = this.stages[i];
      const layers = this.layers.on;
      const view = { theme, layers, morph, phase: this.phases[i], now: shown, ghost };
      drawStage(canvas, frame, view);
    });
    if (this.frames.length && this.chartsDue) this.charts.draw(this.frames, theme);
    this.chartsDue = false;
    this.handlers.drawn?.();
  }
}
