// The lab with a kernel: every wish becomes part of the next question.
import { make } from "./base.js";
import { Settings, button } from "./controls.js";
import { Bar, signed } from "./lab_bar.js";
import { Face } from "./lab_face.js";
import { Hints } from "./lab_hints.js";
import { Keep } from "./lab_keep.js";
import { Pace, SPEEDS, USUAL } from "./lab_pace.js";
import { Pad } from "./lab_pad.js";
import { Slow } from "./lab_slow.js";
import { Tools } from "./lab_tools.js";
import { Wall } from "./lab_wall.js";
import { unpack } from "./binary.js";
import { Talk } from "./talk.js";

const AHEAD = 4; // frames in a question, and unseen frames at which asking waits
const MANY = 300; // updates a frame that take longer than a message's journey
const KEEPS = 6000; // ms that news stand
const OTHERS = 100; // ms between looks at what another view of this lab does
const ANEW = ["reset", "preset"]; // commands after which the steps begin at 0
/** @type {Record<string, string>} */
const WHERE = { page: "Trains in this page.", kernel: "Trains in the kernel." };
/** @type {Record<string, string>} */
const WHY = { program: " The page has no program for these settings.",
  code: " Code of the notebook holds it." };

/** @typedef {Record<string, Uint8Array<ArrayBuffer>>} Extra what an answer brings beside frames */

export class Live extends Talk {
  /** @type {Hints} */ hints;
  /** @type {Slow} */ slow;
  /** @type {Pad} */ pad;
  /** @type {Bar} */ bar;
  /** @type {Tools} */ tools;
  /** @type {Keep} */ keep;
  /** @type {Wall} */ wall;
  /** @type {Settings} */ settings;
  /** @type {HTMLTextAreaElement} */ typed;
  /** @type {HTMLElement} */ verdict; // on the typed loss
  /** @type {HTMLElement} */ where; // it trains
  /** @type {HTMLElement} */ drawer; // the button of the controls where they lie in a drawer
  /** @type {ArrayBuffer | null} */ upload = null; // what the next question carries
  /** @type {number | null} */ turn = null; // in which the queue's next frame is shown
  /** @type {number | undefined} */ said; // when the note was last written
  /** @type {"start" | "stop" | null} */ drive = null; // what the other views are to be told
  /** @type {ReturnType<typeof setTimeout> | undefined} */ look; // at what another view does
  /** @type {ReturnType<typeof setTimeout> | undefined} */ quiet; // till it is known to stand
  /** @type {((message: Message) => void) | null} */ onanswer = null;
  alive = false;
  playing = false;
  following = false; // another view of this lab plays it
  playsUnseen = false;
  warned = false; // about something that stands in the face itself
  /** @type {{ id: number, values: Record<string, any> }[]} */ sent = []; // settings on their way
  /** @type {number | null} */ anew = null; // the open question that begins at step 0
  revision = 0; // of the lab's state, as far as it is known here
  lane = "A";
  arrows = "generator_loss";
  pace = new Pace();
  /** @type {Frame[][]} */ queue = []; // frames that have come and are not shown yet
  /** @type {Frame[]} */ last = []; // the newest frames, shown or not

  /** @param {HTMLElement} el @param {Model} model */
  constructor(el, model) {
    super(model);
    this.link.onOther = (message) => this.hearOther(message);
    this.catalogue = model.get("catalogue");
    this.face = new Face(el, {
      seek: (step) => { this.pause(); this.hints.did("time"); this.wish({ do: "seek", step }); },
      arrows: (kind) => { this.arrows = kind; this.wish({ do: "look" }); },
      drawn: () => this.pad?.drawOver(this.face.theme),
      sight: () => this.pump(),
    });
    [this.root, this.note] = [this.face.root, this.face.note];
    this.build();
    Object.assign(this.root, { lab: this }); // for tests and for the curious
    model.on("change:where", this.sayWhere);
    this.wish({ do: "look" });
  }

  close() {
    this.link.model.off("change:where", this.sayWhere);
    this.playing = false;
    clearTimeout(this.slow.clock);
    clearTimeout(this.look);
    clearTimeout(this.quiet);
    cancelAnimationFrame(this.turn ?? 0);
    super.close();
    this.face.close();
  }

