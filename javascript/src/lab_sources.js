// A lab in a notebook trains in the page wherever it can, else in the kernel: to its face
// both are one. Python says where the run is (`source`), and holds what the page tells.
import { bytesOf, inflate } from "./binary.js";
import { PageModel } from "./lab_page_model.js";

const FETCH = 8000; // ms that a kernel has to hand over a program
const REST = 300; // ms after the last answer until the kernel is told where the run stands
const EVERY = 3000; // ms between such words while it plays
const HELPS = ["save"]; // commands for which the kernel only helps: the run stays here
const GONE = "With a kernel the lab can: choose Run > Run All Above Selected Cell, and run " +
  "its cell.";
const BUSY = "The kernel hands the program over that this needs, but it is busy with another " +
  "cell. Wish it again when that is done; the lab goes on as before.";

/** @typedef {{ question: Message, buffers?: ArrayBuffer[] }} Asked */

/** @implements {Model} */
export class Sources {
  /** @type {Set<(message: Message, buffers: any[]) => void>} */
  heard = new Set();
  /** @type {Set<() => void>} */
  moved = new Set(); // who wants to know that the place is another
  /** @type {Map<string, Asked>} */
  asked = new Map(); // questions at the page, by view and id
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  programs = new Map();
  /** @type {Map<string, (program: Uint8Array<ArrayBuffer>) => void>} */
  awaited = new Map(); // programs on their way from the kernel
  /** @type {string | null} */ handing = null; // the question with which a run goes over
  /** @type {ReturnType<typeof setTimeout> | undefined} */ resting;
  why = ""; // the kernel has the run
  told = 0; // the revision that the kernel knows of ...
  toldAt = 0; // ... since then, ms
  top = 0; // the highest revision that was passed on
  /** @type {number | null} */ shift = 0; // of the revisions of the present place; null: unknown

  /** @param {any} kernel the widget's model */
  constructor(kernel) {
    this.kernel = kernel;
    this.hasKernel = kernel.get("kind") !== "kept"; // else of another day
    const { programs } = kernel.get("offer");
    for (const [name, text] of Object.entries(programs)) this.programs.set(name, bytesOf(text));
    this.at = kernel.get("source");
    kernel.on("msg:custom", (/** @type {Message} */ message, /** @type {any[]} */ buffers) =>
      this.hearKernel(message, buffers));
    kernel.on("change:source", () => this.follow());
    this.page = this.open();
  }

  async open() {
    const { kernel, hasKernel } = this;
    const packed = await inflate(bytesOf(kernel.get("offer").shared));
    const { worker, facts, names } = JSON.parse(new TextDecoder().decode(packed));
    const ready = Object.fromEntries(this.programs);
    this.names = hasKernel ? names : Object.fromEntries(Object.entries(names)
      .filter(([, name]) => this.programs.has(name)));
    const page = new PageModel({ worker, facts, names: this.names,
      settings: kernel.get("catalogue").opened, program: (name) => this.program(name), ready,
      beyond: { run: kernel.get("run"), kernel: hasKernel, advice: GONE } });
    page.on("msg:custom", (message, buffers) => this.hearPage(page, message, buffers));
    page.onkept = (run) => {
      if (this.at !== "page" || !hasKernel) return;
      kernel.set("run", run);
      kernel.save_changes();
    };
    return page;
  }

  close() {
    clearTimeout(this.resting);
    this.page.then((page) => page.close());
  }

