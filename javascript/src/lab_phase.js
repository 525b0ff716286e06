// Slow motion: what each of the ten phases of an update concerns, over a pale plane.
import { drawCross, each } from "./drawing.js";
import { drawArrows } from "./lab_marks.js";

export const PHASE_MS = 900; // a move within a phase

/** @type {(context: Context, phase: Phase, frame: Frame, view: Look, place: Place,
 *   colours: Palette) => void} */
export function drawMoment(context, phase, frame, view, place, colours) {
  drawPhase(context, phase, place, colours, view.now);
  const { fake, arrows } = phase.arrays;
  if (!arrows) return;
  const shown = { kind: "generator_loss", origin: fake, vector: arrows };
  drawArrows(context, shown, frame.view, place, colours);
}

// What D says, in slow motion too: before and after its move, one passes into the other.
/** @type {<G>(phase: Phase | null | undefined, now: number, otherwise: G) => G | Grid} */
export function said(phase, now, otherwise) {
  if (!phase?.arrays.heat) return otherwise;
  const { heat, heat_before: before } = phase.arrays;
  const t = before ? Math.min(1, Math.max(0, (now - phase.began) / PHASE_MS)) : 1;
  const data = heat.data.map((d, i) => (before ? before.data[i] + t * (d - before.data[i]) : d));
  return { data, shape: heat.shape };
}

/** @type {(context: Context, phase: Phase, place: Place, colours: Palette, now: number) => void} */
function drawPhase(context, { arrays, began }, place, colours, now) {
  const t = Math.min(1, Math.max(0, (now - began) / PHASE_MS));
  const { real, fake, on_real, on_fake, loss, push_real, push_fake } = arrays;
  if (arrays.fake_before) drawTravel(context, arrays, place, colours, t);
  else if (push_fake) {
    each(real, place, (x, y, i) => triangle(context, x, y, push_real.data[i], colours.real));
    each(fake, place, (x, y, i) => triangle(context, x, y, push_fake.data[i], colours.fake));
  } else if (loss) {
    const top = Math.max(...loss.data, 1e-6);
    const points = real && loss.shape[0] === real.shape[0] ? [real, fake] : [fake];
    for (const one of points) {
      each(one, place, (x, y, i) => {
        ring(context, x, y, 2 + 9 * Math.sqrt(Math.max(0, loss.data[i]) / top),
          one === real ? colours.real : colours.fake);
      });
    }
  } else if (arrays.arrows) {
    each(fake, place, (x, y) => drawCross(context, [x, y], 3, colours.fake, 2));
  } else {
    if (real) judged(context, real, on_real, place, colours.real, false);
    if (fake) judged(context, fake, on_fake, place, colours.fake, true);
  }
}

// The surer D is that a point is real, the larger its mark.
/** @type {(context: Context, points: Grid, chance: Grid | undefined, place: Place,
 *   colour: string, isCross: boolean) => void} */
function judged(context, points, chance, place, colour, isCross) {
  each(points, place, (x, y, i) => {
    const size = chance ? 2 + 6 * chance.data[i] : 4;
    if (isCross) drawCross(context, [x, y], size, colour, 2);
    else ring(context, x, y, size, colour);
  });
}

/** @type {(context: Context, arrays: Phase["arrays"], place: Place, colours: Palette,
 *   t: number) => void} */
function drawTravel(context, { fake_before: from, fake: to }, place, colours, t) {
  each(from, place, (x, y, i) => {
    const [u, v] = place(to.data[2 * i], to.data[2 * i + 1], i);
    const [px, py] = [x + t * (u - x), y + t * (v - y)];
    context.strokeStyle = colours.move;
    context.lineWidth = 1.2;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(px, py);
    context.stroke();
    drawCross(context, [px, py], 4, colours.fake, 2);
  });
}

/** @type {(context: Context, x: number, y: number, size: number, colour: string) => void} */
function ring(context, x, y, size, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.stroke();
}

// Up: the sample asks for a higher score; the larger, the louder.
/** @type {(context: Context, x: number, y: number, push: number, colour: string) => void} */
function triangle(context, x, y, push, colour) {
  const size = 2.5 + 7 * Math.min(1, Math.abs(push));
  const way = push > 0 ? -1 : 1;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y + way * size);
  context.lineTo(x - size * 0.8, y - way * size * 0.6);
  context.lineTo(x + size * 0.8, y - way * size * 0.6);
  context.closePath();
  context.fill();
}
