// What stands on the plane: data as dots, fakes as crosses, and arrows.
import { each, strokeAs } from "./drawing.js";

/** @typedef {HTMLCanvasElement | ImageBitmap} Picture */
/** @typedef {(context: Context) => void} Paint */

// Many points are drawn small, few points large; wide screens get larger marks.
/** @type {(points: Grid, place: Place) => number} */
const markSize = (points, { size }) =>
  (points.shape[0] > 300 ? 1.9 : 2.6) * Math.sqrt(Math.max(size, 280) / 400);

/** @type {Map<string, Picture>} */
const sprites = new Map(); // one small picture for each mark, colour and size

// A picture that is painted once. (To copy from a canvas costs a look at it each time.)
/** @type {(width: number, height: number, ratio: number, paint: Paint) => Picture} */
function painted(width, height, ratio, paint) {
  const [w, h] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  const large = typeof OffscreenCanvas === "function" && new OffscreenCanvas(w, h);
  const canvas = large || Object.assign(document.createElement("canvas"), { width: w, height: h });
  const context = /** @type {Context} */ (canvas.getContext("2d"));
  context.scale(ratio, ratio);
  paint(context);
  return large ? large.transferToImageBitmap() : /** @type {HTMLCanvasElement} */ (canvas);
}

// Stamp a mark on every point: a copied picture costs far less than a path drawn anew.
/** @type {(context: Context, points: Grid, place: Place, name: string, half: number,
 *   paint: Paint) => void} */
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
  /** @type {(at: number) => number} */
  const whole = (at) => Math.round((at - half) * ratio) / ratio; // on a pixel: no blur
  each(points, place, (x, y) => context.drawImage(picture, whole(x), whole(y), size, size));
}

/** @type {WeakMap<Context, { points: Grid, key: string, picture: Picture }>} */
const sheets = new WeakMap(); // for each canvas the picture of its data, which stand still

/** @type {(context: Context, points: Grid, view: View, place: Place, colours: Palette) => void} */
export function drawData(context, points, view, place, colours) {
  const ratio = context.getTransform().a;
  const key = [place.size, ratio, colours.real, ...view].join();
  let sheet = sheets.get(context);
  if (sheet?.points !== points || sheet.key !== key) {
    /** @type {Paint} */
    const paint = (large) => drawDots(large, points, place, colours);
    sheet = { points, key, picture: painted(place.size, place.size, ratio, paint) };
    sheets.set(context, sheet);
  }
  context.drawImage(sheet.picture, 0, 0, place.size, place.size);
}

/** @type {(context: Context, points: Grid, place: Place, colours: Palette) => void} */
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

/** @type {(context: Context, points: Grid, place: Place, colours: Palette) => void} */
export function drawCrosses(context, points, place, colours) {
  const reach = markSize(points, place) * 1.15;
  stamp(context, points, place, `cross ${colours.fake} ${colours.halo}`, reach + 2, (small) => {
    small.beginPath();
    for (const turn of [1, -1]) {
      small.moveTo(-reach, -turn * reach);
      small.lineTo(reach, turn * reach);
    }
    small.lineCap = "round";
    strokeAs(small, [[colours.halo, 3.4], [colours.fake, 1.7]]);
  });
}

/** @type {Record<string, { words: string, hue: Hue }>} */
export const ARROWS = {
  generator_loss: { words: "where G's loss sends each fake", hue: "slope" },
  discriminator: { words: "where D rises", hue: "slope" },
  displacement: { words: "where the next step takes it", hue: "move" },
};
const MOST_ARROWS = 75; // more would hide each other

// All arrows of a picture share one scale: the longest is a tenth of the plane. Each is a
// shape of its own: to fill many small ones is quicker than to stroke their lines at once.
/** @type {(context: Context, arrows: Arrows, view: View, place: Place, colours: Palette) =>
 *   void} */
export function drawArrows(context, { kind, origin, vector }, view, place, colours) {
  const scale = arrowScale(vector, view) * place.scale;
  const colour = colours[ARROWS[kind].hue];
  for (const broad of [1, 0]) {
    context.fillStyle = broad ? colours.halo : colour;
    each(origin, place, (x, y, i) => {
      const [dx, dy] = [vector.data[2 * i] * scale, -vector.data[2 * i + 1] * scale];
      const long = Math.hypot(dx, dy);
      if (long > 1.5) fillArrow(context, [x, y], [dx / long, dy / long], long, broad);
    }, MOST_ARROWS);
  }
}

// From a place along a direction (u, v); a halo is broader on all sides.
/** @type {(context: Context, place: Point, direction: Point, long: number, broad: number) =>
 *   void} */
function fillArrow(context, [x, y], [u, v], long, broad) {
  const head = Math.min(9, long * 0.55);
  const [half, wing] = [0.8 + broad, head * 0.45 + 1.4 * broad];
  /** @type {(along: number, aside: number) => void} */
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

/** @type {(vector: Grid, view: View) => number} */
function arrowScale({ data, shape }, view) {
  let longest = 0;
  for (let i = 0; i < shape[0]; i++) {
    const long = Math.hypot(data[2 * i], data[2 * i + 1]);
    if (Number.isFinite(long)) longest = Math.max(longest, long);
  }
  return longest > 0 ? (0.1 * (view[1] - view[0])) / longest : 0;
}
