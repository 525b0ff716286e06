// What D's own loss proves about a divergence: the rows of loss_readings.py, by their names.

/** @type {Record<string, [measure: string, words: string,
 *   value: (loss: number, slope: number) => number]>} */
const BOUNDS = {
  _bound_of_logits: ["js", "JS is at least log 2 - L_D / 2", (loss) => Math.LN2 - loss / 2],
  _bound_of_squares: ["js", "JS is at least 1/2 - 2 L_D", (loss) => 0.5 - 2 * loss],
  _bound_of_margins: ["js", "JS is at least (1 - L_D / 2)^2 / 2", (loss) => {
    const tv = 1 - loss / 2;
    return (tv * Math.abs(tv)) / 2;
  }],
  _bound_of_pairs: ["js", "JS is at least (log 2 - L_D)/4", (loss) => (Math.LN2 - loss) / 4],
  _bound_of_potential: ["w1", "W1 is at least -L_D over the steepest slope seen on the map",
    (loss, slope) => -loss / Math.max(slope, 1e-12)],
};

/** @type {(name: string | null, loss: number, slope: number) => Frame["bound"]} */
export function boundOf(name, loss, slope) {
  if (!name) return null;
  const [measure, words, value] = BOUNDS[name];
  return { measure, value: value(loss, slope), words };
}
