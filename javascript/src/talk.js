// What every live face shares: it asks when there is something to ask, and listens.
import { sayNobodyAnswers } from "./controls.js";
import { Link } from "./link.js";

const BUSY = 600; // ms of waiting before the face says that the kernel works

// A face sets `root` and `note` and has an answer of its own; it may replace want, idle
// and depth.
export class Talk {
  /** @type {HTMLElement} */ root;
  /** @type {HTMLElement} */ note;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ busy;

  /** @param {Model} model */
  constructor(model) {
    this.link = new Link(model, (...heard) => this.hear(...heard), () => this.silence());
    this.resume = () => this.pump();
    document.addEventListener("visibilitychange", this.resume);
  }

  close() {
    clearTimeout(this.busy);
    document.removeEventListener("visibilitychange", this.resume);
    this.link.close();
  }

  /** @type {import("./link.js").Hear} */
  answer() { throw new Error("each face answers in its own way"); }

  // What goes along with the commands, and whether to ask without any.
  /** @returns {{ buffers?: ArrayBuffer[], theme?: Theme }} */
  want() { return {}; }
  get idle() { return true; }

  // Whether nobody looks, so that nothing is asked.
  get unseen() { return document.hidden; }

  // How many questions may be on their way at once.
  get depth() { return 1; }

  /** @param {Command} command */
  wish(command) {
    this.link.wish(command);
    this.pump();
  }

  // Ask when there is something to ask, not too much is open, and somebody looks.
  pump() {
    const wanted = this.link.wishes.length > 0;
    const { length } = this.link.pending;
    if (length >= this.depth || this.unseen || !(wanted || !this.idle)) return;
    clearTimeout(this.busy);
    this.busy = setTimeout(() => this.root.classList.add("gl-busy"), BUSY);
    const { buffers, ...want } = this.want();
    this.link.ask(want, buffers);
    if (length + 1 < this.depth) this.pump();
  }

  /** @type {import("./link.js").Hear} */
  hear(message, buffers) {
    this.rest();
    this.answer(message, buffers);
    this.pump();
  }

  rest() {
    clearTimeout(this.busy);
    this.root.classList.remove("gl-busy");
  }

  silence() {
    this.rest();
    sayNobodyAnswers(this.note, () => {
      this.link.giveUp();
      this.wish({ do: "look" });
    });
  }
}
