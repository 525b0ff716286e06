// Frames as bytes: a length, a JSON head, then the arrays; see binary.py.

/** @type {(buffer: Uint8Array<ArrayBuffer>, before?: any) => any} */
export function unpack(buffer, before) {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const length = view.getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(buffer.subarray(4, 4 + length)));
  const frame = head.values;
  for (const one of head.arrays) {
    const start = 4 + length + one.at;
    const raw = buffer.slice(start, start + one.bytes).buffer; // slice aligns
    put(frame, one.name, { data: floats(raw, one), shape: one.shape });
  }
  for (const name of head.same) put(frame, name, take(before, name)); // not sent again
  return frame;
}

/** @type {(frame: any, path: string) => any} */
const take = (frame, path) => path.split(".").reduce((at, name) => at[name], frame);

// Write at a path such as "arrows.origin".
/** @type {(frame: any, path: string, value: Grid) => void} */
function put(frame, path, value) {
  const names = path.split(".");
  const last = names.pop() ?? path;
  const inner = names.reduce((at, name) => (at[name] ??= {}), frame);
  inner[last] = value;
}

/** @type {(raw: ArrayBuffer, head: { kind: string, low: number, high: number }) => Float32Array} */
function floats(raw, { kind, low, high }) {
  if (kind === "f4") return new Float32Array(raw);
  const whole = kind === "u1" ? new Uint8Array(raw) : new Uint16Array(raw);
  const top = kind === "u1" ? 255 : 65535;
  const scale = (high - low) / top;
  return Float32Array.from(whole, (q) => low + scale * q);
}

// Bytes that a page holds as text, in base64.
/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @type {(buffer: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>} */
export async function inflate(buffer) {
  const stream = new Blob([buffer]).stream();
  const pipe = stream.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(pipe).arrayBuffer());
}

/** @typedef {{ shape: number[], low: number, high: number, levels: number,
 *   delta: boolean }} Track */

/** @type {(one: Track) => number} */
const sizeOf = ({ shape }) => shape.reduce((a, b) => a * b, 1);

// A recording: JSON head, then for each array all frames as differences of bytes.
/** @type {(buffer: Uint8Array<ArrayBuffer>) => Promise<{ frames: Frame[] }>} */
export async function unpackRecording(buffer) {
  const all = await inflate(buffer);
  const view = new DataView(all.buffer);
  const length = view.getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length)));
  /** @type {Frame[]} */
  const owns = head.frames; // what differs from frame to frame
  const frames = owns.map((own) => structuredClone({ ...head.shared, ...own }));
  let at = 4 + length;
  for (const one of head.arrays) {
    const size = sizeOf(one);
    const count = one.still ? 1 : frames.length;
    const planes = one.levels > 255 ? 2 : 1; // low bytes first, then high bytes
    const raw = all.subarray(at, at + planes * count * size);
    const shown = decodeTrack(raw, one, size, count);
    for (let i = 0; i < frames.length; i++) {
      put(frames[i], one.name, { data: shown[one.still ? 0 : i], shape: one.shape });
    }
    at += raw.length;
  }
  return { ...head, frames };
}

/** @type {(raw: Uint8Array, one: Track, size: number, count: number) => Float32Array[]} */
function decodeTrack(raw, one, size, count) {
  const scale = (one.high - one.low) / one.levels;
  const high = one.levels > 255 ? count * size : 0;
  const mask = high ? 0xffff : 0xff;
  const last = new Int32Array(size);
  return Array.from({ length: count }, (_, i) => {
    const out = new Float32Array(size);
    for (let k = 0; k < size; k++) {
      const at = i * size + k;
      const change = raw[at] + (high ? raw[high + at] << 8 : 0);
      last[k] = one.delta ? (last[k] + change) & mask : change;
      out[k] = one.low + scale * last[k];
    }
    return out;
  });
}
