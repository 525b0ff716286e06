// The lab with a kernel: every wish becomes part of the next question.
import { make, number } from "./base.js";
import { Settings, asItsLabel, button, menu, slider } from "./controls.js";
import { Face } from "./lab_face.js";
import { unpack } from "./binary.js";
import { Pad } from "./lab_pad.js";
import { Wall } from "./lab_wall.js";
import { Talk } from "./talk.js";

const SLOW = 1250; // ms of one phase in slow motion
const AHEAD = 4; // frames in a question, and unseen frames at which asking waits
const MANY = 300; // updates a frame that take longer than a message's journey

/** @typedef {Record<string, Uint8Array<ArrayBuffer>>} Extra what an answer brings beside frames */

export class Live extends Talk {
  /** @type {HTMLButtonElement} */ playButton;
  /** @type {HTMLButtonElement} */ slowButton;
  /** @type {HTMLButtonElement} */ forkButton;
  /** @type {HTMLInputElement} */ seed;
  /** @type {string | undefined} */ taken; // of the seed's values, the last that was used
  /** @type {HTMLElement} */ phase;
  /** @type {Settings} */ settings;
  /** @type {Control<string>} */ laneMenu;
  /** @type {Control<string>} */ presets;
  /** @type {Pad} */ pad;
  /** @type {Wall} */ wall;
  /** @type {HTMLTextAreaElement} */ typed;
  /** @type {HTMLElement} */ verdict; // on the typed loss
  /** @type {HTMLElement} */ consent;
  /** @type {ArrayBuffer} */ file; // the last that was chosen
  /** @type {string} */ fileName;
  /** @type {ArrayBuffer | null} */ upload = null; // what the next question carries
  /** @type {ReturnType<typeof setTimeout> | undefined} */ clock; // of slow motion
  /** @type {number | null} */ turn = null; // in which the queue's next frame is shown
  /** @type {number | undefined} */ said; // when the note was last written
  /** @type {((message: Message) => void) | null} */ onanswer = null;
  alive = false;

  /** @param {HTMLElement} el @param {Model} model */
  constructor(el, model) {
    super(model);
    this.catalogue = model.get("catalogue");
    this.playing = false;
    this.slow = false;
    /** @type {Frame[][]} */
    this.queue = []; // frames that have come and are not shown yet
    /** @type {Frame[]} */
    this.last = []; // the newest frames, shown or not
    this.speed = 10;
    this.lane = "A";
    this.arrows = "generator_loss";
    this.face = new Face(el, {
      seek: (step) => { this.pause(); this.wish({ do: "seek", step }); },
      arrows: (kind) => { this.arrows = kind; this.wish({ do: "look" }); },
      drawn: () => this.pad?.drawOver(this.face.theme),
    });
    [this.root, this.note] = [this.face.root, this.face.note];
    this.build();
    Object.assign(this.root, { lab: this }); // for tests and for the curious
    this.wish({ do: "look" });
  }

  close() {
    this.playing = this.slow = false;
    clearTimeout(this.clock);
    cancelAnimationFrame(this.turn ?? 0);
    super.close();
    this.face.close();
  }

  build() {
    /** @param {string} who */
    const step = (who) => () => { this.pause(); this.wish({ do: "step", who }); };
    this.playButton = button("▶ Play", () => (this.playing ? this.pause() : this.play()), {
      className: "gl-primary",
    });
    this.slowButton = button("Slow motion", () => this.toggleSlow(), { ariaPressed: "false" });
    this.forkButton = button("Fork here", () => this.toggleFork());
    this.speedSlider = slider({
      label: "Speed", low: 1, high: 1000, scale: "whole", value: this.speed,
      words: (n) => `${number(n)} step${n === 1 ? "" : "s"} a frame`,
      onmove: (n) => { this.speed = n; },
    });
    /** @param {KeyboardEvent} event */
    const onkeydown = ({ key }) => key === "Enter" && this.takeSeed(); // JupyterLab keeps Enter
    this.seed = make("input", { type: "number", min: 0, max: 2147483647, value: "0",
      inputMode: "numeric", onchange: () => this.takeSeed(), onkeydown });
    const steps = make("span", { className: "gl-group", role: "group", "aria-label": "Step" },
      make("span", {}, "Step"), button("D", step("discriminator"), { title: "one move of D" }),
      button("G", step("generator"), { title: "one move of G" }),
      button("both", step("both"), { title: "one update of both" }));
    this.face.bar.append(this.playButton, steps, this.slowButton,
      button("↺ Reset", () => this.reset()), this.forkButton, this.speedSlider.node,
      make("label", { className: "gl-field gl-seed" }, "Seed", this.seed));
    this.phase = make("p", { className: "gl-phase", role: "status", hidden: true });
    this.note.after(this.phase);
    this.buildBelow();
  }

