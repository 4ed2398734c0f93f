// Softmax and its kin by their definitions, in float64, on one row.

/** A sum without the rounding errors of a long loop (Neumaier). */
function sumOf(x: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const each of x) {
    const next = sum + each;
    lost += Math.abs(sum) >= Math.abs(each) ? sum - next + each : each - next + sum;
    sum = next;
  }
  return sum + lost;
}

export function naiveSoftmax(x: readonly number[]): number[] {
  const most = Math.max(...x);
  const powers = x.map((each) => Math.exp(each - most));
  const sum = sumOf(powers);
  return powers.map((each) => each / sum);
}

export function naiveLogSoftmax(x: readonly number[]): number[] {
  const most = Math.max(...x);
  const sum = sumOf(x.map((each) => Math.exp(each - most)));
  return x.map((each) => each - most - Math.log(sum));
}

export function naiveSoftmaxBackward(y: readonly number[], g: readonly number[]): number[] {
  const dot = sumOf(y.map((each, i) => each * (g[i] as number)));
  return y.map((each, i) => each * ((g[i] as number) - dot));
}

export function naiveLogSoftmaxBackward(y: readonly number[], g: readonly number[]): number[] {
  const sum = sumOf(g);
  return y.map((each, i) => (g[i] as number) - Math.exp(each) * sum);
}
