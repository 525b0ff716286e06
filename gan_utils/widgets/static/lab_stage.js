// The plane: heatmap, contour, points, arrows, the sheet of noise, in the given order.
import { number } from "./base.js";
import { PALETTES, labeller, placing, sharp } from "./drawing.js";
import { PHASE_MS, drawPhase } from "./lab_phase.js";

export const LAYERS = [ // name, label, whether it is on at the start
  ["heat", "What D says", true],
  ["line", "Line D = ½", true],
  ["best", "Best answer D*", false],
  ["gap", "Gap |D − D*|", false],
  ["sheet", "Sheet of noise", false],
  ["real", "Data ●", true],
  ["fake", "Fakes ✕", true],
  ["arrows", "Arrows ➝", true],
];
export const IN_PLANE = ["line", "gap", "sheet", "arrows"]; // not where data lie on a line
export const ARROWS = [
  ["generator_loss", "where G's loss sends each fake", "fake"],
  ["discriminator", "where D rises", "critic"],
  ["displacement", "where the next step takes it", "move"],
];

export function drawStage(canvas, frame, view) {
  const size = canvas.clientWidth || 320;
  const context = sharp(canvas, size, size);
  const colours = PALETTES[view.theme];
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, size, size);
  if (!frame) return;
  if (frame.curves) drawCurves(context, frame, view, size, colours);
  else drawPlane(context, frame, view, size, colours);
}

function drawPlane(context, frame, view, size, colours) {
  const place = placing(frame.view, size);
  const { layers: on, phase } = view;
  const isGap = on.gap && frame.best && frame.gap !== null;
  const heat = said(phase, view.now, frame.heat);
  const field = isGap ? gapOf(frame) : on.heat ? heat : null;
  if (field) drawField(context, field, isGap, colours, place, frame);
  if (on.best && frame.best) drawLevel(context, frame.best, place, frame, colours, true);
  if (on.line && heat) drawLevel(context, heat, place, frame, colours, false);
  context.globalAlpha = phase ? 0.25 : 1; // in slow motion all but the phase is pale
  if (on.sheet && frame.manifold && !phase) drawSheet(context, frame, place, colours, view.morph);
  if (on.real) drawData(context, frame.real, frame.view, place, colours);
  if (on.fake) drawCrosses(context, morphed(frame, view.morph), place, colours);
  context.globalAlpha = 1;
  if (phase) drawMoment(context, phase, frame, view, place, colours);
  else if (on.arrows && view.morph === 1) {
    drawArrows(context, frame.arrows, frame.view, place, colours);
  }
}

function drawMoment(context, phase, frame, view, place, colours) {
  drawPhase(context, phase, place, colours, view.now);
  const { fake, arrows } = phase.arrays;
  if (!arrows) return;
  const shown = { kind: "generator_loss", origin: fake, vector: arrows };
  drawArrows(context, shown, frame.view, place, colours);
}

// What D says, in slow motion too: before and after its move, one passes into the other.
function said(phase, now, otherwise) {
  if (!phase?.arrays.heat) return otherwise;
  const { heat, heat_before: before } = phase.arrays;
  const t = before ? Math.min(1, Math.max(0, (now - phase.began) / PHASE_MS)) : 1;
  const data = heat.data.map((d, i) => (before ? before.data[i] + t * (d - before.data[i]) : d));
  return { data, shape: otherwise.shape };
}

// While the noise is being carried, the fakes are on their way as well.
function morphed({ latent, fake }, morph) {
  if (morph === 1 || !latent) return fake;
  const data = fake.data.map((x, i) => latent.data[i] + morph * (x - latent.data[i]));
  return { data, shape: fake.shape };
}

function gapOf(frame) {
  if (!frame.best || !frame.heat) return frame.heat;
  const data = frame.heat.data.map((d, i) => Math.abs(d - frame.best.data[i]));
  return { data, shape: frame.heat.shape };
}

const pieces = new WeakMap(); // one small bitmap for each canvas context

