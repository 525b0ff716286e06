// Controls made from a description: menus, sliders on several scales, text boxes.
import { make, number } from "./base.js";

let serial = 0;
const nextId = () => `gan-lab-${++serial}`;

// A control without effect rests, and says why. Returns whether that has changed.
/** @type {(node: HTMLElement, input: HTMLInputElement | HTMLSelectElement,
 *   why: string | null) => boolean} */
function switchOff(node, input, why) {
  if (input.title === (why ?? "")) return false;
  input.disabled = why !== null;
  input.title = why ?? "";
  node.classList.toggle("gl-off", input.disabled);
  return true;
}

// A slider with its value in words; get and put speak in values, not in positions.
/** @type {(options: SliderOptions) => Control<number> & { input: HTMLInputElement }} */
export function slider(options) {
  const { label, low, high, scale = "linear", step = 1, value, words = number, late } = options;
  const { onmove } = options;
  const steps = scale === "linear" ? Math.round((high - low) / step) : 200;
  /** @param {number} position */
  const toValue = (position) => {
    if (scale === "linear") return Number((low + position * step).toFixed(6));
    if (scale === "share") return Number((low + ((high - low) * position) / 200).toFixed(3));
    if (scale === "log0" && position === 0) return 0;
    const raw = low * (high / low) ** (position / 200);
    return scale === "whole" ? Math.round(raw) : Number(raw.toPrecision(2));
  };
  /** @param {number} wanted */
  const toPosition = (wanted) => {
    if (scale === "linear") return Math.round((wanted - low) / step);
    if (scale === "share") return Math.round(((wanted - low) / (high - low)) * 200);
    if (wanted <= 0) return 0;
    return Math.round((200 * Math.log(wanted / low)) / Math.log(high / low));
  };
  const id = nextId();
  const output = make("output", { for: id });
  const input = make("input", {
    type: "range", id, min: 0, max: steps, step: 1,
    oninput: () => {
      let now = toValue(Number(input.value));
      if (scale === "whole" && now === shown) now = toNext(now);
      say(now);
      if (!late) onmove(now);
    },
    onchange: () => late && onmove(shown), // what compiles anew waits for the release
  });
  let shown = value;
  // On a coarse scale a position may repeat a whole number: go on in its direction.
  /** @param {number} now */
  const toNext = (now) => {
    const direction = Math.sign(Number(input.value) - toPosition(shown));
    const next = Math.min(high, Math.max(low, now + direction));
    input.value = String(toPosition(next));
    return next;
  };
  /** @param {number} now */
  const say = (now) => {
    shown = now;
    output.textContent = input.disabled ? input.title : words(now);
    input.setAttribute("aria-valuetext", words(now));
  };
  /** @param {number} wanted */
  const put = (wanted) => {
    input.value = String(toPosition(wanted));
    say(wanted);
  };
  put(value);
  const node = make("div", { className: "gl-field gl-slider" },
    make("label", { htmlFor: id }, label), output, input);
  /** @param {string | null} why */
  const rest = (why) => {
    if (switchOff(node, input, why)) output.textContent = why ?? words(shown);
  };
  return { node, input, put, rest, get: () => shown };
}

/** @type {(options: MenuOptions) => Control<string>} */
export function menu({ label, options, value, onmove }) {
  const id = nextId();
  const input = make("select", { id, onchange: () => onmove(input.value) },
    ...options.map(([name, text]) => make("option", { value: name }, text)));
  /** @param {string} wanted */
  const put = (wanted) => {
    const known = options.some(([name]) => name === wanted);
    input.value = known ? wanted : "";
  };
  put(value ?? "");
  const node = make("div", { className: "gl-field" },
    make("label", { htmlFor: id }, label), input);
  /** @param {string | null} why */
  const rest = (why) => { switchOff(node, input, why); };
  return { node, input, put, rest, get: () => input.value };
}

// An option of a menu that is called what it is.
/** @type {(name: string) => [name: string, text: string]} */
export const asItsLabel = (name) => [name, name];

/** @type {(text: string, onclick: (event: MouseEvent) => void, attributes?: Record<string,
 *   any>) => HTMLButtonElement} */
export function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, text);
}

/** @type {(label: string, checked: boolean, onmove: (checked: boolean) => void) =>
 *   { node: HTMLElement, input: HTMLInputElement }} */
export function tick(label, checked, onmove) {
  const input = make("input", { type: "checkbox", checked, onchange: () => onmove(input.checked) });
  return { node: make("label", { className: "gl-tick" }, input, make("span", {}, label)), input };
}

// Say in a note that nothing answers, with a way to ask again.
/** @type {(note: HTMLElement, again: () => void) => void} */
export function sayNobodyAnswers(note, again) {
  note.replaceChildren(
    "The kernel does not answer. It is busy with another cell, or it was restarted: " +
    "then choose Run > Run All Above Selected Cell, and run this cell after it. ",
    button("Ask again", () => {
      note.textContent = "";
      again();
    }));
}

// Why a setting has no effect beside the others, in words; null where it has one.
/** @type {Record<string, (settings: Record<string, any>) => string | false>} */
const NO_EFFECT = {
  beta1: ({ optimizer }) => optimizer !== "adam" && "SGD has no beta1",
  gamma: ({ penalty }) => penalty === "none" && "no penalty is chosen",
  g_width: ({ g_layers: layers }) => layers === 0 && "no hidden layer",
  d_width: ({ d_layers: layers }) => layers === 0 && "no hidden layer",
  g_rate: ({ k_g: steps }) => steps === 0 && "G makes no steps",
  d_rate: ({ k_d: steps }) => steps === 0 && "D makes no steps",
};

// The groups of settings, folded away until somebody wants them.
/** @typedef {(name: string, value: any) => void} OnSet */

export class Settings {
  /** @param {Record<string, any>} catalogue @param {OnSet} onset */
  constructor(catalogue, onset) {
    /** @type {Record<string, Control>} */
    this.controls = {};
    /** @type {Record<string, HTMLElement>} */
    this.groups = {};
    this.node = make("div", { className: "gl-settings" });
    for (const [title, items] of catalogue.groups) {
      const body = make("div", { className: "gl-fields" });
      for (const item of items) {
        const control = this.build(item, onset);
        this.controls[item.name] = control;
        body.append(control.node);
      }
      this.groups[title] = body;
      this.node.append(make("details", {}, make("summary", {}, title), body));
    }
  }

  /** @param {any} item @param {OnSet} onset */
  build(item, onset) {
    /** @param {any} value */
    const onmove = (value) => onset(item.name, value);
    return item.options ? menu({ ...item, onmove }) : slider({ ...item, onmove });
  }

  // Show what the kernel has, but never move a control under the learner's hand.
  /** @param {Record<string, any>} settings @param {object} waiting */
  show(settings, waiting) {
    for (const [name, control] of Object.entries(this.controls)) {
      if (name in waiting || control.input.matches(":active")) continue;
      control.rest(NO_EFFECT[name]?.(settings) || null);
      const value = settings[name];
      if (typeof value === "object") control.put("");
      else if (value !== undefined && value !== control.get()) control.put(value);
    }
  }
}
