// Operations of layers: softmax, layer normalization, products, the largest element, repetition.

import { BOOL } from '../../core/dataType.ts';
import { describeValue, ND4JIllegalStateException } from '../../core/errors.ts';
import { softmax } from '../../ops/softmax.ts';
import { requireResult } from '../arithmetic.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { Dimensions } from '../dimensions.ts';
import { isMax } from '../isMax.ts';
import { dimensionsFrom } from '../namespaces/along.ts';
import { NDNN } from '../namespaces/ndnn.ts';
import { nd4jLinear } from '../nd4jLinear.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, normalizeDimensions, requireFloating } from '../operands.ts';
import type { MMulTranspose } from '../products.ts';
import { type Optional, sorted } from './arrayOp.ts';
import { type CustomOpClass, customOpClass } from './customOp.ts';

/** e^x / Σ e^x along a dimension (the last unless given): (x), which replaces x's elements, (x, dimension), (x, z), (x, z, dimension). */
export const SoftMax: CustomOpClass<
  [x: INDArray, dimension?: number] | [x: INDArray, z: Optional, dimension?: number]
> = customOpClass('softmax', (...args) => {
  const { arrays, numbers } = sorted('softmax', args);
  const [first, z = first] = arrays;
  return {
    inputs: [first as INDArray],
    outputs: [z ?? null],
    compute([x], [given]) {
      const from = x as INDArray;
      requireFloating('softmax', from);
      const [along] = from.rank() === 0 ? [0] : normalizeDimensions([numbers[0] ?? -1], from.rank());
      if (given) requireResult('softmax', given, from.geometry.shape, from.info);
      const out = given ?? from.allocate(from.info, freshGeometry(from.geometry));
      softmax(out, from, along as number);
      return [out];
    },
  };
});

/** standardize(x) · gain + bias: (x, gain, …), (x, gain, z, …), (x, gain, bias, z, …), then channelsFirst and the dimensions. */
export const LayerNorm: CustomOpClass<
  | [x: INDArray, gain: INDArray, channelsFirst: boolean, ...dimensions: Dimensions]
  | [x: INDArray, gain: INDArray, z: Optional, channelsFirst: boolean, ...dimensions: Dimensions]
  | [x: INDArray, gain: INDArray, bias: INDArray, z: Optional, channelsFirst: boolean, ...dimensions: Dimensions]
> = customOpClass('layer_norm', (...args: readonly unknown[]) => {
  const { arrays, flags, numbers } = sorted('layer_norm', args);
  const [x, gain, third = null, fourth = null] = arrays as INDArray[];
  const inputs = [x, gain, ...(arrays.length > 3 ? [third] : [])] as INDArray[];
  return {
    inputs,
    outputs: [arrays.length > 3 ? fourth : third],
    compute: ([a, g, b]) => [
      b === undefined
        ? NDNN.layerNorm(a as INDArray, g as INDArray, flags[0] ?? false, ...numbers)
        : NDNN.layerNorm(a as INDArray, g as INDArray, b, flags[0] ?? false, ...numbers),
    ],
  };
});

/** Gradients of LayerNorm: (x, gain, gradient, dx, dgain, …), (x, gain, bias, gradient, dx, dgain, dbias, …), then channelsFirst and the dimensions. */
export const LayerNormBp: CustomOpClass<
  | [
      x: INDArray,
      gain: INDArray,
      gradient: INDArray,
      dx: Optional,
      dGain: Optional,
      first: boolean,
      ...along: Dimensions,
    ]
  | [
      x: INDArray,
      gain: INDArray,
      bias: INDArray,
      gradient: INDArray,
      dx: Optional,
      dGain: Optional,
      dBias: Optional,
      channelsFirst: boolean,
      ...dimensions: Dimensions,
    ]
