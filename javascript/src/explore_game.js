// The game "real or fake?" without a kernel, as a notebook has kept it: the rules, the costs
// and the words of gan_utils/real_or_fake.py.
import { general } from "./base.js";

const YOU = "you";
const HALF = 0.5;

/** @typedef {{ answers: [words: string, chance: number][], edges: number[], floor: number,
 *   players: string[], words: string[], is_real: Grid, chances: Grid, deals: Grid }
 *   & Record<string, any>} Kept see gan_utils/widgets/kept_game.py */

export class Game {
  /** @type {number[]} */ order; // the samples that this game asks about
  /** @type {number[]} */ answers; // chances of "real" that you gave in it

  /** @param {Kept} kept */
  constructor(kept) {
    this.kept = kept;
    const samples = kept.is_real.data.length;
    this.real = Array.from(kept.is_real.data, Boolean);
    /** @type {Record<string, Float32Array>} */
    this.chances = Object.fromEntries(kept.players.map((name, k) =>
      [name, kept.chances.data.subarray(k * samples, (k + 1) * samples)]));
    /** @type {[sample: number, chance: number][]} */
    this.told = []; // earlier games included
    this.games = 0;
    this.restart();
  }

  // The kernel's deals, one after the other; after the last the first comes again.
  restart() {
    const [deals, rounds] = this.kept.deals.shape;
    const at = (this.games % deals) * rounds;
    this.order = [...this.kept.deals.data.subarray(at, at + rounds)];
    this.games += 1;
    this.answers = [];
  }

  get over() {
    return this.answers.length === this.order.length;
  }

  get sample() {
    return this.order[Math.min(this.answers.length, this.order.length - 1)];
  }

  /** @param {Command} command @returns {string} what must be said of it */
  carryOut({ do: what, chance, game, question }) {
    if (what === "restart") this.restart();
    if (what !== "answer") return "";
    if (game !== this.games || question !== this.answers.length) {
      return "That question was answered already. This is the next one.";
    }
    this.told.push([this.sample, chance]);
    this.answers.push(chance);
    return "";
  }

  /** @returns {Question} */
  get seen() {
    const alt = `${this.prompt} ${this.kept.words[this.sample]}`;
    return { sentence: this.sentence, alt, over: this.over, game: this.games,
      done: this.answers.length, scores: this.scores(), calibration: this.calibration() };
  }

  /** @returns {[name: string, points: number, cost: number | null][]} */
  scores() {
    const asked = this.order.slice(0, this.answers.length);
    const was = asked.map((sample) => this.real[sample]);
    /** @type {[name: string, said: number[]][]} */
    const all = [[YOU, this.answers], ...Object.entries(this.chances).map(([name, chances]) =>
      /** @type {[string, number[]]} */ ([name, asked.map((sample) => chances[sample])]))];
    return all.map(([name, said]) => [name, pointsOf(said, was), this.cost(said, was)]);
  }

  /** @param {number[]} said @param {boolean[]} was */
  cost(said, was) {
    if (!said.length) return null;
    return mean(said.map((p, i) =>
      -Math.log(Math.min(1, Math.max(this.kept.floor, was[i] ? p : 1 - p)))));
  }

  /** @returns {Calibration} */
  calibration() {
    const every = this.real.map((_, i) => i);
    /** @type {Calibration} */
    const found = { [YOU]: this.binned(this.told) };
    for (const [name, chances] of Object.entries(this.chances)) {
      found[name] = this.binned(every.map((i) => [i, chances[i]]));
    }
    return found;
  }

  /** @param {[sample: number, chance: number][]} told */
  binned(told) {
    const { edges } = this.kept;
    const bins = Array.from({ length: edges.length + 1 }, (_, k) =>
      told.filter(([, p]) => edges.filter((edge) => p >= edge).length === k));
    const chosen = bins.filter((bin) => bin.length);
    return {
      said: chosen.map((bin) => mean(bin.map(([, p]) => p))),
      was: chosen.map((bin) => mean(bin.map(([sample]) => Number(this.real[sample])))),
      count: chosen.map((bin) => bin.length),
    };
  }

  get prompt() {
    if (this.over) return "The game is over; press New game for another.";
    return `Question ${this.answers.length + 1} of ${this.order.length}: real or fake?`;
  }

  get sentence() {
    const done = this.answers.length;
    if (!done) return this.prompt;
    const was = this.real[this.order[done - 1]];
    const points = pointsOf(this.answers.slice(-1), [was]);
    const verdict = points === HALF ? "undecided" : points ? "right" : "wrong";
    const right = this.scores().map(([name, n]) => `${name} ${general(n)}`).join(", ");
    return `It was ${was ? "real" : "fake"}: you were ${verdict}. ` +
      `Points so far, of ${done}: ${right}. ${this.prompt}`;
  }
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

// A point for the right side of one half, half a point on it.
/** @param {number[]} said @param {boolean[]} was */
function pointsOf(said, was) {
  return said.reduce((sum, p, i) => sum + (p === HALF ? HALF : Number((p > HALF) === was[i])), 0);
}
