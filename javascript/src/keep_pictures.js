// Leaves in the saved notebook what a reader sees when no kernel is there: a lab that the
// page can train, alive; of every other live face and slider figure, a picture.
//
// JupyterLab and Notebook 7 prefer the live view to the picture beside it, also where the
// kernel has gone: "Error displaying widget: model not found". Before each save, every
// view that has a picture gets a saved state of its own: the lab's own, or one that shows
// the picture. It is looked at only where no kernel has the live one.

const VIEW = "application/vnd.jupyter.widget-view+json";
const STATE = "application/vnd.jupyter.widget-state+json";
const MARK = "gan-course-picture"; // tells our states from those of others
const LAB = "gan_utils.widgets.lab";
const LISTENS = Symbol.for(MARK);

/** @typedef {Record<string, any>} States by the names of their models */

/** @type {(text: string) => string} */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** @param {string} png as base64 @param {string} alt @param {string} version */
function pictureState(png, alt, version) {
  const source = `data:image/png;base64,${png.replace(/\s/g, "")}`;
  return {
    model_module: "@jupyter-widgets/controls",
    model_module_version: version,
    model_name: "HTMLModel",
    state: {
      _dom_classes: [MARK],
      value: `<img alt="${escaped(alt)}" src="${source}" style="max-width: 100%">`,
    },
  };
}

// The state of a lab that goes on without a kernel, or null: the page cannot train it.
/** @param {any} one the saved state of a live model */
function aliveState(one) {
  const { _anywidget_id: name, offer, source } = one.state;
  if (name !== LAB || !offer?.id || source !== "page") return null;
  const { layout, tabbable, tooltip, ...state } = one.state; // models that are not saved
  void [layout, tabbable, tooltip];
  return { ...one, state: { ...state, kind: "kept", _dom_classes: [MARK] } };
}

/** @type {(text: string | string[]) => string} */
const joined = (text) => (Array.isArray(text) ? text.join("") : text);

// The states that the notebook should keep: of others as they are, ours anew.
/** @param {Iterable<any>} cells @param {States} old saved before @param {string} version
 * @param {States} live of models that a kernel has */
export function states(cells, old, version, live = {}) {
  const ours = Object.entries(old).filter(([, one]) => one.state?._dom_classes?.includes(MARK));
  const kept = { ...old };
  for (const [name] of ours) delete kept[name];
  for (const cell of cells) {
    for (const { data, metadata } of cell.toJSON().outputs ?? []) {
      const name = data?.[VIEW]?.model_id;
      const png = data?.["image/png"];
      if (!name || !png || name in kept) continue;
      const before = old[name]?.state.kind === "kept" ? old[name] : null; // of another day
      kept[name] = (name in live ? aliveState(live[name]) : before) ??
        pictureState(joined(png), metadata?.["image/png"]?.alt ?? "", version);
    }
  }
  return kept;
}

/** @param {any} notebook JupyterLab's model of it @param {string} version @param {States} live */
function keep(notebook, version, live) {
  const all = notebook.getMetadata("widgets") ?? {};
  const old = all[STATE]?.state ?? {};
  const state = states(notebook.cells, old, version, live);
  if (JSON.stringify(state) === JSON.stringify(old)) return;
  const saved = { version_major: 2, version_minor: 0, state };
  notebook.setMetadata("widgets", { ...all, [STATE]: saved });
}

/** @type {(page: { model: any }) => void} */
function initialize({ model }) {
  const manager = model.widget_manager;
  const { context } = manager ?? {}; // of a notebook, in these two programs
  if (!context?.saveState || !context.model?.setMetadata || context[LISTENS]) return;
  context[LISTENS] = true;
  /** @type {(sender: any, moment: string) => void} */
  const listen = (_, moment) => {
    if (moment !== "started") return;
    const live = manager.get_state_sync?.({ drop_defaults: true }).state ?? {};
    keep(context.model, model.get("version"), live);
  };
  context.saveState.connect(listen);
}

export default { initialize };