  build() {
    const { face } = this;
    this.hints = new Hints();
    this.slow = new Slow(this);
    this.pad = new Pad(face, (drawing) => this.set({ data: "drawing", drawing }), () => {
      this.slow.turn(false);
      this.pause();
      this.wall.close();
      this.openDrawer(false);
    }, () => {
      const { toggle } = this.pad;
      (toggle.offsetParent ? toggle : this.drawer).focus({ preventScroll: true });
    });
    this.bar = new Bar(this);
    this.tools = new Tools(this);
    this.keep = new Keep(this);
    this.where = make("p", { className: "gl-where" });
    this.tools.node.append(this.where);
    this.wall = new Wall(this);
    this.settings = new Settings(this.catalogue, (name, value) => {
      if (value === "drawing") this.pad.start(); // first draw, then use it
      else this.set({ [name]: value });
    });
    this.settings.groups[this.catalogue.loss_group].append(this.buildTyped());
    this.settings.node.append(this.keep.node, this.wall.node);
    this.drawer = signed("☰", "Controls", () => this.openDrawer(!this.isOpen), {
      className: "gl-drawer", ariaExpanded: "false" });
    face.bar.append(...this.bar.nodes, this.drawer);
    face.over.append(this.hints.node);
    face.under.append(this.slow.node);
    face.controls.prepend(this.tools.node);
    face.controls.append(this.settings.node);
    face.fit();
  }

  get isOpen() { return this.root.classList.contains("gl-open"); }

  /** @param {boolean} open */
  openDrawer(open) {
    this.root.classList.toggle("gl-open", open);
    this.drawer.ariaExpanded = String(open);
  }

  buildTyped() {
    this.typed = make("textarea", { rows: 4, spellcheck: false, ariaLabel: "Loss as Python",
      value: this.catalogue.loss_text });
    this.verdict = make("p", { className: "gl-verdict", role: "status" });
    return make("div", { className: "gl-typed" },
      make("p", {}, "Or type a loss on logits, one number a sample:"), this.typed,
      button("Use this loss", () => {
        this.verdict.textContent = "";
        this.keep.presets.put("");
        this.wish({ do: "loss", lane: this.lane, text: this.typed.value });
      }), this.verdict);
  }

  /** @param {Record<string, any>} values */
  set(values) {
    this.keep.presets.put(""); // it is no preset any more
    this.hints.did("set");
    this.wish({ do: "set", lane: this.lane, values });
  }

  // Updates a second.
  get speed() { return this.pace.rate; }

  /** @param {number} rate */
  setSpeed(rate) {
    this.pace.rate = rate;
    this.pump();
  }

  get isRunning() { return this.playing || this.following || this.slow.running; }

  play() {
    if (this.slow.on) {
      this.slow.run(true);
      return;
    }
    if (!this.bar.take()) return;
    this.hints.did("play");
    this.pad.stop();
    this.wall.close();
    this.playing = true;
    this.drive = "start";
    this.pace.shown = 0;
    this.bar.show(true);
    this.pump();
  }

  pause() {
    if (this.slow.on) {
      this.slow.run(false);
      return;
    }
    if (this.playing || this.following) this.drive = "stop";
    if (this.following) this.wish({ do: "look" });
    this.halt();
  }

  halt() {
    this.playing = this.following = false;
    this.pace.goal = null;
    this.bar.show(false);
    this.showLast();
  }

  /** @param {number} goal a step */
  runTo(goal) {
    const { now } = this;
    if (goal < now) this.face.handlers.seek(goal);
    else if (goal > now) {
      this.slow.turn(false);
      this.pace.runTo(goal, now);
      this.play();
      if (!this.playing) this.pace.goal = null;
    }
  }

  get startsAnew() { return this.link.wishes.some((one) => ANEW.includes(one.do)); }

  // The newest step that is known, or 0 where the run has been asked to begin again.
  get now() { return this.startsAnew || this.anew !== null ? 0 : this.last[0]?.step ?? 0; }

  get hasArrived() { return this.pace.goal !== null && this.now >= this.pace.goal; }

