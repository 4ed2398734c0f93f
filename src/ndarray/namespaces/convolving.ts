// What all convolutions of NDCNN share: checks of operands, dimensions in the order of the kernels, sizes and padding of a settings.

import { describeValue, formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import type { Sliding } from '../../ops/convolution.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { requireElements, requireFloating, requireSameType } from '../operands.ts';
import type { ConvolutionSettings, WeightsFormat } from './convolutionConfig.ts';

/** @throws {TypeError} when it is no array. @throws {ND4JIllegalStateException} when it is unusable, empty, not floating or of another rank. */
export function requireOperand(name: string, what: string, x: unknown, rank: number, like?: INDArray): INDArray {
  if (!(x instanceof ArrayHandle)) {
    throw new TypeError(`Cannot ${name} with ${what} ${describeValue(x)}: needed is an array of rank ${rank}`);
  }
  checkArgument(name, like === undefined ? 'X' : 'Y', x);
  if (x.rank() !== rank) {
    throw new ND4JIllegalStateException(
      `Cannot ${name}: rank of ${what} must be equal to ${rank}, but got ${x.rank()} instead, shape ${formatShape(x.geometry.shape)}`,
    );
  }
  requireElements(name, x);
  requireFloating(name, x);
  if (like !== undefined) requireSameType(name, like, x);
  return x as INDArray;
}

/** @throws {ND4JIllegalStateException} when it is not a vector of that many elements. */
export function requireBias(name: string, bias: unknown, channels: number, like: INDArray): INDArray {
  if (!(bias instanceof ArrayHandle)) {
    throw new TypeError(`Cannot ${name} with bias ${describeValue(bias)}: needed is an array of ${channels} elements`);
  }
  checkArgument(name, 'Y', bias);
  requireFloating(name, bias);
  requireSameType(name, like, bias);
  if (bias.rank() > 2 || bias.length() !== channels) {
    throw new ND4JIllegalStateException(
      `Cannot ${name}: wrong shape of bias, needed is rank ≤ 2 and length ${channels}, but got ${formatShape(bias.geometry.shape)} instead`,
    );
  }
  return bias as INDArray;
}

/** @throws {ND4JIllegalStateException} when an array has another shape than the operation gives it. */
export function requireShape(name: string, what: string, x: INDArray, shape: readonly number[]): void {
  if (formatShape(x.geometry.shape) === formatShape(shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name}: wrong shape of ${what}, expected is ${formatShape(shape)}, but got ${formatShape(x.geometry.shape)} instead`,
  );
}

/** A view with the channels in dimension 1. */
export function channelsFirst(x: INDArray, isLast: boolean): INDArray {
  return isLast ? x.permute(...channelsFirstOrder(x.rank())) : x;
}

function channelsFirstOrder(rank: number): number[] {
  return [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, d) => d + 1)];
}

/** A shape given channels first, as the arrays of the settings have it. */
export function placed(shape: readonly number[], isLast: boolean): number[] {
  return isLast ? [shape[0] as number, ...shape.slice(2), shape[1] as number] : [...shape];
}

/** A fresh array of a shape given channels first. */
export function freshPlaced(like: INDArray, shape: readonly number[], isLast: boolean): INDArray {
  return like.allocate(like.info, denseGeometry(placed(shape, isLast)));
}

/** Which dimensions of the weights are [out, in, …kernel]. */
export function weightAxes(format: WeightsFormat, rank: number): number[] {
  const places = Array.from({ length: rank - 2 }, (_, d) => d);
  if (format === 'YXIO') return [rank - 1, rank - 2, ...places];
  return format === 'OIYX' ? [0, 1, ...places.map((d) => d + 2)] : [0, rank - 1, ...places.map((d) => d + 1)];
}

/** A vector of a bias's elements. */
export function flat(bias: INDArray | null): INDArray | null {
  return bias === null ? null : bias.reshape(bias.length());
}

/** @throws {ND4JIllegalStateException} when the configuration names another kernel than the weights have. */
export function requireKernel(name: string, settings: ConvolutionSettings, kernel: readonly number[]): void {
  if (settings.kernel.every((size, d) => size < 0 || size === kernel[d])) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name}: the configuration has a kernel of ${formatShape(settings.kernel)}, the weights one of ${formatShape(kernel)}; they must be equal`,
  );
}

/** Positions of the output for an input. @throws {ND4JIllegalStateException} when the kernel does not fit. */
export function outputPlaces(
  name: string,
  settings: ConvolutionSettings,
  input: readonly number[],
  kernel: readonly number[],
): number[] {
  const { stride, padding, dilation, mode } = settings;
  const places = input.map((size, d) => {
    if (mode !== 'VALID') return Math.ceil(size / (stride[d] as number));
    const room = size + 2 * (padding[d] as number) - extent(kernel, dilation, d);
    return room < 0 ? 0 : Math.floor(room / (stride[d] as number)) + 1;
  });
  if (places.every((size) => size > 0)) return places;
  const needed = kernel.map((_, d) => extent(kernel, dilation, d));
  throw new ND4JIllegalStateException(
    `Cannot ${name}: a kernel of ${formatShape(kernel)} that covers ${formatShape(needed)} with its dilation does not fit an input of ${formatShape(input)} padded by ${formatShape(padding)} on both sides`,
  );
}

/** Positions of the output of a deconvolution. @throws {ND4JIllegalStateException} when padding leaves none. */
export function deconvolvedPlaces(
  name: string,
  settings: ConvolutionSettings,
  input: readonly number[],
  kernel: readonly number[],
): number[] {
  const { stride, padding, dilation, mode } = settings;
  const places = input.map((size, d) => {
    if (mode === 'SAME') return size * (stride[d] as number);
    return (size - 1) * (stride[d] as number) + extent(kernel, dilation, d) - 2 * (padding[d] as number);
  });
  if (places.every((size) => size > 0)) return places;
  throw new ND4JIllegalStateException(
    `Cannot ${name}: padding ${formatShape(padding)} leaves an output of ${formatShape(places)}; every size must be at least 1`,
  );
}

/** How the kernel slides over `input` to give `output`. */
export function slidingOf(
  settings: ConvolutionSettings,
  input: readonly number[],
  output: readonly number[],
  kernel: readonly number[],
): Sliding {
  const { stride, dilation, mode } = settings;
  const padding = settings.padding.map((size, d) => {
    if (mode === 'VALID') return size;
    const covered = extent(kernel, dilation, d);
    if (mode === 'CAUSAL') return covered - 1;
    return Math.trunc((((output[d] as number) - 1) * (stride[d] as number) + covered - (input[d] as number)) / 2);
  });
  return { stride, padding, dilation };
}

function extent(kernel: readonly number[], dilation: readonly number[], d: number): number {
  return ((kernel[d] as number) - 1) * (dilation[d] as number) + 1;
}

/** `[input, weights, bias?, (gradient,) config]` told apart by the number of arguments. */
export function optionalBias(args: readonly unknown[], least: number): { bias: unknown; rest: readonly unknown[] } {
  return args.length > least ? { bias: args[0] ?? undefined, rest: args.slice(1) } : { bias: undefined, rest: args };
}