function drawField(context, field, isGap, colours, place, frame) {
  const [rows, columns] = field.shape;
  let piece = pieces.get(context);
  if (!piece || piece.width !== columns || piece.height !== rows) {
    piece = document.createElement("canvas");
    [piece.width, piece.height] = [columns, rows];
    pieces.set(context, piece);
  }
  const small = piece.getContext("2d");
  const image = small.createImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = field.data[row * columns + column];
      const at = 4 * ((rows - 1 - row) * columns + column); // y grows upwards
      paint(image.data, at, isGap ? 0.5 - value / 2 : value, colours);
    }
  }
  small.putImageData(image, 0, 0);
  const [x0, x1, y0, y1] = frame.view;
  const [left, top] = place(x0, y1);
  context.imageSmoothingEnabled = true;
  context.drawImage(piece, left, top, (x1 - x0) * place.scale, (y1 - y0) * place.scale);
}

function paint(data, at, value, { low, middle, high, muted }) {
  const known = Number.isFinite(value);
  const end = value < 0.5 ? low : high;
  const share = known ? Math.min(1, Math.abs(value - 0.5) * 2) * 0.8 : 0;
  for (let k = 0; k < 3; k++) {
    data[at + k] = known ? middle[k] + share * (end[k] - middle[k]) : 128;
  }
  data[at + 3] = 255;
}

// Marching squares: where a field says one half. D's line is plain, D*'s is double.
function drawLevel(context, field, place, frame, colours, isBest) {
  const [rows, columns] = field.shape;
  const [x0, x1, y0, y1] = frame.view;
  const [dx, dy] = [(x1 - x0) / columns, (y1 - y0) / rows];
  const value = (i, j) => field.data[j * columns + i] - 0.5;
  context.beginPath();
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const below = (value(i, j) < 0) + (value(i + 1, j) < 0) + (value(i, j + 1) < 0) +
        (value(i + 1, j + 1) < 0);
      if (below === 0 || below === 4) continue; // nearly all cells
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const cuts = [];
      for (let k = 0; k < 4; k++) {
        const [a, b] = [corners[k], corners[(k + 1) % 4]];
        const [va, vb] = [value(...a), value(...b)];
        if (va < 0 === vb < 0) continue;
        const t = va / (va - vb);
        const [u, v] = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        cuts.push(place(x0 + (u + 0.5) * dx, y0 + (v + 0.5) * dy));
      }
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        context.moveTo(...cuts[k]);
        context.lineTo(...cuts[k + 1]);
      }
    }
  }
  const widths = isBest ? [[colours.ink, 4], [colours.halo, 1.6]] : [[colours.critic, 2]];
  context.setLineDash([]);
  for (const [colour, width] of widths) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

function each(points, place, visit, limit = Infinity) {
  const many = Math.min(points.shape[0], limit);
  for (let i = 0; i < many; i++) {
    const [x, y] = place(points.data[2 * i], points.data[2 * i + 1], i);
    if (Number.isFinite(x + y)) visit(x, y, i);
  }
}

// Many points are drawn small, few points large; wide screens get larger marks.
const markSize = (points, { size }) =>
  (points.shape[0] > 300 ? 1.9 : 2.6) * Math.sqrt(Math.max(size, 280) / 400);

const sprites = new Map(); // one small picture for each mark, colour and size

// A picture that is painted once. (To copy from a canvas costs a look at it each time.)
function painted(width, height, ratio, paint) {
  const [w, h] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  const large = typeof OffscreenCanvas === "function" && new OffscreenCanvas(w, h);
  const canvas = large || Object.assign(document.createElement("canvas"), { width: w, height: h });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paint(context);
  return large ? large.transferToImageBitmap() : canvas;
}