  reset() {
    if (this.bar.isNew) this.bar.take(); // begins anew
    else this.begin(this.bar.used === "" ? null : Number(this.bar.used));
  }

  /** @param {number | null} seed */
  begin(seed) {
    this.slow.turn(false);
    this.pause();
    this.wish({ do: "reset", seed });
  }

  // All as it was when the lab opened: settings, seed, lanes, speed and picture.
  restore() {
    this.openDrawer(false);
    this.pace.rate = USUAL;
    this.bar.speed.put(SPEEDS.indexOf(USUAL));
    this.arrows = "generator_loss";
    this.face.layers.restore();
    this.verdict.textContent = "";
    this.rebuild(this.catalogue.opened, 0);
  }

  // Begin a run with these settings, all of them, and play to a step.
  /** @param {Record<string, any>} settings @param {number} step */
  rebuild({ seed, ...values }, step) {
    this.slow.turn(false);
    this.pause();
    this.keep.presets.put("");
    if (this.face.frames.length > 1) this.wish({ do: "join" });
    const { loss, ...others } = values;
    this.wish({ do: "set", lane: "A", values: loss?.python ? others : values });
    if (loss?.python) this.wish({ do: "loss", lane: "A", text: loss.python });
    this.bar.put(seed);
    if (step) this.runTo(step);
  }

  toggleFork() {
    this.slow.turn(false);
    this.wish({ do: this.face.frames.length > 1 ? "join" : "fork" });
  }

  get unseen() { return super.unseen && !this.playsUnseen; }

  get idle() {
    return !this.playing || this.queue.length >= (this.pace.isSlow ? 1 : AHEAD) ||
      this.hasArrived || !(this.face.inSight || this.playsUnseen);
  }

  // Long frames: the next question waits at the kernel while the last answer travels.
  get depth() {
    return this.playing && this.pace.each >= MANY && this.pace.goal === null ? 2 : 1;
  }

  want() {
    const buffers = this.upload ? [this.upload] : undefined;
    const { drive } = this;
    this.upload = this.drive = null;
    const id = this.link.count + 1;
    if (this.startsAnew) this.anew = id;
    for (const { values } of this.link.wishes) if (values) this.sent.push({ id, values });
    const asked = this.playing ? this.pace.want(this.now, AHEAD) : { play: 0, frames: 1 };
    return { ...asked, arrows: this.arrows, ...(drive ? { drive } : {}), buffers };
  }

  /** @type {import("./link.js").Hear} */
  answer(message, buffers) {
    this.alive = true;
    this.sayWhere();
    this.revision = Math.max(this.revision, message.revision ?? 0);
    if (this.anew !== null && message.id >= this.anew) this.anew = null;
    this.sent = this.sent.filter(({ id }) => id > message.id);
    const before = this.last;
    const frames = buffers.slice(0, message.lanes).map((one, i) => unpack(one, before[i]));
    /** @type {string[]} */
    const names = message.extra ?? [];
    /** @type {Extra} */
    const extra = Object.fromEntries(names.map((name, i) => [name, buffers[message.lanes + i]]));
    if (frames.length) this.last = frames;
    if (message.stopped && this.isRunning) this.pause();
    this.say(message, extra);
    if (!frames.length) return;
    const changed = frames.length !== before.length || message.preset !== undefined;
    if (this.playing && !changed) this.enqueue(frames);
    else if (!message.phase) this.showLast(message);
    if (message.code) this.keep.askConsent(message.code);
    if (message.wall) this.wall.show(unpack(extra.wall), this.face.theme, frames[0].real);
    if (message.file) download(message.file, extra.file);
    this.onanswer?.(message);
  }

  // Another view of this lab, beside this one or in another tab, has been answered: look
  // what has changed, and play or stand as it does. Only one view plays.
  /** @param {Message} message */
  hearOther({ revision = 0, driver, play }) {
    if (driver === undefined || revision <= this.revision) return;
    if (this.playing && driver !== this.link.name) this.halt();
    const runs = Boolean(driver && driver !== this.link.name && play);
    if (runs !== this.following) {
      this.following = runs;
      this.bar.show(runs);
    }
    clearTimeout(this.quiet);
    if (runs) {
      this.quiet = setTimeout(() => { // it has gone, or rests
        this.following = false;
        this.bar.show(this.isRunning);
      }, 10 * OTHERS);
    }
    this.look ??= setTimeout(() => {
      this.look = undefined;
      if (!this.playing) this.wish({ do: "look" });
    }, OTHERS);
  }

