// What trains one structure: draws a block of updates ahead, then moves both players.
import { Program } from "./lab_page_program.js";

const BLOCK = 16; // updates that are drawn for at once, as in programs.py
export const REPORT = ["d_loss", "g_loss", "d_real", "d_fake", "penalty", "d_grad_norm",
  "g_grad_norm"];

/** @typedef {import("./lab_page_program.js").Compiled} Compiled */
/** @typedef {import("./lab_page_program.js").Numbers} Numbers */
/** @typedef {Record<"data" | "noise" | "start" | "train" | "look", Compiled>} Five */
/** @typedef {{ d: number, g: number }} Moves of each player in one update */

export class Machine {
  /** @param {Five} five @param {number[][]} drawing points of a drawn data set */
  constructor(five, drawing) {
    this.data = new Program(five.data);
    this.noise = new Program(five.noise);
    this.begin = new Program(five.start);
    this.train = new Program(five.train);
    this.look = new Program(five.look);
    fillDrawing(this.data, drawing);
    this.state = this.train.under("state").map(([, view]) => bytesOf(view));
    this.now = this.train.at("state.step");
    this.key = this.train.at("state.key");
    this.x = this.train.at("x");
    this.z = this.train.at("z");
    this.move = this.train.at("move");
    this.said = REPORT.map((name) => [`said['${name}']`, `answered['${name}']`]
      .map((path) => this.train.views.get(path)).find((view) => view));
    this.looked = REPORT.map((name) => this.train.at(`report['${name}']`));
    this.draws = sizes(this.data, "x");
    this.moves = sizes(this.noise, "z");
    /** @type {{ from: number, key: number[], x: Numbers, z: Numbers, draws: number,
     *   moves: number } | null} */
    this.block = null;
    this.lookedBefore = false; // the camera has laid ready what never changes ...
    /** @type {Grid | null} */
    this.latent = null; // ... and this, the noise of a picture, in the view
  }

  // Begin a run: `seed` settles both networks and every number that is drawn.
  /** @param {number} seed */
  start(seed) {
    this.begin.at("seed")[0] = seed;
    this.begin.run.begin();
    this.train.copy("state", this.begin);
  }

  get step() { return this.now[0]; }

  // The whole state as one row of bytes.
  pack() {
    const all = new Uint8Array(this.state.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.state) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** @param {Uint8Array} all */
  unpack(all) {
    let at = 0;
    for (const part of this.state) {
      part.set(all.subarray(at, at + part.length));
      at += part.length;
    }
  }

  /** @param {Record<string, number>} numbers */
  setHyper(numbers) {
    for (const [name, value] of Object.entries(numbers)) {
      this.train.at(`state.hyper.${name}`)[0] = value;
    }
  }

  // Draw for this update and those after it, unless it has been drawn already.
  /** @param {Moves} moves */
  drawn({ d, g }) {
    const { block, step, key } = this;
    const draws = Math.max(d, g);
    const moves = d + g + (d && g ? 0 : 1);
    const fits = block && step >= block.from && step < block.from + BLOCK &&
      block.draws >= draws && block.moves >= moves && key.every((word, i) => word === block.key[i]);
    if (fits) return block;
    const k = /** @type {number} */ (this.draws.find((n) => n >= draws));
    const m = /** @type {number} */ (this.moves.find((n) => n >= moves));
    for (const [program, run] of [[this.data, `draw${k}`], [this.noise, `draw${m}`]]) {
      const from = /** @type {Program} */ (program);
      from.at("key").set(key);
      from.at("step")[0] = step;
      from.run[/** @type {string} */ (run)]();
    }
    this.block = { from: step, key: [...key], draws: k, moves: m,
      x: this.data.at(`x${k}`), z: this.noise.at(`z${m}`) };
    return this.block;
  }

  // One update: D moves so often, then G; the report is that of each player's last move.
  /** @param {Moves} moves */
  update(moves) {
    const block = this.drawn(moves);
    const row = this.now[0] - block.from;
    const { run } = this.train;
    const rests = !(moves.d && moves.g);
    const last = moves.d + moves.g;
    if (rests) {
      this.turn(block, row, 0, last);
      run.report();
    }
    for (let k = 0; k < moves.d; k++) {
      this.turn(block, row, k, k);
      run.move_d();
    }
    for (let k = 0; k < moves.g; k++) {
      this.turn(block, row, k, moves.d + k);
      run.move_g();
    }
    run.end();
    return REPORT.map((name, i) => {
      const moved = name === "g_loss" || name === "g_grad_norm" ? moves.g : moves.d;
      return (moved ? /** @type {Numbers} */ (this.said[i]) : this.looked[i])[0];
    });
  }

  // Lay ready what one move reads.
  /** @param {NonNullable<Machine["block"]>} block @param {number} row @param {number} batch
   * @param {number} move */
  turn({ x, z, draws, moves }, row, batch, move) {
    const [nx, nz] = [this.x.length, this.z.length];
    const [ax, az] = [(row * draws + batch) * nx, (row * moves + move) * nz];
    this.x.set(x.subarray(ax, ax + nx));
    this.z.set(z.subarray(az, az + nz));
    this.move[0] = move;
  }

  // Whether all weights of a network are ordinary numbers.
  /** @param {string} player "d" or "g" */
  sound(player) {
    return this.train.under(`state.${player}.variables.params`)
      .every(([, view]) => view.every(Number.isFinite));
  }
}

/** @type {(program: Program, points: number[][]) => void} */
function fillDrawing(program, points) {
  const means = program.views.get("source.means");
  if (!means) return;
  const [std, weights] = [program.at("source.std"), program.at("source.weights")];
  means.fill(0).set(points.flat());
  std.fill(0.08); // sources.BRUSH
  weights.fill(0).fill(1 / points.length, 0, points.length);
}

// How much can be drawn at once: 1, 2, 3, ... from arrays called x1, x2, x3.
/** @type {(program: Program, letter: string) => number[]} */
function sizes(program, letter) {
  const found = [...program.views.keys()].filter((name) => name[0] === letter)
    .map((name) => Number(name.slice(1))).filter((n) => n > 0);
  return found.sort((a, b) => a - b);
}

/** @param {Numbers} view */
const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
