// The vector-field explorer: click, tap or aim with the keys, and watch what comes.
import { ARROW_KEYS, make, number, quiet, watchTheme } from "./base.js";
import { unpack } from "./binary.js";
import { drawChart } from "./charts.js";
import { asItsLabel, button, menu, slider } from "./controls.js";
import { Talk } from "./talk.js";
import { drawCircle, drawGame, eigenWords, look } from "./vector_field_plane.js";

const FLIGHT = 2500; // ms in which a new launch is drawn

class VectorField extends Talk {
  /** @type {Record<string, Control>} */ controls;
  /** @type {HTMLElement} */ sentence;
  /** @type {HTMLElement} */ live; // read aloud
  /** @type {HTMLCanvasElement} */ plane;
  /** @type {HTMLCanvasElement} */ circle;
  /** @type {HTMLElement} */ circleKey;
  /** @type {HTMLCanvasElement} */ chart;
  /** @type {Control<number>} */ time;
  /** @type {Theme} */ theme;
  /** @type {() => void} */ unwatch;
  /** @type {number | null} */ waiting = null; // for a frame of the screen
  /** @type {number | null} */ flight = null;
  flying = false;

  /** @param {HTMLElement} el @param {Model} model */
  constructor(el, model) {
    super(model);
    this.catalogue = model.get("catalogue");
    /** @type {Portrait | null} */
    this.seen = null; // the kernel's last portrait
    this.shown = this.catalogue.steps;
    /** @type {Point} */
    this.aim = [0.5, 0.5];
    this.root = make("div", { className: "gan-lab", role: "group",
      "aria-label": "Vector-field explorer" });
    this.build();
    el.append(this.root);
    Object.assign(this.root, { lab: this }); // for tests and for the curious
    this.watch();
    this.wish({ do: "look" });
  }

  build() {
    const { catalogue } = this;
    /** @type {(name: string) => (value: any) => void} */
    const change = (name) => (value) => {
      if (name === "game") { // it brings its own strength
        for (const { values } of this.link.wishes) if (values) delete values.strength;
      }
      this.wish({ do: "set", values: { [name]: value } });
    };
    /** @type {{ games: string[], steppers: string[] }} */
    const { games, steppers } = catalogue;
    this.controls = {
      game: menu({ label: "Game", options: games.map(asItsLabel), onmove: change("game") }),
      stepper: menu({ label: "Players move", options: steppers.map(asItsLabel),
        onmove: change("stepper") }),
      step_size: slider({ label: "Step size h", value: catalogue.step_size.low,
        ...catalogue.step_size, onmove: change("step_size") }),
      strength: slider({ label: "Strength", value: catalogue.strength.low,
        ...catalogue.strength, onmove: change("strength") }),
    };
    this.sentence = make("p", { className: "gl-sentence" });
    this.live = make("p", { className: "gl-hidden", role: "status", "aria-live": "polite" });
    this.note = make("p", { className: "gl-note", role: "status" });
    const nodes = Object.values(this.controls).map(({ node }) => node);
    this.root.append(make("div", { className: "gl-fields" }, ...nodes), this.sentence, this.live,
      this.note, make("div", { className: "gl-main" }, this.buildPlane(), this.buildSide()),
      this.buildTime());
  }

  buildPlane() {
    this.plane = make("canvas", { className: "gl-stage gl-drawing gl-tap", tabIndex: 0,
      role: "application", onfocus: () => this.draw(), onblur: () => this.draw() });
    this.plane.addEventListener("click", (event) => this.click(event));
    this.plane.addEventListener("keydown", (event) => this.key(event));
    return make("figure", {}, this.plane, make("figcaption", {},
      "Click or tap to launch. With keys: arrows aim, Space launches."));
  }

  buildSide() {
    this.circle = make("canvas", { className: "gl-stage", role: "img" });
    this.circleKey = make("figcaption", {});
    this.chart = make("canvas", { className: "gl-chart", role: "img" });
    return make("div", { className: "gl-side" },
      make("figure", {}, "Eigenvalues of one update", this.circle, this.circleKey),
      make("figure", {}, "Distance from the centre", this.chart));
  }

  buildTime() {
    const { steps } = this.catalogue;
    this.time = slider({ label: "Updates shown", low: 0, high: steps, value: steps,
      onmove: (n) => { this.stop(); this.shown = n; this.draw(); } });
    return make("div", { className: "gl-row" },
      button("▶ From the start", () => this.fly(), { className: "gl-primary" }),
      button("Undo", () => this.wish({ do: "undo" })),
      button("Clear", () => this.wish({ do: "clear" })), this.time.node);
  }

  watch() {
    this.unwatch = watchTheme(this.root, (theme) => {
      this.theme = theme;
      this.draw();
    });
  }