  // One picture at its time, in order: the kernel may be ahead of it.
  /** @param {Frame[]} frames */
  enqueue(frames) {
    if (this.pace.isSlow) this.queue = []; // what a faster speed has left there
    this.queue.push(frames);
    if (document.hidden) this.showLast(); // the screen takes no turns
    else if (!this.turn) this.turn = requestAnimationFrame((now) => this.takeTurn(now));
  }

  /** @param {number} now */
  takeTurn(now) {
    this.turn = null;
    if (!this.queue.length) return;
    if (this.pace.isDue(now)) {
      const shown = /** @type {Frame[]} */ (this.queue.shift());
      this.pace.took(now);
      const glide = this.pace.isSlow ? Math.min(this.pace.gap, 500) : 0;
      if (this.face.show(shown, false, true, glide)) this.follow(shown, {});
    }
    if (this.queue.length) this.turn = requestAnimationFrame((then) => this.takeTurn(then));
    else if (this.hasArrived) this.pause();
    this.pump();
  }

  /** @param {Message} message */
  showLast(message = {}) {
    this.queue = [];
    if (!this.last.length || this.slow.on) return;
    this.face.show(this.last, !this.playing);
    this.follow(this.last, message);
  }

  // Which of the two trains: the page, or the kernel.
  sayWhere = () => {
    const { model } = this.link;
    const words = WHERE[model.get("where") ?? "kernel"] + (WHY[model.get("why")] ?? "");
    if (this.where.textContent !== words) this.where.textContent = words;
  };

  /** @param {string} words about what stands in the face; it goes with its cause */
  warn(words) {
    this.warned = true;
    this.note.textContent = words;
    this.note.dataset.kind = "warning";
  }

  unwarn() {
    if (this.warned) this.note.textContent = "";
    this.warned = false;
  }

  // A warning stays until what the reader asks for next is done, or for six seconds; so
  // does news. What is still true comes again with every answer.
  /** @param {Message} message @param {Extra} extra */
  say({ note, info, phase, verdict, obeyed, elsewhere }, extra) {
    const words = note ?? info;
    const now = performance.now();
    if (words || obeyed || (now - (this.said ?? 0) > KEEPS && !this.warned)) {
      if (this.note.textContent !== (words ?? "")) this.note.textContent = words ?? "";
      const address = elsewhere && words ? this.link.model.get("elsewhere") : null;
      if (address) this.note.append(" ", make("a", { href: address }, "Or open it in Colab."));
      this.note.dataset.kind = note ? "warning" : "news";
      this.warned = false;
      if (words) this.said = now;
    }
    if (verdict) this.verdict.textContent = verdict;
    if (phase && this.slow.on) {
      const phases = ["A", "B"].map((lane) => extra[`phase ${lane}`])
        .map((packed) => packed && { arrays: unpack(packed), began: now });
      this.slow.heard({ frames: this.last, phases, words: phase });
    }
  }

  /** @param {Frame[]} frames @param {Message} message */
  follow(frames, message) {
    const two = frames.length > 1;
    this.tools.show(two);
    const waiting = Object.assign({}, ...[...this.sent, ...this.link.wishes]
      .map((one) => one.values ?? {})); // never moved back under a hand
    const { settings } = frames[this.lane === "B" && two ? 1 : 0];
    this.settings.show(settings, waiting);
    this.bar.follow(settings.seed, message.note !== undefined);
    if (message.preset !== undefined) this.keep.presets.put(message.preset);
  }

  silence() {
    this.bar.awaited = this.anew = null;
    this.sent = [];
    this.halt();
    super.silence();
  }
}

/** @type {(name: string, content: Uint8Array<ArrayBuffer>) => void} */
function download(name, content) {
  const address = URL.createObjectURL(new Blob([content]));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
