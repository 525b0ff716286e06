// A lab without a kernel: it answers as a widget's model does, from a thread of the page.

const ADVICE = "On your computer the course can: install it, type gan-course, and open a " +
  "notebook with a lab.";

/** @typedef {{ facts: import("./lab_page_settings.js").Facts, catalogue?: any,
 *   names: Record<string, string>, settings: Record<string, any>, worker: string,
 *   program: (name: string) => Promise<Uint8Array<ArrayBuffer>>, elsewhere?: string,
 *   ready?: Record<string, Uint8Array<ArrayBuffer>>,
 *   beyond?: import("./lab_page_answers.js").Beyond }} Offer names: of the programs, by their
 *   keys; worker: the source of lab_worker.js; elsewhere: an address where a kernel is;
 *   ready: programs that are at hand, by name */

/** @implements {Model} */
export class PageModel {
  /** @type {Set<(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
  heard = new Set();
  /** @type {object[]} */
  asked = []; // all questions until the thread has answered one
  answered = false;
  /** @type {((run: string) => void) | null} */ onkept = null; // a run as text

  /** @param {Offer} offer */
  constructor(offer) {
    this.offer = offer;
    this.open();
  }

  open() {
    const run = `${this.offer.worker}\nlabWorker.serve(self);`;
    try {
      this.address = URL.createObjectURL(new Blob([run], { type: "text/javascript" }));
      const thread = new Worker(this.address);
      thread.onmessage = ({ data }) => this.hear(data);
      thread.onerror = () => this.stay();
      this.thread = thread;
      this.say = (/** @type {object} */ data) => thread.postMessage(data);
    } catch {
      this.stay();
      return;
    }
    this.begin();
  }

  // Begin as the lab opened, or with a run.
  /** @param {string} [run] as text */
  begin(run) {
    const { facts, names, settings, beyond, ready } = this.offer;
    this.say?.({ open: facts, names, settings, programs: ready,
      beyond: { advice: ADVICE, ...beyond, ...(run === undefined ? {} : { run }) } });
  }

  // Where a page may start no thread, train on its own: the same, but less smooth.
  stay() {
    if (this.answered || this.stayed) return;
    this.stayed = true;
    this.thread?.terminate();
    const port = {
      postMessage: (/** @type {any} */ data) => { setTimeout(() => this.hear(data)); },
      onmessage: (/** @type {{ data: any }} */ event) => { void event; },
    };
    new Function(`${this.offer.worker}\nreturn labWorker;`)().serve(port);
    this.say = (/** @type {object} */ data) => { setTimeout(() => port.onmessage({ data })); };
    this.begin();
    for (const question of this.asked) this.say({ question });
  }

  /** @param {any} data from the thread */
  hear({ want, message, buffers, kept }) {
    if (want) this.fetch(want);
    if (kept) this.onkept?.(kept);
    if (!message) return;
    this.answered = true;
    this.asked = [];
    for (const hear of this.heard) hear(message, buffers);
  }

  /** @param {string} name of a program */
  async fetch(name) {
    try {
      this.say?.({ name, program: await this.offer.program(name) });
    } catch (error) {
      this.say?.({ name, why: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @param {string} name */
  get(name) {
    const { catalogue, elsewhere } = this.offer;
    return { catalogue, elsewhere, kind: "page", where: "page" }[name];
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  on(event, hear) {
    if (event === "msg:custom") this.heard.add(hear);
  }

  /** @param {string} event @param {(...heard: any[]) => void} hear */
  off(event, hear) {
    this.heard.delete(hear);
  }

  /** @param {object} question */
  send(question) {
    if (!this.answered) this.asked.push(question);
    this.say?.({ question });
  }

  // Have the run written; it comes to `onkept`.
  keep() {
    this.say?.({ keep: true });
  }

  close() {
    this.thread?.terminate();
    if (this.address) URL.revokeObjectURL(this.address);
  }
}