> = customOpClass('layer_norm_bp', (...args: readonly unknown[]) => {
  const { arrays, flags, numbers } = sorted('layer_norm_bp', args);
  const split = arrays.length > 5 ? 4 : 3;
  return {
    inputs: arrays.slice(0, split) as INDArray[],
    outputs: arrays.slice(split),
    compute: (inputs) =>
      (NDNN.layerNormBp as (...all: readonly unknown[]) => INDArray[])(...inputs, flags[0] ?? false, ...numbers),
  };
});

/** Arguments of a product. */
export type MmulArguments =
  | [x: INDArray, y: INDArray, transposeX?: boolean, transposeY?: boolean, transposeZ?: boolean]
  | [
      x: INDArray,
      y: INDArray,
      alpha: number,
      beta: number,
      transposeX?: boolean,
      transposeY?: boolean,
      transposeZ?: boolean,
    ]
  | [x: INDArray, y: INDArray, z: Optional, transpose: MMulTranspose]
  | [x: INDArray, y: INDArray, z: Optional, alpha: number, beta: number, transpose: MMulTranspose];

/** The matrix product x·y, each transposed when asked, times alpha. Beta must be 0: there is nothing to add. */
export const Mmul: CustomOpClass<MmulArguments> = customOpClass('matmul', (...args: MmulArguments) => {
  const last = args.at(-1) as unknown;
  const options =
    typeof last === 'object' && last !== null && !(last instanceof ArrayHandle) ? (last as MMulTranspose) : undefined;
  const { arrays, flags, numbers } = sorted('matmul', options === undefined ? args : args.slice(0, -1));
  const [alpha = 1, beta = 0] = numbers;
  if (beta !== 0)
    throw new ND4JIllegalStateException(`Cannot execute matmul with beta ${beta}: needed is 0; use Nd4j.gemm`);
  const { transposeA = flags[0], transposeB = flags[1], transposeResult = flags[2] } = options ?? {};
  return {
    inputs: arrays.slice(0, 2) as INDArray[],
    outputs: arrays.slice(2, 3),
    compute([x, y]) {
      const product = nd4jLinear.matmul(
        x as INDArray,
        y as INDArray,
        transposeA ?? false,
        transposeB ?? false,
        transposeResult ?? false,
      );
      return [alpha === 1 ? product : product.muli(alpha)];
    },
  };
});

/** 1 at the first largest element of every tensor along the dimensions (of all without any), else 0: (x, …), BOOL, or (x, z, …), of z's type. */
export const IsMax: CustomOpClass<
  [x: INDArray, ...dimensions: Dimensions] | [x: INDArray, z: Optional, ...dimensions: Dimensions]
> = customOpClass('ismax', (...args: readonly unknown[]) => {
  const { arrays, numbers } = sorted('ismax', args);
  return {
    inputs: arrays.slice(0, 1) as INDArray[],
    outputs: arrays.slice(1),
    compute: ([x], [z]) => [isMax(x as INDArray, (z?.info ?? BOOL).name, ...numbers)],
  };
});

/** x repeated to a shape: (x, shape), (x, shape, z). The shape is a list or an integer array. */
export const BroadcastTo: CustomOpClass<[x: INDArray, shape: readonly number[] | INDArray, z?: Optional]> =
  customOpClass('broadcast_to', (x, shape, z = null) => ({
    inputs: [x],
    outputs: z === null ? [] : [z],
    compute: ([from]) => [repeated(from as INDArray, shape)],
  }));

/** @throws {ND4JIllegalStateException} when x cannot be repeated to the shape. */
export function repeated(x: INDArray, shape: readonly number[] | INDArray): INDArray {
  const sizes = shape instanceof ArrayHandle ? dimensionsFrom('broadcast_to', shape) : shape;
  if (!Array.isArray(sizes))
    throw new TypeError(`Cannot execute broadcast_to with shape ${describeValue(shape)}: needed is a list of sizes`);
  return x.broadcast(sizes as number[]);
}
