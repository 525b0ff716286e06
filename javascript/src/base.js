// Small helpers: elements, numbers as words, the theme of the page around the lab.
import { dress } from "./palette.js";

const TAKES_KEYS = ["button", "input", "select", "textarea", "summary", "canvas"];
const OWN_MENU = ["input", "textarea", "canvas"]; // paste, save as: the browser's, not JupyterLab's

// What the arrow keys move on a plane, where y grows upwards.
/** @type {Record<string, [number, number]>} */
export const ARROW_KEYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
};

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  // JupyterLab asks the element with the focus itself whether its one-letter commands
  // ("d d" deletes the cell) must not fire.
  if (TAKES_KEYS.includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  if (OWN_MENU.includes(tag)) {
    node.addEventListener("contextmenu", (event) => event.stopPropagation());
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list" && name !== "role") {
      /** @type {any} */ (node)[name] = value;
    } else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** @type {(value: number | null | undefined, digits?: number) => string} */
export function number(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (Number.isInteger(value)) return value.toLocaleString("en-GB");
  return String(Number(value.toPrecision(digits)));
}

// A number as Python writes it with so many digits: 0.25, 1.2e+05.
/** @type {(value: number, digits?: number) => string} */
export function general(value, digits = 6) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return String(Number(value.toPrecision(digits)));
  const sign = power < 0 ? "-" : "+";
  return `${Number(mantissa)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

// A number near 1 with digits enough to tell it from 1.
/** @type {(value: number) => string} */
export function besideOne(value) {
  const digits = [4, 5, 6, 7].find((d) => Math.abs(Number(value.toPrecision(d))) !== 1);
  return general(value, digits ?? 4);
}

export const quiet = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The page decides: the nearest opaque background behind the lab is light or dark.
/** @type {(node: Element) => Theme} */
export function themeOf(node) {
  for (let at = /** @type {Element | null} */ (node); at; at = at.parentElement) {
    const parts = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (parts && (parts.length < 4 || parts[3] > 0.5)) {
      const [red, green, blue] = parts;
      return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
    }
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// Keep root's theme that of its page, and redraw with it at every change of size or theme.
/** @type {(root: HTMLElement, redraw: (theme: Theme) => void) => () => void} */
export function watchTheme(root, redraw) {
  const look = () => {
    const theme = themeOf(root.parentElement ?? document.body);
    root.dataset.theme = theme;
    dress(root, theme);
    redraw(theme);
  };
  const size = new ResizeObserver(look);
  const page = new MutationObserver(look);
  size.observe(root);
  for (const node of [document.documentElement, document.body]) {
    page.observe(node, { attributes: true });
  }
  look();
  return () => [size, page].forEach((observer) => observer.disconnect());
}
