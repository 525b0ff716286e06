// What outlasts a lab: presets, files, and a short code that builds the same run again.
import { make } from "./base.js";
import { asItsLabel, button, menu } from "./controls.js";

const SIGN = "gan1-"; // how a code begins
const UNIT = 100; // points of a drawing are hundredths

/** @typedef {Record<string, any>} Values */

// Settings that differ from the usual ones, and the step, in letters that any chat keeps.
/** @type {(settings: Values, step: number, usual: Values) => string} */
export function encode(settings, step, usual) {
  const own = Object.entries(settings).filter(([name, value]) =>
    JSON.stringify(value) !== JSON.stringify(usual[name]));
  const values = Object.fromEntries(own);
  if (values.drawing) {
    values.drawing = values.drawing.flat().map((/** @type {number} */ x) => Math.round(x * UNIT));
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ ...values, step }));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return SIGN + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What a code tells, or null where it is none.
/** @type {(code: string, usual: Values) => { settings: Values, step: number } | null} */
export function decode(code, usual) {
  try {
    if (!code.startsWith(SIGN)) return null;
    const text = atob(code.slice(SIGN.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const { step, ...values } = JSON.parse(new TextDecoder().decode(bytes));
    if (values.drawing) {
      const flat = values.drawing.map((/** @type {number} */ x) => x / UNIT);
      values.drawing = flat.flatMap((/** @type {number} */ x, /** @type {number} */ i) =>
        (i % 2 ? [] : [[x, flat[i + 1]]]));
    }
    return { settings: { ...usual, ...values }, step: Number(step) || 0 };
  } catch {
    return null;
  }
}

export class Keep {
  /** @type {ArrayBuffer} */ file; // the last that was chosen
  /** @type {string} */ fileName;

  /** @param {import("./lab_live.js").Live} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {string[]} */
    const names = lab.catalogue.presets;
    this.presets = menu({
      label: "Preset", value: "",
      onmove: (name) => { lab.pause(); lab.wish({ do: "preset", name }); },
      options: [["", "choose …"], ...names.map(asItsLabel)],
    });
    const file = make("input", { type: "file", accept: ".npz,.lab,.zip,.json", hidden: true,
      onchange: async () => {
        if (!file.files?.length) return;
        const [chosen] = file.files;
        this.file = await chosen.arrayBuffer();
        this.fileName = chosen.name;
        file.value = "";
        this.load();
      } });
    this.consent = make("div", { className: "gl-typed", hidden: true });
    this.code = make("input", { type: "text", spellcheck: false, autocomplete: "off",
      onkeydown: (/** @type {KeyboardEvent} */ { key }) => { if (key === "Enter") this.build(); } });
    this.said = make("p", { role: "status" });
    const share = make("div", { className: "gl-typed" },
      make("label", { className: "gl-field" }, make("span", {}, "Short code of a run"), this.code),
      make("div", { className: "gl-row" }, button("Copy the code of this run", () => this.copy()),
        button("Build the run of this code", () => this.build())), this.said);
    this.node = make("details", {}, make("summary", {}, "Presets, save and load"),
      make("div", { className: "gl-fields" }, this.presets.node,
        make("div", { className: "gl-row" },
          button("Save this run", () => lab.wish({ do: "save" })),
          button("Load a run", () => file.click()), file), this.consent, share));
  }

  load(allowed = {}) {
    this.lab.pause();
    this.presets.put("");
    this.consent.hidden = true;
    this.lab.upload = this.file;
    this.lab.wish({ do: "load", name: this.fileName, ...allowed });
  }

  // A run may hold a loss that somebody typed: nothing of it runs before the reader agrees.
  /** @param {string} code @param {() => void} agreed */
  askConsent(code, agreed = () => this.load({ run_code: true })) {
    const yes = button("Load it and run this code", () => {
      this.consent.hidden = true;
      agreed();
    });
    this.consent.replaceChildren(
      make("p", { role: "status" }, "This run holds a loss typed as Python. To load it runs " +
        "that code in your kernel: do so only if you trust where it comes from."),
      make("pre", {}, code), yes,
      button("Leave it", () => { this.consent.hidden = true; }));
    this.consent.hidden = false;
    yes.focus();
  }

  async copy() {
    const { frames } = this.lab.face;
    this.code.value = encode(frames[0].settings, frames[0].step, this.lab.catalogue.usual ?? {});
    this.code.select();
    try {
      await navigator.clipboard.writeText(this.code.value);
      this.said.textContent = "The code is copied. It builds the data, the settings and the seed, " +
        "and plays to this step; what was changed on the way is not in it.";
    } catch {
      this.said.textContent = "The code is selected: copy it with Ctrl-C.";
    }
  }

  build() {
    const found = decode(this.code.value.trim(), this.lab.catalogue.usual ?? {});
    this.said.textContent = found ? "" : `This is no code of a lab; one begins with ${SIGN}.`;
    if (!found) return;
    const { settings, step } = found;
    const go = () => this.lab.rebuild(settings, step);
    if (settings.loss?.python) this.askConsent(settings.loss.python, go);
    else go();
  }
}
