// Slow motion: what each of the ten phases of an update concerns, over a pale plane.
import { drawCross } from "./drawing.js";

export const PHASE_MS = 900; // a move within a phase

export function drawPhase(context, { arrays, began }, place, colours, now) {
  const t = Math.min(1, Math.max(0, (now - began) / PHASE_MS));
  const { real, fake, on_real, on_fake, loss, push_real, push_fake } = arrays;
  if (arrays.fake_before) drawTravel(context, arrays, place, colours, t);
  else if (push_fake) {
    marks(context, real, place, (x, y, i) => triangle(context, x, y, push_real.data[i], colours.real));
    marks(context, fake, place, (x, y, i) => triangle(context, x, y, push_fake.data[i], colours.fake));
  } else if (loss) {
    const top = Math.max(...loss.data, 1e-6);
    const points = real && loss.shape[0] === real.shape[0] ? [real, fake] : [fake];
    for (const one of points) {
      marks(context, one, place, (x, y, i) => {
        ring(context, x, y, 2 + 9 * Math.sqrt(Math.max(0, loss.data[i]) / top),
          one === real ? colours.real : colours.fake);
      });
    }
  } else if (arrays.arrows) {
    marks(context, fake, place, (x, y) => drawCross(context, [x, y], 3, colours.fake, 2));
  } else {
    if (real) judged(context, real, on_real, place, colours.real, false);
    if (fake) judged(context, fake, on_fake, place, colours.fake, true);
  }
  return t;
}

function marks(context, points, place, visit) {
  for (let i = 0; i < points.shape[0]; i++) {
    const [x, y] = place(points.data[2 * i], points.data[2 * i + 1], i);
    if (Number.isFinite(x + y)) visit(x, y, i);
  }
}

// The surer D is that a point is real, the larger its mark.
function judged(context, points, chance, place, colour, isCross) {
  marks(context, points, place, (x, y, i) => {
    const size = chance ? 2 + 6 * chance.data[i] : 4;
    if (isCross) drawCross(context, [x, y], size, colour, 2);
    else ring(context, x, y, size, colour);
  });
}

function drawTravel(context, { fake_before: from, fake: to }, place, colours, t) {
  marks(context, from, place, (x, y, i) => {
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

function ring(context, x, y, size, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, size, 0, 7);
  context.stroke();
}

// Up: the sample asks for a higher score; the larger, the louder.
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
