// Settings in the page: what may be, what a change makes anew, and which programs it needs.

/** @typedef {Record<string, any>} Settings as of settings.py, a typed loss among them */
/** @typedef {{ settings: Settings, who: string }} Setup who moves: one player, or "both" */
/** @typedef {"data" | "noise" | "start" | "train" | "look"} Kind */
// What Python knows of the lab, so that nothing stands twice: see lab_in_page.py.
/** @typedef {{ defaults: Settings, choices: Record<string, string[]>,
 *   ranges: Record<string, [number, number]>, whole: string[],
 *   presets: Record<string, Settings>, labels: Record<string, string>,
 *   readings: Record<string, { comparable: boolean, bound: string | null }>,
 *   blur: number[], normal_share: number[], modes: Record<string, number>,
 *   captions: string[] }} Facts */

/** @type {readonly Kind[]} */
export const KINDS = ["data", "noise", "start", "train", "look"];
export const REACH = 2.4; // the view is the square from -REACH to REACH
const MOST_POINTS = 1024; // of a drawing

/** @param {Settings} settings */
export const sizeOf = (settings) => Number(settings.noise.split(" ")[1][0]);
/** @param {Settings} settings */
export const dimensionOf = (settings) => (settings.data === "two bumps" ? 1 : 2);
/** @type {(width: number, layers: number) => string} */
const widths = (width, layers) => Array(layers).fill(width).join("-");

/** @param {Settings} s */
const generatorOf = (s) => `${sizeOf(s)}>${widths(s.g_width, s.g_layers)}>${dimensionOf(s)}`;
/** @param {Settings} s */
const discriminatorOf = (s) => `${dimensionOf(s)} ${widths(s.d_width, s.d_layers)}`;

// Name the program of a kind that settings need; as `key` in prepared.py.
/** @type {(kind: Kind, settings: Settings) => string} */
export function keyOf(kind, s) {
  const networks = `${generatorOf(s)} ${widths(s.d_width, s.d_layers)}`;
  return {
    data: `data ${s.data} ${s.batch}`,
    noise: `noise ${s.noise} ${s.batch}`,
    start: `start ${networks} ${s.optimizer}`,
    train: `train ${networks} ${s.loss} ${s.penalty} ${s.optimizer} ${s.batch}`,
    look: `look ${networks} ${s.batch}`,
  }[kind];
}

// How often each player moves in an update; one who moves alone moves at least once.
/** @type {(setup: Setup) => { d: number, g: number }} */
export function movesOf({ settings: { k_d: d, k_g: g }, who }) {
  if (who === "discriminator") return { d: Math.max(d, 1), g: 0 };
  if (who === "generator") return { d: 0, g: Math.max(g, 1) };
  return { d, g };
}

// The numbers that a program takes as arguments; as `hyper_of` in structure.py.
/** @type {(settings: Settings) => Record<string, number>} */
export function hyperOf({ d_rate, g_rate, beta1, gamma, penalty }) {
  const clipped = penalty === "clip";
  return {
    d_learning_rate: d_rate, g_learning_rate: g_rate, beta1,
    gamma: clipped ? 0 : gamma, clip: clipped ? gamma : 1,
  };
}

// What is made anew when a run goes on under other settings; as `carry` in structure.py.
/** @type {(old: Setup, next: Setup) => { generator: boolean, discriminator: boolean,
 *   memory: boolean, sentence: string }} */
export function renewed({ settings: old, who: before }, { settings: next, who }) {
  const generator = generatorOf(old) !== generatorOf(next);
  const discriminator = discriminatorOf(old) !== discriminatorOf(next);
  const memory = old.optimizer !== next.optimizer;
  const made = [generator && "the generator", discriminator && "the discriminator",
    memory && "the optimiser's memory"].filter((words) => words);
  const last = made.pop();
  const list = made.length ? `${made.join(", ")} and ${last}` : last;
  const same = before === who && ["noise", "loss", "penalty", "k_d", "k_g"]
    .every((name) => old[name] === next[name]);
  const kept = same ? "Changed." : "Changed; both networks go on as they are.";
  const sentence = last ? `Changed; ${list} started anew, and the rest goes on.` : kept;
  return { generator, discriminator, memory, sentence };
}

// What goes wrong is said in words for the learner, as `Settings` in settings.py says it.
export class Refused extends Error {}
// What only the course's Python can do.
export class Elsewhere extends Refused {}

/** @type {(facts: Facts, settings: Settings, changes: Settings) => Settings} */
export function changed(facts, settings, changes) {
  const next = { ...settings, ...changes };
  for (const [name, choices] of Object.entries(facts.choices)) {
    if (!choices.includes(next[name])) {
      throw new Refused(`${name} is ${next[name]}; expected one of ${choices.join(", ")}.`);
    }
  }
  for (const [name, [low, high]] of Object.entries(facts.ranges)) {
    const whole = facts.whole.includes(name);
    const value = next[name];
    const fits = typeof value === "number" && value >= low && value <= high;
    if (!fits || (whole && !Number.isInteger(value))) {
      const ends = name !== "seed" ? `from ${low} to ${high}`
        : value > high ? `from 0 to ${high.toLocaleString("en")}` : "from 0 up";
      throw new Refused(`${name} is ${value}; expected ${whole ? "a whole number" : "a number"} ` +
        `${ends}.`);
    }
  }
  next.drawing = thinned(next.drawing);
  if (next.data === "drawing" && !next.drawing.length) {
    throw new Refused("The drawing is empty. Draw a few points first; the data are made of them.");
  }
  if (next.penalty === "clip" && !next.gamma) {
    throw new Refused("gamma is 0 and penalty is 'clip'; expected gamma above 0, because every " +
      "weight of the discriminator is cut to that size.");
  }
  if (next.k_d + next.k_g === 0) {
    throw new Refused("k_d and k_g are both 0; expected 1 or more for at least one of them, or " +
      "nobody moves.");
  }
  return next;
}

// Even spacing keeps the shape of a drawing that has too many points.
/** @param {number[][]} points */
function thinned(points) {
  if (points.length <= MOST_POINTS) return points;
  const pace = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.round(i * pace)]);
}

/** @type {(one: Settings, other: Settings) => boolean} */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @param {Settings} settings */
export function remark({ data, drawing }) {
  if (data !== "drawing" || new Set(drawing.map(String)).size > 1) return "";
  return "The drawing is a single point, so the data are one small cloud. Draw more points for a " +
    "shape.";
}
