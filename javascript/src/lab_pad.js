// Drawing data on the plane: with mouse, finger or pen, or with arrow keys and Space. What
// stood there steps back, and the buttons lie at the pen.
import { ARROW_KEYS, make } from "./base.js";
import { button } from "./controls.js";
import { contextOf, placing } from "./drawing.js";
import { PALETTES } from "./palette.js";

export class Pad {
  /** @type {HTMLCanvasElement} */ canvas;
  /** @type {Point | null} */ last;

  /** @param {import("./lab_face.js").Face} face @param {(points: Point[]) => void} onuse
   *   @param {() => void} onstart @param {() => void} onstop */
  constructor(face, onuse, onstart, onstop) {
    this.face = face;
    this.onstart = onstart;
    this.onstop = onstop;
    /** @type {Point[][]} */
    this.strokes = [];
    this.on = false;
    /** @type {Point} */
    this.brush = [0, 0];
    this.held = false;
    this.toggle = button("✎ Draw data", () => (this.on ? this.stop() : this.start()), {
      ariaPressed: "false",
    });
    const use = button("Use this drawing", () => { onuse(this.points); this.stop(); }, {
      className: "gl-primary" });
    this.node = make("div", { className: "gl-pen", role: "group", "aria-label": "Drawing",
      hidden: true, onkeydown: (/** @type {KeyboardEvent} */ event) => this.leave(event) },
      use, button("Undo", () => { this.strokes.pop(); face.draw(); }),
      button("Clear", () => { this.strokes = []; face.draw(); }),
      button("✕", () => this.stop(), { ariaLabel: "Leave the drawing", title: "Leave the drawing" }),
      make("span", {}, "Draw on the picture, or with arrow keys and Space."));
    /** @type {Record<string, (event: any) => void>} */
    this.events = {
      pointerdown: (event) => this.down(event),
      pointermove: (event) => this.held && this.addFrom(event),
      pointerup: () => { this.held = false; },
      pointercancel: () => { this.held = false; },
      keydown: (event) => this.key(event),
    };
  }

  get points() { return this.strokes.flat(); }

  start() {
    this.onstart();
    const [{ canvas, figure }] = this.face.stages;
    this.canvas = canvas;
    this.strokes = []; // an old drawing is the lab's data by now
    this.on = this.face.ghost = true;
    this.canvas.classList.add("gl-drawing");
    for (const [name, act] of Object.entries(this.events)) this.canvas.addEventListener(name, act);
    this.canvas.tabIndex = 0;
    figure.append(this.node); // in the order of Tab the buttons follow the picture
    this.refresh();
    this.canvas.focus({ preventScroll: true });
  }

  stop() {
    if (!this.on) return;
    this.on = this.face.ghost = false;
    this.canvas.removeAttribute("tabindex");
    this.canvas.classList.remove("gl-drawing");
    for (const [name, act] of Object.entries(this.events)) {
      this.canvas.removeEventListener(name, act);
    }
    this.refresh();
    this.onstop(); // back to where the focus came from
  }

  refresh() {
    this.toggle.ariaPressed = String(this.on);
    this.node.hidden = !this.on;
    this.face.root.classList.toggle("gl-draws", this.on);
    this.face.draw();
  }

  get edge() { return this.face.frames[0].view[1]; }

  get place() {
    return placing(this.face.frames[0].view, this.canvas.clientWidth);
  }

  /** @param {PointerEvent} event */
  down(event) {
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.held = true;
    this.last = null;
    this.strokes.push([]);
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
      this.add(this.place.back(x, y));
    }
    this.last = here;
    this.face.draw();
  }

  // To a hundredth: a short code can then tell the drawing exactly.
  /** @param {Point} point */
  add([x, y]) {
    if (Math.abs(x) > this.edge || Math.abs(y) > this.edge) return;
    this.strokes[this.strokes.length - 1].push([Number(x.toFixed(2)), Number(y.toFixed(2))]);
  }

  /** @param {KeyboardEvent} event */
  leave(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // JupyterLab would leave the cell
    event.preventDefault();
    this.stop();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    this.leave(event);
    if (event.key in ARROW_KEYS) {
      ARROW_KEYS[event.key].forEach((by, i) => {
        const wanted = this.brush[i] + (by * this.edge) / 20;
        this.brush[i] = Math.max(-this.edge, Math.min(this.edge, wanted));
      });
    } else if (event.key === " " || event.key === "Enter") {
      this.strokes.push([]);
      this.add(this.brush);
    } else return;
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
      context.beginPath();
      context.arc(x, y, 4, 0, 7);
      context.fill();
    }
    const [x, y] = place(...this.brush);
    context.lineWidth = 2;
    context.setLineDash([]);
    context.strokeRect(x - 8, y - 8, 16, 16);
  }
}