  /** @param {string} name */
  get(name) {
    if (name === "where") return this.at;
    return name === "why" ? this.why : this.kernel.get(name);
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  on(event, hear) {
    if (event === "msg:custom") this.heard.add(hear);
    if (event === "change:where") this.moved.add(hear);
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  off(event, hear) {
    this.heard.delete(hear);
    this.moved.delete(hear);
  }

  /** @param {Message} question @param {undefined} _ @param {ArrayBuffer[]} [buffers] */
  async send(question, _, buffers) {
    const page = await this.page; // all wait for the same, so their order stays
    if (this.at === "kernel") {
      this.kernel.send(question, undefined, buffers);
      return;
    }
    this.asked.set(`${question.view} ${question.id}`, { question, buffers });
    page.send(question);
  }

  /** @param {PageModel} page @param {Message} message @param {Uint8Array<ArrayBuffer>[]} buffers */
  hearPage(page, message, buffers) {
    const key = `${message.view} ${message.id}`;
    const asked = this.asked.get(key);
    if (!message.more) this.asked.delete(key);
    if (message.rest && asked) {
      this.handOver(key, asked, message);
      return;
    }
    this.pass(message, buffers, "page");
    if (this.at !== "page") return; // the run has gone over meanwhile
    if (!this.hasKernel) return;
    if (!this.near) {
      this.near = true; // what may be chosen next
      this.kernel.send({ programs: "near" });
    }
    this.tellSoon(page, message.revision);
  }

  // The kernel learns where the run stands: for code that asks, and for another day.
  /** @param {PageModel} page @param {number} revision */
  tellSoon(page, revision) {
    if (revision === this.told) return;
    const tell = () => {
      [this.told, this.toldAt] = [revision, performance.now()];
      page.keep();
    };
    clearTimeout(this.resting);
    if (performance.now() - this.toldAt > EVERY) tell();
    else this.resting = setTimeout(tell, REST);
  }

  // What the page cannot do, the kernel does, with the run; the page's own one rests.
  /** @param {string} key @param {Asked} asked @param {Message} message */
  handOver(key, { question, buffers }, { rest, run }) {
    const helps = rest.every((/** @type {Command} */ one) => HELPS.includes(one.do));
    const isHere = this.at === "page"; // else the run has gone over meanwhile
    if (isHere && !helps) this.handing = key;
    const commands = [...(isHere ? [{ do: "take", run, helps }] : []), ...rest];
    this.kernel.send({ ...question, commands }, undefined, buffers);
  }

  /** @param {Message} message @param {any[]} buffers */
  async hearKernel(message, buffers) {
    if (message.programs) {
      message.programs.forEach((/** @type {string} */ name, /** @type {number} */ i) =>
        this.receive(name, buffers[i]));
      return;
    }
    const key = `${message.view} ${message.id}`;
    const hands = key === this.handing;
    if (hands) this.handing = null;
    if (message.run) { // the page can train it: it goes on there
      (await this.page).begin(message.run);
      this.move("page");
    } else if (hands && this.at === "page") this.move("kernel", "program");
    this.pass(message, buffers, "kernel");
  }

  // Code has asked for the lab: Python says that the run is with the kernel now.
  follow() {
    const source = this.kernel.get("source");
    if (source !== "kernel" || this.at === "kernel" || this.handing) return;
    this.move("kernel", "code");
    this.pass({ view: "", driver: null, play: 0, revision: 0 }, [], "kernel"); // all look
  }

  /** @param {"page" | "kernel"} at @param {string} [why] */
  move(at, why = "") {
    clearTimeout(this.resting);
    [this.at, this.why, this.shift, this.told] = [at, why, null, -1];
    for (const hear of this.moved) hear();
  }

  // Revisions grow through every change of the place; those of the other place say nothing.
  /** @param {Message} message @param {any[]} buffers @param {"page" | "kernel"} from */
  pass(message, buffers, from) {
    let revision = from === this.at ? message.revision : undefined;
    if (message.run) revision = this.top += 1;
    else if (revision !== undefined) {
      this.shift ??= this.top + 1 - revision;
      revision += this.shift;
      this.top = Math.max(this.top, revision);
    }
    for (const hear of this.heard) hear({ ...message, revision }, buffers);
  }

  /** @param {string} name @returns {Promise<Uint8Array<ArrayBuffer>>} */
  program(name) {
    const here = this.programs.get(name);
    if (here) return Promise.resolve(here.slice()); // a thread takes what it is given
    return new Promise((resolve, reject) => {
      this.awaited.set(name, resolve);
      setTimeout(() => reject(new Error(BUSY)), FETCH);
      this.kernel.send({ programs: [name] });
    });
  }

  /** @param {string} name @param {DataView | Uint8Array} buffer */
  receive(name, buffer) {
    const program = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
    this.programs.set(name, program);
    this.awaited.get(name)?.(program.slice());
    this.awaited.delete(name);
  }
}
