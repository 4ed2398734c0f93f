// Products and distances between two arrays, and between all vectors of two arrays.

import { FLOAT } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, Geometry } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { cosineSimilarity, cosineSimilarityAll, reducePair } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import { defaultTypes } from './defaultTypes.ts';
import type { INDArray } from './ndarray.ts';
import { normalizeDimensions, requireNumeric } from './operands.ts';
import { pairOf } from './reducing.ts';

function floatingInfo(x: ArrayHandle): typeof FLOAT {
  return x.info.isFloating ? x.info : defaultTypes.floating;
}

/** Cosine of the angle between x and y, rounded to float32 unless they are DOUBLE. */
export function cosine(name: string, x: INDArray, y: INDArray): number {
  const [a, b] = pairOf(name, x, y);
  const value = cosineSimilarityAll(a, b);
  return floatingInfo(x) === FLOAT ? Math.fround(value) : value;
}

/** Σ x·y as a scalar array. */
export function dotProduct(x: INDArray, y: INDArray): INDArray {
  const [a, b] = pairOf('dot', x, y);
  const result = x.allocate(floatingInfo(x), denseGeometry([]));
  reducePair(Reduce.DOT, result, a, b, []);
  return result;
}

/** op between all vectors of x and all of y along the dimensions, [n, m] in 'c' order; the cosine for null. A vector y counts as one. */
export function allDistances(
  name: string,
  op: Reduce | null,
  x: INDArray,
  y: INDArray,
  dimensions: readonly number[],
): INDArray {
  checkArgument(name, 'X', x);
  checkArgument(name, 'Y', y);
  requireNumeric(name, x);
  requireNumeric(name, y);
  const along = dimensions.length === 0 ? [1] : dimensions;
  const left = vectorsOf(x, along);
  const right = y.rank() === 1 ? y.reshape(1, y.length()) : vectorsOf(y, along);
  const size = left.size(1);
  if (right.size(1) !== size) {
    throw new ND4JIllegalStateException(
      `Cannot take ${name} of ${formatShape(x.geometry.shape)} and ${formatShape(y.geometry.shape)} along dimensions ${formatShape(along)}: vectors have ${size} and ${right.size(1)} elements, needed is the same number`,
    );
  }
  const shape = [left.size(0), right.size(0), size] as const;
  const a = spread(left, shape, 0);
  const b = spread(right, shape, 1);
  const result = x.allocate(floatingInfo(x), denseGeometry([shape[0], shape[1]]));
  if (op === null) cosineSimilarity(result, a, b, [2]);
  else reducePair(op, result, a, b, [2]);
  return result;
}

/** The tensors along dimensions as rows of a matrix. */
function vectorsOf(x: INDArray, dimensions: readonly number[]): INDArray {
  const along = normalizeDimensions(dimensions, x.rank());
  const kept = x.shape().flatMap((_, dimension) => (along.includes(dimension) ? [] : [dimension]));
  const size = along.reduce((product, dimension) => product * x.size(dimension), 1);
  return x.permute(...kept, ...along).reshape(x.length() / size, size);
}

/** A matrix seen as [n, m, size], repeated along the other of the first two dimensions. */
function spread(matrix: INDArray, shape: readonly number[], dimension: 0 | 1): INDArray {
  const [row, column] = matrix.geometry.strides as [number, number];
  const strides = dimension === 0 ? [row, 0, column] : [0, row, column];
  return matrix.viewOf(matrix.offset, new Geometry(shape, strides, 'c'));
}
