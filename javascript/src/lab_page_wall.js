// Many seeds of one setting, one after the other, on a machine of their own: as wall.py.
import { dataOf, take } from "./lab_page_camera.js";
import { counted, covered } from "./lab_page_measures.js";
import { REACH, dimensionOf, hyperOf, movesOf } from "./lab_page_settings.js";
import { netOf, plane } from "./lab_page_view.js";

const SEEDS = 64;
const LOOKS = 10; // at the members on their way
const SAMPLE = 4000; // fakes whose density is estimated
const SHOWN = 400; // points of each member
const LEAST = 0.5; // of the data covered: a seed that does well

// Play the present settings from the start with many seeds; the run itself is not changed.
/** @type {(session: import("./lab_page_session.js").Session, steps: number)
 *   => import("./lab_page_camera.js").Shot} */
export function wallOf(session, steps) {
  const { settings, facts, machine } = session;
  const [dim, data] = [dimensionOf(settings), dataOf(session)];
  const { nodes } = netOf(settings.noise, facts);
  const moves = movesOf({ settings, who: "both" });
  const ends = Array.from({ length: LOOKS }, (_, i) => Math.round((steps * (i + 1)) / LOOKS))
    .filter((end, i, all) => end > (all[i - 1] ?? 0));
  const seeds = Float32Array.from({ length: SEEDS }, (_, i) => settings.seed + i);
  const fake = new Float32Array(SEEDS * SHOWN * 2);
  const cover = new Float32Array(SEEDS * ends.length);
  const before = machine.pack();
  for (let member = 0; member < SEEDS; member++) {
    machine.start(settings.seed + member);
    machine.setHyper(hyperOf(settings));
    ends.forEach((end, look) => {
      while (machine.step < end) machine.update(moves);
      const seen = take(session, data, nodes);
      const made = seen.fake.subarray(0, SAMPLE * dim);
      const sound = made.every(Number.isFinite);
      const share = sound ? covered(data.p, counted(made, dim, facts.blur)) : 0;
      cover[member * ends.length + look] = share;
      const points = plane(made.subarray(0, SHOWN * dim), dim);
      fake.set(points.map((x) => (Number.isFinite(x) ? x : NaN)), member * SHOWN * 2);
    });
  }
  machine.unpack(before);
  const survival = Float32Array.from(ends, (_, look) =>
    seeds.filter((_, member) => cover[member * ends.length + look] >= LEAST).length / SEEDS);
  return {
    values: { view: [-REACH, REACH, -REACH, REACH] },
    arrays: {
      seeds: { data: seeds, shape: [SEEDS] },
      steps: { data: Float32Array.from(ends), shape: [ends.length] },
      fake: { data: fake, shape: [SEEDS, SHOWN, 2] },
      covered: { data: cover, shape: [SEEDS, ends.length] },
      survival: { data: survival, shape: [ends.length] },
    },
  };
}
