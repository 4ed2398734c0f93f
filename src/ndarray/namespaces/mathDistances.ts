// NDMath: distances between two arrays along dimensions, or between all vectors of both.

import type { DataTypeInfo } from '../../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../../core/errors.ts';
import { broadcastTo, denseGeometry, sameShape } from '../../core/geometry.ts';
import { Binary } from '../../ops/codes.ts';
import { binaryScalar } from '../../ops/elementwise.ts';
import { cosineSimilarity, reducePair } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { defaultTypes } from '../defaultTypes.ts';
import { type Dimensions, readArguments } from '../dimensions.ts';
import { allDistances } from '../distances.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary, requireSameType } from '../operands.ts';
import { reducedShape } from '../reducing.ts';
import { dimensionsOf } from './along.ts';
import { requireNumericArrays } from './checks.ts';

/**
 * Between x and y along dimensions (none are all). With `isComplex` between all vectors of x and all of y, [n, m]; `keepDims` counts
 * without it. @throws {ND4JIllegalStateException} for arrays of two types or shapes
 */
export interface Distance {
  (x: INDArray, y: INDArray, ...dimensions: Dimensions): INDArray;
  (x: INDArray, y: INDArray, keepDims: boolean, isComplex: boolean, ...dimensions: Dimensions): INDArray;
}

/** The distance of a reduction; op null is the cosine. */
export function distance(name: string, op: Reduce | null, finish: (result: INDArray) => void = () => {}): Distance {
  return (x: INDArray, y: INDArray, ...args: unknown[]) => {
    const { flags, dimensions } = readArguments(name, args, 2);
    const [keepDims = false, isComplex = false] = flags;
    requireNumericArrays(name, x, y);
    requireSameType(name, x, y);
    const asVectors = x.rank() < 2 || dimensions.length === 0;
    const asRow = (each: INDArray): INDArray => (asVectors ? each.reshape(1, each.length()) : each);
    const result = isComplex
      ? allDistances(name, op, asRow(x), asRow(y), asVectors ? [1] : dimensions)
      : between(name, op, x, y, dimensionsOf(x, dimensions), keepDims);
    finish(result);
    return result;
  };
}

function between(
  name: string,
  op: Reduce | null,
  x: INDArray,
  y: INDArray,
  along: readonly number[],
  keepDims: boolean,
): INDArray {
  const info: DataTypeInfo = x.info.isFloating ? x.info : defaultTypes.floating;
  const other = viewLike(name, x, y, along);
  const result = x.allocate(info, denseGeometry(reducedShape(x.geometry, along, keepDims)));
  if (op === null) cosineSimilarity(result, x, other, along);
  else reducePair(op, result, x, other, along);
  return result;
}

/** y in x's shape: as it is, or one tensor along the dimensions, repeated. */
function viewLike(name: string, x: INDArray, y: INDArray, along: readonly number[]): INDArray {
  const { shape } = x.geometry;
  if (sameShape(shape, y.geometry.shape)) return y;
  const sizes = shape.map((size, dimension) => (along.includes(dimension) ? size : 1));
  if (y.length() === sizes.reduce((product, size) => product * size, 1)) {
    const one = y.reshape(...sizes);
    return one.viewOf(one.offset, broadcastTo(one.geometry, shape));
  }
  throw new ND4JIllegalStateException(
    `Cannot take ${name} of ${formatShape(shape)} and ${formatShape(y.geometry.shape)} along dimensions ${formatShape(along)}: the second must have the same shape, or that of one tensor along the dimensions`,
  );
}

const jaccard = distance('jaccardDistance', Reduce.JACCARD);

/** The family of distances of NDMath. */
export const mathDistances = {
  /** 1 − cosineSimilarity. */
  cosineDistance: distance('cosineDistance', null, (result) => binaryScalar(Binary.RSUB, result, result, 1)),
  /** The cosine of the angle between x and y. */
  cosineSimilarity: distance('cosineSimilarity', null),
  /** √Σ (x − y)². */
  euclideanDistance: distance('euclideanDistance', Reduce.EUCLIDEAN),
  /** The share of positions that differ. */
  hammingDistance: distance('hammingDistance', Reduce.HAMMING),
  /** 1 − Σ min(x, y) / Σ max(x, y), in the default floating type whatever the arrays have, as in 1.0.0-M2.1. */
  jaccardDistance: ((x: INDArray, y: INDArray, ...args: unknown[]) => {
    const result = (jaccard as (...all: unknown[]) => INDArray)(x, y, ...args);
    if (result.info === defaultTypes.floating) return result;
    const cast = result.castTo(defaultTypes.floating.name);
    releaseTemporary(result);
    return cast;
  }) as Distance,
  /** Σ |x − y|. */
  manhattanDistance: distance('manhattanDistance', Reduce.MANHATTAN),
} as const;
