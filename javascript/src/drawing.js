// What every drawing needs: sharp pixels, places on a plane, marks and labels.
import { PALETTES } from "./palette.js";

// Let a canvas have as many pixels as the screen gives it, and return its context.
/** @type {(canvas: HTMLCanvasElement, width: number, height: number) =>
 *   CanvasRenderingContext2D} */
function sharp(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** @type {(canvas: HTMLCanvasElement) => CanvasRenderingContext2D} */
export function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

// Begin a drawing: a canvas of one colour, its context and its theme's palette.
/** @type {(canvas: HTMLCanvasElement, width: number, height: number, theme: Theme) =>
 *   { context: CanvasRenderingContext2D, colours: Palette }} */
export function blank(canvas, width, height, theme) {
  const context = sharp(canvas, width, height);
  const colours = PALETTES[theme];
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  return { context, colours };
}

// The square of the plane that is shown: the view, enlarged on its shorter side.
/** @type {(view: View, size: number) => SquarePlace} */
export function placing(view, size) {
  const [x0, x1, y0, y1] = view;
  const scale = size / Math.max(x1 - x0, y1 - y0);
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  /** @type {(x: number, y: number) => Point} */
  const to = (x, y) => [size / 2 + (x - mx) * scale, size / 2 - (y - my) * scale];
  /** @type {(px: number, py: number) => Point} */
  const back = (px, py) => [mx + (px - size / 2) / scale, my - (py - size / 2) / scale];
  return Object.assign(to, { back, scale, size });
}

// Visit the places of points, those that are somewhere.
/** @type {(points: Grid, place: Place, visit: (x: number, y: number, i: number) => void,
 *   limit?: number) => void} */
export function each(points, place, visit, limit = Infinity) {
  const many = Math.min(points.shape[0], limit);
  for (let i = 0; i < many; i++) {
    const [x, y] = place(points.data[2 * i], points.data[2 * i + 1], i);
    if (Number.isFinite(x + y)) visit(x, y, i);
  }
}

/** @type {(context: Context, place: Point, arm: number, colour: string, width: number) => void} */
export function drawCross(context, [x, y], arm, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x - arm, y + arm);
  context.lineTo(x + arm, y - arm);
  context.stroke();
}

// Stroke the path of a context several times, the last on top.
/** @type {(context: Context, looks: [colour: string, width: number][]) => void} */
export function strokeAs(context, looks) {
  for (const [colour, width] of looks) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

// Write words at a place, in a size of so many pixels; a halo keeps them apart from what lies below.
/** @type {(context: Context, size: number, colour: string, halo?: string | null) => Write} */
export function labeller(context, size, colour, halo = null) {
  return (words, x, y, align, baseline) => {
    context.font = `${size}px system-ui, sans-serif`;
    [context.textAlign, context.textBaseline] = [align, baseline];
    if (halo) {
      context.setLineDash([]);
      [context.strokeStyle, context.lineWidth] = [halo, 4];
      context.strokeText(words, x, y);
    }
    context.fillStyle = colour;
    context.fillText(words, x, y);
  };
}
