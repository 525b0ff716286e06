// A run in the page that can be played, rewound, forked and changed: as session.py.
import { Camera } from "./lab_page_camera.js";
import { Machine, REPORT } from "./lab_page_machine.js";
import { NAMES } from "./lab_page_measures.js";
import { Averages } from "./lab_page_record.js";
import { KINDS, changed, hyperOf, keyOf, movesOf, remark, renewed, same }
  from "./lab_page_settings.js";
import { Timeline } from "./lab_page_timeline.js";

const DIVERGED = 1e6; // losses beyond this size end a run
const PIECE = 512; // most updates between two looks at whether all is well
const MACHINES = 6; // that a run keeps ready
const ORDER = [["d_real", "discriminator"], ["d_fake", "generator"], ["d_loss", "discriminator"],
  ["d_grad_norm", "discriminator"], ["g_loss", "discriminator"], ["g_grad_norm", "generator"]];

/** @typedef {import("./lab_page_settings.js").Settings} Settings */
/** @typedef {import("./lab_page_settings.js").Setup} Setup */
/** @typedef {import("./lab_page_settings.js").Facts} Facts */
/** @typedef {import("./lab_page_timeline.js").Snapshot} Snapshot */
// All programs that settings need, once they have been fetched.
/** @typedef {(settings: Settings) => import("./lab_page_machine.js").Five} Fetched */

export class Session {
  /** @type {Setup} */ setup;
  /** @type {Machine} */ machine;
  /** @type {Timeline} */ timeline;
  /** @type {Averages} */ losses;
  /** @type {Averages} */ charts;
  /** @type {Camera} */ camera;
  now = 0; // updates made so far
  head = 0; // the last step that was played
  known = 0; // up to where the losses are recorded
  broken = false;
  message = ""; // what went wrong, in plain words
  /** @type {[who: string, step: number] | null} */ alone = null; // right after a lone move

  /** @param {Facts} facts @param {Fetched} fetched @param {Settings} settings */
  constructor(facts, fetched, settings) {
    this.facts = facts;
    this.fetched = fetched;
    /** @type {Map<string, Machine>} */
    this.machines = new Map();
    this.begin(settings);
  }

  get settings() { return this.setup.settings; }
  get first() { return this.timeline.first; }

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
    this.machines.set(name, machine); // the newest is the last to go
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
      if (now + i >= this.known) this.losses.add(now + i, row.slice(0, 2)); // of D, of G
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
    for (;;) {
      this.machine.unpack(before);
      for (let i = 0; i < rows.length; i++) this.machine.update(moves);
      const fault = this.unsound();
      if (!fault || !rows.length) break;
      name = fault;
      rows.pop();
    }
    this.broken = true;
    this.message = `Stopped at step ${this.now + rows.length}: the ${name} diverged (its loss, ` +
      "gradient or parameters are NaN, infinite or huge). The lab shows the last good step. Try " +
      "a smaller learning rate, go back on the timeline, or reset.";
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
    if (alone && alone[0] === who && alone[1] === this.now) { // the stretch before goes on
      this.timeline.stretches.pop();
      this.setup = /** @type {Snapshot} */ (this.timeline.stretches.at(-1)).setup;
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
    const other = new Session(this.facts, this.fetched, this.settings);
    other.timeline = this.timeline.copy();
    [other.losses, other.charts] = [this.losses.copy(), this.charts.copy()];
    [other.now, other.head, other.known] = [this.now, this.head, this.known];
    other.enter(this.snapshot());
    [other.broken, other.message, other.alone] = [this.broken, this.message, this.alone];
    other.forgetFuture();
    return other;
  }
}

// Who is at fault for a report that is not finite or too large; "" when all is well.
/** @param {number[]} row */
function faulty(row) {
  const sound = row.every(Number.isFinite) && Math.abs(row[0]) <= DIVERGED &&
    Math.abs(row[1]) <= DIVERGED;
  if (sound) return "";
  for (const [field, name] of ORDER) {
    const value = Math.abs(row[REPORT.indexOf(field)]);
    if (!Number.isFinite(value) || (field.endsWith("loss") && value > DIVERGED)) return name;
  }
  return "discriminator";
}
