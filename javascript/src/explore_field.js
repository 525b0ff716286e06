// A game of two numbers without a kernel: the engine behind the vector-field explorer, as in
// gan_utils/vector_fields. The numbers come from its program, the words from here.
import { besideOne, general } from "./base.js";
import { pack } from "./lab_page_pack.js";

/** @typedef {import("./program.js").Program} Program */
/** @typedef {{ game: string, stepper: string, step_size: number, strength: number }} Settings */
/** @typedef {[real: number, imaginary: number]} Complex */

export class Field {
  /** @param {Program} program @param {any} own the settings that it begins with */
  constructor(program, { game, starts = [[1, 1]], ...own }) {
    this.program = program;
    const { games, steppers, steps } = program.about.catalogue;
    this.steps = steps;
    /** @type {string[]} */
    this.games = games;
    /** @type {string[]} */
    this.steppers = steppers;
    /** @type {Settings} */
    this.settings = { game: "", stepper: steppers[0], step_size: 0.1, strength: 0 };
    /** @type {Point[]} */
    this.starts = starts;
    this.change({ game: game ?? games[0], ...own });
  }

  // The places of the game and of the way to move, as the program counts them.
  get k() { return this.games.indexOf(this.settings.game); }
  get j() { return this.steppers.indexOf(this.settings.stepper); }
  get constant() { return this.program.about.games[this.k].constant; }

  /** @param {Partial<Settings>} values */
  change({ game, strength, ...others }) {
    Object.assign(this.settings, others);
    if (game !== undefined) { // it brings its own strength
      this.settings.game = game;
      this.settings.strength = this.program.about.games[this.k].published;
    }
    if (typeof strength === "number" && this.constant) this.settings.strength = strength;
  }

  /** @param {Command} command */
  carryOut({ do: what, values, theta, psi }) {
    if (what === "set") this.change(values ?? {});
    if (what === "launch") {
      this.starts = [...this.starts, /** @type {Point} */ ([theta, psi])]
        .slice(-this.program.about.most);
    }
    if (what === "undo") this.starts = this.starts.slice(0, -1);
    if (what === "clear") this.starts = [];
  }

  // What is to be seen, as bytes for the face.
  /** @type {import("./explore_source.js").Answer} */
  async answer(commands) {
    for (const command of commands) this.carryOut(command);
    return [{}, [pack(this.portrait())]];
  }

  portrait() {
    const { program, settings, constant, steps } = this;
    program.leaf("strength")[0] = settings.strength;
    program.leaf("step_size")[0] = settings.step_size;
    program.run(`arrows_${this.k}`);
    const arrows = program.leaf("arrows").slice();
    const paths = new Float32Array(2 * (steps + 1) * this.starts.length);
    this.starts.forEach((start, i) => {
      program.leaf("start").set(start);
      program.run(`launch_${this.k}_${this.j}`);
      paths.set(program.leaf("path"), 2 * (steps + 1) * i);
    });
    const values = this.eigenvalues();
    const side = Math.sqrt(arrows.length / 2);
    const cure = constant ? `, ${constant} ${general(settings.strength)}` : "";
    const title = `${settings.game}${cure}, ${settings.stepper}, h = ` +
      general(settings.step_size);
    const sentence = `${title}. ${this.fate(values)} ${this.lastWords(paths)}`;
    return {
      values: { settings, constant, title, sentence },
      arrays: {
        arrows: { data: arrows, shape: [side, side, 2] },
        paths: { data: paths, shape: [this.starts.length, steps + 1, 2] },
        values: { data: new Float32Array(values.flat()), shape: [values.length, 2] },
      },
    };
  }

  /** @returns {Complex[]} of one update at the centre; none where the field jumps */
  eigenvalues() {
    const { games, flow } = this.program.about;
    if (games[this.k].jumps) return [];
    this.program.run(`slopes_${this.k}_${this.j}`);
    const found = eigenvaluesOf(this.program.leaf("slopes"));
    if (this.j !== flow) return found;
    const h = this.settings.step_size; // the flow's are known exactly
    return found.map(([re, im]) =>
      [Math.exp(h * re) * Math.cos(h * im), Math.exp(h * re) * Math.sin(h * im)]);
  }

  /** @param {Complex[]} values */
  fate(values) {
    const { fates, on_circle: onCircle, together } = this.program.about;
    if (!values.length) return fates.jump;
    const size = Math.max(...values.map((value) => Math.hypot(...value)));
    const [[a, b], [c, d]] = values;
    let kind = size < 1 - onCircle ? "settle" : size <= 1 + onCircle ? "stay" : "leave";
    if (Math.abs(size - 1) < together && Math.hypot(a - c, b - d) < together) kind = "drift";
    return `The larger eigenvalue of one update has size ${besideOne(size)}: ${fates[kind]}.`;
  }

  /** @param {Float32Array} paths */
  lastWords(paths) {
    const count = this.starts.length;
    if (!count) return "Nothing is launched.";
    const path = paths.subarray(-2 * (this.steps + 1));
    const place = [...path.subarray(0, 2)].map((x) => x.toFixed(2).replace(/^-(0\.00)$/, "$1"));
    const [first, end] = [path, path.subarray(-2)].map(([x, y]) => Math.hypot(x, y));
    let last = "out of sight"; // NaN is, too
    if (end < 1e6) last = end < 1e-6 ? "less than a millionth" : general(end, 3);
    return `Launch ${count} from (${place.join(", ")}): distance ${general(first, 3)} at first, ` +
      `${last} after ${this.steps} updates.`;
  }
}

// Of a matrix of two rows, sorted by real, then by imaginary part.
/** @type {(matrix: ArrayLike<number>) => Complex[]} */
export function eigenvaluesOf({ 0: a, 1: b, 2: c, 3: d }) {
  const [middle, half] = [(a + d) / 2, (a - d) / 2];
  const square = half * half + b * c;
  const root = Math.sqrt(Math.abs(square));
  return square < 0 ? [[middle, -root], [middle, root]] : [[middle - root, 0], [middle + root, 0]];
}
