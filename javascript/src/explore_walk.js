// A walk from one thing to another: a slider for the place, and a button that goes by itself.
import { make, quiet } from "./base.js";
import { button } from "./controls.js";
import { Clock } from "./explore_parts.js";

const WHOLE = 1000; // positions of the slider

export class Walk {
  /** @param {HTMLElement} root must be in sight for the walk to go on
   * @param {number} seconds of the whole way
   * @param {(share: number, aloud: boolean) => void} show a place, from 0 to 1; silent while it
   * goes by itself: nobody wants to hear of every picture */
  constructor(root, seconds, show) {
    this.seconds = seconds;
    this.show = show;
    this.place = make("input", { type: "range", min: 0, max: WHOLE, step: 1, value: "0",
      oninput: () => show(this.share, true) });
    this.clock = new Clock(root, (passed) => this.stride(passed));
    this.go = button("Walk", () => this.pace(!this.clock.going));
    if (quiet()) this.go.hidden = true;
  }

  get share() {
    return Number(this.place.value) / WHOLE;
  }

  /** @param {number} share */
  put(share) {
    this.place.value = String(Math.round(WHOLE * share));
  }

  /** @param {boolean} going */
  pace(going) {
    if (going && this.share >= 1) this.put(0);
    this.go.textContent = going ? "Stop" : "Walk";
    this.clock.set(going);
  }

  /** @param {number} passed seconds */
  stride(passed) {
    const share = Math.min(1, this.share + passed / this.seconds);
    this.put(share);
    this.show(this.share, share >= 1);
    if (share >= 1) this.pace(false);
  }
}
