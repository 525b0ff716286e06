// A program of the course in WebAssembly, and the arrays that it shares with the page.
import { inflate } from "./binary.js";

/** @typedef {Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>
 *   | Uint8Array<ArrayBuffer>} Numbers */
/** @typedef {{ path: string, dtype: string, shape: number[] }} Leaf */
/** @typedef {{ leaves: Leaf[], functions: string[] }} About what a program says of itself */
/** @typedef {{ about: About, code: WebAssembly.Module }} Compiled */

const KINDS = { float32: Float32Array, int32: Int32Array, uint32: Uint32Array };

// A file holds, deflated: the length of a head, the head as JSON, and the code.
/** @type {(file: Uint8Array<ArrayBuffer>) => Promise<Compiled>} */
export async function compiled(file) {
  const all = await inflate(file);
  const length = new DataView(all.buffer).getUint32(0, true);
  const about = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length)));
  return { about, code: await WebAssembly.compile(all.subarray(4 + length)) };
}

export class Program {
  /** @param {Compiled} compiled */
  constructor({ about, code }) {
    const { exports } = new WebAssembly.Instance(code);
    const { memory, place, ...functions } = /** @type {any} */ (exports);
    /** @type {Record<string, () => void>} */
    this.run = functions;
    /** @type {Leaf[]} */
    this.leaves = about.leaves;
    /** @type {Map<string, Numbers>} */
    this.views = new Map();
    about.leaves.forEach(({ path, dtype, shape }, k) => {
      const Kind = KINDS[/** @type {keyof typeof KINDS} */ (dtype)] ?? Uint8Array;
      const size = shape.reduce((a, b) => a * b, 1);
      this.views.set(path, new Kind(memory.buffer, place(k), size));
    });
  }

  // The array of a path such as "state.step".
  /** @param {string} path */
  at(path) {
    const view = this.views.get(path);
    if (!view) throw new Error(`The program has no array ${path}.`);
    return view;
  }

  // All arrays under a path, in order: those of one network, or of a whole state.
  /** @type {(path: string) => [inner: string, view: Numbers][]} */
  under(path) {
    return [...this.views].filter(([name]) => name === path || starts(name, path))
      .map(([name, view]) => [name.slice(path.length), view]);
  }

  // Overwrite the arrays under a path by another program's, which have the same names.
  /** @type {(path: string, other: Program, source?: string) => void} */
  copy(path, other, source = path) {
    for (const [inner, view] of this.under(path)) view.set(other.at(source + inner));
  }
}

/** @type {(name: string, path: string) => boolean} */
const starts = (name, path) => name.startsWith(path) && ".[".includes(name[path.length]);
