// Snapshots from which any step of a run can be played again: as timeline.py.
const MOST_MARKS = 128;
const MOST_STRETCHES = 400;
const MOST_BYTES = 12 * 2 ** 20; // of all marks, and of all stretches

/** @typedef {{ step: number, setup: import("./lab_page_settings.js").Setup,
 *   bytes: Uint8Array<ArrayBuffer> }} Snapshot */

export class Timeline {
  /** @param {Snapshot} first */
  constructor(first) {
    /** @type {Snapshot[]} */
    this.stretches = [first]; // each begins another setup
    /** @type {Snapshot[]} */
    this.marks = []; // along them, ever farther apart
    this.every = 32;
  }

  get first() { return this.stretches[0].step; }

  copy() {
    const other = new Timeline(this.stretches[0]);
    other.stretches = [...this.stretches];
    other.marks = [...this.marks];
    other.every = this.every;
    return other;
  }

  /** @param {number} step */
  changeAfter(step) {
    return this.stretches.find((one) => one.step > step);
  }

  // The last snapshot at a step or before it.
  /** @param {number} step @returns {Snapshot} */
  nearest(step) {
    const [stretch, mark] = [this.stretches, this.marks]
      .map((list) => list.filter((one) => one.step <= step).at(-1));
    if (!stretch) return this.stretches[0];
    return mark && mark.step > stretch.step ? mark : stretch;
  }

  // Start a stretch; what was recorded from that step on is forgotten.
  /** @param {Snapshot} snapshot */
  begin(snapshot) {
    this.cut(snapshot.step);
    if (this.stretches.at(-1)?.step === snapshot.step) this.stretches.pop();
    this.stretches.push(snapshot);
    while (this.stretches.length > MOST_STRETCHES || size(this.stretches) > MOST_BYTES) {
      this.stretches.shift();
      this.marks = this.marks.filter((mark) => mark.step > this.first);
    }
  }

  // Forget what begins after a step.
  /** @param {number} step */
  cut(step) {
    this.stretches = this.stretches.filter((one) => one.step <= step);
    this.marks = this.marks.filter((one) => one.step <= step);
  }

  // Whether the last snapshot is old enough for another.
  /** @param {number} step */
  due(step) {
    const last = Math.max(this.marks.at(-1)?.step ?? this.first, this.stretches.at(-1)?.step ?? 0);
    return step >= last + this.every;
  }

  /** @param {Snapshot} snapshot */
  mark(snapshot) {
    this.marks.push(snapshot);
    if (this.marks.length > MOST_MARKS || size(this.marks) > MOST_BYTES) {
      this.marks = this.marks.filter((_, i) => i % 2 === 1);
      this.every *= 2;
    }
  }
}

/** @param {Snapshot[]} list */
const size = (list) => list.reduce((sum, one) => sum + one.bytes.length, 0);
