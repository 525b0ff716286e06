// What lies under the points: what D says, where it says one half, the sheet of noise.
import { contextOf, strokeAs } from "./drawing.js";

/** @type {(frame: Frame) => Grid | null | undefined} */
export function gapOf({ heat, best }) {
  if (!best || !heat) return heat;
  const data = heat.data.map((d, i) => Math.abs(d - best.data[i]));
  return { data, shape: heat.shape };
}

/** @type {WeakMap<Context, HTMLCanvasElement>} */
const pieces = new WeakMap(); // one small bitmap for each canvas context

/** @type {(context: Context, map: Grid, isGap: boolean, colours: Palette, place: Place,
 *   frame: Frame) => void} */
export function drawMap(context, map, isGap, colours, place, frame) {
  const [rows, columns] = map.shape;
  let piece = pieces.get(context);
  if (!piece || piece.width !== columns || piece.height !== rows) {
    piece = document.createElement("canvas");
    [piece.width, piece.height] = [columns, rows];
    pieces.set(context, piece);
  }
  const small = contextOf(piece);
  const image = small.createImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = map.data[row * columns + column];
      const at = 4 * ((rows - 1 - row) * columns + column); // y grows upwards
      if (isGap) blend(image.data, at, value, colours.middle, colours.gap);
      else paint(image.data, at, value, colours);
    }
  }
  small.putImageData(image, 0, 0);
  const [x0, x1, y0, y1] = frame.view;
  const [left, top] = place(x0, y1);
  context.imageSmoothingEnabled = true;
  context.drawImage(piece, left, top, (x1 - x0) * place.scale, (y1 - y0) * place.scale);
}

/** @type {(data: Uint8ClampedArray, at: number, value: number, colours: Palette) => void} */
function paint(data, at, value, { low, middle, high }) {
  blend(data, at, Math.abs(value - 0.5) * 2, middle, value < 0.5 ? low : high);
}

// A share of the way from one colour to another; what is not known is grey.
/** @type {(data: Uint8ClampedArray, at: number, share: number, from: number[],
 *   to: number[]) => void} */
function blend(data, at, share, from, to) {
  const known = Number.isFinite(share);
  const part = Math.min(1, share);
  for (let k = 0; k < 3; k++) data[at + k] = known ? from[k] + part * (to[k] - from[k]) : 128;
  data[at + 3] = 255;
}

// Marching squares: where a map says one half. D's line is plain, D*'s is double.
/** @type {(context: Context, map: Grid, place: Place, frame: Frame, colours: Palette,
 *   isBest: boolean) => void} */
export function drawLevel(context, map, place, frame, colours, isBest) {
  const [rows, columns] = map.shape;
  const [x0, x1, y0, y1] = frame.view;
  const [dx, dy] = [(x1 - x0) / columns, (y1 - y0) / rows];
  /** @type {(i: number, j: number) => number} */
  const value = (i, j) => map.data[j * columns + i] - 0.5;
  context.beginPath();
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const below = Number(value(i, j) < 0) + Number(value(i + 1, j) < 0) +
        Number(value(i, j + 1) < 0) + Number(value(i + 1, j + 1) < 0);
      if (below === 0 || below === 4) continue; // nearly all cells
      /** @type {Point[]} */
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
  context.setLineDash([]);
  if (isBest) strokeAs(context, [[colours.ink, 4], [colours.halo, 1.6]]);
  else strokeAs(context, [[colours.critic, 2]]);
}

/** @typedef {(row: number, column: number) => Point} Corner */

// The net of noise, carried by G: strong where it crowds, pale where it is stretched.
/** @type {(context: Context, frame: Frame, manifold: Grid, place: Place, colours: Palette,
 *   morph: number) => void} */
export function drawSheet(context, frame, manifold, place, colours, morph) {
  const { manifold_start: start, manifold_mass: mass } = frame;
  const [rows, columns] = manifold.shape;
  /** @type {Corner} */
  const corner = (row, column) => {
    const at = 2 * (row * columns + column);
    /** @type {(k: number) => number} */
    const at_ = (k) => start.data[at + k] + morph * (manifold.data[at + k] - start.data[at + k]);
    return place(at_(0), at_(1));
  };
  context.setLineDash([]);
  context.fillStyle = context.strokeStyle = colours.sheet;
  if (columns === 1) drawThread(context, corner, rows);
  else drawCells(context, corner, rows, columns, mass, place.size);
}

/** @type {(context: Context, corner: Corner, rows: number) => void} */
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

/** @type {(context: Context, corner: Corner, rows: number, columns: number,
 *   mass: Grid | undefined, size: number) => void} */
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

/** @type {(four: Point[]) => number} */
function area(four) {
  let twice = 0;
  for (let k = 0; k < 4; k++) {
    const [a, b] = [four[k], four[(k + 1) % 4]];
    twice += a[0] * b[1] - a[1] * b[0];
  }
  return Math.abs(twice) / 2;
}
