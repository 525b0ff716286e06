// The faces' colours, in this one place: canvases take them from here, and the style
// sheet as custom properties (--real, --fake, ...) that base.js sets with the theme.

// Okabe and Ito's hues; each is paired with a mark or a dash wherever it is used. The
// light ones are those of the course's figures (gan_utils/plots/style.py).
const DASHES = {
  real: [], fake: [7, 4], critic: [9, 3, 2, 3], move: [2, 3], muted: [1, 4],
};
const LIGHT = {
  paper: "#ffffff", ink: "#1f1f1f", muted: "#6e6e6e", halo: "#ffffff",
  real: "#0072B2", fake: "#D55E00", critic: "#009E73", move: "#A6477F",
  slope: "#26262b", sheet: "#6F4A9E",
  band: "rgba(110,110,110,0.22)",
  // The map of what D says, from surely forged to surely real: tints, so that no mark on
  // it is lost, neither by hue nor, for who sees few hues, by lightness.
  low: [250, 196, 128], middle: [255, 255, 255], high: [152, 208, 240],
  gap: [176, 34, 120], // the map of |D - D*|, from paper to this
  /** @type {Record<"real" | "fake" | "critic" | "move" | "muted", number[]>} */
  dashes: DASHES,
};
/** @type {Record<Theme, typeof LIGHT>} */
export const PALETTES = {
  light: LIGHT,
  dark: {
    paper: "#161616", ink: "#eeeeee", muted: "#a8a8a8", halo: "#101010",
    real: "#56B4E9", fake: "#F0A020", critic: "#2FC79A", move: "#E39AC5",
    slope: "#f4f4f4", sheet: "#C3A5EE",
    band: "rgba(190,190,190,0.22)",
    low: [104, 56, 12], middle: [28, 28, 28], high: [10, 66, 104],
    gap: [214, 72, 158],
    dashes: DASHES,
  },
};

/** @type {(triple: number[]) => string} */
const css = (triple) => `rgb(${triple.join()})`;

/** @type {(root: HTMLElement, theme: Theme) => void} */
export function dress(root, theme) {
  for (const [name, colour] of Object.entries(PALETTES[theme])) {
    if (typeof colour === "string") root.style.setProperty(`--${name}`, colour);
    else if (Array.isArray(colour)) root.style.setProperty(`--${name}`, css(colour));
  }
}