// Stamp a mark on every point: a copied picture costs far less than a path drawn anew.
function stamp(context, points, place, name, half, paint) {
  const ratio = context.getTransform().a;
  const key = [name, half.toFixed(2), ratio].join();
  let picture = sprites.get(key);
  if (!picture) {
    picture = painted(2 * half, 2 * half, ratio, (small) => {
      small.translate(half, half);
      paint(small);
    });
    if (sprites.size > 50) sprites.clear(); // a window that is pulled has many sizes
    sprites.set(key, picture);
  }
  const size = picture.width / ratio;
  const whole = (at) => Math.round((at - half) * ratio) / ratio; // on a pixel: no blur
  each(points, place, (x, y) => context.drawImage(picture, whole(x), whole(y), size, size));
}

const sheets = new WeakMap(); // for each canvas the picture of its data, which stand still

function drawData(context, points, view, place, colours) {
  const ratio = context.getTransform().a;
  const key = [place.size, ratio, colours.real, ...view].join();
  let sheet = sheets.get(context);
  if (sheet?.points !== points || sheet.key !== key) {
    const paint = (large) => drawDots(large, points, place, colours);
    sheet = { points, key, picture: painted(place.size, place.size, ratio, paint) };
    sheets.set(context, sheet);
  }
  context.drawImage(sheet.picture, 0, 0, place.size, place.size);
}

function drawDots(context, points, place, colours) {
  const radius = markSize(points, place);
  stamp(context, points, place, `dot ${colours.real} ${colours.halo}`, radius + 1, (small) => {
    small.beginPath();
    small.arc(0, 0, radius, 0, 7);
    small.strokeStyle = colours.halo;
    small.lineWidth = 1.6;
    small.stroke();
    small.fillStyle = colours.real;
    small.fill();
  });
}

function drawCrosses(context, points, place, colours) {
  const reach = markSize(points, place) * 1.15;
  stamp(context, points, place, `cross ${colours.fake} ${colours.halo}`, reach + 2, (small) => {
    small.beginPath();
    for (const turn of [1, -1]) {
      small.moveTo(-reach, -turn * reach);
      small.lineTo(reach, turn * reach);
    }
    small.lineCap = "round";
    for (const [colour, width] of [[colours.halo, 3.4], [colours.fake, 1.7]]) {
      small.strokeStyle = colour;
      small.lineWidth = width;
      small.stroke();
    }
  });
}

const MOST_ARROWS = 75; // more would hide each other

// All arrows of a picture share one scale: the longest is a tenth of the plane. Each is a
// shape of its own: to fill many small ones is quicker than to stroke their lines at once.
function drawArrows(context, { kind, origin, vector }, view, place, colours) {
  const scale = arrowScale(vector, view) * place.scale;
  const colour = colours[ARROWS.find((one) => one[0] === kind)[2]];
  for (const [paint, broad] of [[colours.halo, 1], [colour, 0]]) {
    context.fillStyle = paint;
    each(origin, place, (x, y, i) => {
      const [dx, dy] = [vector.data[2 * i] * scale, -vector.data[2 * i + 1] * scale];
      const long = Math.hypot(dx, dy);
      if (long > 1.5) fillArrow(context, [x, y], [dx / long, dy / long], long, broad);
    }, MOST_ARROWS);
  }
}

// From a place along a direction (u, v); a halo is broader on all sides.
function fillArrow(context, [x, y], [u, v], long, broad) {
  const head = Math.min(9, long * 0.55);
  const [half, wing] = [0.8 + broad, head * 0.45 + 1.4 * broad];
  const at = (along, aside) => context.lineTo(x + along * u - aside * v, y + along * v + aside * u);
  const neck = long - head - broad;
  context.beginPath();
  at(-broad, half);
  at(neck, half);
  at(neck, wing);
  at(long + 1.8 * broad, 0);
  at(neck, -wing);
  at(neck, -half);
  at(-broad, -half);
  context.fill();
}

function arrowScale({ data, shape }, view) {
  let longest = 0;
  for (let i = 0; i < shape[0]; i++) {
    const long = Math.hypot(data[2 * i], data[2 * i + 1]);
    if (Number.isFinite(long)) longest = Math.max(longest, long);
  }
  return longest > 0 ? (0.1 * (view[1] - view[0])) / longest : 0;
}

