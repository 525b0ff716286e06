// Made by `nox -s javascript`; change javascript/src instead. Sources: 6e317ac646f9d1205796fdc357671300b67a0c34df33ef26c9c8289cc22f6d63
"use strict";
var labWorker = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // lab_worker.js
  var lab_worker_exports = {};
  __export(lab_worker_exports, {
    Answers: () => Answers,
    compiled: () => compiled,
    keyOf: () => keyOf,
    movesOf: () => movesOf,
    serve: () => serve,
    written: () => written
  });

  // lab_page_pack.js
  var SHARES = ["heat", "best"];
  var ALIGN = 4;
  function pack({ values, arrays }, before = {}) {
    const head = { values, arrays: [], same: [] };
    const parts = [];
    let at = 0;
    for (const [name, { data, shape }] of Object.entries(arrays)) {
      if (before[name] && equal(before[name].data, data)) {
        head.same.push(name);
        continue;
      }
      before[name] = { data, shape };
      const share2 = SHARES.includes(name);
      const raw = share2 ? Uint8Array.from(data, (p) => Math.round(255 * within(p))) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      head.arrays.push({
        name,
        at,
        bytes: raw.length,
        kind: share2 ? "u1" : "f4",
        shape,
        low: 0,
        high: 1
      });
      parts.push({ at, raw });
      at += Math.ceil(raw.length / ALIGN) * ALIGN;
    }
    const text = new TextEncoder().encode(JSON.stringify(head));
    const all = new Uint8Array(4 + text.length + at);
    new DataView(all.buffer).setUint32(0, text.length, true);
    all.set(text, 4);
    for (const part of parts) all.set(part.raw, 4 + text.length + part.at);
    return all;
  }
  var within = (p) => Number.isNaN(p) ? 0.5 : Math.min(1, Math.max(0, p));
  function equal(one, other) {
    if (one === other) return true;
    if (one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
    return true;
  }

  // binary.js
  async function inflate(buffer) {
    const stream = new Blob([buffer]).stream();
    const pipe = stream.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(pipe).arrayBuffer());
  }

  // lab_page_run.js
  var FORMAT = "gan_utils lab 1";
  var MOST = 48 * 1024;
  var rowsOf = ({ losses, charts }) => [losses, charts].flatMap(({ sums, counts }) => [...sums, ...counts]).map((row) => new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  async function written(lanes) {
    const told = lanes.map((lane) => {
      const { now, head: head2, message, broken, losses, charts } = lane;
      const snapshots = [...recent(lane), lane.snapshot()];
      const parts2 = [...snapshots.map(({ bytes }) => bytes), ...rowsOf(lane)];
      const about = {
        format: FORMAT,
        now,
        head: head2,
        message,
        broken,
        widths: { losses: losses.width, charts: charts.width },
        parts: parts2.map(({ length }) => length),
        snapshots: snapshots.map(({ step, setup }) => ({
          step,
          moves: setup.who,
          settings: setup.settings
        }))
      };
      return { about, parts: parts2 };
    });
    const head = new TextEncoder().encode(JSON.stringify(told.map(({ about }) => about)));
    const parts = [Uint32Array.of(head.length), head, ...told.flatMap(({ parts: parts2 }) => parts2)];
    const stream = new Blob(parts).stream().pipeThrough(new CompressionStream("deflate"));
    const packed = new Uint8Array(await new Response(stream).arrayBuffer());
    return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  }
  function recent({ timeline, now }) {
    const kept = [...timeline.stretches];
    const size2 = () => kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
    while (kept.length > 1 && kept[1].step <= now && size2() > MOST) kept.shift();
    return kept;
  }
  async function read(text) {
    const all = await inflate(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    const length = new DataView(all.buffer).getUint32(0, true);
    let at = 4 + length;
    return JSON.parse(new TextDecoder().decode(all.subarray(4, at))).map((about) => ({
      about,
      parts: about.parts.map((size2) => all.subarray(at, at += size2))
    }));
  }
  function resume(session, { about, parts }) {
    const { now, head, message, broken, widths: widths2 } = about;
    const snapshots = about.snapshots.map(({ step, moves, settings }, i) => ({ step, setup: { settings, who: moves }, bytes: parts[i] }));
    const last = (
      /** @type {Snapshot} */
      snapshots.pop()
    );
    [session.losses.width, session.charts.width] = [widths2.losses, widths2.charts];
    rowsOf(session).forEach((row, i) => row.set(parts[about.snapshots.length + i]));
    session.timeline.stretches = snapshots;
    session.enter(last);
    [session.head, session.known] = [head, head];
    [session.now, session.message, session.broken] = [now, message, broken];
  }

  // lab_page_assignment.js
  function assignment(cost, n) {
    const [u, v] = [new Float64Array(n), new Float64Array(n)];
    const rowOf = new Int32Array(n).fill(-1);
    const columnOf = new Int32Array(n).fill(-1);
    const [least, from] = [new Float64Array(n), new Int32Array(n)];
    const done = new Uint8Array(n);
    for (let row = 0; row < n; row++) {
      least.fill(Infinity);
      done.fill(0);
      let [i, price, end] = [row, 0, -1];
      const reached = [];
      while (end < 0) {
        let [lowest, next] = [Infinity, -1];
        for (let j = 0; j < n; j++) {
          if (done[j]) continue;
          const c = price + cost[i * n + j] - u[i] - v[j];
          if (c < least[j]) {
            least[j] = c;
            from[j] = i;
          }
          if (least[j] < lowest || least[j] === lowest && rowOf[j] < 0) {
            lowest = least[j];
            next = j;
          }
        }
        price = lowest;
        done[next] = 1;
        reached.push(next);
        if (rowOf[next] < 0) end = next;
        else i = rowOf[next];
      }
      u[row] += price;
      for (const j of reached) {
        if (j === end) continue;
        u[rowOf[j]] += price - least[j];
        v[j] += least[j] - price;
      }
      for (let j = end; ; ) {
        const before = from[j];
        rowOf[j] = before;
        [columnOf[before], j] = [j, columnOf[before]];
        if (before === row) break;
      }
    }
    let total = 0;
    for (let j = 0; j < n; j++) total += cost[rowOf[j] * n + j];
    return total;
  }

  // lab_page_settings.js
  var KINDS = ["data", "noise", "start", "train", "look"];
  var REACH = 2.4;
  var MOST_POINTS = 1024;
  var sizeOf = (settings) => Number(settings.noise.split(" ")[1][0]);
  var dimensionOf = (settings) => settings.data === "two bumps" ? 1 : 2;
  var widths = (width, layers) => Array(layers).fill(width).join("-");
  var generatorOf = (s) => `${sizeOf(s)}>${widths(s.g_width, s.g_layers)}>${dimensionOf(s)}`;
  var discriminatorOf = (s) => `${dimensionOf(s)} ${widths(s.d_width, s.d_layers)}`;
  function keyOf(kind, s) {
    const networks = `${generatorOf(s)} ${widths(s.d_width, s.d_layers)}`;
    return {
      data: `data ${s.data} ${s.batch}`,
      noise: `noise ${s.noise} ${s.batch}`,
      start: `start ${networks} ${s.optimizer}`,
      train: `train ${networks} ${s.loss} ${s.penalty} ${s.optimizer} ${s.batch}`,
      look: `look ${networks} ${s.batch}`
    }[kind];
  }
  function movesOf({ settings: { k_d: d, k_g: g }, who }) {
    if (who === "discriminator") return { d: Math.max(d, 1), g: 0 };
    if (who === "generator") return { d: 0, g: Math.max(g, 1) };
    return { d, g };
  }
  function hyperOf({ d_rate, g_rate, beta1, gamma, penalty }) {
    const clipped = penalty === "clip";
    return {
      d_learning_rate: d_rate,
      g_learning_rate: g_rate,
      beta1,
      gamma: clipped ? 0 : gamma,
      clip: clipped ? gamma : 1
    };
  }
  function renewed({ settings: old, who: before }, { settings: next, who }) {
    const generator = generatorOf(old) !== generatorOf(next);
    const discriminator = discriminatorOf(old) !== discriminatorOf(next);
    const memory = old.optimizer !== next.optimizer;
    const made = [
      generator && "the generator",
      discriminator && "the discriminator",
      memory && "the optimiser's memory"
    ].filter((words) => words);
    const last = made.pop();
    const list = made.length ? `${made.join(", ")} and ${last}` : last;
    const same2 = before === who && ["noise", "loss", "penalty", "k_d", "k_g"].every((name) => old[name] === next[name]);
    const kept = same2 ? "Changed." : "Changed; both networks go on as they are.";
    const sentence2 = last ? `Changed; ${list} started anew, and the rest goes on.` : kept;
    return { generator, discriminator, memory, sentence: sentence2 };
  }
  var Refused = class extends Error {
  };
  var Elsewhere = class extends Refused {
  };
  function changed(facts, settings, changes) {
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
      if (!fits || whole && !Number.isInteger(value)) {
        const ends = name !== "seed" ? `from ${low} to ${high}` : value > high ? `from 0 to ${high.toLocaleString("en")}` : "from 0 up";
        throw new Refused(`${name} is ${value}; expected ${whole ? "a whole number" : "a number"} ${ends}.`);
      }
    }
    next.drawing = thinned(next.drawing);
    if (next.data === "drawing" && !next.drawing.length) {
      throw new Refused("The drawing is empty. Draw a few points first; the data are made of them.");
    }
    if (next.penalty === "clip" && !next.gamma) {
      throw new Refused("gamma is 0 and penalty is 'clip'; expected gamma above 0, because every weight of the discriminator is cut to that size.");
    }
    if (next.k_d + next.k_g === 0) {
      throw new Refused("k_d and k_g are both 0; expected 1 or more for at least one of them, or nobody moves.");
    }
    return next;
  }
  function thinned(points2) {
    if (points2.length <= MOST_POINTS) return points2;
    const pace = (points2.length - 1) / (MOST_POINTS - 1);
    return Array.from({ length: MOST_POINTS }, (_, i) => points2[Math.round(i * pace)]);
  }
  var same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  function remark({ data, drawing }) {
    if (data !== "drawing" || new Set(drawing.map(String)).size > 1) return "";
    return "The drawing is a single point, so the data are one small cloud. Draw more points for a shape.";
  }

  // lab_page_measures.js
  var SAMPLE = 2e4;
  var PAIRED = 256;
  var MET = 512;
  var DRAWS = 40;
  var FIRST_DRAWS = 8;
  var EDGES = [0.05, 0.95];
  var FINE = 3;
  var LEAST = 1e-6;
  var FAST = ["kl_pq", "kl_qp", "js"];
  var SLOW = ["w1", "energy"];
  var NAMES = [...FAST, ...SLOW];
  var sideOf = (dim) => dim === 2 ? 60 : 200;
  var widthOf = (dim) => 2 * REACH / sideOf(dim);
  function centres(dim) {
    const side = sideOf(dim);
    const axis = Float32Array.from({ length: side }, (_, i) => (i + 0.5) * widthOf(dim) - REACH);
    if (dim === 1) return axis;
    return Float32Array.from({ length: 2 * side * side }, (_, i) => {
      const cell = i >> 1;
      return axis[i % 2 ? Math.floor(cell / side) : cell % side];
    });
  }
  function counted(x, dim, blur) {
    const side = sideOf(dim);
    const masses = new Float64Array(side ** dim);
    const scale = Math.fround(1 / widthOf(dim));
    const count = x.length / dim;
    const cell = (v) => Math.min(Math.trunc(Math.fround(Math.fround(v + REACH) * scale)), side - 1);
    for (let i = 0; i < count; i++) {
      const [a, b] = [x[i * dim], dim === 2 ? x[2 * i + 1] : 0];
      if (!(Math.abs(a) < REACH && Math.abs(b) < REACH)) continue;
      masses[cell(a) + (dim === 2 ? side * cell(b) : 0)] += 1 / count;
    }
    return blurred(masses, dim, blur);
  }
  function exact(evaluate, dim, blur) {
    const cells = centres(dim);
    const step = widthOf(dim) / FINE;
    const masses = new Float64Array(sideOf(dim) ** dim);
    for (let k = 0; k < FINE ** dim; k++) {
      const shift = [k % FINE, Math.floor(k / FINE)].map((n) => (n - (FINE - 1) / 2) * step);
      const found = evaluate(cells.map((v, i) => v + shift[dim === 2 ? i % 2 : 0]));
      for (let i = 0; i < masses.length; i++) masses[i] += Math.exp(found[i]) * step ** dim;
    }
    const all = Math.max(1, masses.reduce((a, b) => a + b, 0));
    return blurred(masses.map((m) => m / all), dim, blur);
  }
  function blurred(masses, dim, blur) {
    const side = sideOf(dim);
    let smooth = along(masses, side, 1, blur);
    if (dim === 2) smooth = along(smooth, side, side, blur);
    const out = new Float64Array(masses.length + 1);
    out.set(smooth);
    out[masses.length] = Math.max(1 - smooth.reduce((a, b) => a + b, 0), 0);
    const even = LEAST / out.length;
    let sum = 0;
    for (let i = 0; i < out.length; i++) sum += out[i] = out[i] * (1 - LEAST) + even;
    return out.map((m) => m / sum);
  }
  function along(masses, side, stride, blur) {
    const out = new Float64Array(masses.length);
    for (let i = 0; i < masses.length; i++) {
      const mass = masses[i];
      if (!mass) continue;
      const place = Math.floor(i / stride) % side;
      const low = Math.max(0, place - blur.length + 1);
      const high = Math.min(side - 1, place + blur.length - 1);
      for (let k = low; k <= high; k++) out[i + (k - place) * stride] += mass * blur[Math.abs(k - place)];
    }
    return out;
  }
  function kl(p, q) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
    return sum;
  }
  function onCells(p, q) {
    const middle = p.map((mass, i) => (mass + q[i]) / 2);
    return { kl_pq: kl(p, q), kl_qp: kl(q, p), js: (kl(p, middle) + kl(q, middle)) / 2 };
  }
  function onPoints(x, y, dim) {
    const pairs = MET * (MET - 1);
    const energy = 2 * apart(x, y, dim) / MET ** 2 - (apart(x, x, dim) + apart(y, y, dim)) / pairs;
    if (!Number.isFinite(energy)) return { w1: NaN, energy };
    const cost = new Float64Array(PAIRED * PAIRED);
    for (let i = 0; i < PAIRED; i++) {
      for (let j = 0; j < PAIRED; j++) cost[i * PAIRED + j] = distance(x, i, y, j, dim);
    }
    return { w1: assignment(cost, PAIRED) / PAIRED, energy };
  }
  function distance(x, i, y, j, dim) {
    if (dim === 1) return Math.abs(x[i] - y[j]);
    const a = x[2 * i] - y[2 * j];
    const b = x[2 * i + 1] - y[2 * j + 1];
    return Math.sqrt(a * a + b * b);
  }
  function apart(x, y, dim) {
    let sum = 0;
    for (let i = 0; i < MET; i++) for (let j = 0; j < MET; j++) sum += distance(x, i, y, j, dim);
    return sum;
  }
  function covered(p, q) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) if (q[i] >= 0.2 * p[i]) sum += p[i];
    return sum;
  }
  var Data = class {
    /** @param {import("./lab_page_program.js").Program} program @param {number} dim
     * @param {number[]} blur */
    constructor(program, dim, blur) {
      this.program = program;
      this.dim = dim;
      this.blur = blur;
      this.real = this.draw(0);
      this.p = exact((places) => {
        program.at("places").set(places);
        program.run.density();
        return program.at("log_density");
      }, dim, blur);
      this.draws = Object.fromEntries(NAMES.map((name) => [name, []]));
      this.shown = null;
    }
    /** @param {number} seed */
    draw(seed) {
      this.program.at("seed")[0] = seed;
      this.program.run.real();
      return Float32Array.from(this.program.at("points"));
    }
    // Measure one more draw of real data, until there are enough.
    grow() {
      const made = this.draws.js.length;
      if (made >= DRAWS) return;
      const real = this.draw(1 + made);
      const found = {
        ...onCells(this.p, counted(real, this.dim, this.blur)),
        ...onPoints(this.real, real, this.dim)
      };
      for (const name of NAMES) this.draws[name].push(found[name]);
    }
    // The edges of the noise floor, null before there are draws enough.
    /** @type {(name: string) => (number | null)[]} */
    band(name) {
      const sorted = [...this.draws[name]].sort((a, b) => a - b);
      if (sorted.length < FIRST_DRAWS) return [null, null];
      return EDGES.map((share2) => {
        const at = share2 * (sorted.length - 1);
        const low = Math.floor(at);
        const high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
      });
    }
  };

  // lab_page_view.js
  var NODES = 21;
  var WIDEST = 2.5;
  var isUniform = (noise) => noise.startsWith("uniform");
  var scaleOf = (noise) => REACH * (isUniform(noise) ? 0.9 : 0.9 / WIDEST);
  var sizeOf2 = (noise) => Number(noise.split(" ")[1][0]);
  var nets = /* @__PURE__ */ new Map();
  function netOf(noise, { normal_share: normal }) {
    const net = nets.get(noise) ?? laid(noise, normal);
    nets.set(noise, net);
    return net;
  }
  function laid(noise, normal) {
    const widest = isUniform(noise) ? 1 : WIDEST;
    const axis = Array.from({ length: NODES }, (_, i) => widest * (2 * i / (NODES - 1) - 1));
    const shares = isUniform(noise) ? axis.slice(1).map(() => 1 / (NODES - 1)) : normal;
    const scale = scaleOf(noise);
    if (sizeOf2(noise) === 1) {
      return {
        nodes: Float32Array.from(axis),
        mass: Float32Array.from(shares),
        shape: [NODES, 1],
        start: Float32Array.from(axis.flatMap((x) => [scale * x, 0]))
      };
    }
    const nodes = Float32Array.from(axis.flatMap((y) => axis.flatMap((x) => [x, y])));
    const mass = Float32Array.from(shares.flatMap((a) => shares.map((b) => a * b)));
    return { nodes, mass, shape: [NODES, NODES], start: nodes.map((x) => scale * x) };
  }
  function inView({ noise: program }, noise, count) {
    const size2 = sizeOf2(noise);
    const shown = Float32Array.from(program.at("view").subarray(0, count * size2));
    return plane(shown.map((z) => scaleOf(noise) * z), size2);
  }
  function plane(x, dim) {
    if (dim === 2) return new Float32Array(x);
    return Float32Array.from({ length: 2 * x.length }, (_, i) => i % 2 ? 0 : x[i >> 1]);
  }

  // lab_page_slow.js
  function phasesOf(session) {
    const { machine, settings, setup, facts, broken } = session;
    if (broken) return { left: [], phases: [] };
    const { look, train } = machine;
    const moves = movesOf(setup);
    const all = moves.d + moves.g + (moves.d && moves.g ? 0 : 1);
    const before = machine.pack();
    look.copy("d", train, "state.d.variables");
    look.copy("g", train, "state.g.variables");
    const block = machine.drawn(moves);
    const row = machine.step - block.from;
    machine.turn(block, row, 0, Math.min(moves.d, all - 1));
    look.at("z_g").set(machine.z);
    machine.turn(block, row, 0, 0);
    look.at("x").set(machine.x);
    look.at("z_d").set(machine.z);
    machine.update(moves);
    look.copy("new_d", train, "state.d.variables");
    look.copy("new_g", train, "state.g.variables");
    machine.unpack(before);
    const dim = dimensionOf(settings);
    look.at("places").set(centres(dim));
    look.at("loss")[0] = facts.choices.loss.indexOf(settings.loss);
    look.run.explain();
    const phases = Array.from({ length: 10 }, () => ({}));
    for (const { path, shape } of look.leaves) {
      const found = path.match(/^phases\[(\d)\]\['(\w+)'\]$/);
      if (found) phases[Number(found[1])][found[2]] = grid(look.at(path), found[2], shape, dim);
    }
    const left = [...moves.d ? [1, 2, 3, 4, 5] : [], ...moves.g ? [6, 7, 8, 9, 10] : []];
    return { left, phases };
  }
  function grid(view, name, shape, dim) {
    const data = Float32Array.from(view);
    if (name.startsWith("heat") && dim === 2) return { data, shape: [sideOf(2), sideOf(2)] };
    if (shape.length < 2) return { data, shape };
    return { data: plane(data, shape[1]), shape: [shape[0], 2] };
  }

  // lab_page_bounds.js
  var BOUNDS = {
    _bound_of_logits: ["js", "JS is at least log 2 - L_D / 2", (loss) => Math.LN2 - loss / 2],
    _bound_of_squares: ["js", "JS is at least 1/2 - 2 L_D", (loss) => 0.5 - 2 * loss],
    _bound_of_margins: ["js", "JS is at least (1 - L_D / 2)^2 / 2", (loss) => {
      const tv = 1 - loss / 2;
      return tv * Math.abs(tv) / 2;
    }],
    _bound_of_pairs: ["js", "JS is at least (log 2 - L_D)/4", (loss) => (Math.LN2 - loss) / 4],
    _bound_of_potential: [
      "w1",
      "W1 is at least -L_D over the steepest slope seen on the map",
      (loss, slope) => -loss / Math.max(slope, 1e-12)
    ]
  };
  function boundOf(name, loss, slope) {
    if (!name) return null;
    const [measure, words, value] = BOUNDS[name];
    return { measure, value: value(loss, slope), words };
  }

  // lab_page_camera.js
  var POINTS = 2e3;
  var ARROWS = 150;
  var SLOW_EVERY = 8;
  var KEPT = 8;
  var sets = /* @__PURE__ */ new Map();
  function dataOf({ machine, settings, facts }) {
    const name = [settings.data, ...settings.drawing].join();
    const data = sets.get(name) ?? new Data(machine.data, dimensionOf(settings), facts.blur);
    sets.delete(name);
    sets.set(name, data);
    if (sets.size > KEPT) sets.delete([...sets.keys()][0]);
    return data;
  }
  var Camera = class {
    /** @type {Record<string, { value: number, step: number }>} */
    kept = {};
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
      const best = seen.heat.map((_, i) => data.p[i] / (data.p[i] + q[i]));
      const all = facts.modes[settings.data] ?? null;
      const modes = all === null ? null : [countModes(machine, seen.fake, dim), all];
      const right = share(seen.onReal, (p) => p > 0.5) / 2 + share(seen.onFake, (p) => p < 0.5) / 2;
      const cover = covered(data.p, q);
      const reading = facts.readings[settings.loss];
      const [side, series] = [sideOf(dim), { losses: session.losses, charts: session.charts }];
      const values = {
        step: session.now,
        first: session.first,
        head: session.head,
        view: [-REACH, REACH, -REACH, REACH],
        gap: reading.comparable ? gapOf(data.p, q, seen.heat, best) : null,
        arrows: { kind: arrows },
        divergences,
        modes,
        covered: cover,
        accuracy: right,
        bound: boundOf(reading.bound, seen.loss, steepest(seen.scores, dim)),
        sentence: sentence(session.now, modes, cover, divergences.js.value, right),
        message: session.message,
        settings,
        losses: { values: {} },
        charts: { values: {} },
        ...dim === 1 ? { heat: null, best: null } : { curves: null }
      };
      const origin = seen.fake.slice(0, ARROWS * dim);
      const shape = net.shape;
      const arrays = {
        real: data.shown ??= points(data.real.subarray(0, POINTS * dim), dim),
        fake: points(seen.fake.subarray(0, POINTS * dim), dim),
        latent: machine.latent ??= { data: inView(machine, settings.noise, POINTS), shape: [POINTS, 2] },
        manifold: { data: plane(seen.manifold, dim), shape: [...shape, 2] },
        manifold_start: { data: net.start, shape: [...shape, 2] },
        manifold_mass: { data: net.mass, shape: [shape[0] - 1, Math.max(shape[1] - 1, 1)] },
        "arrows.origin": points(origin, dim),
        "arrows.vector": points(arrowsOf(session, seen, arrows, origin), dim)
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
      const sizes2 = { w1: PAIRED, energy: MET };
      return Object.fromEntries(NAMES.map((name) => {
        const { value, step } = FAST.includes(name) ? { value: fresh[name], step: now } : this.kept[name];
        const [low, high] = data.band(name);
        return [name, { value, low, high, step, n: sizes2[name] ?? SAMPLE }];
      }));
    }
  };
  function take({ machine, settings, facts }, data, nodes) {
    const { look, train, noise } = machine;
    look.copy("d", train, "state.d.variables");
    look.copy("g", train, "state.g.variables");
    if (!machine.lookedBefore) {
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
    const seen = (name) => new Float32Array(look.at(`seen${name}`));
    return {
      fake: seen("['fake']"),
      manifold: seen("['manifold']"),
      heat: seen("['heat']"),
      scores: seen("['scores']"),
      onReal: seen("['on_real']"),
      onFake: seen("['on_fake']"),
      loss: look.at("seen['d_loss']")[0],
      arrows: (kind) => seen(`['arrows']['${kind}']`)
    };
  }
  function countModes({ data }, fake, dim) {
    data.at("seen").set(fake.subarray(0, POINTS * dim));
    data.run.modes();
    return data.at("modes")[0];
  }
  function arrowsOf({ machine, setup }, seen, kind, origin) {
    if (kind !== "displacement") return seen.arrows(kind);
    const before = machine.pack();
    machine.update(movesOf(setup));
    machine.look.copy("g", machine.train, "state.g.variables");
    machine.look.run.points();
    const after = machine.look.at("placed");
    machine.unpack(before);
    return Float32Array.from(origin, (x, i) => Number.isFinite(after[i]) ? after[i] - x : 0);
  }
  var points = (x, dim) => ({ data: plane(x, dim), shape: [x.length / dim, 2] });
  var share = (list, holds) => list.filter(holds).length / list.length;
  function gapOf(p, q, heat, best) {
    let [sum, all] = [0, 0];
    for (let i = 0; i < heat.length; i++) {
      sum += (p[i] + q[i]) * Math.abs(heat[i] - best[i]);
      all += p[i] + q[i];
    }
    return sum / all;
  }
  function steepest(scores, dim) {
    const side = sideOf(dim);
    const h = widthOf(dim);
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
  function curvesOf(p, q, heat, best) {
    const h = widthOf(1);
    const shape = [heat.length];
    const density = (masses) => Float32Array.from(heat, (_, i) => masses[i] / h);
    const lines = { x: centres(1), p: density(p), q: density(q), d: heat, best };
    return Object.fromEntries(Object.entries(lines).map(([name, data]) => [`curves.${name}`, { data, shape }]));
  }
  function sentence(step, modes, cover, js, right) {
    const found = modes ? `${modes[0]} of ${modes[1]} modes` : `covers ${Math.round(100 * cover)} % of the data`;
    return `step ${step.toLocaleString("en")}: ${found}, JS ${js.toFixed(2)}, discriminator right ${Math.round(100 * right)} % of the time`;
  }

  // lab_page_wall.js
  var SEEDS = 64;
  var LOOKS = 10;
  var SAMPLE2 = 4e3;
  var SHOWN = 400;
  var LEAST2 = 0.5;
  function wallOf(session, steps) {
    const { settings, facts, machine } = session;
    const [dim, data] = [dimensionOf(settings), dataOf(session)];
    const { nodes } = netOf(settings.noise, facts);
    const moves = movesOf({ settings, who: "both" });
    const ends = Array.from({ length: LOOKS }, (_, i) => Math.round(steps * (i + 1) / LOOKS)).filter((end, i, all) => end > (all[i - 1] ?? 0));
    const seeds = Float32Array.from({ length: SEEDS }, (_, i) => settings.seed + i);
    const fake = new Float32Array(SEEDS * SHOWN * 2);
    const cover = new Float32Array(SEEDS * ends.length);
    const before = machine.pack();
    for (let member = 0; member < SEEDS; member++) {
      machine.start(settings.seed + member);
      machine.setHyper(hyperOf(settings));
      ends.forEach((end, look) => {
        while (machine.step < end) machine.update(moves);
        const seen = take(session, data, nodes);
        const made = seen.fake.subarray(0, SAMPLE2 * dim);
        const sound = made.every(Number.isFinite);
        const share2 = sound ? covered(data.p, counted(made, dim, facts.blur)) : 0;
        cover[member * ends.length + look] = share2;
        const points2 = plane(made.subarray(0, SHOWN * dim), dim);
        fake.set(points2.map((x) => Number.isFinite(x) ? x : NaN), member * SHOWN * 2);
      });
    }
    machine.unpack(before);
    const survival = Float32Array.from(ends, (_, look) => seeds.filter((_2, member) => cover[member * ends.length + look] >= LEAST2).length / SEEDS);
    return {
      values: { view: [-REACH, REACH, -REACH, REACH] },
      arrays: {
        seeds: { data: seeds, shape: [SEEDS] },
        steps: { data: Float32Array.from(ends), shape: [ends.length] },
        fake: { data: fake, shape: [SEEDS, SHOWN, 2] },
        covered: { data: cover, shape: [SEEDS, ends.length] },
        survival: { data: survival, shape: [ends.length] }
      }
    };
  }

  // lab_page_program.js
  var KINDS2 = { float32: Float32Array, int32: Int32Array, uint32: Uint32Array };
  async function compiled(file) {
    const all = await inflate(file);
    const length = new DataView(all.buffer).getUint32(0, true);
    const about = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length)));
    return { about, code: await WebAssembly.compile(all.subarray(4 + length)) };
  }
  var Program = class {
    /** @param {Compiled} compiled */
    constructor({ about, code }) {
      const { exports } = new WebAssembly.Instance(code);
      const { memory, place, ...functions } = (
        /** @type {any} */
        exports
      );
      this.run = functions;
      this.leaves = about.leaves;
      this.views = /* @__PURE__ */ new Map();
      about.leaves.forEach(({ path, dtype, shape }, k) => {
        const Kind = KINDS2[
          /** @type {keyof typeof KINDS} */
          dtype
        ] ?? Uint8Array;
        const size2 = shape.reduce((a, b) => a * b, 1);
        this.views.set(path, new Kind(memory.buffer, place(k), size2));
      });
    }
    // The array of a path such as "state.step".
    /** @param {string} path */
    at(path) {
      const view = this.views.get(path);
      if (!view) throw new Error(`The program has no array ${path}.`);
      return view;
    }
    // All arrays under a path, in order: those of one network, or of a whole state.
    /** @type {(path: string) => [inner: string, view: Numbers][]} */
    under(path) {
      return [...this.views].filter(([name]) => name === path || starts(name, path)).map(([name, view]) => [name.slice(path.length), view]);
    }
    // Overwrite the arrays under a path by another program's, which have the same names.
    /** @type {(path: string, other: Program, source?: string) => void} */
    copy(path, other, source = path) {
      for (const [inner, view] of this.under(path)) view.set(other.at(source + inner));
    }
  };
  var starts = (name, path) => name.startsWith(path) && ".[".includes(name[path.length]);

  // lab_page_machine.js
  var BLOCK = 16;
  var REPORT = [
    "d_loss",
    "g_loss",
    "d_real",
    "d_fake",
    "penalty",
    "d_grad_norm",
    "g_grad_norm"
  ];
  var Machine = class {
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
      this.said = REPORT.map((name) => [`said['${name}']`, `answered['${name}']`].map((path) => this.train.views.get(path)).find((view) => view));
      this.looked = REPORT.map((name) => this.train.at(`report['${name}']`));
      this.draws = sizes(this.data, "x");
      this.moves = sizes(this.noise, "z");
      this.block = null;
      this.lookedBefore = false;
      this.latent = null;
    }
    // Begin a run: `seed` settles both networks and every number that is drawn.
    /** @param {number} seed */
    start(seed) {
      this.begin.at("seed")[0] = seed;
      this.begin.run.begin();
      this.train.copy("state", this.begin);
    }
    get step() {
      return this.now[0];
    }
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
      const fits = block && step >= block.from && step < block.from + BLOCK && block.draws >= draws && block.moves >= moves && key.every((word, i) => word === block.key[i]);
      if (fits) return block;
      const k = (
        /** @type {number} */
        this.draws.find((n) => n >= draws)
      );
      const m = (
        /** @type {number} */
        this.moves.find((n) => n >= moves)
      );
      for (const [program, run] of [[this.data, `draw${k}`], [this.noise, `draw${m}`]]) {
        const from = (
          /** @type {Program} */
          program
        );
        from.at("key").set(key);
        from.at("step")[0] = step;
        from.run[
          /** @type {string} */
          run
        ]();
      }
      this.block = {
        from: step,
        key: [...key],
        draws: k,
        moves: m,
        x: this.data.at(`x${k}`),
        z: this.noise.at(`z${m}`)
      };
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
        return (moved ? (
          /** @type {Numbers} */
          this.said[i]
        ) : this.looked[i])[0];
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
      return this.train.under(`state.${player}.variables.params`).every(([, view]) => view.every(Number.isFinite));
    }
  };
  function fillDrawing(program, points2) {
    const means = program.views.get("source.means");
    if (!means) return;
    const [std, weights] = [program.at("source.std"), program.at("source.weights")];
    means.fill(0).set(points2.flat());
    std.fill(0.08);
    weights.fill(0).fill(1 / points2.length, 0, points2.length);
  }
  function sizes(program, letter) {
    const found = [...program.views.keys()].filter((name) => name[0] === letter).map((name) => Number(name.slice(1))).filter((n) => n > 0);
    return found.sort((a, b) => a - b);
  }
  var bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

  // lab_page_record.js
  var BINS = 512;
  var Averages = class _Averages {
    /** @param {string[]} names */
    constructor(names) {
      this.names = names;
      this.width = 1;
      this.sums = names.map(() => new Float64Array(BINS));
      this.counts = names.map(() => new Int32Array(BINS));
    }
    copy() {
      const other = new _Averages(this.names);
      other.width = this.width;
      other.sums = this.sums.map((row) => row.slice());
      other.counts = this.counts.map((row) => row.slice());
      return other;
    }
    // Add what was measured at a step; NaN is left out.
    /** @param {number} step @param {number[]} values */
    add(step, values) {
      while (step >= BINS * this.width) this.double();
      const bin = Math.floor(step / this.width);
      values.forEach((value, i) => {
        if (!Number.isFinite(value)) return;
        this.sums[i][bin] += value;
        this.counts[i][bin] += 1;
      });
    }
    // Forget the steps from `step` on, and those averaged with them.
    /** @param {number} step */
    cut(step) {
      const kept = Math.floor(step / this.width);
      for (const row of [...this.sums, ...this.counts]) row.fill(0, kept);
    }
    double() {
      for (const row of [...this.sums, ...this.counts]) {
        for (let i = 0; i < BINS / 2; i++) row[i] = row[2 * i] + row[2 * i + 1];
        row.fill(0, BINS / 2);
      }
      this.width *= 2;
    }
    // The averages, where anything was measured; NaN where one number lacks.
    /** @returns {{ step: Float32Array<ArrayBuffer>, values: Record<string, Float32Array<ArrayBuffer>> }} */
    series() {
      const seen = Array.from({ length: BINS }, (_, i) => i).filter((i) => this.counts.some((row) => row[i]));
      const middle = Math.floor(this.width / 2);
      const values = this.names.map((name, k) => [
        name,
        Float32Array.from(seen, (i) => this.sums[k][i] / this.counts[k][i])
      ]);
      return {
        step: Float32Array.from(seen, (i) => i * this.width + middle),
        values: Object.fromEntries(values)
      };
    }
  };

  // lab_page_timeline.js
  var MOST_MARKS = 128;
  var MOST_STRETCHES = 400;
  var MOST_BYTES = 12 * 2 ** 20;
  var Timeline = class _Timeline {
    /** @param {Snapshot} first */
    constructor(first) {
      this.stretches = [first];
      this.marks = [];
      this.every = 32;
    }
    get first() {
      return this.stretches[0].step;
    }
    copy() {
      const other = new _Timeline(this.stretches[0]);
      other.stretches = [...this.stretches];
      other.marks = [...this.marks];
      other.every = this.every;
      return other;
    }
    /** @param {number} step */
    changeAfter(step) {
      return this.stretches.find((one) => one.step > step);
    }
    // The last snapshot at a step or before it.
    /** @param {number} step @returns {Snapshot} */
    nearest(step) {
      const [stretch, mark] = [this.stretches, this.marks].map((list) => list.filter((one) => one.step <= step).at(-1));
      if (!stretch) return this.stretches[0];
      return mark && mark.step > stretch.step ? mark : stretch;
    }
    // Start a stretch; what was recorded from that step on is forgotten.
    /** @param {Snapshot} snapshot */
    begin(snapshot) {
      this.cut(snapshot.step);
      if (this.stretches.at(-1)?.step === snapshot.step) this.stretches.pop();
      this.stretches.push(snapshot);
      while (this.stretches.length > MOST_STRETCHES || size(this.stretches) > MOST_BYTES) {
        this.stretches.shift();
        this.marks = this.marks.filter((mark) => mark.step > this.first);
      }
    }
    // Forget what begins after a step.
    /** @param {number} step */
    cut(step) {
      this.stretches = this.stretches.filter((one) => one.step <= step);
      this.marks = this.marks.filter((one) => one.step <= step);
    }
    // Whether the last snapshot is old enough for another.
    /** @param {number} step */
    due(step) {
      const last = Math.max(this.marks.at(-1)?.step ?? this.first, this.stretches.at(-1)?.step ?? 0);
      return step >= last + this.every;
    }
    /** @param {Snapshot} snapshot */
    mark(snapshot) {
      this.marks.push(snapshot);
      if (this.marks.length > MOST_MARKS || size(this.marks) > MOST_BYTES) {
        this.marks = this.marks.filter((_, i) => i % 2 === 1);
        this.every *= 2;
      }
    }
  };
  var size = (list) => list.reduce((sum, one) => sum + one.bytes.length, 0);

  // lab_page_session.js
  var DIVERGED = 1e6;
  var PIECE = 512;
  var MACHINES = 6;
  var ORDER = [
    ["d_real", "discriminator"],
    ["d_fake", "generator"],
    ["d_loss", "discriminator"],
    ["d_grad_norm", "discriminator"],
    ["g_loss", "discriminator"],
    ["g_grad_norm", "generator"]
  ];
  var Session = class _Session {
    /** @type {Setup} */
    setup;
    /** @type {Machine} */
    machine;
    /** @type {Timeline} */
    timeline;
    /** @type {Averages} */
    losses;
    /** @type {Averages} */
    charts;
    /** @type {Camera} */
    camera;
    now = 0;
    // updates made so far
    head = 0;
    // the last step that was played
    known = 0;
    // up to where the losses are recorded
    broken = false;
    message = "";
    // what went wrong, in plain words
    /** @type {[who: string, step: number] | null} */
    alone = null;
    // right after a lone move
    /** @param {Facts} facts @param {Fetched} fetched @param {Settings} settings */
    constructor(facts, fetched, settings) {
      this.facts = facts;
      this.fetched = fetched;
      this.machines = /* @__PURE__ */ new Map();
      this.begin(settings);
    }
    get settings() {
      return this.setup.settings;
    }
    get first() {
      return this.timeline.first;
    }
    /** @param {Settings} settings */
    begin(settings) {
      this.setup = { settings, who: "both" };
      this.machine = this.machineOf(this.setup);
      this.machine.start(settings.seed);
      this.machine.setHyper(hyperOf(settings));
      this.now = this.head = this.known = 0;
      this.timeline = new Timeline(this.snapshot());
      this.losses = new Averages(["d_loss", "g_loss"]);
      this.charts = new Averages(NAMES);
      this.camera = new Camera();
      this.broken = false;
      this.message = remark(settings);
      this.alone = null;
    }
    // The machine for a setup, made when it is first wanted.
    /** @param {Setup} setup */
    machineOf({ settings }) {
      const name = [...KINDS.map((kind) => keyOf(kind, settings)), ...settings.drawing].join();
      const machine = this.machines.get(name) ?? new Machine(this.fetched(settings), settings.drawing);
      this.machines.delete(name);
      this.machines.set(name, machine);
      if (this.machines.size > MACHINES) this.machines.delete([...this.machines.keys()][0]);
      return machine;
    }
    snapshot() {
      return { step: this.now, setup: this.setup, bytes: this.machine.pack() };
    }
    // Make n updates and show nothing. Below the head, what was played is played again, with
    // the changes made then. A run that breaks goes back to its last good step.
    /** @param {number} n */
    advance(n) {
      const end = this.now + n;
      while (this.now < end && !this.broken) {
        const change = this.timeline.changeAfter(this.now);
        this.updates(Math.min(end, change?.step ?? end, this.now + PIECE) - this.now);
        if (change && this.now === change.step) this.enter(change);
      }
    }
    // Make n updates under the present setup, or as many as are good.
    /** @param {number} n */
    updates(n) {
      const { machine, now } = this;
      const moves = movesOf(this.setup);
      const before = machine.pack();
      const rows = [];
      let culprit = "";
      while (rows.length < n && !culprit) {
        const row = machine.update(moves);
        culprit = faulty(row);
        if (!culprit) rows.push(row);
      }
      const fault = culprit || this.unsound();
      if (fault) this.breakOff(before, rows, fault);
      rows.forEach((row, i) => {
        if (now + i >= this.known) this.losses.add(now + i, row.slice(0, 2));
      });
      this.now = now + rows.length;
      this.known = Math.max(this.known, this.now);
      this.head = Math.max(this.head, this.now);
      if (rows.length && this.timeline.due(this.now)) this.timeline.mark(this.snapshot());
    }
    unsound() {
      const name = ["d", "g"].find((player) => !this.machine.sound(player));
      return name && (name === "d" ? "discriminator" : "generator");
    }
    // Go back to the last good state; rows of reports that led beyond it are dropped.
    /** @param {Uint8Array} before @param {number[][]} rows @param {string} culprit */
    breakOff(before, rows, culprit) {
      const moves = movesOf(this.setup);
      let name = culprit;
      for (; ; ) {
        this.machine.unpack(before);
        for (let i = 0; i < rows.length; i++) this.machine.update(moves);
        const fault = this.unsound();
        if (!fault || !rows.length) break;
        name = fault;
        rows.pop();
      }
      this.broken = true;
      this.message = `Stopped at step ${this.now + rows.length}: the ${name} diverged (its loss, gradient or parameters are NaN, infinite or huge). The lab shows the last good step. Try a smaller learning rate, go back on the timeline, or reset.`;
    }
    /** @param {Snapshot} snapshot */
    enter({ step, setup, bytes }) {
      this.now = step;
      this.setup = setup;
      this.alone = null;
      this.machine = this.machineOf(setup);
      this.machine.unpack(bytes);
    }
    // One update of one player, or of both.
    /** @param {string} who */
    step(who) {
      if (who === "both") return this.advance(1);
      if (this.broken) return;
      const { alone, settings } = this;
      this.forgetFuture();
      if (alone && alone[0] === who && alone[1] === this.now) {
        this.timeline.stretches.pop();
        this.setup = /** @type {Snapshot} */
        this.timeline.stretches.at(-1).setup;
      } else this.stretch({ settings, who });
      this.advance(1);
      this.stretch({ settings, who: "both" });
      this.alone = [who, this.now];
    }
    // Go on from here under a setup; what was played beyond is forgotten.
    /** @param {Setup} setup */
    stretch(setup) {
      this.forgetFuture();
      this.setup = setup;
      this.alone = null;
      this.timeline.begin(this.snapshot());
    }
    forgetFuture() {
      if (this.now >= this.head) return;
      this.timeline.cut(this.now);
      this.losses.cut(this.now);
      this.charts.cut(this.now + 1);
      this.known = Math.min(this.known, this.now);
      this.head = this.now;
    }
    /** @param {number | null | undefined} seed */
    reset(seed) {
      this.begin(changed(this.facts, this.settings, seed == null ? {} : { seed }));
    }
    /** @param {number} step */
    seek(step) {
      const nearest = this.timeline.nearest(step);
      if (!(nearest.step <= this.now && this.now <= step)) this.enter(nearest);
      this.broken = false;
      this.message = "";
      this.advance(step - this.now);
    }
    // Change settings of the run; return a sentence that says what was made anew.
    /** @param {Settings} changes @returns {string} */
    change(changes) {
      const { facts, settings: old, setup: before } = this;
      const settings = changed(facts, old, changes);
      if (same(settings, old)) return "Nothing changed.";
      if (settings.seed !== old.seed) {
        this.begin(settings);
        return "Another seed: the run starts anew.";
      }
      const setup = { settings, who: "both" };
      const what = renewed(before, setup);
      this.carry(setup, what);
      if (settings.data !== old.data || !same(settings.drawing, old.drawing)) this.camera.forget();
      this.broken = false;
      this.message = remark(settings);
      this.stretch(setup);
      return what.sentence;
    }
    // Take the state over into the machine for another setup, except what is made anew.
    /** @param {Setup} setup @param {ReturnType<typeof renewed>} anew */
    carry(setup, { generator, discriminator, memory }) {
      const [from, to] = [this.machine, this.machineOf(setup)];
      if (from !== to) {
        to.start(setup.settings.seed);
        for (const [player, fresh] of [["d", discriminator], ["g", generator]]) {
          if (fresh) continue;
          to.train.copy(`state.${player}.variables`, from.train);
          if (!memory) to.train.copy(`state.${player}.opt_state`, from.train);
        }
        if (!generator) to.train.copy("state.ema", from.train);
        to.train.copy("state.key", from.train);
        to.train.copy("state.step", from.train);
        this.machine = to;
      }
      to.setHyper(hyperOf(setup.settings));
    }
    // A second run with the same past and the same random numbers.
    fork() {
      const other = new _Session(this.facts, this.fetched, this.settings);
      other.timeline = this.timeline.copy();
      [other.losses, other.charts] = [this.losses.copy(), this.charts.copy()];
      [other.now, other.head, other.known] = [this.now, this.head, this.known];
      other.enter(this.snapshot());
      [other.broken, other.message, other.alone] = [this.broken, this.message, this.alone];
      other.forgetFuture();
      return other;
    }
  };
  function faulty(row) {
    const sound = row.every(Number.isFinite) && Math.abs(row[0]) <= DIVERGED && Math.abs(row[1]) <= DIVERGED;
    if (sound) return "";
    for (const [field, name] of ORDER) {
      const value = Math.abs(row[REPORT.indexOf(field)]);
      if (!Number.isFinite(value) || field.endsWith("loss") && value > DIVERGED) return name;
    }
    return "discriminator";
  }

  // lab_page_answers.js
  var PATIENCE = 400;
  var STREAM = 50;
  var CHUNK = 100;
  var POINTS2 = 600;
  var VIEWS = 4;
  var NAMES2 = "AB";
  var CALM = ["look", "phase", "save", "step"];
  var LOOKS2 = ["look", "wall"];
  var Answers = class {
    /** @type {Session[]} */
    lanes = [];
    /** @type {Message} */
    message = {};
    /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
    extra = {};
    /** @type {{ left: number[], phases: any[] }[] | null} */
    slow = null;
    pace = 0;
    // updates a ms of late
    /** @type {string | null} */
    driver = null;
    // the view that plays
    revision = 0;
    // grows with every change
    /** @param {Facts} facts @param {Find} find @param {Settings} settings to begin with
     * @param {Beyond} [beyond] */
    constructor(facts, find, settings, beyond = {}) {
      this.facts = facts;
      this.find = find;
      this.programs = /* @__PURE__ */ new Map();
      this.sent = /* @__PURE__ */ new Map();
      this.wanted = settings;
      this.beyond = beyond;
    }
    // Fetch what settings need; say so in words where it has not been prepared.
    /** @param {Settings} settings */
    async prepare(settings) {
      await Promise.all(KINDS.map(async (kind) => {
        const key = keyOf(kind, settings);
        if (this.programs.has(key)) return;
        const found = this.find(key);
        if (!found) throw new Elsewhere(unprepared(kind, settings));
        this.programs.set(key, await found);
      }));
    }
    /** @param {Settings} settings @returns {import("./lab_page_machine.js").Five} */
    fetched(settings) {
      return (
        /** @type {any} */
        Object.fromEntries(KINDS.map((kind) => [kind, this.programs.get(keyOf(kind, settings))]))
      );
    }
    /** @param {Settings} settings */
    session(settings) {
      return new Session(this.facts, (wanted) => this.fetched(wanted), settings);
    }
    async open() {
      if (this.lanes.length) return;
      const { run } = this.beyond;
      const lanes = run ? await this.resumed(run).catch(() => []) : [];
      if (!lanes.length) {
        await this.prepare(this.wanted);
        lanes.push(this.session(this.wanted));
      }
      this.lanes = lanes;
    }
    /** @param {string} run */
    async resumed(run) {
      const lanes = await read(run);
      for (const { settings } of lanes.flatMap(({ about }) => about.snapshots)) {
        await this.prepare(settings);
      }
      return lanes.map((lane) => {
        const session = this.session(lane.about.snapshots[0].settings);
        resume(session, lane);
        return session;
      });
    }
    // Answer, and play on for as many frames as were asked for and time allows.
    /** @param {Message} question @param {Reply} reply */
    async stream(question, reply) {
      await this.open();
      const begin = performance.now();
      const { view, id, play, arrows } = question;
      let left = question.frames || 1;
      let answer = await this.answer(question);
      if (this.message.rest) {
        reply({ ...this.message, run: await written(this.lanes) }, []);
        return;
      }
      while (left > 1 && play && !this.message.stopped && performance.now() - begin < STREAM) {
        reply({ ...this.message, more: true }, answer);
        left -= 1;
        answer = await this.answer({ view, id, play, arrows });
      }
      reply(this.message, answer);
    }
    // Carry out the commands, play, and return the frames.
    /** @param {Message} question */
    async answer({ view, id, commands = [], play = 0, arrows, drive }) {
      this.message = { view, id };
      this.extra = {};
      if (drive) {
        this.driver = drive === "start" ? view : null;
        this.revision += 1;
      }
      for (const [i, command] of commands.entries()) {
        await this.guarded(command);
        if (!this.message.rest) continue;
        this.message.rest = commands.slice(i);
        return [];
      }
      const touched = commands.some((one) => !CALM.includes(one.do));
      if (touched && !this.message.note) this.message.obeyed = true;
      if (play) await this.guarded({ do: "play", n: play });
      Object.assign(this.message, { driver: this.driver, revision: this.revision, play });
      const have = this.have(view);
      const frames = this.lanes.map((lane, i) => {
        const frame = lane.camera.frame(lane, arrows || "generator_loss");
        if (lane.message) this.note((this.lanes[1] ? `${NAMES2[i]}: ` : "") + lane.message);
        return pack(few(frame), have[i]);
      });
      Object.assign(this.message, { lanes: frames.length, extra: Object.keys(this.extra) });
      return [...frames, ...Object.values(this.extra)];
    }
    /** @param {string} view */
    have(view) {
      const have = this.sent.get(view) ?? [];
      this.sent.delete(view);
      this.sent.set(view, have);
      while (have.length < this.lanes.length) have.push({});
      have.length = this.lanes.length;
      if (this.sent.size > VIEWS) this.sent.delete([...this.sent.keys()][0]);
      return have;
    }
    // Carry out one command; what is refused becomes words.
    /** @param {Command} command */
    async guarded(command) {
      if (command.do !== "phase" && command.do !== "look") this.slow = null;
      if (!LOOKS2.includes(command.do)) this.revision += 1;
      if (command.do !== "play" && command.do !== "look") this.pace = 0;
      const deed = this.deeds[command.do];
      try {
        if (!deed) throw new Elsewhere(elsewhere(command.do));
        await deed(command);
      } catch (error) {
        const isBeyond = error instanceof Elsewhere;
        if (isBeyond && this.beyond.kernel) {
          this.message.rest = [command];
          return;
        }
        const refused = error instanceof Refused ? error.message : `That did not work (${error}).`;
        const words = isBeyond ? `${refused} ${this.beyond.advice ?? ""}`.trim() : refused;
        if (isBeyond) this.message.elsewhere = true;
        if (command.do === "loss") this.message.verdict = `Refused. ${words}`;
        else this.note(words);
        if (["play", "step", "phase"].includes(command.do)) this.message.stopped = true;
      }
    }
    /** @param {string} words */
    note(words) {
      const before = this.message.note ?? "";
      if (!before.includes(words)) this.message.note = `${before} ${words}`.trim();
    }
    // The numbers of the lanes that a command speaks to.
    /** @param {Command} command */
    chosen({ lane }) {
      const found = this.lanes.map((_, i) => i).filter((i) => (lane || NAMES2).includes(NAMES2[i]));
      return found.length ? found : [0];
    }
    /** @type {Record<string, (command: any) => void | Promise<void>>} */
    deeds = {
      look: () => {
      },
      play: ({ n }) => this.play(n),
      step: ({ who = "both" }) => this.lanes.forEach((lane) => lane.step(who)),
      set: async (command) => {
        for (const i of this.chosen(command)) {
          const lane = this.lanes[i];
          await this.prepare(changed(this.facts, lane.settings, command.values));
          const sentence2 = lane.change(command.values);
          if (sentence2.includes("anew")) this.message.info = sentence2;
        }
      },
      preset: async (command) => {
        const preset = this.facts.presets[command.name];
        if (!preset) return;
        const settings = { ...this.facts.defaults, ...preset };
        await this.prepare(settings);
        for (const i of this.chosen(command)) this.lanes[i] = this.session(settings);
        this.message.preset = command.name;
      },
      reset: ({ seed }) => this.lanes.forEach((lane) => lane.reset(seed)),
      seek: ({ step }) => this.lanes.forEach((lane) => {
        lane.seek(Math.min(Math.max(Math.round(step), lane.first), lane.head));
      }),
      fork: () => {
        this.lanes = [this.lanes[0], this.lanes[0].fork()];
      },
      join: () => {
        this.lanes.length = 1;
      },
      phase: () => this.phase(),
      wall: ({ steps }) => {
        this.extra.wall = pack(wallOf(this.lanes[0], steps));
        this.message.wall = true;
      }
    };
    // Play all lanes by the same number of updates, as far as time allows.
    /** @param {number} n */
    play(n) {
      const until = performance.now() + PATIENCE;
      for (let left = n; left > 0; ) {
        const begin = performance.now();
        if (begin >= until) return;
        const many = Math.min(left, Math.max(CHUNK, Math.floor((until - begin) * this.pace)));
        this.advance(many);
        if (this.message.stopped) {
          this.pace = 0;
          return;
        }
        left -= many;
        this.pace = many / Math.max(performance.now() - begin, 1e-3);
      }
    }
    // Make n updates in all lanes; where one breaks, all stand at its last step.
    /** @param {number} n */
    advance(n) {
      const made = this.lanes.map((lane) => {
        const before = lane.now;
        lane.advance(n);
        return lane.now - before;
      });
      const least = Math.min(...made);
      if (least === n) return;
      this.message.stopped = true;
      this.lanes.forEach((lane, i) => {
        if (made[i] > least) lane.seek(lane.now - made[i] + least);
      });
    }
    // Show the next of the ten phases of an update, in all lanes side by side.
    phase() {
      if (this.slow && !this.showPhases()) {
        for (const lane of this.lanes) lane.advance(1);
        this.slow = null;
      }
      if (!this.slow) {
        this.slow = this.lanes.map(phasesOf);
        if (!this.showPhases()) this.message.stopped = true;
      }
    }
    // Show the next phase that any lane has; false when the update is over.
    showPhases() {
      const slow = this.slow ?? [];
      const number = Math.min(...slow.flatMap(({ left }) => left));
      if (!Number.isFinite(number)) return false;
      slow.forEach(({ left, phases }, i) => {
        if (left[0] !== number) return;
        left.shift();
        this.message.phase = {
          number,
          player: number <= 5 ? "discriminator" : "generator",
          name: this.facts.captions[number - 1]
        };
        this.extra[`phase ${NAMES2[i]}`] = pack({ values: {}, arrays: phases[number - 1] });
      });
      return true;
    }
  };
  function few({ values, arrays }) {
    const shown = Object.fromEntries(["real", "fake", "latent"].map((name) => [name, { data: arrays[name].data.slice(0, 2 * POINTS2), shape: [POINTS2, 2] }]));
    return { values, arrays: { ...arrays, ...shown } };
  }
  function unprepared(kind, s) {
    const what = {
      data: `batches of ${s.batch}`,
      noise: `batches of ${s.batch}`,
      start: `networks of these sizes (G: ${s.g_layers} hidden layers of ${s.g_width}, D: ${s.d_layers} of ${s.d_width})`,
      train: "this loss, penalty and optimiser with networks of these sizes",
      look: `networks of these sizes with batches of ${s.batch}`
    }[kind];
    return `This page has no program for ${what}, and goes on as before.`;
  }
  function elsewhere(deed) {
    const words = { loss: "A loss that you type", save: "To save a run", load: "To load a run" };
    return `${words[deed] ?? `The command ${deed}`} needs the course's Python.`;
  }

  // lab_worker.js
  function serve(port) {
    let answers;
    const waiting = /* @__PURE__ */ new Map();
    const found = /* @__PURE__ */ new Map();
    let turn = Promise.resolve();
    const finder = (names) => (key) => {
      const name = names[key];
      if (!name) return void 0;
      const program = found.get(name) ?? new Promise((resolve, reject) => {
        waiting.set(name, { resolve, reject });
        port.postMessage({ want: name });
      }).then(compiled);
      have(name, program);
      return program;
    };
    const have = (name, program) => {
      found.set(name, program);
      program.catch(() => found.delete(name));
    };
    const next = (work, { view, id } = {}) => {
      turn = turn.then(work).catch((error) => {
        const note = `There is a fault (${error}). Load the page again.`;
        port.postMessage({ message: { view, id, note, stopped: true, lanes: 0 }, buffers: [] });
      });
    };
    port.onmessage = ({ data }) => {
      const { open, names, settings, beyond, programs, name, program, why, question, keep } = data;
      if (open) {
        for (const [one, file] of Object.entries(programs ?? {})) have(one, compiled(file));
        answers = new Answers(open, finder(names), settings, beyond);
        next(() => answers.open().catch(() => {
        }));
      }
      if (program) waiting.get(name)?.resolve(program);
      if (why) waiting.get(name)?.reject(new Refused(why));
      if (question) {
        next(() => answers.stream(question, (message, buffers) => {
          port.postMessage({ message, buffers }, buffers.map((one) => one.buffer));
        }), question);
      }
      if (keep) next(async () => port.postMessage({ kept: await written(answers.lanes) }));
    };
  }
  return __toCommonJS(lab_worker_exports);
})();
