// A wall of faces that turn into others, by themselves and under the hand.
import { make, watchTheme, ARROW_KEYS, quiet } from "./base.js";
import { button } from "./controls.js";
import { Clock, Picture, anyNumber } from "./explore_parts.js";

/** @typedef {import("./program.js").Program} Program */

const DRIFT = [0.31, 0.19]; // radians a second; together they never come back
const ACROSS = 3; // radians from one edge of the picture to the other
const STEP = 0.12; // radians of an arrow key
const SIDE = 4; // faces in a row and in a column
const WORDS = "Sixteen faces that do not exist, drawn by a small network on this page. " +
  "Drag, or use the arrow keys, and they turn into others.";

// Every face has four latents u. Every point (a, b) is a latent: cos a u0 + sin a u1 + cos b u2 + sin b u3, over the root of
// two. Whatever a and b are, it is as normal as the u are, so each face is a fair draw.
export class Morph {
  /** @param {HTMLElement} root @param {Program} program */
  constructor(root, program) {
    this.root = root;
    this.program = program;
    program.run("unpack");
    const { size, many } = program.about;
    this.width = program.leaf("crowd").length / many; // numbers in a latent
    this.corners = new Float32Array(2 * program.leaf("crowd").length); // four of each face
    this.dots = new Uint8Array(4 * (SIDE * size) ** 2);
    this.at = [0, 0];
    /** @type {number[] | null} */
    this.held = null; // where the hand was last
    this.picture = new Picture(SIDE * size, "gx-drag", {
      role: "application", tabIndex: 0, "aria-label": WORDS });
    this.clock = new Clock(root, (seconds) => this.held || this.move(DRIFT.map((v) => v * seconds)));
    this.rest = button("", () => this.go(!this.clock.going), { className: "gx-rest" });
    this.build();
    this.other();
    watchTheme(root, () => this.draw());
    this.go(!quiet());
  }

  build() {
    const { canvas } = this.picture;
    const bar = make("div", { className: "gx-bar" }, this.rest,
      button("Other faces", () => this.other()));
    this.root.replaceChildren(canvas, bar);
    Object.assign(this.root, { explorer: this }); // for tests and for the curious
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.held = [event.clientX, event.clientY];
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.held) return;
      const now = [event.clientX, event.clientY];
      const by = now.map((x, k) => ((x - (this.held?.[k] ?? x)) * ACROSS) / canvas.clientWidth);
      this.held = now;
      this.move(by);
    });
    const loose = () => (this.held = null);
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, loose);
    canvas.addEventListener("keydown", (event) => {
      const arrow = ARROW_KEYS[event.key];
      if (!arrow) return;
      event.preventDefault();
      this.move([arrow[0] * STEP, -arrow[1] * STEP]);
    });
  }

  /** @param {boolean} going */
  go(going) {
    this.clock.set(going);
    this.rest.textContent = going ? "Pause" : "Play";
  }

  // Four fresh latents each: another world of faces.
  other() {
    const [seed, crowd] = [this.program.leaf("seed"), this.program.leaf("crowd")];
    for (const half of [0, 1]) {
      seed[0] = anyNumber();
      this.program.run("draw_many");
      this.corners.set(crowd, half * crowd.length);
    }
    this.at = [0, 0];
    this.draw();
  }

  /** @param {number[]} by radians */
  move(by) {
    this.at = this.at.map((angle, k) => angle + by[k]);
    this.draw();
  }

  draw() {
    const [a, b] = this.at;
    const shares = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)].map((s) => s / Math.SQRT2);
    const z = this.program.leaf("crowd");
    const all = SIDE * SIDE * this.width;
    for (let i = 0; i < all; i++) {
      z[i] = shares.reduce((sum, share, k) => sum + share * this.corners[k * all + i], 0);
    }
    this.program.run("many");
    this.picture.show(this.tiled(this.program.leaf("crowd_dots")));
  }

  // Put the faces side by side: row by row of dots.
  /** @param {Uint8Array} dots of one face after the other */
  tiled(dots) {
    const row = 4 * this.program.about.size; // bytes in a row of a face
    for (let face = 0; face < SIDE * SIDE; face++) {
      const corner = Math.floor(face / SIDE) * SIDE * this.program.about.size * row
        + (face % SIDE) * row;
      for (let y = 0; y < this.program.about.size; y++) {
        const from = (face * this.program.about.size + y) * row;
        this.dots.set(dots.subarray(from, from + row), corner + y * SIDE * row);
      }
    }
    return this.dots;
  }
}