  buildBelow() {
    this.settings = new Settings(this.catalogue, (name, value) => {
      if (value === "drawing") this.pad.start(); // first draw, then use it
      else this.set({ [name]: value });
    });
    this.laneMenu = menu({
      label: "Settings go to", value: "A", onmove: (lane) => { this.lane = lane; },
      options: [["A", "A, as it was"], ["B", "B, the fork"], ["AB", "both"]],
    });
    this.laneMenu.node.hidden = true;
    this.pad = new Pad(this.face, (drawing) => this.set({ data: "drawing", drawing }));
    this.wall = new Wall((steps) => this.wish({ do: "wall", steps }));
    /** @type {string[]} */
    const names = this.catalogue.presets;
    this.presets = menu({
      label: "Preset", value: "",
      onmove: (name) => { this.pause(); this.wish({ do: "preset", name }); },
      options: [["", "choose …"], ...names.map(asItsLabel)],
    });
    const keep = make("details", {}, make("summary", {}, "Presets, save and load"),
      make("div", { className: "gl-fields" }, this.presets.node, this.buildKeep()));
    this.settings.groups[this.catalogue.loss_group].append(this.buildTyped());
    this.settings.node.append(keep, this.wall.node);
    this.root.append(this.pad.node, this.laneMenu.node, this.settings.node);
  }

  buildKeep() {
    const file = make("input", { type: "file", accept: ".npz,.lab,.zip,.json", hidden: true,
      onchange: async () => {
        if (!file.files?.length) return;
        const [chosen] = file.files;
        this.file = await chosen.arrayBuffer();
        this.fileName = chosen.name;
        file.value = "";
        this.load();
      } });
    this.consent = make("div", { className: "gl-typed", hidden: true });
    return make("div", { className: "gl-row" },
      button("Save this run", () => this.wish({ do: "save" })),
      button("Load a run", () => file.click()), file, this.consent);
  }

  load(allowed = {}) {
    this.pause();
    this.presets.put("");
    this.consent.hidden = true;
    this.upload = this.file;
    this.wish({ do: "load", name: this.fileName, ...allowed });
  }

  // A run may hold a loss that somebody typed: nothing of it runs before the reader agrees.
  /** @param {string} code */
  askConsent(code) {
    const yes = button("Load it and run this code", () => this.load({ run_code: true }));
    this.consent.replaceChildren(
      make("p", { role: "status" }, "This run holds a loss typed as Python. To load it runs " +
        "that code in your kernel: do so only if you trust where the file comes from."),
      make("pre", {}, code), yes,
      button("Leave it", () => { this.consent.hidden = true; }));
    this.consent.hidden = false;
    yes.focus();
  }

  buildTyped() {
    this.typed = make("textarea", { rows: 4, spellcheck: false, ariaLabel: "Loss as Python",
      value: this.catalogue.loss_text });
    this.verdict = make("p", { className: "gl-verdict", role: "status" });
    return make("div", { className: "gl-typed" },
      make("p", {}, "Or type a loss on logits, one number a sample:"), this.typed,
      button("Use this loss", () => {
        this.verdict.textContent = "";
        this.presets.put("");
        this.wish({ do: "loss", lane: this.lane, text: this.typed.value });
      }), this.verdict);
  }

  /** @param {Record<string, any>} values */
  set(values) {
    this.presets.put(""); // it is no preset any more
    this.wish({ do: "set", lane: this.lane, values });
  }

  play() {
    if (this.slow) this.toggleSlow();
    this.playing = true;
    this.playButton.textContent = "⏸ Pause";
    this.pump();
  }

  pause() {
    if (this.slow) this.toggleSlow();
    this.playing = false;
    this.playButton.textContent = "▶ Play";
    this.showLast();
  }

  reset() {
    this.pause();
    this.wish({ do: "reset", seed: this.seed.value === "" ? null : Number(this.seed.value) });
  }

  takeSeed() {
    if (this.seed.value === this.taken) return; // Enter and leaving are one change
    this.taken = this.seed.value;
    this.reset();
  }

  toggleFork() {
    this.wish({ do: this.face.frames.length > 1 ? "join" : "fork" });
  }

