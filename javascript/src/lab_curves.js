// Data on a line: curves in the place of the plane.
import { number } from "./base.js";
import { labeller } from "./drawing.js";
import { drawMoment, said } from "./lab_phase.js";

/** @typedef {(value: number) => number} Across */

// Data on a line: densities p and q above, D and D* on the same axis from 0 to 1.
/** @type {(context: Context, frame: Frame, curves: Curves, view: Look, size: number,
 *   colours: Palette) => void} */
export function drawCurves(context, frame, curves, view, size, colours) {
  const { x, p, q, d, best } = curves;
  const [left, right] = [frame.view[0], frame.view[1]];
  const top = 1.1 * Math.max(...finite(p.data), ...finite(q.data), 1e-6);
  /** @type {Across} */
  const across = (value) => ((value - left) / (right - left)) * size;
  const text = Math.max(12, size / 34);
  const [ground, sky] = [size * 0.47, 2 * text]; // of the densities
  const [zero, one] = [size * 0.95, ground + 3.5 * text]; // of D
  const { phase } = view;
  const now = said(phase, view.now, d);
  /** @type {[boolean, Grid, number, number, number, string, number[]][]} */
  const lanes = [
    [view.layers.real, p, top, ground, sky, colours.real, colours.dashes.real],
    [view.layers.fake, q, top, ground, sky, colours.fake, colours.dashes.fake],
    [view.layers.heat, now, 1, zero, one, colours.critic, colours.dashes.critic],
    [view.layers.best, best, 1, zero, one, colours.ink, colours.dashes.move],
  ];
  const write = labeller(context, text, colours.muted, colours.paper);
  write("densities: p — data, q - - fakes", 8, 4, "left", "top");
  const apart = frame.gap === null ? "" : `, apart ${number(frame.gap, 2)} on average`;
  const beside = view.layers.best ? `, best D* ···${apart}` : "";
  write(`D –·–${beside}`, 8, one - text - 4, "left", "middle");
  drawRule(context, size, [ground, one, (zero + one) / 2, zero], colours);
  ["0", "½", "1"].forEach((words, i) => {
    write(words, size - 6, zero + (i / 2) * (one - zero), "right", "middle");
  });
  for (const [on, curve, most, low, high, colour, dash] of lanes) {
    if (!on) continue;
    context.globalAlpha = phase && curve !== now ? 0.25 : 1; // the phase comes first
    context.beginPath();
    curve.data.forEach((value, i) => {
      const y = low - (value / most) * (low - high);
      if (Number.isFinite(y)) context.lineTo(across(x.data[i]), y);
    });
    context.setLineDash(dash);
    context.strokeStyle = colour;
    context.lineWidth = 2.4;
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  drawRug(context, frame, view, across, ground + 1, colours);
  if (!phase) return;
  /** @type {(i: number) => number} */
  const height = (i) => 0.1 + 0.8 * ((0.618 * i) % 1); // points of one place stay apart
  /** @type {(value: number, _: number, i?: number) => Point} */
  const at = (value, _, i = 0) => [across(value), ground - height(i) * (ground - sky)];
  const place = Object.assign(at, { scale: size / (right - left), size });
  drawMoment(context, phase, frame, view, place, colours);
}

/** @type {(data: Float32Array) => number[]} */
const finite = (data) => Array.from(data).filter(Number.isFinite);

/** @type {(context: Context, size: number, heights: number[], colours: Palette) => void} */
function drawRule(context, size, heights, colours) {
  context.strokeStyle = colours.muted;
  context.lineWidth = 0.8;
  context.setLineDash([1, 4]);
  context.beginPath();
  for (const y of heights) {
    context.moveTo(0, y);
    context.lineTo(size, y);
  }
  context.stroke();
}

/** @type {(context: Context, frame: Frame, view: Look, across: Across, y: number,
 *   colours: Palette) => void} */
function drawRug(context, frame, view, across, y, colours) {
  for (const [name, from, to] of /** @type {["real" | "fake", number, number][]} */ (
    [["real", y, y + 7], ["fake", y + 8, y + 15]])) {
    if (!view.layers[name]) continue;
    const points = frame[name];
    context.beginPath();
    for (let i = 0; i < Math.min(points.shape[0], 300); i++) {
      context.moveTo(across(points.data[2 * i]), from);
      context.lineTo(across(points.data[2 * i]), to);
    }
    context.strokeStyle = colours[name];
    context.lineWidth = 1;
    context.stroke();
  }
}