// The net of noise, carried by G: strong where it crowds, pale where it is stretched.
function drawSheet(context, frame, place, colours, morph) {
  const { manifold, manifold_start: start, manifold_mass: mass } = frame;
  const [rows, columns] = manifold.shape;
  const corner = (row, column) => {
    const at = 2 * (row * columns + column);
    const at_ = (k) => start.data[at + k] + morph * (manifold.data[at + k] - start.data[at + k]);
    return place(at_(0), at_(1));
  };
  context.setLineDash([]);
  context.fillStyle = context.strokeStyle = colours.fake;
  if (columns === 1) drawThread(context, corner, rows);
  else drawCells(context, corner, rows, columns, mass, place.size);
}

function drawThread(context, corner, rows) {
  context.beginPath();
  for (let row = 0; row < rows; row++) context.lineTo(...corner(row, 0));
  context.lineWidth = 2.5;
  context.stroke();
  for (let row = 0; row < rows; row++) {
    const [x, y] = corner(row, 0);
    context.fillRect(x - 3, y - 3, 6, 6);
  }
}

function drawCells(context, corner, rows, columns, mass, size) {
  context.lineWidth = 0.8;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const four = [
        corner(row, column), corner(row, column + 1),
        corner(row + 1, column + 1), corner(row + 1, column),
      ];
      const weight = mass ? mass.data[row * (columns - 1) + column] : 1 / (rows * columns);
      const density = (weight * size * size) / (area(four) + 1e-6); // 1: evenly spread
      context.globalAlpha = Math.min(0.8, 0.08 + 0.1 * Math.sqrt(density));
      context.beginPath();
      four.forEach((point) => context.lineTo(...point));
      context.closePath();
      context.fill();
      context.globalAlpha = 0.7;
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

function area(four) {
  let twice = 0;
  for (let k = 0; k < 4; k++) {
    const [a, b] = [four[k], four[(k + 1) % 4]];
    twice += a[0] * b[1] - a[1] * b[0];
  }
  return Math.abs(twice) / 2;
}

// Data on a line: densities p and q above, D and D* on the same axis from 0 to 1.
function drawCurves(context, frame, view, size, colours) {
  const { x, p, q, d, best } = frame.curves;
  const [left, right] = [frame.view[0], frame.view[1]];
  const top = 1.1 * Math.max(...finite(p.data), ...finite(q.data), 1e-6);
  const across = (value) => ((value - left) / (right - left)) * size;
  const text = Math.max(12, size / 34);
  const [ground, sky] = [size * 0.47, 2 * text]; // of the densities
  const [zero, one] = [size * 0.95, ground + 3.5 * text]; // of D
  const { phase } = view;
  const now = said(phase, view.now, d);
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
  for (const [share, words] of [[0, "0"], [0.5, "½"], [1, "1"]]) {
    write(words, size - 6, zero + share * (one - zero), "right", "middle");
  }
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
  drawTicks(context, frame, view, across, ground + 1, colours);
  if (!phase) return;
  const height = (i) => 0.1 + 0.8 * ((0.618 * i) % 1); // points of one place stay apart
  const place = (value, _, i) => [across(value), ground - height(i) * (ground - sky)];
  Object.assign(place, { scale: size / (right - left), size });
  drawMoment(context, phase, frame, view, place, colours);
}

const finite = (data) => Array.from(data).filter(Number.isFinite);

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

function drawTicks(context, frame, view, across, y, colours) {
  for (const [on, points, colour, from, to] of [
    [view.layers.real, frame.real, colours.real, y, y + 7],
    [view.layers.fake, frame.fake, colours.fake, y + 8, y + 15],
  ]) {
    if (!on) continue;
    context.beginPath();
    for (let i = 0; i < Math.min(points.shape[0], 300); i++) {
      context.moveTo(across(points.data[2 * i]), from);
      context.lineTo(across(points.data[2 * i]), to);
    }
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.stroke();
  }
}
