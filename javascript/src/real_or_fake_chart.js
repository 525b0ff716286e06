// Calibration: what players said against how often it was so.
import { number } from "./base.js";
import { blank, drawCross, labeller } from "./drawing.js";

/** @typedef {(said: number, was: number) => Point} At */

/** @type {[hue: Hue, mark: string, letter: string][]} */
const LOOKS = [
  ["real", "disc", "●"], ["fake", "cross", "✕"], ["critic", "square", "■"], ["move", "ring", "○"],
];
/** @type {(share: number) => string} */
const percent = (share) => `${number(100 * share)} %`;

/** @type {(canvas: HTMLCanvasElement, calibration: Calibration, theme: Theme) => void} */
export function drawCalibration(canvas, calibration, theme) {
  const size = canvas.clientWidth || 240;
  const { context, colours } = blank(canvas, size, size, theme);
  const text = Math.max(12, Math.min(18, size / 18));
  const [low, high] = [3.3 * text, size - text];
  /** @type {At} */
  const at = (said, was) => [low + said * (high - low), high - low + text - was * (high - low)];
  drawGrid(context, at, colours, text, size);
  Object.values(calibration).forEach((found, k) => {
    const [colour, mark] = LOOKS[k % LOOKS.length];
    found.said.forEach((said, i) => {
      const radius = k === 0 ? 4 + 1.6 * Math.sqrt(found.count[i]) : 6;
      drawMark(context, at(said, found.was[i]), radius, mark, colours[colour]);
    });
  });
}

// Who has which mark, and how many answers stand behind it.
/** @type {(calibration: Calibration) => string} */
export function keyWords(calibration) {
  return Object.entries(calibration).map(([name, { count }], k) => {
    const sum = count.reduce((a, b) => a + b, 0);
    return `${name} ${LOOKS[k % LOOKS.length][2]} (${number(sum)} answer${sum === 1 ? "" : "s"})`;
  }).join(", ");
}

// All of the chart in words.
/** @type {(calibration: Calibration) => string} */
export function calibrationWords(calibration) {
  return Object.entries(calibration).map(([name, { said, was, count }]) => {
    const bins = said.map((p, i) => `said ${percent(p)}, true ${percent(was[i])} of ${count[i]}`);
    return `${name}: ${bins.join("; ") || "no answers yet"}.`;
  }).join(" ");
}

/** @type {(context: Context, at: At, colours: Palette, text: number, size: number) => void} */
function drawGrid(context, at, colours, text, size) {
  context.strokeStyle = colours.muted;
  context.lineWidth = 1;
  const write = labeller(context, text, colours.ink);
  /** @param {Point} from @param {Point} to */
  const rule = (from, to) => {
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  };
  context.setLineDash([1, 4]);
  for (const share of [0, 0.5, 1]) {
    write(percent(share), at(share, 0)[0], at(0, 0)[1] + 6, share === 1 ? "right" : "center", "top");
    if (share) write(percent(share), 2, at(0, share)[1], "left", share === 1 ? "top" : "middle");
    rule(at(share, 0), at(share, 1));
    rule(at(0, share), at(1, share));
  }
  write("said to be real →", size - 6, at(0, 0)[1] - 4, "right", "bottom");
  write("↑ were real", at(0, 0)[0] + 6, at(0, 1)[1] + 4, "left", "top");
  context.setLineDash([3, 4]);
  context.strokeStyle = colours.ink;
  rule(at(0, 0), at(1, 1));
}

/** @type {(context: Context, place: Point, radius: number, mark: string, colour: string) =>
 *   void} */
function drawMark(context, [x, y], radius, mark, colour) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 3;
  context.setLineDash([]);
  context.beginPath();
  if (mark === "cross") drawCross(context, [x, y], radius, colour, 3);
  else if (mark === "square") context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    if (mark === "disc") context.fill();
    else context.stroke();
  }
}