  close() {
    super.close();
    this.stop();
    this.unwatch();
    this.root.remove();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const box = this.plane.getBoundingClientRect();
    const { reach } = this.catalogue;
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    this.aim = [(2 * at[0] - 1) * reach, (1 - 2 * at[1]) * reach];
    this.launch();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { reach } = this.catalogue;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROW_KEYS) {
      const by = (event.shiftKey ? 4 : 1) * (reach / 25);
      /** @param {number} i */
      const moved = (i) => Number((this.aim[i] + by * ARROW_KEYS[event.key][i]).toFixed(3));
      this.aim = [this.within(moved(0)), this.within(moved(1))];
      this.live.textContent = `Aim at (${this.aim.map((x) => number(x)).join(", ")})`;
    } else if ((event.key === " " || event.key === "Enter") && !event.shiftKey) {
      if (!event.repeat) this.launch();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  /** @type {(x: number) => number} */
  within(x) {
    const { reach } = this.catalogue;
    return Math.min(reach, Math.max(-reach, x));
  }

  launch() {
    const [theta, psi] = this.aim.map((x) => this.within(x));
    this.wish({ do: "launch", theta, psi });
  }

  // Draw all launches from their starts again, growing.
  fly() {
    this.stop();
    if (quiet()) {
      this.showAll();
      return;
    }
    const { steps } = this.catalogue;
    const start = performance.now();
    /** @param {number} now */
    const move = (now) => {
      const share = Math.min(1, Math.max(0, (now - start) / FLIGHT));
      this.shown = Math.round(share * steps);
      this.time.put(this.shown);
      this.drawNow();
      this.flight = share < 1 && this.root.isConnected ? requestAnimationFrame(move) : null;
    };
    this.flight = requestAnimationFrame(move);
  }

  stop() {
    if (this.flight) cancelAnimationFrame(this.flight);
    this.flight = null;
  }

  showAll() {
    this.shown = this.catalogue.steps;
    this.time.put(this.shown);
    this.draw();
  }

  // A launch flies when the answer to the question that carried it is here.
  want() {
    this.flying = this.link.wishes.some((one) => one.do === "launch");
    return {};
  }

  /** @type {import("./link.js").Hear} */
  answer(message, buffers) {
    this.note.textContent = message.note ?? "";
    if (buffers.length) this.show(unpack(buffers[0], null));
  }

  /** @param {Portrait} seen */
  show(seen) {
    this.seen = seen;
    const waiting = Object.assign({}, ...this.link.wishes.map((one) => one.values ?? {}));
    for (const [name, control] of Object.entries(this.controls)) {
      if (name in waiting || control.input.matches(":active")) continue;
      control.put(seen.settings[name]);
    }
    this.controls.strength.node.hidden = !seen.constant;
    const label = this.controls.strength.node.getElementsByTagName("label")[0];
    label.textContent = `Strength (${seen.constant})`;
    this.sentence.textContent = this.live.textContent = seen.sentence;
    if (this.flying) this.fly();
    else if (!this.flight) this.draw();
    this.flying = false;
  }

  draw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      if (this.root.isConnected) this.drawNow();
    });
  }

  drawNow() {
    const { theme, seen, shown } = this;
    const { reach } = this.catalogue;
    const aim = this.plane.matches(":focus-visible") ? this.aim : null;
    drawGame(this.plane, seen, { theme, reach, shown, aim });
    if (!seen) return;
    this.plane.setAttribute("aria-label", `Plane of theta and psi. ${seen.sentence}`);
    drawCircle(this.circle, seen.values, theme);
    this.circleKey.textContent = eigenWords(seen.values);
    this.circle.setAttribute("aria-label",
      `Eigenvalues beside the unit circle: ${this.circleKey.textContent}.`);
    this.drawDistances(seen.paths);
  }

  /** @param {Grid} paths */
  drawDistances({ data, shape: [count, points] }) {
    const x = Array.from({ length: points }, (_, i) => i);
    const top = 3 * this.catalogue.reach; // what lies higher is not drawn
    const lines = Array.from({ length: count }, (_, k) => {
      /** @param {number} i */
      const at = (i) => 2 * (k * points + i);
      const r = x.map((i) => Math.hypot(data[at(i)], data[at(i) + 1]));
      const { name, dash } = look(k);
      const last = r[points - 1] < 1e6 ? number(r[points - 1]) : "out of sight";
      return { x, y: r.map((one) => (one < top ? one : NaN)), colour: name, dash, last };
    });
    const { theme, shown } = this;
    drawChart(this.chart, { lines, moment: shown, theme, floor: 0 });
    const ends = lines.map(({ last }, k) => `launch ${k + 1} ${last}`);
    this.chart.setAttribute("aria-label",
      `Distance over the updates; last: ${ends.join(", ") || "nothing launched"}.`);
  }
}

/** @type {Render} */
function render({ model, el }) {
  const face = new VectorField(el, model);
  return () => face.close();
}

export default { render };
