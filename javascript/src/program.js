// A program of the course in WebAssembly: its arrays by name, its functions by name.
// What a script left in window.ganPrograms; see gan_utils/explorers/program.py.
import { bytesOf, inflate } from "./binary.js";

/** @typedef {{ leaves: [path: string, dtype: string, shape: number[]][], filled: string[],
 *   about: any, wasm: string, weights: string }} Packed */
/** @typedef {Float32Array | Int32Array | Uint32Array | Int8Array | Uint8Array} Numbers */

const KINDS = {
  float32: Float32Array, int32: Int32Array, uint32: Uint32Array, int8: Int8Array,
  uint8: Uint8Array, bool: Uint8Array,
};

export class Program {
  /** @param {Packed} packed @param {WebAssembly.Exports} code */
  constructor(packed, code) {
    this.about = packed.about;
    /** @type {Record<string, any>} */
    this.code = code;
    /** @type {Record<string, Numbers>} */
    this.leaves = {};
    packed.leaves.forEach(([path, dtype, shape], k) => {
      const Kind = KINDS[/** @type {keyof typeof KINDS} */ (dtype)];
      const size = shape.reduce((a, b) => a * b, 1);
      this.leaves[path] = new Kind(this.code.memory.buffer, this.code.place(k), size);
    });
  }

  // The array of a name; it stays where it is, so reading it again costs nothing.
  /** @param {string} path @returns {any} */
  leaf(path) {
    return this.leaves[path];
  }

  /** @param {string} name */
  run(name) {
    this.code[name]();
  }

  /** @param {Packed} packed @returns {Promise<Program>} */
  static async open(packed) {
    const { instance } = await WebAssembly.instantiate(await inflate(bytesOf(packed.wasm)));
    const program = new Program(packed, instance.exports);
    const weights = await inflate(bytesOf(packed.weights));
    let at = 0;
    for (const [path] of packed.leaves) {
      if (!packed.filled.includes(path.split("[")[0])) continue;
      const to = program.leaf(path);
      const target = new Uint8Array(to.buffer, to.byteOffset, to.byteLength);
      target.set(weights.subarray(at, at + to.byteLength));
      at += to.byteLength;
    }
    return program;
  }
}
