// Curves of a run of any length in a fixed space: as record.py.
const BINS = 512;

export class Averages {
  /** @param {string[]} names */
  constructor(names) {
    this.names = names;
    this.width = 1; // steps that one bin averages; it doubles
    this.sums = names.map(() => new Float64Array(BINS));
    this.counts = names.map(() => new Int32Array(BINS));
  }

  copy() {
    const other = new Averages(this.names);
    other.width = this.width;
    other.sums = this.sums.map((row) => row.slice());
    other.counts = this.counts.map((row) => row.slice());
    return other;
  }

  // Add what was measured at a step; NaN is left out.
  /** @param {number} step @param {number[]} values */
  add(step, values) {
    while (step >= BINS * this.width) this.double();
    const bin = Math.floor(step / this.width);
    values.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      this.sums[i][bin] += value;
      this.counts[i][bin] += 1;
    });
  }

  // Forget the steps from `step` on, and those averaged with them.
  /** @param {number} step */
  cut(step) {
    const kept = Math.floor(step / this.width);
    for (const row of [...this.sums, ...this.counts]) row.fill(0, kept);
  }

  double() {
    for (const row of [...this.sums, ...this.counts]) {
      for (let i = 0; i < BINS / 2; i++) row[i] = row[2 * i] + row[2 * i + 1];
      row.fill(0, BINS / 2);
    }
    this.width *= 2;
  }

  // The averages, where anything was measured; NaN where one number lacks.
  /** @returns {{ step: Float32Array<ArrayBuffer>, values: Record<string, Float32Array<ArrayBuffer>> }} */
  series() {
    const seen = Array.from({ length: BINS }, (_, i) => i)
      .filter((i) => this.counts.some((row) => row[i]));
    const middle = Math.floor(this.width / 2);
    const values = this.names.map((name, k) => [name,
      Float32Array.from(seen, (i) => this.sums[k][i] / this.counts[k][i])]);
    return { step: Float32Array.from(seen, (i) => i * this.width + middle),
      values: Object.fromEntries(values) };
  }
}
