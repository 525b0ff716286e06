// You be the discriminator: a picture, five answers, and how well they fit.
import { make, number, watchTheme } from "./base.js";
import { button } from "./controls.js";
import { calibrationWords, drawCalibration, keyWords } from "./real_or_fake_chart.js";
import { Talk } from "./talk.js";

const NOTHING = Math.log(2); // what knowing nothing costs, in nats

class RealOrFake extends Talk {
  /** @type {HTMLElement} */ sentence;
  /** @type {HTMLImageElement} */ picture;
  /** @type {HTMLButtonElement[]} */ buttons;
  /** @type {HTMLButtonElement} */ again;
  /** @type {HTMLTableElement} */ table;
  /** @type {HTMLCanvasElement} */ chart;
  /** @type {HTMLElement} */ key;
  /** @type {Theme} */ theme;

  /** @param {HTMLElement} el @param {Model} model */
  constructor(el, model) {
    super(model);
    /** @type {[words: string, chance: number][]} */
    this.answers = model.get("catalogue").answers;
    /** @type {Question | null} */
    this.seen = null;
    this.root = make("div", { className: "gan-lab", role: "group", tabIndex: -1,
      "aria-label": "You be the discriminator", "data-lm-suppress-shortcuts": "true" });
    this.build();
    el.append(this.root);
    Object.assign(this.root, { lab: this }); // for tests and for the curious
    this.unwatch = watchTheme(this.root, (theme) => {
      const changed = this.seen && theme !== this.theme;
      this.theme = theme;
      if (changed) this.wish({ do: "look" });
      this.draw();
    });
    this.wish({ do: "look" });
  }

  build() {
    this.sentence = make("p", { className: "gl-sentence", role: "status", "aria-live": "polite" });
    this.note = make("p", { className: "gl-note", role: "status" });
    this.picture = make("img", { className: "gl-picture", alt: "" });
    // The second click of a double click comes before the next picture was seen.
    this.buttons = this.answers.map(([words, chance]) => button(
      `${words} (${Math.round(100 * chance)} %)`,
      (event) => event.detail < 2 && this.say(chance), { disabled: true }));
    this.again = button("New game", () => this.wish({ do: "restart" }));
    this.table = make("table", { className: "gl-table" });
    this.chart = make("canvas", { className: "gl-stage gl-small", role: "img",
      "aria-label": "Calibration: nothing was said yet." });
    this.key = make("figcaption", {});
    const said = make("div", { className: "gl-row", role: "group",
      "aria-label": "How likely is it real?" }, ...this.buttons, this.again);
    const hint = make("p", { className: "gl-hint" }, "The keys 1 to 5 answer, too.");
    const left = make("div", { className: "gl-lanes" }, this.picture, said, hint);
    const chart = make("figure", {}, "Said against true (dotted: well calibrated)", this.chart,
      this.key);
    this.root.append(this.sentence, this.note, make("div", { className: "gl-main" }, left,
      make("div", { className: "gl-side" }, this.table, chart)));
    this.root.addEventListener("keydown", (event) => this.press(event));
    this.root.addEventListener("pointerup", () => { // Safari gives buttons no focus
      if (!this.root.contains(document.activeElement)) this.root.focus({ preventScroll: true });
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const answer = this.answers[Number(event.key) - 1];
    if (!answer || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) this.say(answer[1]);
  }

  // The answer names its question: in another view it may have been answered already.
  /** @param {number} chance */
  say(chance) {
    if (!this.seen || this.seen.over || !this.link.free) return;
    this.wish({ do: "answer", chance, game: this.seen.game, question: this.seen.done });
  }

  // A page without a kernel draws the picture in its own colours.
  want() { return { theme: this.theme }; }

  /** @type {import("./link.js").Hear} */
  answer(message, buffers) {
    this.note.textContent = message.note ?? "";
    if (message.seen) this.show(message.seen, buffers[0]);
  }

  /** @param {Question} seen @param {Uint8Array<ArrayBuffer>} png */
  show(seen, png) {
    this.seen = seen;
    this.sentence.textContent = seen.sentence;
    const address = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    URL.revokeObjectURL(this.picture.src);
    [this.picture.src, this.picture.alt] = [address, seen.alt];
    const held = this.buttons.some((one) => one === document.activeElement);
    for (const one of this.buttons) one.disabled = seen.over;
    if (seen.over && held) this.again.focus({ preventScroll: true });
    /** @type {(text: string, row?: string) => HTMLElement} */
    const cell = (text, row) => make(row ? "th" : "td", row ? { scope: row } : {}, text);
    /** @type {(name: string, ...rest: string[]) => HTMLElement} */
    const row = (name, ...rest) =>
      make("tr", {}, cell(name, "row"), ...rest.map((text) => cell(text)));
    const head = ["player", "right", "cross-entropy (nats)"].map((text) => cell(text, "col"));
    const rows = seen.scores.map(([name, points, cost]) =>
      row(name, seen.done ? `${number(points)} of ${seen.done}` : "–", number(cost)));
    this.table.replaceChildren(make("caption", {}, "This game"), make("tr", {}, ...head), ...rows,
      row("knowing nothing", "half", number(NOTHING)));
    this.draw();
  }

  draw() {
    if (!this.seen) return;
    const { calibration } = this.seen;
    drawCalibration(this.chart, calibration, this.theme);
    this.key.textContent = keyWords(calibration);
    this.chart.setAttribute("aria-label", `Calibration. ${calibrationWords(calibration)}`);
  }

  close() {
    super.close();
    this.unwatch();
    URL.revokeObjectURL(this.picture.src);
    this.root.remove();
  }
}

/** @type {Render} */
function render({ model, el }) {
  const face = new RealOrFake(el, model);
  return () => face.close();
}

export default { render };
