// A lab without a kernel: it answers as a widget's model does, from a thread of the page.

/** @typedef {{ facts: import("./lab_page_settings.js").Facts, catalogue: any,
 *   names: Record<string, string>, settings: Record<string, any>, worker: string,
 *   program: (name: string) => Promise<Uint8Array<ArrayBuffer>> }} Offer names: of the
 *   programs, by their keys; worker: the source of lab_worker.js */

/** @implements {Model} */
export class PageModel {
  /** @type {Set<(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
  heard = new Set();
  /** @type {object[]} */
  asked = []; // all questions until the thread has answered one
  answered = false;

  /** @param {Offer} offer */
  constructor(offer) {
    this.offer = offer;
    this.open();
  }

  open() {
    const { worker, facts, names, settings } = this.offer;
    const run = `${worker}\nlabWorker.serve(self);`;
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
    this.say({ open: facts, names, settings });
  }

  // Where a page may start no thread, train on its own: the same, but less smooth.
  stay() {
    if (this.answered || this.stayed) return;
    this.stayed = true;
    this.thread?.terminate();
    const { worker, facts, names, settings } = this.offer;
    const port = {
      postMessage: (/** @type {any} */ data) => { setTimeout(() => this.hear(data)); },
      onmessage: (/** @type {{ data: any }} */ event) => { void event; },
    };
    new Function(`${worker}\nreturn labWorker;`)().serve(port);
    this.say = (/** @type {object} */ data) => { setTimeout(() => port.onmessage({ data })); };
    this.say({ open: facts, names, settings });
    for (const question of this.asked) this.say({ question });
  }

  /** @param {any} data from the thread */
  async hear({ want, message, buffers }) {
    if (want) this.say?.({ name: want, program: await this.offer.program(want) });
    if (!message) return;
    this.answered = true;
    this.asked = [];
    for (const hear of this.heard) hear(message, buffers);
  }

  /** @param {string} name */
  get(name) {
    return { catalogue: this.offer.catalogue, kind: "page" }[name];
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

  close() {
    this.thread?.terminate();
    if (this.address) URL.revokeObjectURL(this.address);
  }
}
