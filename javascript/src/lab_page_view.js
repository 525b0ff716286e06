// The view that every picture shares: its noise and the net over it: as view.py.
import { REACH } from "./lab_page_settings.js";

const NODES = 21; // of the net, on each side
const WIDEST = 2.5; // standard deviations of normal noise that the net covers

/** @typedef {{ nodes: Float32Array<ArrayBuffer>, start: Float32Array<ArrayBuffer>,
 *   mass: Float32Array<ArrayBuffer>, shape: number[] }} Net */

/** @param {string} noise such as "uniform 1d" */
const isUniform = (noise) => noise.startsWith("uniform");
/** @param {string} noise */
const scaleOf = (noise) => REACH * (isUniform(noise) ? 0.9 : 0.9 / WIDEST);
/** @param {string} noise */
const sizeOf = (noise) => Number(noise.split(" ")[1][0]);

/** @type {Map<string, Net>} */
const nets = new Map(); // one for each noise: there are four

// A regular net over the noise, where its picture begins, and the share of each mesh.
/** @type {(noise: string, facts: import("./lab_page_settings.js").Facts) => Net} */
export function netOf(noise, { normal_share: normal }) {
  const net = nets.get(noise) ?? laid(noise, normal);
  nets.set(noise, net);
  return net;
}

/** @type {(noise: string, normal: number[]) => Net} */
function laid(noise, normal) {
  const widest = isUniform(noise) ? 1 : WIDEST;
  const axis = Array.from({ length: NODES }, (_, i) => widest * ((2 * i) / (NODES - 1) - 1));
  const shares = isUniform(noise) ? axis.slice(1).map(() => 1 / (NODES - 1)) : normal;
  const scale = scaleOf(noise);
  if (sizeOf(noise) === 1) {
    return { nodes: Float32Array.from(axis), mass: Float32Array.from(shares), shape: [NODES, 1],
      start: Float32Array.from(axis.flatMap((x) => [scale * x, 0])) };
  }
  const nodes = Float32Array.from(axis.flatMap((y) => axis.flatMap((x) => [x, y])));
  const mass = Float32Array.from(shares.flatMap((a) => shares.map((b) => a * b)));
  return { nodes, mass, shape: [NODES, NODES], start: nodes.map((x) => scale * x) };
}

// The noise of a picture's points, scaled to the view.
/** @type {(machine: import("./lab_page_machine.js").Machine, noise: string, count: number)
 *   => Float32Array<ArrayBuffer>} */
export function inView({ noise: program }, noise, count) {
  const size = sizeOf(noise);
  const shown = Float32Array.from(program.at("view").subarray(0, count * size));
  return plane(shown.map((z) => scaleOf(noise) * z), size);
}

// Points with two coordinates, the second 0 where it lacks.
/** @type {(x: Float32Array, dim: number) => Float32Array<ArrayBuffer>} */
export function plane(x, dim) {
  if (dim === 2) return new Float32Array(x);
  return Float32Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? 0 : x[i >> 1]));
}
