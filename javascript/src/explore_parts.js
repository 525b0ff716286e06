// What the explorers share: pictures of few dots shown large, points on a sphere, ticks of time.
import { make } from "./base.js";
import { contextOf } from "./drawing.js";

// A picture of size x size dots that fills its canvas smoothly, however large it is.
export class Picture {
  /** @param {number} size @param {string} kind @param {Record<string, any>} attributes */
  constructor(size, kind = "", attributes = {}) {
    this.size = size;
    this.small = make("canvas", { width: size, height: size });
    const role = attributes.ariaHidden ? {} : { role: "img" };
    this.canvas = make("canvas", { className: `gx-picture ${kind}`, ...role,
      ...attributes });
    this.data = contextOf(this.small).createImageData(size, size);
  }

  // Show the bytes (red, green, blue, opaque) of a picture.
  /** @param {Uint8Array} dots */
  show(dots) {
    this.data.data.set(dots);
    contextOf(this.small).putImageData(this.data, 0, 0);
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const side = Math.max(this.size, Math.round(this.canvas.clientWidth * ratio));
    if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
    const context = contextOf(this.canvas);
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, side, side);
    context.drawImage(this.small, 0, 0, side, side);
  }
}

// A latent between two, at the same distance from the middle as latents are: a share of 0
// is the first, 1 the second.
/** @param {Float32Array} a @param {Float32Array} b @param {number} share */
export function between(a, b, share) {
  const length = (/** @type {Float32Array} */ v) => Math.hypot(...v);
  const [la, lb] = [length(a), length(b)];
  const cosine = a.reduce((sum, x, i) => sum + x * b[i], 0) / (la * lb || 1);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  if (angle < 1e-4) return a.map((x, i) => (1 - share) * x + share * b[i]);
  const from = Math.sin((1 - share) * angle) / Math.sin(angle);
  const to = Math.sin(share * angle) / Math.sin(angle);
  return a.map((x, i) => from * x + to * b[i]);
}

// Call `move` with the seconds since the last call, as long as `going` and the element is seen.
export class Clock {
  /** @param {Element} element @param {(seconds: number) => void} move */
  constructor(element, move) {
    this.move = move;
    this.going = false;
    this.seen = false;
    this.last = 0;
    this.waiting = 0;
    new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      this.ask();
    }).observe(element);
  }

  /** @param {boolean} going */
  set(going) {
    this.going = going;
    this.last = 0;
    this.ask();
  }

  ask() {
    if (this.waiting || !this.going || !this.seen) return;
    this.waiting = requestAnimationFrame((now) => {
      this.waiting = 0;
      const seconds = this.last ? Math.min((now - this.last) / 1000, 0.1) : 0;
      this.last = now;
      if (this.going && this.seen) this.move(seconds);
      this.ask();
    });
  }
}

// A number for a face that nobody has asked for yet.
export const anyNumber = () => Math.floor(Math.random() * 100000);
