// One conversation with the kernel: few questions at a time, the newest wish wins.

const COUNTED = ["step", "launch", "undo"]; // each of these wishes counts
const PATIENCE = 15000; // ms of silence before the learner is told
/** @type {Record<string, number>} */
const LONG = { wall: 120000, load: 60000 }; // of commands that take their time

const newName = () => Math.random().toString(36).slice(2);

/** @typedef {(message: Message, buffers: Uint8Array<ArrayBuffer>[]) => void} Hear */
/** @typedef {ArrayBuffer | ArrayBufferView<ArrayBuffer>} Buffer */

export class Link {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;
  /** @type {((message: Message) => void) | null} */ onOther = null; // another view's answer

  /** @param {Model} model @param {Hear} onAnswer @param {() => void} onSilence */
  constructor(model, onAnswer, onSilence) {
    this.model = model;
    this.onAnswer = onAnswer;
    this.onSilence = onSilence;
    this.name = newName();
    this.count = 0;
    /** @type {number[]} */
    this.pending = []; // ids of the questions that are on their way
    /** @type {Command[]} */
    this.wishes = []; // commands for the next question, coalesced
    /** @type {(message: Message, buffers: Buffer[]) => void} */
    this.listen = (message, buffers) => this.hear(message, buffers);
    model.on("msg:custom", this.listen);
  }

  close() {
    this.model.off("msg:custom", this.listen);
    clearTimeout(this.timer);
  }

  get free() {
    return this.pending.length === 0;
  }

  // Commands of one kind replace each other, so a thousand moves of a slider are one.
  /** @param {Command} command */
  wish(command) {
    /** @param {Command} other */
    const same = (other) =>
      other.do === command.do && other.lane === command.lane && !COUNTED.includes(command.do);
    const before = this.wishes.find(same);
    if (before && command.do === "set") before.values = { ...before.values, ...command.values };
    else {
      if (before) this.wishes.splice(this.wishes.indexOf(before), 1);
      this.wishes.push(command);
    }
  }

  /** @param {object} want @param {ArrayBuffer[]} [buffers] */
  ask(want, buffers) {
    const commands = this.wishes;
    this.wishes = [];
    this.pending.push(++this.count);
    this.wait(Math.max(PATIENCE, ...commands.map((command) => LONG[command.do] ?? 0)));
    try {
      const question = { view: this.name, id: this.count, commands, ...want };
      this.model.send(question, undefined, buffers);
    } catch {
      this.onSilence();
    }
  }

  wait(patience = PATIENCE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onSilence(), patience);
  }

  // After a silence: forget the questions, so that the next one can be asked. Under a new
  // name the kernel sends every array again, also those in answers that came too late.
  giveUp() {
    clearTimeout(this.timer);
    this.pending = [];
    this.name = newName();
  }

  /** @param {Message} message @param {Buffer[]} buffers */
  hear(message, buffers) {
    if (message.view !== this.name) this.onOther?.(message);
    if (message.view !== this.name || !this.pending.includes(message.id)) return;
    /** @param {number} id */
    const open = (id) => id > message.id || (message.more && id === message.id);
    this.pending = this.pending.filter(open); // answers come in the questions' order
    if (this.free) clearTimeout(this.timer);
    else this.wait();
    this.onAnswer(message, buffers.map(bytes));
  }
}

// Buffers come as DataView, and in Colab as a Uint8Array inside a larger buffer.
/** @type {(buffer: Buffer) => Uint8Array<ArrayBuffer>} */
export function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
