// The entry: a live lab where a kernel answers, else the recording that came along.
import { Live } from "./lab_live.js";
import { Replay } from "./lab_replay.js";
import { bytes } from "./link.js";

const HELLO = 4000; // ms that a kernel has for its first answer before the replay starts

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
  const live = new Live(el, model);
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

export default { render };
