// Answers the face's questions about a lab and its fork, in the page: as lab_answers.py.
import { pack } from "./lab_page_pack.js";
import { read, resume, written } from "./lab_page_run.js";
import { phasesOf } from "./lab_page_slow.js";
import { wallOf } from "./lab_page_wall.js";
import { Elsewhere, KINDS, Refused, changed, keyOf } from "./lab_page_settings.js";
import { Session } from "./lab_page_session.js";

const PATIENCE = 400; // ms of playing in one answer, after which the rest is left out
const STREAM = 50; // ms in which one question may be answered by several frames
const CHUNK = 100; // updates between two looks at the clock, as long as the pace is unknown
const POINTS = 600; // of each kind that are sent and drawn
const VIEWS = 4; // whose arrays are remembered
const NAMES = "AB";
const CALM = ["look", "phase", "save", "step"]; // commands that leave a warning its cause
const LOOKS = ["look", "wall"]; // commands that leave the lab as it is

/** @typedef {import("./lab_page_settings.js").Settings} Settings */
/** @typedef {import("./lab_page_settings.js").Facts} Facts */
/** @typedef {import("./lab_page_program.js").Compiled} Compiled */
/** @typedef {(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void} Reply */
// Which program is that of a key; undefined where none was prepared.
/** @typedef {(key: string) => Promise<Compiled> | undefined} Find */
// Where the page is at an end: a run to begin with, as text; whether a kernel goes on in its
// place; and else what its reader can do.
/** @typedef {{ run?: string, kernel?: boolean, advice?: string }} Beyond */

export class Answers {
  /** @type {Session[]} */ lanes = [];
  /** @type {Message} */ message = {};
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */ extra = {};
  /** @type {{ left: number[], phases: any[] }[] | null} */ slow = null;
  pace = 0; // updates a ms of late
  /** @type {string | null} */ driver = null; // the view that plays
  revision = 0; // grows with every change

  /** @param {Facts} facts @param {Find} find @param {Settings} settings to begin with
   * @param {Beyond} [beyond] */
  constructor(facts, find, settings, beyond = {}) {
    this.facts = facts;
    this.find = find;
    /** @type {Map<string, Compiled>} */
    this.programs = new Map();
    /** @type {Map<string, Record<string, Grid>[]>} */
    this.sent = new Map(); // view -> arrays it has, a lane
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
    return /** @type {any} */ (Object.fromEntries(KINDS.map((kind) =>
      [kind, this.programs.get(keyOf(kind, settings))])));
  }

  /** @param {Settings} settings */
  session(settings) {
    return new Session(this.facts, (wanted) => this.fetched(wanted), settings);
  }

  async open() {
    if (this.lanes.length) return;
    const { run } = this.beyond;
    const lanes = run ? await this.resumed(run).catch(() => []) : []; // or begins as it opened
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
      this.message.rest = commands.slice(i); // the kernel goes on with them
      return [];
    }
    const touched = commands.some((/** @type {Command} */ one) => !CALM.includes(one.do));
    if (touched && !this.message.note) this.message.obeyed = true;
    if (play) await this.guarded({ do: "play", n: play });
    Object.assign(this.message, { driver: this.driver, revision: this.revision, play });
    const have = this.have(view);
    const frames = this.lanes.map((lane, i) => {
      const frame = lane.camera.frame(lane, arrows || "generator_loss");
      if (lane.message) this.note((this.lanes[1] ? `${NAMES[i]}: ` : "") + lane.message);
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
    if (!LOOKS.includes(command.do)) this.revision += 1;
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
    const found = this.lanes.map((_, i) => i).filter((i) => (lane || NAMES).includes(NAMES[i]));
    return found.length ? found : [0];
  }

  /** @type {Record<string, (command: any) => void | Promise<void>>} */
  deeds = {
    look: () => {},
    play: ({ n }) => this.play(n),
    step: ({ who = "both" }) => this.lanes.forEach((lane) => lane.step(who)),
    set: async (command) => {
      for (const i of this.chosen(command)) {
        const lane = this.lanes[i];
        await this.prepare(changed(this.facts, lane.settings, command.values));
        const sentence = lane.change(command.values);
        if (sentence.includes("anew")) this.message.info = sentence;
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
    fork: () => { this.lanes = [this.lanes[0], this.lanes[0].fork()]; },
    join: () => { this.lanes.length = 1; },
    phase: () => this.phase(),
    wall: ({ steps }) => {
      this.extra.wall = pack(wallOf(this.lanes[0], steps));
      this.message.wall = true;
    },
  };

  // Play all lanes by the same number of updates, as far as time allows.
  /** @param {number} n */
  play(n) {
    const until = performance.now() + PATIENCE;
    for (let left = n; left > 0;) {
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
    if (!this.slow) { // the next update begins
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
      this.message.phase = { number, player: number <= 5 ? "discriminator" : "generator",
        name: this.facts.captions[number - 1] };
      this.extra[`phase ${NAMES[i]}`] = pack({ values: {}, arrays: phases[number - 1] });
    });
    return true;
  }
}

// Leave the points that a picture can show; all were measured.
/** @param {import("./lab_page_camera.js").Shot} shot */
function few({ values, arrays }) {
  const shown = Object.fromEntries(["real", "fake", "latent"].map((name) =>
    [name, { data: arrays[name].data.slice(0, 2 * POINTS), shape: [POINTS, 2] }]));
  return { values, arrays: { ...arrays, ...shown } };
}

/** @type {(kind: import("./lab_page_settings.js").Kind, settings: Settings) => string} */
function unprepared(kind, s) {
  const what = {
    data: `batches of ${s.batch}`, noise: `batches of ${s.batch}`,
    start: `networks of these sizes (G: ${s.g_layers} hidden layers of ${s.g_width}, D: ` +
      `${s.d_layers} of ${s.d_width})`,
    train: "this loss, penalty and optimiser with networks of these sizes",
    look: `networks of these sizes with batches of ${s.batch}`,
  }[kind];
  return `This page has no program for ${what}, and goes on as before.`;
}

/** @param {string} deed */
function elsewhere(deed) {
  /** @type {Record<string, string>} */
  const words = { loss: "A loss that you type", save: "To save a run", load: "To load a run" };
  return `${words[deed] ?? `The command ${deed}`} needs the course's Python.`;
}
