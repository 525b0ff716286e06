// Frames as bytes, for `unpack` in binary.js: as binary.py writes them.
const SHARES = ["heat", "best"]; // numbers in [0, 1]: one byte each is enough
const ALIGN = 4;

// Arrays that the reader already has, by path, are named and not sent; `before` is updated.
/** @type {(frame: import("./lab_page_camera.js").Shot, before?: Record<string, Grid>)
 *   => Uint8Array<ArrayBuffer>} */
export function pack({ values, arrays }, before = {}) {
  /** @type {{ values: object, arrays: object[], same: string[] }} */
  const head = { values, arrays: [], same: [] };
  const parts = [];
  let at = 0;
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    if (before[name] && equal(before[name].data, data)) {
      head.same.push(name);
      continue;
    }
    before[name] = { data, shape };
    const share = SHARES.includes(name);
    const raw = share ? Uint8Array.from(data, (p) => Math.round(255 * within(p)))
      : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    head.arrays.push({ name, at, bytes: raw.length, kind: share ? "u1" : "f4", shape, low: 0,
      high: 1 });
    parts.push({ at, raw });
    at += Math.ceil(raw.length / ALIGN) * ALIGN;
  }
  const text = new TextEncoder().encode(JSON.stringify(head)); // NaN becomes null
  const all = new Uint8Array(4 + text.length + at);
  new DataView(all.buffer).setUint32(0, text.length, true);
  all.set(text, 4);
  for (const part of parts) all.set(part.raw, 4 + text.length + part.at);
  return all;
}

/** @param {number} p */
const within = (p) => (Number.isNaN(p) ? 0.5 : Math.min(1, Math.max(0, p)));

/** @type {(one: ArrayLike<number>, other: ArrayLike<number>) => boolean} */
function equal(one, other) {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
