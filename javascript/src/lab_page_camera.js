// From a run to a frame: pictures and measures put together, and said in words: as show.py.
import { boundOf } from "./lab_page_bounds.js";
import { Data, FAST, MET, NAMES, PAIRED, SAMPLE, centres, counted, covered, onCells, onPoints,
  sideOf, widthOf } from "./lab_page_measures.js";
import { REACH, dimensionOf, movesOf, sizeOf } from "./lab_page_settings.js";
import { inView, netOf, plane } from "./lab_page_view.js";

const POINTS = 2000; // of data and of fakes that a picture compares
const ARROWS = 150;
const SLOW_EVERY = 8; // frames from one slow measure to the next
const KEPT = 8; // data sets whose numbers are kept

/** @typedef {import("./lab_page_session.js").Session} Session */
/** @typedef {import("./lab_page_machine.js").Machine} Machine */
/** @typedef {{ values: Record<string, any>, arrays: Record<string, Grid> }} Shot a frame */

/** @type {Map<string, Data>} */
const sets = new Map(); // shared by all runs, for their noise floors are costly

/** @typedef {Pick<Session, "machine" | "settings" | "facts">} Seen what a picture needs */
/** @type {(session: Seen) => Data} */
export function dataOf({ machine, settings, facts }) {
  const name = [settings.data, ...settings.drawing].join();
  const data = sets.get(name) ?? new Data(machine.data, dimensionOf(settings), facts.blur);
  sets.delete(name);
  sets.set(name, data);
  if (sets.size > KEPT) sets.delete([...sets.keys()][0]);
  return data;
}

export class Camera {
  /** @type {Record<string, { value: number, step: number }>} */ kept = {};
  frames = 0;

  forget() {
    this.kept = {};
    this.frames = 0;
  }

  // Take a frame; the run is not changed.
  /** @param {Session} session @param {string} arrows their kind @returns {Shot} */
  frame(session, arrows) {
    const { machine, settings, facts } = session;
    const dim = dimensionOf(settings);
    const data = dataOf(session);
    const net = netOf(settings.noise, facts);
    const seen = take(session, data, net.nodes);
    const q = counted(seen.fake, dim, facts.blur);
    const divergences = this.measures(session, data, seen.fake, q);
    const best = seen.heat.map((/** @type {number} */ _, /** @type {number} */ i) =>
      data.p[i] / (data.p[i] + q[i]));
    const all = facts.modes[settings.data] ?? null;
    const modes = all === null ? null : [countModes(machine, seen.fake, dim), all];
    const right = share(seen.onReal, (p) => p > 0.5) / 2 + share(seen.onFake, (p) => p < 0.5) / 2;
    const cover = covered(data.p, q);
    const reading = facts.readings[settings.loss];
    const [side, series] = [sideOf(dim), { losses: session.losses, charts: session.charts }];
    const values = {
      step: session.now, first: session.first, head: session.head,
      view: [-REACH, REACH, -REACH, REACH],
      gap: reading.comparable ? gapOf(data.p, q, seen.heat, best) : null,
      arrows: { kind: arrows }, divergences, modes, covered: cover, accuracy: right,
      bound: boundOf(reading.bound, seen.loss, steepest(seen.scores, dim)),
      sentence: sentence(session.now, modes, cover, divergences.js.value, right),
      message: session.message, settings, losses: { values: {} }, charts: { values: {} },
      ...(dim === 1 ? { heat: null, best: null } : { curves: null }),
    };
    const origin = seen.fake.slice(0, ARROWS * dim);
    const shape = net.shape;
    /** @type {Record<string, Grid>} */
    const arrays = {
      real: data.shown ??= points(data.real.subarray(0, POINTS * dim), dim),
      fake: points(seen.fake.subarray(0, POINTS * dim), dim),
      latent: machine.latent ??= { data: inView(machine, settings.noise, POINTS), shape: [POINTS, 2] },
      manifold: { data: plane(seen.manifold, dim), shape: [...shape, 2] },
      manifold_start: { data: net.start, shape: [...shape, 2] },
      manifold_mass: { data: net.mass, shape: [shape[0] - 1, Math.max(shape[1] - 1, 1)] },
      "arrows.origin": points(origin, dim),
      "arrows.vector": points(arrowsOf(session, seen, arrows, origin), dim),
    };
    for (const [name, record] of Object.entries(series)) {
      const { step, values: curves } = record.series();
      arrays[`${name}.step`] = { data: step, shape: [step.length] };
      for (const [curve, numbers] of Object.entries(curves)) {
        arrays[`${name}.values.${curve}`] = { data: numbers, shape: [numbers.length] };
      }
    }
    if (dim === 2) {
      arrays.heat = { data: seen.heat, shape: [side, side] };
      arrays.best = { data: best, shape: [side, side] };
    } else Object.assign(arrays, curvesOf(data.p, q, seen.heat, best));
    return { values, arrays };
  }

