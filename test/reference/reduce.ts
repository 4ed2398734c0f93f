// Reductions by their definitions, in float64, over plain lists of numbers in 'c' order.

/** Indices of the elements that belong to each output, in 'c' order of both. */
export function groups(shape: readonly number[], dimensions: readonly number[]): number[][] {
  const reduced = (d: number): boolean => dimensions.length === 0 || dimensions.includes(d);
  const found = new Map<string, number[]>();
  const index = shape.map(() => 0);
  const length = shape.reduce((product, size) => product * size, 1);
  for (let i = 0; i < length; i++) {
    const key = index.filter((_, d) => !reduced(d)).join();
    const group = found.get(key) ?? [];
    group.push(i);
    found.set(key, group);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
  return [...found.values()];
}

/** The shape without the reduced dimensions. */
export function keptShape(shape: readonly number[], dimensions: readonly number[]): number[] {
  return shape.filter((_, d) => dimensions.length > 0 && !dimensions.includes(d));
}

const sum = (x: readonly number[]): number => x.reduce((total, each) => total + each, 0);
const without = (x: readonly number[]): number[] => x.filter((each) => !Number.isNaN(each));

function position(x: readonly number[], key: (each: number) => number): number {
  let best = 0;
  for (let i = 1; i < x.length; i++) if (key(x[i] as number) > key(x[best] as number)) best = i;
  return best;
}

function variance(x: readonly number[], correction: number): number {
  const mean = sum(x) / x.length;
  return x.length === 1 ? 0 : sum(x.map((each) => (each - mean) ** 2)) / (x.length - correction);
}

/** Named as in src/ops/reduceCodes.ts. `correction` is what a variance subtracts from n. */
export const NAIVE: Record<string, (x: readonly number[], correction: number) => number> = {
  SUM: sum,
  MEAN: (x) => sum(x) / x.length,
  PROD: (x) => x.reduce((product, each) => product * each, 1),
  MAX: (x) => Math.max(...without(x)),
  MIN: (x) => Math.min(...without(x)),
  ABS_MAX: (x) => (Number.isNaN(x[0]) ? Number.NaN : Math.max(...without(x).map(Math.abs))),
  ABS_MIN: (x) => (Number.isNaN(x[0]) ? Number.NaN : Math.min(...without(x).map(Math.abs))),
  // biome-ignore lint/complexity/useMathMinMax: Math.max keeps NaN for ever
  NORM_MAX: (x) => x.reduce((best, each) => (best > Math.abs(each) ? best : Math.abs(each)), 0),
  ABS_SUM: (x) => sum(x.map(Math.abs)),
  ABS_MEAN: (x) => sum(x.map(Math.abs)) / x.length,
  NORM2: (x) => Math.sqrt(sum(x.map((each) => each * each))),
  SQUARED_NORM: (x) => sum(x.map((each) => each * each)),
  VARIANCE: variance,
  STD: (x, correction) => Math.sqrt(variance(x, correction)),
  COUNT_NON_ZERO: (x) => x.filter((each) => each !== 0).length,
  COUNT_ZERO: (x) => x.filter((each) => each === 0).length,
  ENTROPY: (x) => -sum(x.map((each) => each * Math.log(each))),
  LOG_ENTROPY: (x) => Math.log(-sum(x.map((each) => each * Math.log(each)))),
  SHANNON_ENTROPY: (x) => -sum(x.map((each) => each * Math.log2(each))),
  LOG_SUM_EXP: (x) => Math.log(sum(x.map(Math.exp))),
  ANY: (x) => (x.some((each) => each !== 0) ? 1 : 0),
  ALL: (x) => (x.every((each) => each !== 0) ? 1 : 0),
  ARG_MAX: (x) => position(x, (each) => each),
  ARG_MIN: (x) => position(x, (each) => -each),
  ARG_ABS_MAX: (x) => position(x, Math.abs),
  ARG_ABS_MIN: (x) => position(x, (each) => -Math.abs(each)),
};

/** Of two operands. */
export const NAIVE_PAIR: Record<string, (x: readonly number[], y: readonly number[]) => number> = {
  DOT: (x, y) => sum(x.map((each, i) => each * (y[i] as number))),
  EUCLIDEAN: (x, y) => Math.sqrt(sum(x.map((each, i) => (each - (y[i] as number)) ** 2))),
  MANHATTAN: (x, y) => sum(x.map((each, i) => Math.abs(each - (y[i] as number)))),
  HAMMING: (x, y) => x.filter((each, i) => each !== y[i]).length / x.length,
  JACCARD: (x, y) =>
    1 -
    sum(x.map((each, i) => Math.min(each, y[i] as number))) / sum(x.map((each, i) => Math.max(each, y[i] as number))),
};
