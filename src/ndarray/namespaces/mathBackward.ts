// NDMath: gradients of reductions and of arithmetic, libnd4j's *_bp operations. In float64 inside.

import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { broadcastTo, denseGeometry, normalizeDimension, sameShape } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { type Dimensions, readArguments } from '../dimensions.ts';
import type { INDArray } from '../ndarray.ts';
import { broadcastOperands, requireElements, requireFloating, requireSameType } from '../operands.ts';
import { reducedShape } from '../reducing.ts';
import { dimensionsOf } from './along.ts';
import { requireNumbers } from './checks.ts';
import { arrayFrom, doublesOf } from './doubles.ts';
import { placesOf, tensorsOf } from './tensors.ts';

function requireFloatingArrays(name: string, first: INDArray, ...others: readonly INDArray[]): void {
  for (const each of [first, ...others]) {
    checkArgument(name, each === first ? 'X' : 'Y', each);
    requireFloating(name, each);
    requireElements(name, each);
    requireSameType(name, first, each);
  }
}

function requireShape(name: string, gradient: INDArray, shape: readonly number[]): void {
  if (sameShape(gradient.geometry.shape, shape)) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} with a gradient of shape ${formatShape(gradient.geometry.shape)}: needed is that of the result, ${formatShape(shape)}`,
  );
}

/** What the result of one tensor changes by when each of its elements changes, given them all. */
type Derivative = (x: Float64Array) => ArrayLike<number>;

/** The gradient of x from that of a reduction of x along dimensions; keepDims and dimensions as in the reduction. */
export interface ReductionBp {
  (x: INDArray, gradient: INDArray, ...dimensions: Dimensions): INDArray;
  (x: INDArray, gradient: INDArray, keepDims: boolean, ...dimensions: Dimensions): INDArray;
}

function backward(
  name: string,
  x: INDArray,
  gradient: INDArray,
  dimensions: readonly number[],
  keepDims: boolean,
  derivative: Derivative,
): INDArray {
  requireFloatingArrays(name, x, gradient);
  const along = dimensionsOf(x, dimensions);
  requireShape(name, gradient, reducedShape(x.geometry, along, keepDims));
  const values = doublesOf(x);
  const gradients = doublesOf(gradient);
  tensorsOf(x, along).forEach((positions, tensor) => {
    const elements = Float64Array.from(positions, (position) => values[position] as number);
    const slopes = derivative(elements);
    positions.forEach((position, index) => {
      values[position] = (slopes[index] as number) * (gradients[tensor] as number);
    });
  });
  return arrayFrom(x, x.info, x.geometry.shape, values);
}

function reductionBp(name: string, derivative: Derivative): ReductionBp {
  return (x: INDArray, gradient: INDArray, ...args: unknown[]) => {
    const { flags, dimensions } = readArguments(name, args, 1);
    return backward(name, x, gradient, dimensions, flags[0] ?? false, derivative);
  };
}

/** The spread divides by n − 1 when bias corrected, else by n. */
function spreadBp(name: string, slopes: (deviations: Float64Array, divisor: number) => Float64Array) {
  return (
    x: INDArray,
    gradient: INDArray,
    biasCorrected: boolean,
    keepDims: boolean,
    ...dimensions: Dimensions
  ): INDArray => {
    const { dimensions: along } = readArguments(name, dimensions, 0);
    return backward(name, x, gradient, along, keepDims, (elements) => {
      const mean = elements.reduce((sum, each) => sum + each, 0) / elements.length;
      return slopes(
        elements.map((each) => each - mean),
        elements.length - (biasCorrected ? 1 : 0),
      );
    });
  };
}

function squares(x: Float64Array): number {
  return x.reduce((sum, each) => sum + each * each, 0);
}

/** 1 (or the sign) at the first element for which none is larger by `key`, else 0. */
function atLargest(key: (each: number) => number, slope: (each: number) => number): Derivative {
  return (x) => {
    let best = 0;
    x.forEach((each, index) => {
      if (key(each) > key(x[best] as number)) best = index;
    });
    return x.map((each, index) => (index === best ? slope(each) : 0));
  };
}

/** The product of all other elements, also where some are 0. */
const othersProduct: Derivative = (x) => {
  const products = new Float64Array(x.length).fill(1);
  for (let i = 1, before = 1; i < x.length; i++) products[i] = before *= x[i - 1] as number;
  for (let i = x.length - 2, after = 1; i >= 0; i--) {
    after *= x[i + 1] as number;
    products[i] = (products[i] as number) * after;
  }
  return products;
};

/** What z changes by when x or y changes. */
type Partials = (x: number, y: number) => readonly [number, number];

/** The gradients of x and y, each of its shape, from that of a function of both with broadcasting. */
function pairBp(name: string, partials: Partials): (x: INDArray, y: INDArray, gradient: INDArray) => INDArray[] {
  return (x, y, gradient) => {
    requireFloatingArrays(name, x, y, gradient);
    const shape = broadcastOperands(name, x.geometry, y.geometry);
    requireShape(name, gradient, shape);
    const arrays = [x, y];
    const [xs, ys] = arrays.map((each) => doublesOf(each)) as [Float64Array, Float64Array];
    const [xPlaces, yPlaces] = arrays.map((each) =>
      placesOf(broadcastTo(denseGeometry(each.geometry.shape), shape)),
    ) as [Uint32Array, Uint32Array];
    const sums = [new Float64Array(xs.length), new Float64Array(ys.length)] as const;
    doublesOf(gradient).forEach((each, index) => {
      const xAt = xPlaces[index] as number;
      const yAt = yPlaces[index] as number;
      const [dx, dy] = partials(xs[xAt] as number, ys[yAt] as number);
      sums[0][xAt] = (sums[0][xAt] as number) + dx * each;
      sums[1][yAt] = (sums[1][yAt] as number) + dy * each;
    });
    return arrays.map((each, index) => arrayFrom(each, each.info, each.geometry.shape, sums[index] as Float64Array));
  };
}

/**
 * The gradients of NDMath. Floating arrays of one type; the gradient has the shape of the forward result.
 * Of the arithmetic: a list of the gradients of both operands.
 */
export const mathBackward = {
  sumBp: reductionBp('sumBp', (x) => x.map(() => 1)),
  meanBp: reductionBp('meanBp', (x) => x.map(() => 1 / x.length)),
  /** Everything goes to the first largest element. */
  reduceMaxBp: reductionBp(
    'reduceMaxBp',
    atLargest(
      (each) => each,
      () => 1,
    ),
  ),
  /** Everything goes to the first smallest element. */
  reduceMinBp: reductionBp(
    'reduceMinBp',
    atLargest(
      (each) => -each,
      () => 1,
    ),
  ),
  /** The product of the others also where elements are 0, for which 1.0.0-M2.1 gives NaN. */
  prodBp: reductionBp('prodBp', othersProduct),
  norm1Bp: reductionBp('norm1Bp', (x) => x.map(Math.sign)),
  /** NaN where all elements are 0. */
  norm2Bp: reductionBp('norm2Bp', (x) => {
    const norm = Math.sqrt(squares(x));
    return x.map((each) => each / norm);
  }),
  /** Everything goes to the first element of the largest magnitude. */
  normMaxBp: reductionBp('normMaxBp', atLargest(Math.abs, Math.sign)),
  squaredNormBp: reductionBp('squaredNormBp', (x) => x.map((each) => 2 * each)),
  varianceBp: spreadBp('varianceBp', (deviations, divisor) => deviations.map((each) => (2 * each) / divisor)),
  standardDeviationBp: spreadBp('standardDeviationBp', (deviations, divisor) => {
    const deviation = Math.sqrt(squares(deviations) / divisor);
    return deviations.map((each) => each / (deviation * divisor));
  }),
  addBp: pairBp('addBp', () => [1, 1]),
  subBp: pairBp('subBp', () => [1, -1]),
  mulBp: pairBp('mulBp', (x, y) => [y, x]),
  divBp: pairBp('divBp', (x, y) => [1 / y, -x / (y * y)]),
  rsubBp: pairBp('rsubBp', () => [-1, 1]),
  rdivBp: pairBp('rdivBp', (x, y) => [-y / (x * x), 1 / x]),
  powBp: pairBp('powBp', (x, y) => [y * x ** (y - 1), x ** y * Math.log(x)]),
  squaredDifferenceBp: pairBp('squaredDifferenceBp', (x, y) => [2 * (x - y), 2 * (y - x)]),
  /** Where both are equal everything goes to both. */
  maxBp: pairBp('maxBp', (x, y) => [Number(x >= y), Number(x <= y)]),
  /** @see maxBp */
  minBp: pairBp('minBp', (x, y) => [Number(x <= y), Number(x >= y)]),

  /** The gradient of x from that of clipByNorm. */
  clipByNormBp(x: INDArray, gradient: INDArray, clip: number, ...dimensions: Dimensions): INDArray {
    requireFloatingArrays('clipByNormBp', x, gradient);
    requireShape('clipByNormBp', gradient, x.geometry.shape);
    requireNumbers('clipByNormBp', clip);
    const along = dimensionsOf(x, readArguments('clipByNormBp', dimensions, 0).dimensions);
    const values = doublesOf(x);
    const gradients = doublesOf(gradient);
    const result = gradients.slice();
    for (const positions of tensorsOf(x, along)) {
      let square = 0;
      let dot = 0;
      for (const at of positions) {
        square += (values[at] as number) ** 2;
        dot += (values[at] as number) * (gradients[at] as number);
      }
      const norm = Math.sqrt(square);
      if (!(norm > clip)) continue;
      for (const at of positions) {
        result[at] = (clip / norm) * ((gradients[at] as number) - ((values[at] as number) * dot) / square);
      }
    }
    return arrayFrom(x, x.info, x.geometry.shape, result);
  },

  /** The gradient of x from that of its running sums along a dimension (of all elements in 'c' order without one). */
  cumsumBp(x: INDArray, gradient: INDArray, exclusive: boolean, reverse: boolean, ...dimensions: Dimensions): INDArray {
    requireFloatingArrays('cumsumBp', x, gradient);
    requireShape('cumsumBp', gradient, x.geometry.shape);
    const along = readArguments('cumsumBp', dimensions, 0).dimensions.map((each) => normalizeDimension(each, x.rank()));
    const gradients = doublesOf(gradient);
    const result = new Float64Array(gradients.length);
    for (const positions of tensorsOf(x, along)) {
      let sum = 0;
      // Each element counts in all sums after it, or before it.
      for (const at of reverse ? positions : positions.reverse()) {
        if (exclusive) result[at] = sum;
        sum += gradients[at] as number;
        if (!exclusive) result[at] = sum;
      }
    }
    return arrayFrom(x, x.info, x.geometry.shape, result);
  },
} as const;
