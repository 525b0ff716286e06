// Densities on the cells of the view and divergences: as densities.py and measures.py.
import { assignment } from "./lab_page_assignment.js";
import { REACH } from "./lab_page_settings.js";

export const SAMPLE = 20000; // generated points that densities are estimated from
export const PAIRED = 256; // points that W1 pairs
export const MET = 512; // points whose distances the energy distance averages
const DRAWS = 40; // of real data, for a band
const FIRST_DRAWS = 8; // fewer give no band
const EDGES = [0.05, 0.95];
const FINE = 3; // the exact density is averaged over FINE places on each side of a cell
const LEAST = 1e-6; // of all mass is spread evenly, so that no logarithm meets a 0
export const FAST = ["kl_pq", "kl_qp", "js"];
export const SLOW = ["w1", "energy"];
export const NAMES = [...FAST, ...SLOW];

/** @typedef {ArrayLike<number>} List */

/** @param {number} dim */
export const sideOf = (dim) => (dim === 2 ? 60 : 200);
/** @param {number} dim */
export const widthOf = (dim) => (2 * REACH) / sideOf(dim);

// The centres of the view's cells, row by row from below.
/** @type {(dim: number) => Float32Array<ArrayBuffer>} */
export function centres(dim) {
  const side = sideOf(dim);
  const axis = Float32Array.from({ length: side }, (_, i) => (i + 0.5) * widthOf(dim) - REACH);
  if (dim === 1) return axis;
  return Float32Array.from({ length: 2 * side * side }, (_, i) => {
    const cell = i >> 1;
    return axis[i % 2 ? Math.floor(cell / side) : cell % side];
  });
}

// The blurred masses of the cells, estimated from points; the last lies outside the view.
/** @type {(x: List, dim: number, blur: number[]) => Float64Array<ArrayBuffer>} */
export function counted(x, dim, blur) {
  const side = sideOf(dim);
  const masses = new Float64Array(side ** dim);
  const scale = Math.fround(1 / widthOf(dim));
  const count = x.length / dim;
  /** @param {number} v */
  const cell = (v) => Math.min(Math.trunc(Math.fround(Math.fround(v + REACH) * scale)), side - 1);
  for (let i = 0; i < count; i++) {
    const [a, b] = [x[i * dim], dim === 2 ? x[2 * i + 1] : 0];
    if (!(Math.abs(a) < REACH && Math.abs(b) < REACH)) continue; // NaN too
    masses[cell(a) + (dim === 2 ? side * cell(b) : 0)] += 1 / count;
  }
  return blurred(masses, dim, blur);
}

// The data's own density: `evaluate` gives its logarithm at places.
/** @type {(evaluate: (places: Float32Array) => List, dim: number, blur: number[])
 *   => Float64Array<ArrayBuffer>} */
export function exact(evaluate, dim, blur) {
  const cells = centres(dim);
  const step = widthOf(dim) / FINE;
  const masses = new Float64Array(sideOf(dim) ** dim);
  for (let k = 0; k < FINE ** dim; k++) {
    const shift = [k % FINE, Math.floor(k / FINE)].map((n) => (n - (FINE - 1) / 2) * step);
    const found = evaluate(cells.map((v, i) => v + shift[dim === 2 ? i % 2 : 0]));
    for (let i = 0; i < masses.length; i++) masses[i] += Math.exp(found[i]) * step ** dim;
  }
  const all = Math.max(1, masses.reduce((a, b) => a + b, 0));
  return blurred(masses.map((m) => m / all), dim, blur);
}

// Share each cell's mass among its neighbours; some leaves the view.
/** @type {(masses: Float64Array, dim: number, blur: number[]) => Float64Array<ArrayBuffer>} */
function blurred(masses, dim, blur) {
  const side = sideOf(dim);
  let smooth = along(masses, side, 1, blur);
  if (dim === 2) smooth = along(smooth, side, side, blur);
  const out = new Float64Array(masses.length + 1);
  out.set(smooth);
  out[masses.length] = Math.max(1 - smooth.reduce((a, b) => a + b, 0), 0);
  const even = LEAST / out.length;
  let sum = 0;
  for (let i = 0; i < out.length; i++) sum += out[i] = out[i] * (1 - LEAST) + even;
  return out.map((m) => m / sum);
}

/** @type {(masses: Float64Array, side: number, stride: number, blur: number[])
 *   => Float64Array<ArrayBuffer>} */
