// The plane of a game: arrows, launched paths, and the eigenvalues beside the circle.
import { besideOne, number } from "./base.js";
import { blank, drawCross, labeller, placing } from "./drawing.js";

/** @type {Hue[]} */
const LOOKS = ["real", "fake", "critic", "move", "ink", "muted"]; // colours of launches
const DASHES = [[], [7, 4], [9, 3, 2, 3], [2, 3], [12, 4], [4, 2]];
const ARROW = 0.5; // length of an arrow, in gaps between arrows
const SHARPEST = 1e-9; // a speed that still has a direction

/** @type {(k: number) => { name: Hue, dash: number[] }} */
export const look = (k) => ({ name: LOOKS[k % LOOKS.length], dash: DASHES[k % DASHES.length] });

// seen: the kernel's portrait; shown: updates drawn; aim: where the keys would launch.
/** @type {(canvas: HTMLCanvasElement, seen: Portrait | null, view: { theme: Theme,
 *   reach: number, shown: number, aim: Point | null }) => void} */
export function drawGame(canvas, seen, { theme, reach, shown, aim }) {
  const size = canvas.clientWidth || 320;
  const { context, colours } = blank(canvas, size, size, theme);
  const place = placing([-reach, reach, -reach, reach], size);
  if (seen) {
    drawVelocities(context, seen.arrows, reach, place, colours);
    const [count, points] = seen.paths.shape;
    for (let k = 0; k < count; k++) {
      const path = seen.paths.data.subarray(2 * k * points, 2 * (k + 1) * points);
      drawPath(context, path, shown, place, colours, k);
    }
  }
  drawScales(context, reach, place, colours, size);
  drawPlus(context, place(0, 0), 9, colours.ink, 2.5);
  if (aim) drawAim(context, place(...aim), colours);
}

/** @type {(context: Context, arrows: Grid, reach: number, place: Place, colours: Palette) =>
 *   void} */
function drawVelocities(context, { data, shape: [rows, columns] }, reach, place, colours) {
  context.strokeStyle = context.fillStyle = colours.muted;
  context.setLineDash([]);
  context.lineWidth = 1.3;
  const gap = (2 * reach) / (columns - 1);
  const length = ARROW * gap * place.scale;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column);
      const speed = Math.hypot(data[at], data[at + 1]);
      if (!(speed > SHARPEST)) continue;
      const [x, y] = place(column * gap - reach, row * gap - reach);
      const [u, v] = [(data[at] / speed) * length, (-data[at + 1] / speed) * length];
      context.beginPath();
      context.moveTo(x - u / 2, y - v / 2);
      context.lineTo(x + u / 2, y + v / 2);
      context.stroke();
      drawHead(context, x + u / 2, y + v / 2, Math.atan2(v, u), 0.3 * length + 1);
    }
  }
}

/** @type {(context: Context, x: number, y: number, angle: number, arm: number) => void} */
function drawHead(context, x, y, angle, arm) {
  context.beginPath();
  for (const turn of [0, 2.6, -2.6]) {
    context.lineTo(x + arm * Math.cos(angle + turn), y + arm * Math.sin(angle + turn));
  }
  context.fill();
}

// A path up to an update: a disc with its number where it starts, a cross where it is.
/** @type {(context: Context, path: Float32Array, shown: number, place: Place,
 *   colours: Palette, k: number) => void} */
function drawPath(context, path, shown, place, colours, k) {
  const { name, dash } = look(k);
  context.strokeStyle = context.fillStyle = colours[name];
  context.setLineDash(dash);
  context.lineWidth = 2;
  context.beginPath();
  let last = place(path[0], path[1]);
  context.moveTo(...last);
  for (let i = 1; i <= shown; i++) {
    const next = place(path[2 * i], path[2 * i + 1]);
    if (!next.every(Number.isFinite) || Math.hypot(...next) > 1e5) break;
    context.lineTo(...next);
    last = next;
  }
  context.stroke();
  context.setLineDash([]);
  drawCross(context, last, 6, colours[name], 3);
  const [x, y] = place(path[0], path[1]);
  context.beginPath();
  context.arc(x, y, 9, 0, 2 * Math.PI);
  context.fillStyle = colours[name];
  context.fill();
  context.fillStyle = colours.paper;
  context.font = "bold 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(k + 1), x, y + 0.5);
}

/** @type {(context: Context, reach: number, place: Place, colours: Palette, size: number) =>
 *   void} */
function drawScales(context, reach, place, colours, size) {
  const text = Math.max(12, Math.min(20, size / 30));
  const write = labeller(context, text, colours.ink, colours.halo);
  for (let value = -Math.floor(reach); value < reach; value++) {
    write(number(value), place(value, 0)[0], size - 3, "center", "bottom");
    write(number(value), 5, place(0, value)[1], "left", "middle");
  }
  write("generator θ →", size - 6, size - text - 8, "right", "bottom");
  write("↑ discriminator ψ", 6, 5, "left", "top");
}

/** @type {(context: Context, place: Point, arm: number, colour: string, width: number) => void} */
function drawPlus(context, [x, y], arm, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  context.moveTo(x, y - arm);
  context.lineTo(x, y + arm);
  context.stroke();
}

/** @type {(context: Context, place: Point, colours: Palette) => void} */
function drawAim(context, [x, y], colours) {
  drawPlus(context, [x, y], 14, colours.ink, 1.5);
  context.strokeRect(x - 8, y - 8, 16, 16);
}

// Eigenvalues of one update; inside the circle means settling.
/** @type {(canvas: HTMLCanvasElement, values: Grid, theme: Theme) => void} */
export function drawCircle(canvas, values, theme) {
  const size = canvas.clientWidth || 260;
  const { context, colours } = blank(canvas, size, size, theme);
  /** @type {Point[]} */
  const found = Array.from({ length: values.shape[0] }, (_, k) =>
    [values.data[2 * k], values.data[2 * k + 1]]);
  const reach = Math.max(1.5, ...found.map(([re, im]) => 1.15 * Math.hypot(re, im)));
  const place = placing([-reach, reach, -reach, reach], size);
  context.fillStyle = colours.band;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.setLineDash([]);
  context.beginPath();
  context.arc(...place(0, 0), place.scale, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  drawPlus(context, place(0, 0), 5, colours.ink, 1);
  const write = labeller(context, Math.max(12, Math.min(18, size / 18)), colours.ink);
  write("real part →", size - 5, size - 4, "right", "bottom");
  write("↑ imaginary part", 5, 4, "left", "top");
  for (const value of found) drawCross(context, place(...value), 7, colours.fake, 3.5);
}

// "0.99 ± 0.2i", or two real numbers.
/** @type {(values: Grid) => string} */
export function eigenWords({ data, shape }) {
  if (!shape[0]) return "no eigenvalues: the field jumps at the centre";
  const [a, b, c] = data;
  const i = Math.abs(b); // of a conjugate pair
  if (i > 1e-7) return `${number(a)} ± ${number(i)}i, size ${besideOne(Math.hypot(a, i))}`;
  return `${besideOne(a)} and ${besideOne(c)}`;
}