  /** @param {Session} session @param {Data} data @param {Float32Array} fake
   * @param {Float64Array} q @returns {Record<string, any>} */
  measures({ now, charts }, data, fake, q) {
    /** @type {Record<string, number>} */
    const fresh = onCells(data.p, q);
    const due = this.frames % SLOW_EVERY === SLOW_EVERY / 2 || !this.frames;
    this.frames += 1;
    if (due) {
      data.grow();
      const slow = onPoints(data.real, fake, data.dim);
      for (const [name, value] of Object.entries(slow)) this.kept[name] = { value, step: now };
      Object.assign(fresh, slow);
    }
    charts.add(now, NAMES.map((name) => fresh[name] ?? NaN));
    /** @type {Record<string, number>} */
    const sizes = { w1: PAIRED, energy: MET };
    return Object.fromEntries(NAMES.map((name) => {
      const { value, step } = FAST.includes(name) ? { value: fresh[name], step: now }
        : this.kept[name];
      const [low, high] = data.band(name);
      return [name, { value, low, high, step, n: sizes[name] ?? SAMPLE }];
    }));
  }
}

// Let both networks say what they say of the view.
/** @type {(session: Seen, data: Data, nodes: Float32Array) => any} */
export function take({ machine, settings, facts }, data, nodes) {
  const { look, train, noise } = machine;
  look.copy("d", train, "state.d.variables");
  look.copy("g", train, "state.g.variables");
  if (!machine.lookedBefore) { // what never changes
    noise.run.view();
    look.at("z").set(noise.at("view"));
    look.at("nodes").set(nodes);
    look.at("places").set(centres(data.dim));
    look.at("real").set(data.real.subarray(0, POINTS * data.dim));
    look.at("few").set(look.at("z").subarray(0, ARROWS * sizeOf(settings)));
    machine.lookedBefore = true;
  }
  look.at("loss")[0] = facts.choices.loss.indexOf(settings.loss);
  look.run.take();
  /** @param {string} name */
  const seen = (name) => new Float32Array(look.at(`seen${name}`));
  return {
    fake: seen("['fake']"), manifold: seen("['manifold']"), heat: seen("['heat']"),
    scores: seen("['scores']"), onReal: seen("['on_real']"), onFake: seen("['on_fake']"),
    loss: look.at("seen['d_loss']")[0],
    arrows: (/** @type {string} */ kind) => seen(`['arrows']['${kind}']`),
  };
}

/** @type {(machine: Machine, fake: Float32Array, dim: number) => number} */
function countModes({ data }, fake, dim) {
  data.at("seen").set(fake.subarray(0, POINTS * dim));
  data.run.modes();
  return data.at("modes")[0];
}

// "displacement" is where the next update takes each point.
/** @type {(session: Session, seen: any, kind: string, origin: Float32Array) => Float32Array} */
function arrowsOf({ machine, setup }, seen, kind, origin) {
  if (kind !== "displacement") return seen.arrows(kind);
  const before = machine.pack();
  machine.update(movesOf(setup));
  machine.look.copy("g", machine.train, "state.g.variables");
  machine.look.run.points();
  const after = machine.look.at("placed");
  machine.unpack(before);
  return Float32Array.from(origin, (x, i) => (Number.isFinite(after[i]) ? after[i] - x : 0));
}

/** @type {(x: Float32Array, dim: number) => Grid} */
const points = (x, dim) => ({ data: plane(x, dim), shape: [x.length / dim, 2] });

/** @type {(list: Float32Array, holds: (value: number) => boolean) => number} */
const share = (list, holds) => list.filter(holds).length / list.length;

// |D - best|, averaged over data and fakes.
/** @type {(p: Float64Array, q: Float64Array, heat: Float32Array, best: Float32Array) => number} */
function gapOf(p, q, heat, best) {
  let [sum, all] = [0, 0];
  for (let i = 0; i < heat.length; i++) {
    sum += (p[i] + q[i]) * Math.abs(heat[i] - best[i]);
    all += p[i] + q[i];
  }
  return sum / all;
}

// The steepest slope between the cells of the view.
/** @type {(scores: Float32Array, dim: number) => number} */
function steepest(scores, dim) {
  const side = sideOf(dim);
  const h = widthOf(dim);
  /** @type {(at: number, place: number, stride: number) => number} */
  const slope = (at, place, stride) => {
    const [low, high] = [place ? 1 : 0, place < side - 1 ? 1 : 0];
    return (scores[at + high * stride] - scores[at - low * stride]) / ((low + high) * h);
  };
  let most = 0;
  for (let i = 0; i < scores.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const down = dim === 2 ? slope(i, y, side) : 0;
    most = Math.max(most, Math.hypot(slope(i, x, 1), down));
  }
  return most;
}

/** @type {(p: Float64Array, q: Float64Array, heat: Float32Array, best: Float32Array)
 *   => Record<string, Grid>} */
function curvesOf(p, q, heat, best) {
  const h = widthOf(1);
  const shape = [heat.length];
  /** @param {Float64Array} masses */
  const density = (masses) => Float32Array.from(heat, (_, i) => masses[i] / h);
  const lines = { x: centres(1), p: density(p), q: density(q), d: heat, best };
  return Object.fromEntries(Object.entries(lines)
    .map(([name, data]) => [`curves.${name}`, { data, shape }]));
}

/** @type {(step: number, modes: number[] | null, cover: number, js: number, right: number)
 *   => string} */
function sentence(step, modes, cover, js, right) {
  const found = modes ? `${modes[0]} of ${modes[1]} modes`
    : `covers ${Math.round(100 * cover)} % of the data`;
  return `step ${step.toLocaleString("en")}: ${found}, JS ${js.toFixed(2)}, discriminator right ` +
    `${Math.round(100 * right)} % of the time`;
}
