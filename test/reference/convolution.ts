// Convolutions by definition, in float64: one output at a time, one product at a time. Positions outside the input are skipped.

/** Sizes of three spatial dimensions each. */
export interface Naive {
  readonly images: number;
  readonly channels: number;
  readonly outputs: number;
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly output: readonly number[];
}

type Visit = (output: number, input: number, weight: number) => void;

const volume = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);

/** Every place [z, y, x] of the given sizes. */
function places([depth = 1, height = 1, width = 1]: readonly number[]): number[][] {
  const all: number[][] = [];
  for (let z = 0; z < depth; z++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) all.push([z, y, x]);
  return all;
}

/** [output, input, tap, …]: which input each tap of the kernel sees from each place of the output. */
function sight(s: Naive): Int32Array {
  const seen: number[] = [];
  const taps = places(s.kernel);
  places(s.output).forEach((place, o) => {
    taps.forEach((tap, t) => {
      let index = 0;
      for (let d = 0; d < 3; d++) {
        const first = (place[d] as number) * (s.stride[d] as number) - (s.padding[d] as number);
        const at = first + (tap[d] as number) * (s.dilation[d] as number);
        if (at < 0 || at >= (s.input[d] as number)) return;
        index = index * (s.input[d] as number) + at;
      }
      seen.push(o, index, t);
    });
  });
  return Int32Array.from(seen);
}

/** Every product of a convolution of the given pairs of an output and an input channel. */
function products(s: Naive, pairs: readonly (readonly [number, number])[], visit: Visit): void {
  const seen = sight(s);
  const [inputs, outputs, taps] = [volume(s.input), volume(s.output), volume(s.kernel)];
  for (let n = 0; n < s.images; n++) {
    for (const [pair, [k, c]] of pairs.entries()) {
      const out = (n * s.outputs + k) * outputs;
      const input = (n * s.channels + c) * inputs;
      for (let i = 0; i < seen.length; i += 3) {
        visit(out + (seen[i] as number), input + (seen[i + 1] as number), pair * taps + (seen[i + 2] as number));
      }
    }
  }
}

/** All pairs of an output and an input channel: weights [outputs, channels, kernel]. */
function dense(s: Naive): [number, number][] {
  return Array.from({ length: s.outputs * s.channels }, (_, i) => [Math.floor(i / s.channels), i % s.channels]);
}

/** Output channels of each input channel: weights [channels, multiplier, kernel]. */
function separate(s: Naive): [number, number][] {
  const multiplier = s.outputs / s.channels;
  return Array.from({ length: s.outputs }, (_, k) => [k, Math.floor(k / multiplier)]);
}

export const outputLength = (s: Naive): number => s.images * s.outputs * volume(s.output);
export const inputLength = (s: Naive): number => s.images * s.channels * volume(s.input);
export const weightLength = (s: Naive, isDepthwise = false): number =>
  (isDepthwise ? s.outputs : s.outputs * s.channels) * volume(s.kernel);

export function convolve(
  s: Naive,
  x: ArrayLike<number>,
  w: ArrayLike<number>,
  bias?: ArrayLike<number>,
  isDepthwise = false,
): Float64Array {
  const size = volume(s.output);
  const out = Float64Array.from({ length: outputLength(s) }, (_, i) => bias?.[Math.floor(i / size) % s.outputs] ?? 0);
  products(s, isDepthwise ? separate(s) : dense(s), (o, i, t) => {
    out[o] = (out[o] as number) + (x[i] as number) * (w[t] as number);
  });
  return out;
}

export function inputGradient(
  s: Naive,
  g: ArrayLike<number>,
  w: ArrayLike<number>,
  bias?: ArrayLike<number>,
  isDepthwise = false,
): Float64Array {
  const size = volume(s.input);
  const dx = Float64Array.from({ length: inputLength(s) }, (_, i) => bias?.[Math.floor(i / size) % s.channels] ?? 0);
  products(s, isDepthwise ? separate(s) : dense(s), (o, i, t) => {
    dx[i] = (dx[i] as number) + (g[o] as number) * (w[t] as number);
  });
  return dx;
}

export function weightGradient(
  s: Naive,
  x: ArrayLike<number>,
  g: ArrayLike<number>,
  isDepthwise = false,
): Float64Array {
  const dw = new Float64Array(weightLength(s, isDepthwise));
  products(s, isDepthwise ? separate(s) : dense(s), (o, i, t) => {
    dw[t] = (dw[t] as number) + (g[o] as number) * (x[i] as number);
  });
  return dw;
}

/** [images, channels, kernel, output]: what each tap sees. */
export function patches(s: Naive, x: ArrayLike<number>): Float64Array {
  const own = { ...s, outputs: s.channels };
  const [size, taps] = [volume(s.output), volume(s.kernel)];
  const out = new Float64Array(s.images * s.channels * taps * size);
  products(own, separate(own), (o, i, t) => {
    out[(Math.floor(o / size) * taps + (t % taps)) * size + (o % size)] = x[i] as number;
  });
  return out;
}

/** Each input: the sum of what the patches hold of it. */
export function gather(s: Naive, columns: ArrayLike<number>): Float64Array {
  const own = { ...s, outputs: s.channels };
  const [size, taps] = [volume(s.output), volume(s.kernel)];
  const x = new Float64Array(inputLength(s));
  products(own, separate(own), (o, i, t) => {
    x[i] = (x[i] as number) + (columns[(Math.floor(o / size) * taps + (t % taps)) * size + (o % size)] as number);
  });
  return x;
}
