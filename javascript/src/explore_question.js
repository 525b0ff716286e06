// The picture of a question of "real or fake?": a star among known points, or an image.
import { contextOf, drawCross, labeller, placing } from "./drawing.js";
import { PALETTES } from "./palette.js";

const REACH = 2.5; // of the plane in each direction
const [SIDE, KEY] = [440, 34]; // pixels of the plane, and of the line below it
const SHARP = 2; // dots of a pixel
const IMAGE = 224; // pixels of an image's side

/** @typedef {import("./explore_game.js").Kept} Kept */

/** @type {(kept: Kept, sample: number, theme: Theme) => HTMLCanvasElement} */
export function drawQuestion(kept, sample, theme) {
  return kept.pictures ? drawImage(kept.pictures, sample) : drawPlace(kept, sample, theme);
}

/** @type {(kept: Kept, sample: number, theme: Theme) => HTMLCanvasElement} */
function drawPlace({ asked, known_real: real, known_fake: fake }, sample, theme) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SHARP * SIDE, SHARP * (SIDE + KEY)];
  const [context, colours] = [contextOf(canvas), PALETTES[theme]];
  context.scale(SHARP, SHARP);
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, SIDE, SIDE + KEY);
  const place = placing([-REACH, REACH, -REACH, REACH], SIDE);
  /** @param {Grid} points @returns {Point[]} */
  const places = ({ data, shape }) => Array.from({ length: shape[0] }, (_, i) =>
    place(data[2 * i], data[2 * i + 1]));
  /** @param {Point} at */
  const drawReal = ([x, y]) => {
    context.fillStyle = colours.real;
    context.beginPath();
    context.arc(x, y, 3.6, 0, 2 * Math.PI);
    context.fill();
  };
  /** @param {Point} at */
  const drawFake = (at) => drawCross(context, at, 3.6, colours.fake, 1.6);
  context.save();
  context.beginPath();
  context.rect(0, 0, SIDE, SIDE);
  context.clip();
  context.globalAlpha = 0.7;
  places(real).forEach(drawReal);
  places(fake).forEach(drawFake);
  context.globalAlpha = 1;
  drawStar(context, place(asked.data[2 * sample], asked.data[2 * sample + 1]), 13, colours);
  context.restore();
  context.setLineDash([]);
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  context.strokeRect(0.5, 0.5, SIDE - 1, SIDE - 1);
  const write = labeller(context, 16, colours.ink);
  const y = SIDE + KEY / 2;
  drawReal([18, y]);
  write("data", 30, y, "left", "middle");
  drawFake([92, y]);
  write("fakes", 104, y, "left", "middle");
  drawStar(context, [174, y], 9, colours);
  write("real or fake?", 190, y, "left", "middle");
  return canvas;
}

/** @type {(context: Context, place: Point, reach: number, colours: Palette) => void} */
function drawStar(context, [x, y], reach, colours) {
  context.beginPath();
  for (let k = 0; k < 10; k++) {
    const [angle, r] = [(k * Math.PI) / 5 - Math.PI / 2, k % 2 ? 0.42 * reach : reach];
    context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  context.closePath();
  context.setLineDash([]);
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = colours.paper;
  context.stroke();
  context.fillStyle = colours.ink;
  context.fill();
}

// One of (images, rows, columns, channels), each number a share of light; every dot is seen.
/** @type {(pictures: Grid, sample: number) => HTMLCanvasElement} */
function drawImage({ data, shape: [, rows, columns, channels] }, sample) {
  const small = document.createElement("canvas");
  [small.width, small.height] = [columns, rows];
  const dots = contextOf(small).createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const at = (sample * rows * columns + i) * channels;
    for (let c = 0; c < 3; c++) {
      dots.data[4 * i + c] = Math.round(255 * data[at + (channels === 3 ? c : 0)]);
    }
    dots.data[4 * i + 3] = 255;
  }
  contextOf(small).putImageData(dots, 0, 0);
  const large = document.createElement("canvas");
  const scale = Math.max(1, Math.round(IMAGE / columns));
  [large.width, large.height] = [columns * scale, rows * scale];
  const context = contextOf(large);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, large.width, large.height);
  return large;
}

/** @type {(canvas: HTMLCanvasElement) => Promise<Uint8Array<ArrayBuffer>>} */
export async function png(canvas) {
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  return new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer());
}
