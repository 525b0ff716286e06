// The entry: a live lab where a kernel answers or the page can train, else the recording
// that came along.
import { Live } from "./lab_live.js";
import { Replay } from "./lab_replay.js";
import { Sources } from "./lab_sources.js";
import { bytes } from "./link.js";

const HELLO = 4000; // ms that a kernel has for its first answer before the replay starts

/** @type {Map<string, Sources>} */
const sources = new Map(); // of labs that the page can train, shared by all views of one

/** @type {(page: { model: any }) => (() => void) | undefined} */
function initialize({ model }) {
  const { id } = model.get("offer") ?? {};
  if (!id) return undefined;
  const both = new Sources(model);
  sources.set(id, both);
  return () => {
    sources.delete(id);
    both.close();
  };
}

/** @type {Render} */
function render({ model, el }) {
  const recorded = () => {
    const value = model.get("recording");
    return value && value.byteLength ? bytes(value) : null;
  };
  /** @type {Replay | null} */
  let replay = null;
  const stored = "A recorded run. To play with it yourself, open the notebook, choose " +
    "Run > Run All Above Selected Cell, and run its cell.";
  if (model.isStatic || model.get("kind") === "replay") {
    const start = () => {
      const recording = recorded();
      if (!replay && recording) replay = new Replay(el, recording, stored);
    };
    start();
    model.on("change:recording", start); // it follows the opening message
    return () => replay?.close();
  }
  const live = new Live(el, sources.get(model.get("offer")?.id) ?? model);
  const patience = setTimeout(() => {
    const recording = recorded();
    if (live.alive || !recording) return;
    live.face.root.hidden = true; // it listens on: a busy kernel may answer later
    replay = new Replay(el, recording, stored);
  }, HELLO);
  live.onanswer = () => {
    live.onanswer = null;
    live.face.root.hidden = false;
    replay?.close();
  };
  return () => {
    clearTimeout(patience);
    live.close();
    replay?.close();
  };
}

export default { initialize, render };
