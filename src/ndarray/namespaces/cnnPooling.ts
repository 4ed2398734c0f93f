// NDCNN: largest elements and averages of windows, and their gradients.

import { INT, LONG } from '../../core/dataType.ts';
import { copy } from '../../ops/layout.ts';
import {
  averagePool,
  averagePoolBackward,
  maxPool,
  maxPoolBackward,
  maxPoolPlaces,
  PoolDivisor,
} from '../../ops/pooling.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';
import { floatingImage, gradientOf, numericImage } from './imageArguments.ts';
import { type Pooling2DConfig, type Pooling3DConfig, poolingOf } from './poolingConfig.ts';

function max(name: string, input: INDArray, config: unknown, rank: 2 | 3): INDArray {
  const x = numericImage(name, input);
  const { window, shape } = poolingOf(name, x.geometry.shape, config, rank);
  const result = x.allocateDense(x.info, shape);
  maxPool(result, x, window);
  return result;
}

function maxBp(name: string, input: INDArray, gradient: INDArray, config: unknown, rank: 2 | 3): INDArray[] {
  const x = floatingImage(name, input);
  const { window, shape } = poolingOf(name, x.geometry.shape, config, rank);
  const g = gradientOf(name, x, gradient, shape);
  const result = x.allocateDense(x.info, x.geometry.shape);
  if (g.isEmpty()) return [result.assign(0)];
  maxPoolBackward(result, x, g, window);
  return [result];
}

function average(name: string, input: INDArray, config: unknown, rank: 2 | 3): INDArray {
  const x = floatingImage(name, input);
  const { window, shape, divisor } = poolingOf(name, x.geometry.shape, config, rank);
  const result = x.allocateDense(x.info, shape);
  averagePool(result, x, window, PoolDivisor[divisor]);
  return result;
}

function averageBp(name: string, input: INDArray, gradient: INDArray, config: unknown, rank: 2 | 3): INDArray[] {
  const x = floatingImage(name, input);
  const { window, shape, divisor } = poolingOf(name, x.geometry.shape, config, rank);
  const g = gradientOf(name, x, gradient, shape);
  const result = x.allocateDense(x.info, x.geometry.shape);
  if (g.isEmpty()) return [result.assign(0)];
  averagePoolBackward(result, g, window, PoolDivisor[divisor]);
  return [result];
}

/**
 * The largest element of every window of `[N, C, H, W]` (`[N, H, W, C]` with isNHWC). NaN and −∞ are never the largest: a window of nothing
 * else, or of padding alone, gives the lowest finite number, as in ND4J.
 * @throws {TypeError | ND4JIllegalArgumentException} for a wrong option. @throws {ND4JIllegalStateException} for a wrong input.
 */
function maxPooling2d(input: INDArray, config: Pooling2DConfig): INDArray {
  return max('maxPooling2d', input, config, 2);
}

/** `[gradient of input]`: that of an output goes to the first one of equal largest elements, row by row. @see maxPooling2d */
function maxPooling2dBp(input: INDArray, gradient: INDArray, config: Pooling2DConfig): INDArray[] {
  return maxBp('maxPooling2dBp', input, gradient, config, 2);
}

/** The average of every window, over its elements that are not padding unless `divisor` says otherwise. Floating types. @see maxPooling2d */
function avgPooling2d(input: INDArray, config: Pooling2DConfig): INDArray {
  return average('avgPooling2d', input, config, 2);
}

/** `[gradient of input]`. @see avgPooling2d */
function avgPooling2dBp(input: INDArray, gradient: INDArray, config: Pooling2DConfig): INDArray[] {
  return averageBp('avgPooling2dBp', input, gradient, config, 2);
}

/** The largest element of every window of `[N, C, D, H, W]` (`[N, D, H, W, C]` unless isNCDHW). @see maxPooling2d */
function maxPooling3d(input: INDArray, config: Pooling3DConfig): INDArray {
  return max('maxPooling3d', input, config, 3);
}

/** `[gradient of input]`. @see maxPooling2dBp */
function maxPooling3dBp(input: INDArray, gradient: INDArray, config: Pooling3DConfig): INDArray[] {
  return maxBp('maxPooling3dBp', input, gradient, config, 3);
}

/** The average of every window of `[N, C, D, H, W]`, over its elements that are not padding. @see maxPooling3d */
function avgPooling3d(input: INDArray, config: Pooling3DConfig): INDArray {
  return average('avgPooling3d', input, config, 3);
}

/** `[gradient of input]`. @see avgPooling3d */
function avgPooling3dBp(input: INDArray, gradient: INDArray, config: Pooling3DConfig): INDArray[] {
  return averageBp('avgPooling3dBp', input, gradient, config, 3);
}

/**
 * `[maxPooling2d(input), places]`: places (LONG) are indices in the elements of one example, in 'c' order. (1.0.0-M2.1 gives results of the
 * input's shape, not filled, and numbers the elements instead of finding places.)
 * @see maxPooling2d
 */
function maxPoolWithArgmax(input: INDArray, config: Pooling2DConfig): INDArray[] {
  const name = 'maxPoolWithArgmax';
  const x = numericImage(name, input);
  const { window, shape } = poolingOf(name, x.geometry.shape, config, 2);
  const result = x.allocateDense(x.info, shape);
  const places = x.allocateDense(LONG, shape);
  const found = x.allocateDense(INT, shape);
  try {
    maxPoolPlaces(result, found, x, window);
    copy(places, found);
  } finally {
    releaseTemporary(found);
  }
  return [result, places];
}

/** The poolings of NDCNN. */
export const cnnPooling = {
  maxPooling2d,
  maxPooling2dBp,
  avgPooling2d,
  avgPooling2dBp,
  maxPooling3d,
  maxPooling3dBp,
  avgPooling3d,
  avgPooling3dBp,
  maxPoolWithArgmax,
} as const;
