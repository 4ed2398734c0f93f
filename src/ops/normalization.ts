// Normalization of views: over batches (one mean and variance for each channel), and over dimensions of each example.

import { type DataTypeInfo, DOUBLE } from '../core/dataType.ts';
import { denseGeometry, Geometry } from '../core/geometry.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { type Channels, channelsOf, scale, sums } from './channels.ts';
import { Binary } from './codes.ts';
import { converted, onDense } from './converted.ts';
import { binary } from './elementwise.ts';
import { copy } from './layout.ts';
import { reduce, reducePair } from './reduce.ts';
import { Reduce } from './reduceCodes.ts';

/** One number for each channel, in float64; `missing` for each where there is no view. */
function numbersOf(view: ArrayView | null, count: number, missing: number): Float64Array {
  if (view === null) return new Float64Array(count).fill(missing);
  const owned: DataBuffer[] = [];
  try {
    return (converted(view, DOUBLE, owned, true).buffer.window() as Float64Array).slice(0, count);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}

/** Writes one number for each channel, as a cast to the view's type. */
function writeNumbers(view: ArrayView | null, values: Float64Array): void {
  if (view === null) return;
  const owned: DataBuffer[] = [];
  try {
    const held = converted(view, DOUBLE, owned, false);
    (held.buffer.window() as Float64Array).set(values);
    copy(view, held);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}

/** Mean and variance (not corrected for bias) of every channel of a dense array. */
function statisticsOf(x: ArrayView, layout: Channels): [means: Float64Array, variances: Float64Array] {
  const { channels, outer, inner } = layout;
  const count = outer * inner;
  // Around the first element of each channel, sums of squares lose nothing to a large mean.
  const firsts = { ...x, geometry: new Geometry([channels], [inner], 'c') };
  const shift = count === 0 ? new Float64Array(channels) : numbersOf(firsts, channels, 0);
  const [first, second] = sums(x, null, shift, layout);
  return [
    first.map((sum, c) => (shift[c] as number) + sum / count),
    second.map((sum, c) => Math.max(sum / count - ((first[c] as number) / count) ** 2, 0)),
  ];
}

/**
 * mean[channels] and variance[channels] (not corrected for bias) of x over all dimensions but `dimension`. NaN without elements.
 */
export function batchStatistics(mean: ArrayView, variance: ArrayView, x: ArrayView, dimension: number): void {
  const owned: DataBuffer[] = [];
  try {
    const info = x.buffer.info;
    const isDense = x.geometry.isDenseC && (info === DOUBLE || info.name === 'FLOAT');
    const dense = isDense ? x : converted(x, DOUBLE, owned, true);
    const [means, variances] = statisticsOf(dense, channelsOf(x.geometry.shape, dimension));
    writeNumbers(mean, means);
    writeNumbers(variance, variances);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}

/**
 * out = (x − mean) / √(variance + epsilon) · gamma + beta with one number of each for every index of `dimension`; without gamma 1, without
 * beta 0. `out` may be x.
 */
export function batchNormalize(
  out: ArrayView,
  x: ArrayView,
  mean: ArrayView,
  variance: ArrayView,
  gamma: ArrayView | null,
  beta: ArrayView | null,
  epsilon: number,
  dimension: number,
): void {
  onDense(out, [x], (to, [from = x]) => {
    const layout = channelsOf(x.geometry.shape, dimension);
    const { channels } = layout;
    const gain = numbersOf(gamma, channels, 1);
    const factor = numbersOf(variance, channels, 1).map((each, c) => (gain[c] as number) / Math.sqrt(each + epsilon));
    scale(to, from, null, [numbersOf(mean, channels, 0), factor, numbersOf(beta, channels, 0)], layout);
  });
}

/** Gradients of a batch normalization: those that are null are left out. */
export interface BatchGradients {
  /** Of x's shape; may be g. */
  readonly x: ArrayView;
  readonly gamma: ArrayView | null;
  readonly beta: ArrayView | null;
}

/**
 * The gradients of batchNormalize where mean and variance are those of x itself, from the gradient g of the output:
 * dx = γ/σ · (g − mean(g) − x̂ · mean(g · x̂)), dγ = Σ g · x̂, dβ = Σ g, for x̂ = (x − mean) / σ and σ = √(variance + epsilon). With `isOwnMean`, where
 * `mean` may be another one than that of x, dx is that of libnd4j's operation: x̂ around x's own mean, and 1/count in float32.
 */
export function batchNormalizeBackward(
  gradients: BatchGradients,
  x: ArrayView,
  g: ArrayView,
  mean: ArrayView,
  variance: ArrayView,
  gamma: ArrayView | null,
  epsilon: number,
  dimension: number,
  isOwnMean = false,
): void {
  onDense(gradients.x, [x, g], (to, [from = x, gradient = g]) => {
    const layout = channelsOf(x.geometry.shape, dimension);
    const { channels } = layout;
    const count = layout.outer * layout.inner;
    const means = numbersOf(mean, channels, 0);
    const inverse = numbersOf(variance, channels, 1).map((each) => 1 / Math.sqrt(each + epsilon));
    const [first, second, third] = sums(from, gradient, means, layout);
    const factor = numbersOf(gamma, channels, 1).map((each, c) => each * (inverse[c] as number));
    const share = isOwnMean ? Math.fround(1 / count) : 1 / count;
    const slope = second.map((sum, c) => -(factor[c] as number) * (inverse[c] as number) ** 2 * sum * share);
    const constant = first.map((sum, c) => -(factor[c] as number) * sum * share);
    const centers = isOwnMean ? movedMeans(from, x.buffer.info, means, third, layout) : means;
    scale(to, from, gradient, [centers, slope, constant, factor], layout);
    writeNumbers(
      gradients.gamma,
      second.map((sum, c) => sum * (inverse[c] as number)),
    );
    writeNumbers(gradients.beta, first);
  });
}

/** Means moved to those of x itself, rounded to the type `info`, from Σ (x − mean) if that is known; as far as 1/count in float32 is right. */
function movedMeans(
  x: ArrayView,
  info: DataTypeInfo,
  means: Float64Array,
  distances: Float64Array | undefined,
  layout: Channels,
): Float64Array {
  const count = layout.outer * layout.inner;
  const exact = distances?.map((sum, c) => (means[c] as number) + sum / count) ?? statisticsOf(x, layout)[0];
  const owned: DataBuffer[] = [];
  try {
    const rounded = converted({ ...x, geometry: denseGeometry([means.length]) }, info, owned, false);
    writeNumbers(rounded, exact);
    const own = numbersOf(rounded, means.length, 0);
    return means.map((each, c) => each + ((own[c] as number) - each) * count * Math.fround(1 / count));
  } finally {
    for (const buffer of owned) buffer.close();
  }
}

/** The view with `dimensions` last, in their order: rows of it are what they reduce to one number. */
function withLast(view: ArrayView, dimensions: readonly number[]): ArrayView {
  const { shape, strides, order } = view.geometry;
  const kept = shape.map((_, d) => d).filter((d) => !dimensions.includes(d));
  const axes = [...kept, ...dimensions];
  const pick = (from: readonly number[]): number[] => axes.map((axis) => from[axis] as number);
  return { ...view, geometry: new Geometry(pick(shape), pick(strides), order) };
}

/** Rows of n elements that `dimensions` (distinct, ascending) make of x. */
function rowsOf(x: ArrayView, dimensions: readonly number[]): Channels {
  const inner = dimensions.reduce((product, d) => product * (x.geometry.shape[d] as number), 1);
  return { outer: 1, channels: inner === 0 ? 0 : x.geometry.length / inner, inner };
}

/** 1/σ of each row; 0 where that is no number or σ is 0: such rows become 0. */
function inverseDeviations(variances: Float64Array): Float64Array {
  return variances.map((each) => (each > 0 && each < Number.POSITIVE_INFINITY ? 1 / Math.sqrt(each) : 0));
}

/** out = (x − m) · a + b + k · y for every row, and 0 for rows whose `inverse` is 0, whatever is in them. */
function scaleRows(
  out: ArrayView,
  x: ArrayView,
  y: ArrayView | null,
  coefficients: readonly Float64Array[],
  inverse: Float64Array,
  rows: Channels,
): void {
  scale(out, x, y, coefficients, rows);
  const { kernels } = runtime();
  const bytes = rows.inner * out.buffer.info.width;
  inverse.forEach((each, row) => {
    if (each === 0) kernels.fillBytes(addressOf(out) + row * bytes, 0, bytes);
  });
}

/**
 * out = (x − mean) / σ along `dimensions` (distinct, ascending), σ not corrected for bias and without an epsilon; 0 where σ is 0, and where
 * there is NaN or an infinity among the elements. `out` may be x.
 */
export function standardize(out: ArrayView, x: ArrayView, dimensions: readonly number[]): void {
  const rows = rowsOf(x, dimensions);
  onDense(withLast(out, dimensions), [withLast(x, dimensions)], (to, [from = x]) => {
    const [means, variances] = statisticsOf(from, rows);
    const inverse = inverseDeviations(variances);
    scaleRows(to, from, null, [means, inverse, new Float64Array(means.length)], inverse, rows);
  });
}

/** dx = (g − mean(g) − x̂ · mean(g · x̂)) / σ from the gradient g of standardize(x) = x̂. `dx` may be g. @see standardize */
export function standardizeBackward(dx: ArrayView, x: ArrayView, g: ArrayView, dimensions: readonly number[]): void {
  const rows = rowsOf(x, dimensions);
  const operands = [withLast(x, dimensions), withLast(g, dimensions)];
  onDense(withLast(dx, dimensions), operands, (to, [from = x, gradient = g]) => {
    const [means, variances] = statisticsOf(from, rows);
    const inverse = inverseDeviations(variances);
    const [first, second] = sums(from, gradient, means, rows);
    const slope = second.map((sum, c) => (-((inverse[c] as number) ** 3) * sum) / rows.inner);
    const constant = first.map((sum, c) => (-(inverse[c] as number) * sum) / rows.inner);
    scaleRows(to, from, gradient, [means, slope, constant, inverse], inverse, rows);
  });
}

/** One number for each index of `dimension`, seen in the shape of x. */
function along(view: ArrayView, x: ArrayView, dimension: number): ArrayView {
  const { shape } = x.geometry;
  const strides = shape.map((_, d) => (d === dimension ? (view.geometry.strides[0] as number) : 0));
  return { ...view, geometry: new Geometry(shape, strides, 'c') };
}

/** out = standardize(x, dimensions) · gain + bias, with one gain and bias for each index of `channel`. `out` may be x. @see standardize */
export function layerNorm(
  out: ArrayView,
  x: ArrayView,
  gain: ArrayView,
  bias: ArrayView | null,
  channel: number,
  dimensions: readonly number[],
): void {
  standardize(out, x, dimensions);
  binary(Binary.MUL, out, out, along(gain, x, channel));
  if (bias !== null) binary(Binary.ADD, out, out, along(bias, x, channel));
}

/** Gradients of a layer normalization. */
export interface LayerGradients {
  /** Of x's shape; not g. */
  readonly x: ArrayView;
  readonly gain: ArrayView;
  readonly bias: ArrayView | null;
}

/** The gradients of layerNorm from the gradient g of its output. @see layerNorm */
export function layerNormBackward(
  gradients: LayerGradients,
  x: ArrayView,
  gain: ArrayView,
  g: ArrayView,
  channel: number,
  dimensions: readonly number[],
): void {
  const others = x.geometry.shape.map((_, d) => d).filter((d) => d !== channel);
  standardize(gradients.x, x, dimensions);
  reducePair(Reduce.DOT, gradients.gain, gradients.x, g, others);
  if (gradients.bias !== null) reduce(Reduce.SUM, gradients.bias, g, others);
  binary(Binary.MUL, gradients.x, g, along(gain, x, channel));
  standardizeBackward(gradients.x, x, gradients.x, dimensions);
}
