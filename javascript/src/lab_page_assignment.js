// The cheapest way to pair two sets of n: successive shortest paths (Jonker and Volgenant).

// Return the total cost of the best pairing; cost[i * n + j] is that of i with j.
/** @type {(cost: Float64Array, n: number) => number} */
export function assignment(cost, n) {
  const [u, v] = [new Float64Array(n), new Float64Array(n)]; // prices of rows and columns
  const rowOf = new Int32Array(n).fill(-1);
  const columnOf = new Int32Array(n).fill(-1);
  const [least, from] = [new Float64Array(n), new Int32Array(n)];
  const done = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    least.fill(Infinity);
    done.fill(0);
    let [i, price, end] = [row, 0, -1];
    const reached = [];
    while (end < 0) {
      let [lowest, next] = [Infinity, -1];
      for (let j = 0; j < n; j++) {
        if (done[j]) continue;
        const c = price + cost[i * n + j] - u[i] - v[j];
        if (c < least[j]) {
          least[j] = c;
          from[j] = i;
        }
        if (least[j] < lowest || (least[j] === lowest && rowOf[j] < 0)) {
          lowest = least[j];
          next = j;
        }
      }
      price = lowest;
      done[next] = 1;
      reached.push(next);
      if (rowOf[next] < 0) end = next;
      else i = rowOf[next];
    }
    u[row] += price;
    for (const j of reached) {
      if (j === end) continue;
      u[rowOf[j]] += price - least[j];
      v[j] += least[j] - price;
    }
    for (let j = end; ;) { // turn the path round
      const before = from[j];
      rowOf[j] = before;
      [columnOf[before], j] = [j, columnOf[before]];
      if (before === row) break;
    }
  }
  let total = 0;
  for (let j = 0; j < n; j++) total += cost[rowOf[j] * n + j];
  return total;
}
