// Drawing data on the plane: with mouse, finger or pen, or with arrow keys and Space.
import { ARROW_KEYS, make } from "./base.js";
import { button } from "./controls.js";
import { contextOf, placing } from "./drawing.js";
import { PALETTES } from "./palette.js";

export class Pad {
  /** @type {HTMLCanvasElement} */ canvas;
  /** @type {Point | null} */ last;

  /** @param {import("./lab_face.js").Face} face @param {(points: Point[]) => void} onuse */
  constructor(face, onuse) {
    this.face = face;
    /** @type {Point[]} */
    this.points = [];
    this.on = false;
    /** @type {Point} */
    this.brush = [0, 0];
    this.held = false;
    this.toggle = button("✎ Draw data", () => (this.on ? this.stop() : this.start()), {
      ariaPressed: "false",
    });
    this.tools = make("span", { className: "gl-tools", hidden: true },
      button("Use this drawing", () => { onuse(this.points); this.stop(); }),
      button("Clear", () => { this.points = []; face.draw(); }),
      make("span", { className: "gl-hint" },
        "Draw with mouse, finger or pen; or arrow keys and Space on the picture."));
    this.node = make("div", { className: "gl-row" }, this.toggle, this.tools);
    /** @type {Record<string, (event: any) => void>} */
    this.events = {
      pointerdown: (event) => this.down(event),
      pointermove: (event) => this.held && this.addFrom(event),
      pointerup: () => { this.held = false; },
      pointercancel: () => { this.held = false; },
      keydown: (event) => this.key(event),
    };
  }

  start() {
    this.on = true;
    this.canvas = this.face.stages[0].canvas;
    this.canvas.classList.add("gl-drawing");
    for (const [name, act] of Object.entries(this.events)) this.canvas.addEventListener(name, act);
    this.canvas.tabIndex = 0;
    this.refresh();
    this.canvas.focus();
  }

  stop() {
    this.on = false;
    this.canvas.removeAttribute("tabindex");
    this.canvas.classList.remove("gl-drawing");
    for (const [name, act] of Object.entries(this.events)) {
      this.canvas.removeEventListener(name, act);
    }
    this.refresh();
  }

  refresh() {
    this.toggle.ariaPressed = String(this.on);
    this.tools.hidden = !this.on;
    this.face.draw();
  }

  get edge() { return this.face.frames[0].view[1]; }

  get place() {
    return placing(this.face.frames[0].view, this.canvas.clientWidth);
  }

  /** @param {PointerEvent} event */
  down(event) {
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.held = true;
    this.last = null;
    this.addFrom(event);
  }

  /** @param {PointerEvent} event */
  addFrom(event) {
    const box = this.canvas.getBoundingClientRect();
    /** @type {Point} */
    const here = [event.clientX - box.left, event.clientY - box.top];
    const from = this.last ?? here;
    const pieces = Math.max(1, Math.floor(Math.hypot(here[0] - from[0], here[1] - from[1]) / 5));
    for (let k = 1; k <= pieces; k++) {
      const [x, y] = [0, 1].map((i) => from[i] + ((here[i] - from[i]) * k) / pieces);
      const point = this.place.back(x, y);
      if (point.every((value) => Math.abs(value) <= this.edge)) this.points.push(point);
    }
    this.last = here;
    this.face.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key in ARROW_KEYS) {
      ARROW_KEYS[event.key].forEach((by, i) => {
        const wanted = this.brush[i] + (by * this.edge) / 20;
        this.brush[i] = Math.max(-this.edge, Math.min(this.edge, wanted));
      });
    } else if (event.key === " " || event.key === "Enter") this.points.push([...this.brush]);
    else if (event.key === "Escape") this.stop();
    else return;
    event.preventDefault();
    this.face.draw();
  }

  // Called after the plane was drawn.
  /** @param {Theme} theme */
  drawOver(theme) {
    if (!this.on) return;
    const context = contextOf(this.canvas);
    const place = this.place;
    context.fillStyle = PALETTES[theme].real;
    context.strokeStyle = PALETTES[theme].ink;
    for (const point of this.points) {
      const [x, y] = place(...point);
      context.fillRect(x - 3, y - 3, 6, 6);
    }
    const [x, y] = place(...this.brush);
    context.lineWidth = 2;
    context.setLineDash([]);
    context.strokeRect(x - 8, y - 8, 16, 16);
  }
}
