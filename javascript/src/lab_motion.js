// Smooth motion: what lies between two frames of a slow run.

/** @typedef {{ from: Frame[], began: number, ms: number }} Motion */

// Returns the frames on their way, and whether they have not yet arrived.
/** @type {(motion: Motion | null, to: Frame[], now: number) => [Frame[], boolean]} */
export function onTheWay(motion, to, now) {
  const t = motion ? (now - motion.began) / motion.ms : 1;
  if (!motion || t >= 1 || motion.from.length !== to.length) return [to, false];
  return [to.map((frame, i) => between(motion.from[i], frame, Math.max(0, t))), true];
}

/** @type {(a: Frame, b: Frame, t: number) => Frame} */
function between(a, b, t) {
  const arrows = a.arrows.kind === b.arrows.kind
    ? { kind: b.arrows.kind, origin: mixed(a.arrows.origin, b.arrows.origin, t),
      vector: mixed(a.arrows.vector, b.arrows.vector, t) }
    : b.arrows;
  const heat = a.heat && b.heat ? mixed(a.heat, b.heat, t) : b.heat;
  return { ...b, fake: mixed(a.fake, b.fake, t), heat, arrows };
}

/** @type {(a: Grid, b: Grid, t: number) => Grid} */
function mixed(a, b, t) {
  if (a.data.length !== b.data.length) return b;
  return { data: b.data.map((value, i) => a.data[i] + t * (value - a.data[i])), shape: b.shape };
}
