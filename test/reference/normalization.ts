// Naive normalization of dense arrays [outer, channels, inner] in float64.

export interface NaiveLayout {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

/** The indices of each channel's elements. */
function members({ outer, channels, inner }: NaiveLayout): number[][] {
  return Array.from({ length: channels }, (_, c) =>
    Array.from({ length: outer * inner }, (_, i) => (Math.floor(i / inner) * channels + c) * inner + (i % inner)),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

export function naiveStatistics(x: readonly number[], layout: NaiveLayout): { mean: number[]; variance: number[] } {
  const groups = members(layout).map((indices) => indices.map((i) => x[i] as number));
  const mean = groups.map((values) => sum(values) / values.length);
  const variance = groups.map(
    (values, c) => sum(values.map((each) => (each - (mean[c] as number)) ** 2)) / values.length,
  );
  return { mean, variance };
}

export function naiveBatchNormalize(
  x: readonly number[],
  layout: NaiveLayout,
  mean: readonly number[],
  variance: readonly number[],
  gamma: readonly number[],
  beta: readonly number[],
  epsilon: number,
): number[] {
  const out = [...x];
  members(layout).forEach((indices, c) => {
    for (const i of indices) {
      out[i] =
        (((x[i] as number) - (mean[c] as number)) / Math.sqrt((variance[c] as number) + epsilon)) *
          (gamma[c] as number) +
        (beta[c] as number);
    }
  });
  return out;
}
