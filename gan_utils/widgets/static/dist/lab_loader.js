// Made by `nox -s javascript`; change javascript/src instead. Sources: 65957840ce6191d7cf97083c8c090984c2440aa86381c241613962b1976681c0
"use strict";
(() => {
  // binary.js
  var bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  // lab_loader.js
  var OURS = "gan_utils.widgets.lab";
  var KIND = "application/vnd.jupyter.widget-";
  var read = (kind) => Array.from(
    document.querySelectorAll(`script[type="${KIND}${kind}+json"]`),
    (tag) => [tag, JSON.parse(tag.textContent ?? "")]
  );
  function play(tag, { state, buffers = [] }) {
    const values = { ...state };
    for (const { path, data } of buffers) values[path[0]] = new DataView(bytesOf(data).buffer);
    const el = document.createElement("div");
    tag.replaceWith(el);
    const style = document.createElement("style");
    style.textContent = values._css;
    document.head.append(style);
    const source = values._esm.replace("export default", "return");
    const { render } = new Function(source)();
    const model = { isStatic: true, get: (name) => values[name], on() {
    }, off() {
    }, send() {
    } };
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
})();