function along(masses, side, stride, blur) {
  const out = new Float64Array(masses.length);
  for (let i = 0; i < masses.length; i++) {
    const mass = masses[i];
    if (!mass) continue;
    const place = Math.floor(i / stride) % side;
    const low = Math.max(0, place - blur.length + 1);
    const high = Math.min(side - 1, place + blur.length - 1);
    for (let k = low; k <= high; k++) out[i + (k - place) * stride] += mass * blur[Math.abs(k - place)];
  }
  return out;
}

/** @type {(p: List, q: List) => number} */
function kl(p, q) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return sum;
}

/** @type {(p: Float64Array, q: Float64Array) => Record<string, number>} */
export function onCells(p, q) {
  const middle = p.map((mass, i) => (mass + q[i]) / 2);
  return { kl_pq: kl(p, q), kl_qp: kl(q, p), js: (kl(p, middle) + kl(q, middle)) / 2 };
}

// W1 and the energy distance, from the first points of two sets.
/** @type {(x: List, y: List, dim: number) => Record<string, number>} */
export function onPoints(x, y, dim) {
  const pairs = MET * (MET - 1);
  const energy = (2 * apart(x, y, dim)) / MET ** 2 - (apart(x, x, dim) + apart(y, y, dim)) / pairs;
  if (!Number.isFinite(energy)) return { w1: NaN, energy };
  const cost = new Float64Array(PAIRED * PAIRED);
  for (let i = 0; i < PAIRED; i++) {
    for (let j = 0; j < PAIRED; j++) cost[i * PAIRED + j] = distance(x, i, y, j, dim);
  }
  return { w1: assignment(cost, PAIRED) / PAIRED, energy };
}

/** @type {(x: List, i: number, y: List, j: number, dim: number) => number} */
function distance(x, i, y, j, dim) {
  if (dim === 1) return Math.abs(x[i] - y[j]);
  const a = x[2 * i] - y[2 * j];
  const b = x[2 * i + 1] - y[2 * j + 1];
  return Math.sqrt(a * a + b * b); // Math.hypot takes many times as long
}

// The sum of all distances between points of two sets.
/** @type {(x: List, y: List, dim: number) => number} */
function apart(x, y, dim) {
  let sum = 0;
  for (let i = 0; i < MET; i++) for (let j = 0; j < MET; j++) sum += distance(x, i, y, j, dim);
  return sum;
}

// The data's mass where the fakes are at least a fifth as dense.
/** @type {(p: List, q: List) => number} */
export function covered(p, q) {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (q[i] >= 0.2 * p[i]) sum += p[i];
  return sum;
}

// A data set's own numbers: points to show, exact masses, and its noise floor.
export class Data {
  /** @param {import("./lab_page_program.js").Program} program @param {number} dim
   * @param {number[]} blur */
  constructor(program, dim, blur) {
    this.program = program;
    this.dim = dim;
    this.blur = blur;
    this.real = this.draw(0);
    this.p = exact((places) => {
      program.at("places").set(places);
      program.run.density();
      return program.at("log_density");
    }, dim, blur);
    /** @type {Record<string, number[]>} */
    this.draws = Object.fromEntries(NAMES.map((name) => [name, []]));
    /** @type {Grid | null} */
    this.shown = null; // the points of a picture
  }

  /** @param {number} seed */
  draw(seed) {
    this.program.at("seed")[0] = seed;
    this.program.run.real();
    return Float32Array.from(this.program.at("points"));
  }

  // Measure one more draw of real data, until there are enough.
  grow() {
    const made = this.draws.js.length;
    if (made >= DRAWS) return;
    const real = this.draw(1 + made);
    const found = { ...onCells(this.p, counted(real, this.dim, this.blur)),
      ...onPoints(this.real, real, this.dim) };
    for (const name of NAMES) this.draws[name].push(found[name]);
  }

  // The edges of the noise floor, null before there are draws enough.
  /** @type {(name: string) => (number | null)[]} */
  band(name) {
    const sorted = [...this.draws[name]].sort((a, b) => a - b);
    if (sorted.length < FIRST_DRAWS) return [null, null];
    return EDGES.map((share) => {
      const at = share * (sorted.length - 1);
      const low = Math.floor(at);
      const high = Math.min(low + 1, sorted.length - 1);
      return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    });
  }
}
