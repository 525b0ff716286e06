// One conversation with the kernel: one question at a time, the newest wish wins.

const COUNTED = ["step", "launch", "undo"]; // each of these wishes counts
const PATIENCE = 15000; // ms of silence before the learner is told

export class Link {
  constructor(model, onAnswer, onSilence) {
    this.model = model;
    this.onAnswer = onAnswer;
    this.onSilence = onSilence;
    this.name = Math.random().toString(36).slice(2);
    this.count = 0;
    this.pending = null; // id of the question that is on its way
    this.wishes = []; // commands for the next question, coalesced
    this.listen = (message, buffers) => this.hear(message, buffers);
    model.on("msg:custom", this.listen);
  }

  close() {
    this.model.off("msg:custom", this.listen);
    clearTimeout(this.timer);
  }

  get free() {
    return this.pending === null;
  }

  // Commands of one kind replace each other, so a thousand moves of a slider are one.
  wish(command) {
    const same = (other) =>
      other.do === command.do && other.lane === command.lane && !COUNTED.includes(command.do);
    const before = this.wishes.find(same);
    if (before && command.do === "set") Object.assign(before.values, command.values);
    else {
      if (before) this.wishes.splice(this.wishes.indexOf(before), 1);
      this.wishes.push(command);
    }
  }

  ask(want, buffers) {
    if (!this.free) return false;
    const commands = this.wishes;
    this.wishes = [];
    this.pending = ++this.count;
    this.wait();
    try {
      const question = { view: this.name, id: this.pending, commands, ...want };
      this.model.send(question, undefined, buffers);
    } catch (error) {
      this.onSilence();
    }
    return true;
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onSilence(), PATIENCE);
  }

  // After a silence: forget the question, so that the next one can be asked.
  giveUp() {
    clearTimeout(this.timer);
    this.pending = null;
  }

  hear(message, buffers) {
    if (message.view !== this.name || message.id !== this.pending) return;
    if (message.more) this.wait();
    else this.giveUp();
    this.onAnswer(message, buffers.map(bytes));
  }
}

// Buffers come as DataView, and in Colab as a Uint8Array inside a larger buffer.
export function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