  toggleSlow() {
    this.slow = !this.slow;
    this.slowButton.ariaPressed = String(this.slow);
    this.phase.hidden = !this.slow;
    if (this.slow) {
      this.playing = false;
      this.playButton.textContent = "▶ Play";
      this.showLast(); // frames that came ahead would be drawn over the phase
      this.wish({ do: "phase" });
    } else {
      clearTimeout(this.clock);
      this.face.phases = [];
      this.face.draw();
    }
  }

  get idle() { return !this.playing || this.queue.length >= AHEAD; }

  // Long frames: the next question waits at the kernel while the last answer travels.
  get depth() { return this.playing && this.speed >= MANY ? 2 : 1; }

  want() {
    const buffers = this.upload ? [this.upload] : undefined;
    this.upload = null;
    const play = this.playing ? this.speed : 0;
    return { play, frames: AHEAD, arrows: this.arrows, buffers };
  }

  /** @type {import("./link.js").Hear} */
  answer(message, buffers) {
    this.alive = true;
    const before = this.last;
    const frames = buffers.slice(0, message.lanes).map((one, i) => unpack(one, before[i]));
    /** @type {string[]} */
    const names = message.extra ?? [];
    /** @type {Extra} */
    const extra = Object.fromEntries(names.map((name, i) => [name, buffers[message.lanes + i]]));
    if (frames.length) this.last = frames;
    if (message.stopped && (this.playing || this.slow)) this.pause();
    this.say(message, extra);
    if (!frames.length) return;
    const changed = frames.length !== before.length || message.preset !== undefined;
    if (this.playing && !changed) this.enqueue(frames);
    else this.showLast(message);
    if (message.code) this.askConsent(message.code);
    if (message.wall) this.wall.show(unpack(extra.wall), this.face.theme);
    if (message.file) download(message.file, extra.file);
    this.onanswer?.(message);
    if (this.slow && message.phase) {
      clearTimeout(this.clock);
      this.clock = setTimeout(() => this.wish({ do: "phase" }), SLOW);
    }
  }

  // One picture a frame of the screen, in order: the kernel may be ahead of it.
  /** @param {Frame[]} frames */
  enqueue(frames) {
    this.queue.push(frames);
    if (this.turn) return;
    const next = () => {
      this.turn = null;
      const shown = this.queue.shift();
      if (!shown) return;
      if (this.face.show(shown, false, true)) this.follow(shown, {});
      if (this.queue.length) this.turn = requestAnimationFrame(next);
      this.pump();
    };
    this.turn = requestAnimationFrame(next);
  }

  /** @param {Message} message */
  showLast(message = {}) {
    this.queue = [];
    if (!this.last.length) return;
    this.face.show(this.last, !this.playing);
    this.follow(this.last, message);
  }

  // A warning stays until what the reader asks for next is done, or for six seconds; so
  // does news. What is still true comes again with every answer.
  /** @param {Message} message @param {Extra} extra */
  say({ note, info, phase, verdict, obeyed }, extra) {
    const words = note ?? info;
    const now = performance.now();
    if (words || obeyed || now - (this.said ?? 0) > 6000) {
      if (this.note.textContent !== (words ?? "")) this.note.textContent = words ?? "";
      this.note.dataset.kind = note ? "warning" : "news";
      if (words) this.said = now;
    }
    if (verdict) this.verdict.textContent = verdict;
    this.face.phases = [];
    if (phase && this.slow) {
      this.phase.textContent = `${phase.number} of 10 · ${phase.name}`;
      this.phase.dataset.player = phase.player;
      this.face.phases = ["A", "B"].map((lane) => extra[`phase ${lane}`])
        .map((packed) => packed && { arrays: unpack(packed), began: now });
    }
  }

  /** @param {Frame[]} frames @param {Message} message */
  follow(frames, message) {
    const two = frames.length > 1;
    this.forkButton.textContent = two ? "Close the fork" : "Fork here";
    if (this.laneMenu.node.hidden === two) { // a fork has been made or closed
      this.laneMenu.node.hidden = !two;
      this.lane = two ? "B" : "A";
      this.laneMenu.put(this.lane);
    }
    const waiting = Object.assign({}, ...this.link.wishes.map((one) => one.values ?? {}));
    const { settings } = frames[this.lane === "B" && two ? 1 : 0];
    this.settings.show(settings, waiting);
    if (document.activeElement !== this.seed) {
      this.taken = this.seed.value = String(settings.seed);
    }
    if (message.preset !== undefined) this.presets.put(message.preset);
  }

  silence() {
    this.pause();
    super.silence();
  }
}

/** @type {(name: string, content: Uint8Array<ArrayBuffer>) => void} */
function download(name, content) {
  const address = URL.createObjectURL(new Blob([content]));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
