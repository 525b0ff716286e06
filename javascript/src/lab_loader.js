// Plays recorded labs on a page without a kernel or a widget manager, and without a
// network: everything is in the page's saved widget state.
import { bytesOf } from "./binary.js";

const OURS = "gan_utils.widgets.lab";
const KIND = "application/vnd.jupyter.widget-";
/** @typedef {{ path: string[], data: string }} Packed in base64 */
/** @typedef {{ state: Record<string, any>, buffers?: Packed[] }} Saved */

/** @type {(kind: string) => [tag: Element, saved: any][]} */
const read = (kind) => Array.from(
  document.querySelectorAll(`script[type="${KIND}${kind}+json"]`),
  (tag) => [tag, JSON.parse(tag.textContent ?? "")],
);

/** @type {(tag: Element, saved: Saved) => void} */
function play(tag, { state, buffers = [] }) {
  const values = { ...state };
  for (const { path, data } of buffers) values[path[0]] = new DataView(bytesOf(data).buffer);
  const el = document.createElement("div");
  tag.replaceWith(el);
  const style = document.createElement("style");
  style.textContent = values._css;
  document.head.append(style);
  // The bundle as a function's body: build.js sees to it that its last line exports.
  const source = values._esm.replace("export default", "return");
  const { render } = new Function(source)();
  /** @type {Model} */
  const model = { isStatic: true, get: (name) => values[name], on() {}, off() {}, send() {} };
  render({ model, el });
}

function start() {
  const states = Object.assign({}, ...read("state").map(([, saved]) => saved.state));
  for (const [tag, { model_id: id }] of read("view")) {
    if (states[id]?.state?._anywidget_id === OURS) play(tag, states[id]);
  }
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
