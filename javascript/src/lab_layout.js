// How large the picture may be: the lab never grows beyond what its reader can see at
// once, so no control scrolls the picture away, and nothing moves while it plays.

const WIDE = 640; // pixels from which the controls stand beside the picture
const GAP = 12;
const PANEL = { least: 290, most: 540, share: 0.36 };
const SIDE = { least: 150, most: 900 }; // of a picture
const REST = 420; // height of the controls beside two pictures, where there is room
const DRAWER = 140; // least height of the drawer
const OVERLAP = 0.32; // of the picture that it may hide
const MARGIN = 10; // around the lab
const LOW = 480; // a room in which what is not needed at once stands back

// The height that is seen at once: of the window, or of what scrolls inside it. (A box that
// grows with the lab is no measure: only those that the page's own script has sized are.)
/** @type {(node: HTMLElement) => number} */
export function roomOf(node) {
  const framed = window.parent !== window; // a frame that grows with its content
  let room = framed ? Math.max(window.innerHeight, 0.7 * screen.availHeight) : window.innerHeight;
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (/px$/.test(at.style.height) && at.clientHeight > 100) {
      room = Math.min(room, at.clientHeight);
    }
  }
  return room;
}

/** @typedef {{ root: HTMLElement, bar: HTMLElement, time: HTMLElement, key: HTMLElement,
 *   charts: HTMLElement, lanes: number, simple: boolean }} Parts simple: a recording, which has few controls */

// Give the lab its measures. Only what differs is written, so that nothing is laid out twice.
/** @param {Parts} parts */
export function fit({ root, bar, time, key, charts, lanes, simple }) {
  const width = (root.parentElement?.clientWidth || root.clientWidth) - 2 * MARGIN;
  if (width <= 0) return; // nobody sees it
  const room = roomOf(root);
  const isWide = width >= WIDE;
  toggle(root, "gl-wide", isWide);
  toggle(root, "gl-low", room < LOW);
  const around = bar.offsetHeight + time.offsetHeight + key.offsetHeight + 2 * MARGIN + 18;
  const tall = room - around;
  /** @type {(side: number) => number} */
  const bounded = (side) => Math.floor(Math.max(SIDE.least, Math.min(side, SIDE.most)));
  if (isWide) {
    const panel = Math.min(PANEL.most, Math.max(PANEL.least, PANEL.share * width));
    const side = bounded(Math.min((width - panel - GAP * lanes) / lanes, tall));
    const view = side * lanes + GAP * (lanes - 1);
    // Two pictures are lower: the controls beside them keep room of their own.
    const rest = Math.min(REST, tall + time.offsetHeight + key.offsetHeight - charts.offsetHeight);
    put(root, { "--side": `${side}px`, "--view": `${view}px`, "--across": String(lanes),
      "--panel": `${PANEL.most}px`, "--rest": `${lanes > 1 ? Math.max(0, rest) : 0}px` });
    return;
  }
  const full = Math.min(width, tall);
  const less = Math.min(width, tall - charts.offsetHeight - 12); // with the charts in sight
  const one = simple || less < 0.72 * full ? full : less;
  const beside = (width - GAP) / 2;
  const below = (one - GAP) / 2;
  const across = lanes > 1 && beside > below ? 2 : 1;
  const side = bounded(lanes > 1 ? Math.max(beside, below) : one);
  put(root, { "--side": `${side}px`, "--view": "100%", "--across": String(across) });
  // The drawer lies over what is below the picture, and over its lower edge.
  const seen = Math.min(room, root.offsetHeight);
  const drawer = Math.max(DRAWER, Math.floor(seen - bar.offsetHeight - (1 - OVERLAP) * side));
  put(root, { "--drawer": `${drawer}px`, "--floor": `${root.offsetHeight - seen}px` });
}

/** @type {(node: HTMLElement, name: string, on: boolean) => void} */
function toggle(node, name, on) {
  if (node.classList.contains(name) !== on) node.classList.toggle(name, on);
}

/** @type {(node: HTMLElement, values: Record<string, string>) => void} */
function put(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value);
  }
}
