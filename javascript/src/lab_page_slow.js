// Slow motion in the page: one update in ten phases, with what each concerns: as slow.py.
import { centres, sideOf } from "./lab_page_measures.js";
import { dimensionOf, movesOf } from "./lab_page_settings.js";
import { plane } from "./lab_page_view.js";

// The phases of a run's next update; the run is not changed.
/** @type {(session: import("./lab_page_session.js").Session)
 *   => { left: number[], phases: Record<string, Grid>[] }} */
export function phasesOf(session) {
  const { machine, settings, setup, facts, broken } = session;
  if (broken) return { left: [], phases: [] };
  const { look, train } = machine;
  const moves = movesOf(setup);
  const all = moves.d + moves.g + (moves.d && moves.g ? 0 : 1);
  const before = machine.pack();
  look.copy("d", train, "state.d.variables");
  look.copy("g", train, "state.g.variables");
  const block = machine.drawn(moves);
  const row = machine.step - block.from;
  machine.turn(block, row, 0, Math.min(moves.d, all - 1));
  look.at("z_g").set(machine.z);
  machine.turn(block, row, 0, 0);
  look.at("x").set(machine.x);
  look.at("z_d").set(machine.z);
  machine.update(moves);
  look.copy("new_d", train, "state.d.variables");
  look.copy("new_g", train, "state.g.variables");
  machine.unpack(before);
  const dim = dimensionOf(settings);
  look.at("places").set(centres(dim));
  look.at("loss")[0] = facts.choices.loss.indexOf(settings.loss);
  look.run.explain();
  /** @type {Record<string, Grid>[]} */
  const phases = Array.from({ length: 10 }, () => ({}));
  for (const { path, shape } of look.leaves) {
    const found = path.match(/^phases\[(\d)\]\['(\w+)'\]$/);
    if (found) phases[Number(found[1])][found[2]] = grid(look.at(path), found[2], shape, dim);
  }
  const left = [...(moves.d ? [1, 2, 3, 4, 5] : []), ...(moves.g ? [6, 7, 8, 9, 10] : [])];
  return { left, phases };
}

/** @type {(view: ArrayLike<number>, name: string, shape: number[], dim: number) => Grid} */
function grid(view, name, shape, dim) {
  const data = Float32Array.from(view);
  if (name.startsWith("heat") && dim === 2) return { data, shape: [sideOf(2), sideOf(2)] };
  if (shape.length < 2) return { data, shape };
  return { data: plane(data, shape[1]), shape: [shape[0], 2] };
}
