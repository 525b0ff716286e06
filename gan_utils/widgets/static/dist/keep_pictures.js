// Made by `nox -s javascript`; change javascript/src instead. Sources: 65957840ce6191d7cf97083c8c090984c2440aa86381c241613962b1976681c0
"use strict";
var face = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // keep_pictures.js
  var keep_pictures_exports = {};
  __export(keep_pictures_exports, {
    default: () => keep_pictures_default,
    states: () => states
  });
  var VIEW = "application/vnd.jupyter.widget-view+json";
  var STATE = "application/vnd.jupyter.widget-state+json";
  var MARK = "gan-course-picture";
  var LAB = "gan_utils.widgets.lab";
  var LISTENS = Symbol.for(MARK);
  var escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  function pictureState(png, alt, version) {
    const source = `data:image/png;base64,${png.replace(/\s/g, "")}`;
    return {
      model_module: "@jupyter-widgets/controls",
      model_module_version: version,
      model_name: "HTMLModel",
      state: {
        _dom_classes: [MARK],
        value: `<img alt="${escaped(alt)}" src="${source}" style="max-width: 100%">`
      }
    };
  }
  function aliveState(one) {
    const { _anywidget_id: name, offer, source } = one.state;
    if (name !== LAB || !offer?.id || source !== "page") return null;
    const { layout, tabbable, tooltip, ...state } = one.state;
    void [layout, tabbable, tooltip];
    return { ...one, state: { ...state, kind: "kept", _dom_classes: [MARK] } };
  }
  var joined = (text) => Array.isArray(text) ? text.join("") : text;
  function states(cells, old, version, live = {}) {
    const ours = Object.entries(old).filter(([, one]) => one.state?._dom_classes?.includes(MARK));
    const kept = { ...old };
    for (const [name] of ours) delete kept[name];
    for (const cell of cells) {
      for (const { data, metadata } of cell.toJSON().outputs ?? []) {
        const name = data?.[VIEW]?.model_id;
        const png = data?.["image/png"];
        if (!name || !png || name in kept) continue;
        const before = old[name]?.state.kind === "kept" ? old[name] : null;
        kept[name] = (name in live ? aliveState(live[name]) : before) ?? pictureState(joined(png), metadata?.["image/png"]?.alt ?? "", version);
      }
    }
    return kept;
  }
  function keep(notebook, version, live) {
    const all = notebook.getMetadata("widgets") ?? {};
    const old = all[STATE]?.state ?? {};
    const state = states(notebook.cells, old, version, live);
    if (JSON.stringify(state) === JSON.stringify(old)) return;
    const saved = { version_major: 2, version_minor: 0, state };
    notebook.setMetadata("widgets", { ...all, [STATE]: saved });
  }
  function initialize({ model }) {
    const manager = model.widget_manager;
    const { context } = manager ?? {};
    if (!context?.saveState || !context.model?.setMetadata || context[LISTENS]) return;
    context[LISTENS] = true;
    const listen = (_, moment) => {
      if (moment !== "started") return;
      const live = manager.get_state_sync?.({ drop_defaults: true }).state ?? {};
      keep(context.model, model.get("version"), live);
    };
    context.saveState.connect(listen);
  }
  var keep_pictures_default = { initialize };
  return __toCommonJS(keep_pictures_exports);
})();
export default face.default;
