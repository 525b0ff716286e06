// What every drawing needs: colours, sharp pixels, places on a plane, crosses and labels.

// Okabe and Ito's hues; each is paired with a mark or a dash wherever it is used.
const SHARED_DASHES = {
  real: [], fake: [7, 4], critic: [9, 3, 2, 3], move: [2, 3], muted: [1, 4],
};
export const PALETTES = {
  light: {
    paper: "#ffffff", ink: "#1f1f1f", muted: "#6e6e6e", halo: "#ffffff",
    real: "#0072B2", fake: "#D55E00", critic: "#009E73", move: "#A6477F",
    low: [200, 85, 10], middle: [255, 255, 255], high: [0, 100, 165],
    band: "rgba(110,110,110,0.22)", dashes: SHARED_DASHES,
  },
  dark: {
    paper: "#161616", ink: "#eeeeee", muted: "#a8a8a8", halo: "#101010",
    real: "#56B4E9", fake: "#E69F00", critic: "#2FC79A", move: "#E39AC5",
    low: [190, 100, 20], middle: [28, 28, 28], high: [20, 110, 170],
    band: "rgba(190,190,190,0.22)", dashes: SHARED_DASHES,
  },
};

// Let a canvas have as many pixels as the screen gives it, and return its context.
export function sharp(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

// The square of the plane that is shown: the view, enlarged on its shorter side.
export function placing(view, size) {
  const [x0, x1, y0, y1] = view;
  const scale = size / Math.max(x1 - x0, y1 - y0);
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const to = (x, y) => [size / 2 + (x - mx) * scale, size / 2 - (y - my) * scale];
  to.back = (px, py) => [mx + (px - size / 2) / scale, my - (py - size / 2) / scale];
  to.scale = scale;
  to.size = size;
  return to;
}

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

// Write words at a place, in a size of so many pixels; a halo keeps them apart from what lies below.
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
