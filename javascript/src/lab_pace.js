// How fast a run is shown: so many updates a second, in frames that the line can carry.

export const SPEEDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3000, 6000, 12000, Infinity];
export const USUAL = 60; // an update at every picture of the screen: it can be watched
const SCREEN = 60; // pictures a second
const FULL = 1000; // updates in a frame at full speed
const SOON = 10; // seconds in which a run to a step arrives
const LOOK = 12; // frames from one look at the line to the next
const MOST = 64; // times as many updates in a frame, at most

export class Pace {
  rate = USUAL; // updates a second
  /** @type {number | null} */ fixed = null; // updates a frame, for measurements
  /** @type {number | null} */ goal = null; // the step to run to
  most = 1; // times as many updates in a frame as the screen alone would ask for
  shown = 0; // when the last frame was shown, ms
  seen = 0; // frames since the last look at the line ...
  begun = 0; // ... which began then, ms

  /** @param {number} goal @param {number} now steps */
  runTo(goal, now) {
    this.goal = goal;
    this.hurry = Math.max(this.rate, (goal - now) / SOON);
  }

  get speed() { return this.goal === null ? this.rate : this.hurry ?? this.rate; }

  // Updates in the next frame.
  get each() {
    if (this.fixed) return this.fixed;
    if (this.speed === Infinity) return FULL;
    return Math.max(1, Math.min(FULL, Math.round((this.speed / SCREEN) * this.most)));
  }

  // From one frame to the next, ms; 0: as fast as they come.
  get gap() {
    return this.fixed || this.speed === Infinity ? 0 : (1000 * this.each) / this.speed;
  }

  get isSlow() { return this.speed < 25; } // slower than the eye: the points glide

  // Whether a frame is due; on a screen of 60 pictures a second it may be half of one early.
  /** @param {number} now */
  isDue(now) { return now - this.shown >= this.gap - 500 / SCREEN; }

  // A frame is shown. Where they come too slowly, let each carry more updates.
  /** @param {number} now */
  took(now) {
    const apart = now - this.shown;
    this.shown = now;
    if (!this.gap || this.isSlow || apart > 2000) this.seen = 0;
    else if (this.seen === 0) [this.seen, this.begun] = [1, now];
    else if (this.seen++ === LOOK) {
      const longer = (now - this.begun) / (LOOK * this.gap); // than it should have taken
      if (longer > 1.3) this.most = Math.min(MOST, this.most * Math.min(2, longer));
      else if (longer < 1.08) this.most = Math.max(1, this.most / 1.1);
      this.seen = 0;
    }
  }

  // What to ask for: updates a frame, and frames; from the newest step that is known.
  /** @param {number} step @param {number} frames */
  want(step, frames) {
    const { each } = this;
    const few = this.isSlow ? 1 : frames;
    if (this.goal === null) return { play: each, frames: few };
    const left = Math.max(0, this.goal - step);
    const whole = Math.floor(left / each);
    return whole ? { play: each, frames: Math.min(few, whole) } : { play: left, frames: 1 };
  }
}
