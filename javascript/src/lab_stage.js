// The plane: map, lines, points, arrows and the sheet of noise, in the given order.
import { blank, placing } from "./drawing.js";
import { drawCurves } from "./lab_curves.js";
import { drawLevel, drawMap, drawSheet, gapOf } from "./lab_maps.js";
import { drawArrows, drawCrosses, drawData } from "./lab_marks.js";
import { drawMoment, said } from "./lab_phase.js";

const SHADOW = 0.16; // of data that a drawing will replace

/** @type {(canvas: HTMLCanvasElement, frame: Frame | undefined, view: Look) => void} */
export function drawStage(canvas, frame, view) {
  const size = canvas.clientWidth || 320;
  const { context, colours } = blank(canvas, size, size, view.theme);
  if (!frame) return;
  if (view.ghost) {
    context.globalAlpha = SHADOW;
    drawData(context, frame.real, frame.view, placing(frame.view, size), colours);
    context.globalAlpha = 1;
  } else if (frame.curves) drawCurves(context, frame, frame.curves, view, size, colours);
  else drawPlane(context, frame, view, size, colours);
}

/** @type {(context: Context, frame: Frame, view: Look, size: number, colours: Palette) => void} */
function drawPlane(context, frame, view, size, colours) {
  const place = placing(frame.view, size);
  const { layers: on, phase } = view;
  const isGap = Boolean(on.gap && frame.best) && frame.gap !== null;
  const heat = said(phase, view.now, frame.heat);
  const map = isGap ? gapOf(frame) : on.heat ? heat : null;
  if (map) drawMap(context, map, isGap, colours, place, frame);
  if (on.best && frame.best) drawLevel(context, frame.best, place, frame, colours, true);
  if (on.line && heat) drawLevel(context, heat, place, frame, colours, false);
  context.globalAlpha = phase ? 0.25 : 1; // in slow motion all but the phase is pale
  if (on.sheet && frame.manifold && !phase) {
    drawSheet(context, frame, frame.manifold, place, colours, view.morph);
  }
  if (on.real) drawData(context, frame.real, frame.view, place, colours);
  if (on.fake) drawCrosses(context, morphed(frame, view.morph), place, colours);
  context.globalAlpha = 1;
  if (phase) drawMoment(context, phase, frame, view, place, colours);
  else if (on.arrows && view.morph === 1) {
    drawArrows(context, frame.arrows, frame.view, place, colours);
  }
}

// While the noise is being carried, the fakes are on their way as well.
/** @type {(frame: Frame, morph: number) => Grid} */
function morphed({ latent, fake }, morph) {
  if (morph === 1 || !latent) return fake;
  const data = fake.data.map((x, i) => latent.data[i] + morph * (x - latent.data[i]));
  return { data, shape: fake.shape };
}
