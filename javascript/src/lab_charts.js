// The two small charts: losses, and how far data and fakes are apart.
import { make, number } from "./base.js";
import { drawChart } from "./charts.js";
import { menu } from "./controls.js";
import { PALETTES } from "./palette.js";

/** @type {[name: string, label: string][]} */
const MEASURES = [
  ["js", "Jensen–Shannon (nats)"], ["kl_pq", "KL(data, fakes) (nats)"],
  ["kl_qp", "KL(fakes, data) (nats)"], ["w1", "Wasserstein-1"], ["energy", "energy distance"],
];
/** @type {(series: any) => ArrayLike<number>} */
const list = (series) => series?.data ?? series ?? []; // live or recorded

// A number in a fixed place, with the mark that it has in the chart.
/** @type {(mark: string, words: string) => { node: HTMLElement, value: HTMLElement }} */
function figureOf(mark, words) {
  const value = make("b", {}, "–");
  return { node: make("span", { className: `gl-figure ${mark}` }, words, value), value };
}

export class Charts {
  /** @param {() => void} redraw */
  constructor(redraw) {
    this.measure = "js";
    const chart = () => make("canvas", { className: "gl-chart", role: "img" });
    this.losses = chart();
    this.distance = chart();
    this.numbers = {
      d: figureOf("gl-line gl-critic", "D "), g: figureOf("gl-line gl-dash gl-fake", "G "),
      apart: figureOf("", ""),
    };
    this.menu = menu({
      label: "How far apart?", options: MEASURES, value: this.measure,
      onmove: (value) => { this.measure = value; redraw(); },
    });
    const { d, g, apart } = this.numbers;
    this.marks = make("p", { className: "gl-marks" });
    this.facts = make("p", { className: "gl-facts" });
    this.node = make("div", { className: "gl-charts" }, this.facts,
      make("figure", {}, make("figcaption", {}, make("span", {}, "Losses"), d.node, g.node),
        this.losses),
      make("figure", {}, make("figcaption", {}, this.menu.node, apart.node), this.distance,
        this.marks));
  }

  // What can be counted, in words that keep their places.
  /** @param {Frame[]} frames */
  tell(frames) {
    const said = frames.map(({ modes, covered, accuracy }, lane) => [
      frames.length > 1 ? `${"AB"[lane]}: ` : "",
      modes ? `${modes[0]} of ${modes[1]} clouds reached`
        : covered === undefined ? "" : `${Math.round(100 * covered)} % of the data covered`,
      accuracy === undefined ? "" : `, D right in ${Math.round(100 * accuracy)} %`,
    ].join(""));
    const words = said.join("\n");
    if (this.facts.textContent !== words) this.facts.textContent = words;
  }

  /** @param {Frame[]} frames @param {Theme} theme */
  draw(frames, theme) {
    const { dashes } = PALETTES[theme];
    const [main, other] = frames;
    const lossDashes = [[dashes.real, dashes.fake], [dashes.move, dashes.critic]]; // of A, of B
    /** @type {Line[]} */
    const lines = frames.flatMap(({ losses: { step, values } }, lane) => {
      const [d, g] = lossDashes[lane];
      return [
        { x: list(step), y: list(values.d_loss), colour: "critic", dash: d },
        { x: list(step), y: list(values.g_loss), colour: "fake", dash: g },
      ];
    });
    const [moment, end] = [main.step, Math.max(main.head, main.step)];
    drawChart(this.losses, { lines, moment, end, theme });
    const [d, g] = lines.map(({ y }) => number(y[y.length - 1], 2));
    this.put(this.numbers.d.value, d);
    this.put(this.numbers.g.value, g);
    this.losses.setAttribute("aria-label", `Losses over the steps; now D ${d}, G ${g}.` +
      (other ? " Of B: D dotted, G dash-dotted." : ""));
    this.drawDistance(frames, moment, end, theme);
  }

  /** @param {Frame[]} frames @param {number} moment @param {number} end @param {Theme} theme */
  drawDistance(frames, moment, end, theme) {
    const { dashes } = PALETTES[theme];
    const [main, other] = frames;
    const one = main.divergences[this.measure];
    /** @type {Line[]} */
    const lines = frames.map(({ charts }, lane) => ({
      x: list(charts.step), y: list(charts.values[this.measure]),
      colour: lane ? "move" : "ink", dash: lane ? dashes.move : [],
    }));
    /** @type {[number, number] | null} */
    const band = one && one.low !== null && one.high !== null ? [one.low, one.high] : null;
    const bound = main.bound?.measure === this.measure && main.bound.value > 0
      ? main.bound : null;
    const rule = bound?.value;
    drawChart(this.distance, { lines, band, rule, moment, end, theme, floor: 0 });
    this.put(this.numbers.apart.value, one ? number(one.value, 2) : "–");
    const marks = !one ? "not measured for these data"
      : [band && "▒ real beside real", bound && "┄ what D's loss proves at least"]
        .filter(Boolean).join("   ");
    this.put(this.marks, marks);
    const words = this.words(one, band, bound, other);
    this.distance.setAttribute("aria-label", words);
    if (this.marks.title !== words) this.marks.title = words;
  }

  /** @param {HTMLElement} node @param {string} words */
  put(node, words) {
    if (node.textContent !== words) node.textContent = words;
  }

  /** @type {(one: Measure | undefined, band: [number, number] | null, bound: Frame["bound"],
   *   other?: Frame) => string} */
  words(one, band, bound, other) {
    if (!one) return "Not measured for these data.";
    const parts = [`${number(one.value)} with ${number(one.n)} fakes`];
    if (band) parts.push(`band: data against data, ${number(band[0])} to ${number(band[1])}`);
    if (bound) parts.push(`${bound.words.replace(/\.$/, "")}, now ${number(bound.value)} (dotted)`);
    if (other?.divergences[this.measure]) {
      parts.push(`B (dashed): ${number(other.divergences[this.measure].value)}`);
    }
    return `${parts.join("; ").replace(/\.$/, "")}.`;
  }
}
