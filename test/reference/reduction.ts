// Reductions in float64, element by element.

/** Splits x, dense in 'c' order, into the groups that a reduction along `dimensions` sums up; groups in 'c' order of the kept dimensions. */
export function groupsOf(x: readonly number[], shape: readonly number[], dimensions: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  x.forEach((value, at) => {
    let rest = at;
    const index: number[] = [];
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = rest % (shape[d] as number);
      rest = Math.floor(rest / (shape[d] as number));
    }
    const key = index.map((i, d) => (dimensions.includes(d) ? '*' : String(i).padStart(6, '0'))).join();
    groups.set(key, [...(groups.get(key) ?? []), value]);
  });
  return [...groups.keys()].sort().map((key) => groups.get(key) as number[]);
}

const sum = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0);
const mean = (x: readonly number[]): number => sum(x) / x.length;

function variance(x: readonly number[], correction: number): number {
  return sum(x.map((value) => (value - mean(x)) ** 2)) / Math.max(x.length - correction, 1);
}

/** The reductions by the names of INDArray's methods. */
export const reductionsOf: Record<string, (x: readonly number[]) => number> = {
  sum,
  mean,
  prod: (x) => x.reduce((product, value) => product * value, 1),
  max: (x) => Math.max(...x),
  min: (x) => Math.min(...x),
  amax: (x) => Math.max(...x.map(Math.abs)),
  amin: (x) => Math.min(...x.map(Math.abs)),
  norm1: (x) => sum(x.map(Math.abs)),
  norm2: (x) => Math.sqrt(sum(x.map((value) => value * value))),
  normmax: (x) => Math.max(...x.map(Math.abs)),
  std: (x) => Math.sqrt(variance(x, 1)),
  var: (x) => variance(x, 1),
  entropy: (x) => -sum(x.map((value) => value * Math.log(value))),
  shannonEntropy: (x) => -sum(x.map((value) => value * Math.log2(value))),
  logEntropy: (x) => Math.log(-sum(x.map((value) => value * Math.log(value)))),
  argMax: (x) => x.indexOf(Math.max(...x)),
};
