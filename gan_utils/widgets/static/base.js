// Small helpers: elements, numbers as words, the theme of the page around the lab.

const TAKES_KEYS = ["button", "input", "select", "textarea", "summary", "canvas"];

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  // JupyterLab asks the element with the focus itself whether its one-letter commands
  // ("d d" deletes the cell) must not fire.
  if (TAKES_KEYS.includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list" && name !== "role") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function number(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  return String(Number(value.toPrecision(digits)));
}

export const quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The page decides: the nearest opaque background behind the lab is light or dark.
export function themeOf(node) {
  for (let at = node; at; at = at.parentElement) {
    const parts = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (parts && (parts.length < 4 || parts[3] > 0.5)) {
      const [red, green, blue] = parts;
      return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
    }
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// Keep root's theme that of its page, and redraw with it at every change of size or theme.
export function watchTheme(root, redraw) {
  const look = () => {
    root.dataset.theme = themeOf(root.parentElement ?? document.body);
    redraw(root.dataset.theme);
  };
  const observers = [new ResizeObserver(look), new MutationObserver(look)];
  observers[0].observe(root);
  for (const node of [document.documentElement, document.body]) {
    observers[1].observe(node, { attributes: true });
  }
  look();
  return () => observers.forEach((observer) => observer.disconnect());
}

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
