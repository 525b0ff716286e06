// A whole run as text, from the page to the kernel, back, and to the next day: as handed.py.
import { inflate } from "./binary.js";

const FORMAT = "gan_utils lab 1"; // of storage.py
const MOST = 48 * 1024; // bytes of states in a text; older stretches are left out

/** @typedef {import("./lab_page_session.js").Session} Session */
/** @typedef {import("./lab_page_timeline.js").Snapshot} Snapshot */
/** @typedef {{ now: number, head: number, message: string, broken: boolean,
 *   widths: Record<"losses" | "charts", number>, parts: number[],
 *   snapshots: { step: number, moves: string, settings: Record<string, any> }[] }} About */
/** @typedef {{ about: About, parts: Uint8Array<ArrayBuffer>[] }} Lane parts: a state for each
 *   snapshot, then the rows of both records */

// The rows of a lane's records, in the order in which they travel.
/** @type {(lane: Session) => Uint8Array<ArrayBuffer>[]} */
const rowsOf = ({ losses, charts }) => [losses, charts]
  .flatMap(({ sums, counts }) => [...sums, ...counts])
  .map((row) => new Uint8Array(row.buffer, row.byteOffset, row.byteLength));

// The length of a head, the head as JSON, and of each lane its parts; deflated, in base64.
/** @param {Session[]} lanes */
export async function written(lanes) {
  const told = lanes.map((lane) => {
    const { now, head, message, broken, losses, charts } = lane;
    const snapshots = [...recent(lane), lane.snapshot()];
    const parts = [...snapshots.map(({ bytes }) => bytes), ...rowsOf(lane)];
    const about = { format: FORMAT, now, head, message, broken,
      widths: { losses: losses.width, charts: charts.width },
      parts: parts.map(({ length }) => length),
      snapshots: snapshots.map(({ step, setup }) => ({ step, moves: setup.who,
        settings: setup.settings })) };
    return { about, parts };
  });
  const head = new TextEncoder().encode(JSON.stringify(told.map(({ about }) => about)));
  const parts = [Uint32Array.of(head.length), head, ...told.flatMap(({ parts }) => parts)];
  const stream = new Blob(parts).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
}

// The stretches that a text has room for: the newest, and back to where the run stands.
/** @type {(lane: Session) => Snapshot[]} */
function recent({ timeline, now }) {
  const kept = [...timeline.stretches];
  const size = () => kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
  while (kept.length > 1 && kept[1].step <= now && size() > MOST) kept.shift();
  return kept;
}

/** @param {string} text @returns {Promise<Lane[]>} */
export async function read(text) {
  const all = await inflate(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const length = new DataView(all.buffer).getUint32(0, true);
  let at = 4 + length;
  return JSON.parse(new TextDecoder().decode(all.subarray(4, at)))
    .map((/** @type {About} */ about) => ({
      about, parts: about.parts.map((size) => all.subarray(at, at += size)),
    }));
}

// Bring a session that has just begun to where a lane stands; its machines are prepared.
/** @param {Session} session @param {Lane} lane */
export function resume(session, { about, parts }) {
  const { now, head, message, broken, widths } = about;
  const snapshots = about.snapshots.map(({ step, moves, settings }, i) =>
    ({ step, setup: { settings, who: moves }, bytes: parts[i] }));
  const last = /** @type {Snapshot} */ (snapshots.pop());
  [session.losses.width, session.charts.width] = [widths.losses, widths.charts];
  rowsOf(session).forEach((row, i) => row.set(parts[about.snapshots.length + i]));
  session.timeline.stretches = snapshots;
  session.enter(last);
  [session.head, session.known] = [head, head];
  [session.now, session.message, session.broken] = [now, message, broken];
}
