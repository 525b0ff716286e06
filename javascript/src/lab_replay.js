// A recorded run: plays, scrubs and shows its layers with no kernel behind it.
import { number, quiet } from "./base.js";
import { button, slider } from "./controls.js";
import { Face } from "./lab_face.js";
import { unpackRecording } from "./binary.js";

export class Replay {
  /** @type {Frame[]} */ frames = []; // none until it is unpacked
  playing = false;

  /** @param {HTMLElement} el @param {Uint8Array<ArrayBuffer>} recording @param {string} words */
  constructor(el, recording, words) {
    this.index = 0;
    this.rate = 20;
    this.face = new Face(el, { seek: (step) => this.seek(step), arrows: () => {} });
    this.face.note.textContent = words;
    this.face.note.setAttribute("role", "note");
    this.face.note.dataset.kind = "news";
    this.face.layers.menu.node.hidden = true;
    this.face.simple = true;
    this.playButton = button("▶ Play", () => (this.playing ? this.pause() : this.play()), {
      className: "gl-primary",
    });
    const speed = slider({
      label: "Speed", low: 1, high: 60, scale: "whole", value: this.rate,
      words: (n) => `${number(n)} frame${n === 1 ? "" : "s"} a second`,
      onmove: (n) => { this.rate = n; },
    });
    this.face.bar.append(this.playButton,
      button("↺ From the start", () => { this.pause(); this.go(0); }), speed.node);
    Object.assign(this.face.root, { lab: this });
    this.ready = this.open(recording);
  }

  /** @param {Uint8Array<ArrayBuffer>} recording */
  async open(recording) {
    try {
      const { frames } = await unpackRecording(recording);
      const head = frames[frames.length - 1].step;
      this.frames = frames.map((frame) => ({ ...frame, first: frames[0].step, head }));
      this.face.time.input.min = String(frames[0].step);
      this.go(frames.length - 1);
    } catch {
      this.face.note.textContent =
        "This browser cannot unpack the recording; a newer one can.";
    }
  }

  close() {
    this.playing = false;
    this.face.close();
  }

  /** @param {number} index */
  go(index) {
    if (!this.frames.length) return;
    this.index = Math.max(0, Math.min(this.frames.length - 1, index));
    this.face.show([this.frames[this.index]], !this.playing);
  }

  // The recorded frame that lies nearest, but never the one already shown.
  /** @param {number} step */
  seek(step) {
    if (!this.frames.length) return;
    this.pause();
    const now = this.frames[this.index].step;
    let best = 0;
    this.frames.forEach((frame, i) => {
      const nearer = Math.abs(frame.step - step) < Math.abs(this.frames[best].step - step);
      if (nearer) best = i;
    });
    if (best === this.index && step !== now) best += Math.sign(step - now);
    this.go(best);
  }

  play() {
    if (!this.frames.length) return;
    this.playing = true;
    this.sayPlaying();
    if (this.index >= this.frames.length - 1) this.index = 0;
    if (quiet()) this.rate = Math.min(this.rate, 4);
    let last = performance.now();
    let due = 0;
    /** @param {number} now */
    const tick = (now) => {
      if (!this.playing || !this.face.root.isConnected) return;
      due += ((now - last) * this.rate) / 1000;
      last = now;
      const whole = Math.floor(due);
      due -= whole;
      if (whole) this.go(this.index + whole);
      if (this.index >= this.frames.length - 1) this.pause();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  pause() {
    this.playing = false;
    this.sayPlaying();
    if (this.frames.length) this.go(this.index); // words and timeline agree with the picture
  }

  sayPlaying() {
    this.playButton.textContent = this.playing ? "Pause" : "▶ Play";
    this.playButton.classList.toggle("gl-pause", this.playing);
  }
}
