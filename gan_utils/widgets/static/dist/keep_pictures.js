// Made by `nox -s javascript`; change javascript/src instead. Sources: d3e447a53e10e0e631825de803072f33a573269764f7704763bec2cee0313cf3
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
  var joined = (text) => Array.isArray(text) ? text.join("") : text;
  function states(cells, old, version) {
    const ours = Object.entries(old).filter(([, one]) => one.state?._dom_classes?.includes(MARK));
    const kept = { ...old };
    for (const [name] of ours) delete kept[name];
    for (const cell of cells) {
      for (const { data, metadata } of cell.toJSON().outputs ?? []) {
        const name = data?.[VIEW]?.model_id;
        const png = data?.["image/png"];
        if (!name || !png || name in kept) continue;
        kept[name] = pictureState(joined(png), metadata?.["image/png"]?.alt ?? "", version);
      }
    }
    return kept;
  }
  function keep(notebook, version) {
    const all = notebook.getMetadata("widgets") ?? {};
    const old = all[STATE]?.state ?? {};
    const state = states(notebook.cells, old, version);
    if (JSON.stringify(state) === JSON.stringify(old)) return;
    const saved = { version_major: 2, version_minor: 0, state };
    notebook.setMetadata("widgets", { ...all, [STATE]: saved });
  }
  function initialize({ model }) {
    const context = model.widget_manager?.context;
    if (!context?.saveState || !context.model?.setMetadata || context[LISTENS]) return;
    context[LISTENS] = true;
    const listen = (_, moment) => {
      if (moment === "started") keep(context.model, model.get("version"));
    };
    context.saveState.connect(listen);
  }
  var keep_pictures_default = { initialize };
  return __toCommonJS(keep_pictures_exports);
})();
export default face.default;
