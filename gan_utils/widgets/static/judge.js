// You be the discriminator: a picture, five answers, and how well they fit.
import { PALETTES, make, number, sharp, watchTheme } from "./base.js";
import { button, sayNobodyAnswers } from "./controls.js";
import { Link } from "./link.js";

const NOTHING = Math.log(2); // what knowing nothing costs, in nats
const MARKS = [["real", "disc"], ["fake", "cross"], ["critic", "square"], ["move", "ring"]];

class Judge {
  constructor(el, model) {
    this.answers = model.get("catalogue").answers; // [words, chance]
    this.seen = null;
    this.root = make("div", { className: "gan-lab", role: "group",
      "aria-label": "You be the discriminator" });
    this.link = new Link(model, (...answer) => this.answer(...answer), () => this.silence());
    this.build();
    el.append(this.root);
    this.root.lab = this; // for tests and for the curious
    this.unwatch = watchTheme(this.root, (theme) => {
      this.theme = theme;
      this.draw();
    });
    this.resume = () => this.pump();
    document.addEventListener("visibilitychange", this.resume);
    this.wish({ do: "look" });
  }

  build() {
    this.sentence = make("p", { className: "gl-sentence", role: "status", "aria-live": "polite" });
    this.note = make("p", { className: "gl-note", role: "status" });
    this.picture = make("img", { className: "gl-picture", alt: "" });
    this.buttons = this.answers.map(([words, chance], k) => button(
      `${words} (${Math.round(100 * chance)} %)`, () => this.say(chance),
      { title: `key ${k + 1}`, disabled: true }));
    const again = button("New game", () => this.wish({ do: "restart" }));
    this.table = make("table", { className: "gl-table" });
    this.chart = make("canvas", { className: "gl-stage gl-small", role: "img" });
    this.key = make("figcaption", {});
    const said = make("div", { className: "gl-row", role: "group",
      "aria-label": "How likely is it real?" }, ...this.buttons, again);
    const left = make("div", { className: "gl-lanes" }, this.picture, said);
    const chart = make("figure", {}, "Said against true (dotted: well calibrated)", this.chart,
      this.key);
    this.root.append(this.sentence, this.note, make("div", { className: "gl-main" }, left,
      make("div", { className: "gl-side" }, this.table, chart)));
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const answer = this.answers[Number(event.key) - 1];
    if (!answer || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.say(answer[1]);
  }

  // One answer for one question: the next must be seen before it is judged.
  say(chance) {
    if (!this.seen || this.seen.over || !this.link.free) return;
    this.wish({ do: "answer", chance });
  }

  wish(command) {
    this.link.wish(command);
    this.pump();
  }

  pump() {
    if (this.link.free && !document.hidden && this.link.wishes.length) this.link.ask({});
  }

  answer(message, buffers) {
    this.note.textContent = message.note ?? "";
    if (message.seen) this.show(message.seen, buffers[0]);
    this.pump();
  }

  show(seen, png) {
    this.seen = seen;
    this.sentence.textContent = seen.sentence;
    const address = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    URL.revokeObjectURL(this.picture.src);
    [this.picture.src, this.picture.alt] = [address, seen.alt];
    for (const one of this.buttons) one.disabled = seen.over;
    const row = (tag, ...cells) => make("tr", {}, ...cells.map((text) => make(tag, {}, text)));
    const rows = seen.scores.map(([name, points, cost]) =>
      row("td", name, seen.done ? `${number(points)} of ${seen.done}` : "–", number(cost)));
    this.table.replaceChildren(row("th", "player", "right", "cross-entropy (nats)"), ...rows,
      row("td", "knowing nothing", "half", number(NOTHING)));
    this.draw();
  }

  draw() {
    if (!this.seen) return;
    const { theme, chart } = this;
    const size = chart.clientWidth || 240;
    const context = sharp(chart, size, size);
    const colours = PALETTES[theme];
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, size, size);
    const text = Math.max(12, Math.min(18, size / 18));
    const [low, high] = [3.3 * text, size - text];
    const at = (said, was) => [low + said * (high - low), high - low + text - was * (high - low)];
    drawAxes(context, at, colours, text, size);
    const words = [];
    Object.entries(this.seen.calibration).forEach(([name, found], k) => {
      const [colour, mark] = MARKS[k % MARKS.length];
      found.said.forEach((said, i) => {
        const radius = k === 0 ? 4 + 1.6 * Math.sqrt(found.count[i]) : 6;
        drawMark(context, at(said, found.was[i]), radius, mark, colours[colour]);
      });
      const sum = found.count.reduce((a, b) => a + b, 0);
      words.push(`${name} ${{ disc: "●", cross: "✕", square: "■", ring: "○" }[mark]} ` +
        `(${number(sum)} answers)`);
    });
    this.key.textContent = words.join(", ");
    const you = this.seen.calibration.you;
    const said = you.said.map((p, i) => `said ${number(100 * p)} %, true ${
      number(100 * you.was[i])} % of ${number(you.count[i])}`);
    chart.setAttribute("aria-label", `Calibration. You: ${said.join("; ") || "no answers yet"}.`);
  }

  close() {
    this.unwatch();
    document.removeEventListener("visibilitychange", this.resume);
    this.link.close();
    URL.revokeObjectURL(this.picture.src);
    this.root.remove();
  }

  silence() {
    sayNobodyAnswers(this.note, () => {
      this.link.giveUp();
      this.wish({ do: "look" });
    });
  }
}

function drawAxes(context, at, colours, text, size) {
  context.font = `${text}px system-ui, sans-serif`;
  context.fillStyle = colours.ink;
  context.strokeStyle = colours.muted;
  context.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    const [x, y] = [at(share, 0)[0], at(0, share)[1]];
    [context.textAlign, context.textBaseline] = [share === 1 ? "right" : "center", "top"];
    context.fillText(`${100 * share} %`, x, at(0, 0)[1] + 6);
    [context.textAlign, context.textBaseline] = ["left", share === 1 ? "top" : "middle"];
    if (share) context.fillText(`${100 * share} %`, 2, y);
    context.setLineDash([1, 4]);
    for (const [from, to] of [[at(share, 0), at(share, 1)], [at(0, share), at(1, share)]]) {
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    }
  }
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText("said to be real →", size - 6, at(0, 0)[1] - 4);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText("↑ were real", at(0, 0)[0] + 6, at(0, 1)[1] + 4);
  context.setLineDash([3, 4]);
  context.strokeStyle = colours.ink;
  context.beginPath();
  context.moveTo(...at(0, 0));
  context.lineTo(...at(1, 1));
  context.stroke();
}

function drawMark(context, [x, y], radius, mark, colour) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 3;
  context.setLineDash([]);
  context.beginPath();
  if (mark === "cross") {
    for (const turn of [1, -1]) {
      context.moveTo(x - radius, y - turn * radius);
      context.lineTo(x + radius, y + turn * radius);
    }
    context.stroke();
  } else if (mark === "square") context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    if (mark === "disc") context.fill();
    else context.stroke();
  }
}

function render({ model, el }) {
  const face = new Judge(el, model);
  return () => face.close();
}

export default { render };
