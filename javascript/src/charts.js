// Curves over the run: lines told apart by colour and dash, a band, a moment.
import { number } from "./base.js";
import { blank } from "./drawing.js";

/** @typedef {{ x0: number, x1: number, y0: number, y1: number }} Extent */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ x(value: number): number, y(value: number): number }} At */

const COLUMN = 2; // pixels

/** @type {(canvas: HTMLCanvasElement, chart: Chart) => void} */
export function drawChart(canvas, chart) {
  const { lines, band, rule, moment, theme } = chart;
  const [width, height] = [canvas.clientWidth || 260, canvas.clientHeight || 150];
  const { context, colours } = blank(canvas, width, height, theme);
  const size = Math.max(12, Math.min(15, width / 26));
  context.font = `${size}px system-ui, sans-serif`;
  const frame = extent(chart);
  const box = { left: size * 3.4, right: width - 8, top: 6, bottom: height - size * 1.6 };
  /** @type {At} */
  const at = {
    x: (v) => box.left + ((v - frame.x0) / (frame.x1 - frame.x0)) * (box.right - box.left),
    y: (v) => box.bottom - ((v - frame.y0) / (frame.y1 - frame.y0)) * (box.bottom - box.top),
  };
  drawAxes(context, frame, box, at, colours);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top - 2, box.right - box.left, box.bottom - box.top + 4);
  context.clip();
  if (band) {
    const [top, bottom] = [at.y(band[1]), at.y(band[0])];
    context.fillStyle = colours.band;
    const least = Math.max(4, bottom - top); // a narrow band is seen, too
    context.fillRect(box.left, (top + bottom - least) / 2, box.right - box.left, least);
  }
  if (rule) stroke(context, [[frame.x0, frame.x1], [rule, rule]], at, colours.critic, [2, 3], 1.8);
  for (const line of lines) {
    const points = thinned(line, (box.right - box.left) / COLUMN, frame);
    stroke(context, points, at, colours[line.colour], line.dash, 2);
  }
  if (moment !== undefined) {
    stroke(context, [[moment, moment], [frame.y0, frame.y1]], at, colours.muted, [], 1);
  }
  context.restore();
}

/** @type {(value: number | null | undefined) => value is number} */
function isKnown(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** @type {(chart: Chart) => Extent} */
function extent({ lines, band, rule, moment = 0, floor, ceiling, end }) {
  const xs = lines.flatMap(({ x }) => [x[0] ?? 0, x[x.length - 1] ?? 0]);
  const ys = lines.flatMap(({ y }) => Array.from(y).filter(isKnown));
  if (band) ys.push(...band);
  for (const end of [floor, ceiling, rule]) if (isKnown(end)) ys.push(end);
  const [x0, x1] = [Math.min(0, ...xs), Math.max(1, end ?? Math.max(moment, ...xs))];
  let [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  if (!(y1 > y0)) [y0, y1] = ys.length ? [y0 - (y0 === floor ? 0 : 0.5), y0 + 0.5] : [0, 1];
  const room = 0.06 * (y1 - y0);
  return { x0, x1, y0: y0 - (y0 === floor ? 0 : room), y1: y1 + room };
}

/** @type {(context: Context, frame: Extent, box: Box, at: At, colours: Palette) => void} */
function drawAxes(context, frame, box, at, colours) {
  context.fillStyle = colours.ink;
  context.strokeStyle = colours.muted;
  context.lineWidth = 0.6;
  context.setLineDash([1, 4]);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of ticks(frame.y0, frame.y1)) {
    context.beginPath();
    context.moveTo(box.left, at.y(value));
    context.lineTo(box.right, at.y(value));
    context.stroke();
    context.fillText(number(value, 3), box.left - 5, at.y(value));
  }
  context.textBaseline = "top";
  /** @param {number} value */
  const text = (value) => value.toLocaleString("en-GB");
  context.textAlign = "left";
  context.fillText(text(frame.x0), box.left, box.bottom + 4);
  context.textAlign = "right";
  context.fillText(`step ${text(frame.x1)}`, box.right, box.bottom + 4);
  context.textAlign = "left";
}

// Round numbers in a range: as few as can be, but two at least.
/** @type {(low: number, high: number) => number[]} */
export function ticks(low, high) {
  const ten = 10 ** Math.floor(Math.log10((high - low) / 3));
  for (const step of [10, 5, 2, 1, 0.5].map((k) => k * ten)) {
    const found = [];
    for (let k = Math.ceil(low / step); k * step <= high; k++) {
      found.push(Number((k * step).toPrecision(12)));
    }
    if (found.length > 1) return found;
  }
  return [low, high];
}

// The known points of a line; where they crowd, the mean of those in a narrow column. (To
// stroke a zigzag that is finer than the pixels takes long and shows no more.)
/** @type {(line: Line, columns: number, frame: Extent) => [number[], number[]]} */
function thinned({ x, y }, columns, { x0, x1 }) {
  /** @type {[number[], number[]]} */
  const found = [[], []];
  let [last, many] = [-1, 0];
  for (let i = 0; i < x.length; i++) {
    const value = y[i];
    if (!isKnown(value)) continue;
    const column = Math.floor(((x[i] - x0) / (x1 - x0)) * columns);
    if (column === last) {
      many += 1;
      const end = found[0].length - 1;
      found[0][end] += (x[i] - found[0][end]) / many;
      found[1][end] += (value - found[1][end]) / many;
    } else {
      [last, many] = [column, 1];
      found[0].push(x[i]);
      found[1].push(value);
    }
  }
  return found;
}

/** @type {(context: Context, points: number[][], at: At, colour: string, dash: number[],
 *   width: number) => void} */
function stroke(context, [x, y], at, colour, dash, width) {
  context.beginPath();
  x.forEach((value, i) => context.lineTo(at.x(value), at.y(y[i])));
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
