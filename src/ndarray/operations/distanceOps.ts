// Distances between two arrays. Constructors: (x, y, …) and (x, y, z, …); then `allDistances`, or keepDims and `allDistances`, if given; then the
// dimensions: none are all.

import { Reduce } from '../../ops/reduceCodes.ts';
import type { Dimensions } from '../dimensions.ts';
import { type Distance, distance, mathDistances } from '../namespaces/mathDistances.ts';
import type { INDArray } from '../ndarray.ts';
import { type OpClass, type Optional, opClass, sorted } from './arrayOp.ts';

/** Arguments of a distance. With `allDistances` the result has one for every pair of vectors of x and of y. */
export type DistanceArguments =
  | [x: INDArray, y: INDArray, ...dimensions: Dimensions]
  | [x: INDArray, y: INDArray, allDistances: boolean, ...dimensions: Dimensions]
  | [x: INDArray, y: INDArray, keepDims: boolean, allDistances: boolean, ...dimensions: Dimensions]
  | [x: INDArray, y: INDArray, z: Optional, ...dimensions: Dimensions]
  | [x: INDArray, y: INDArray, z: Optional, allDistances: boolean, ...dimensions: Dimensions]
  | [x: INDArray, y: INDArray, z: Optional, keepDims: boolean, allDistances: boolean, ...dimensions: Dimensions];

function distanceClass(name: string, between: Distance): OpClass<DistanceArguments> {
  return opClass(name, (...args: DistanceArguments) => {
    const { arrays, flags, numbers } = sorted(name, args);
    const [x = null, y = null, z = null] = arrays;
    const [keepDims, all] = flags.length > 1 ? (flags as [boolean, boolean]) : [false, flags[0] ?? false];
    return { x, y, z, compute: (a, b) => between(a, b as INDArray, keepDims, all, ...numbers) };
  });
}

/** √Σ (x − y)². */
export const EuclideanDistance = distanceClass('euclidean', mathDistances.euclideanDistance);
/** Σ |x − y|. */
export const ManhattanDistance = distanceClass('manhattan', mathDistances.manhattanDistance);
/** The cosine of the angle between x and y. */
export const CosineSimilarity = distanceClass('cosinesimilarity', mathDistances.cosineSimilarity);
/** 1 − CosineSimilarity. */
export const CosineDistance = distanceClass('cosinedistance', mathDistances.cosineDistance);
/** The share of positions that differ. */
export const HammingDistance = distanceClass('hammingdistance', mathDistances.hammingDistance);
/** 1 − Σ min(x, y) / Σ max(x, y). */
export const JaccardDistance = distanceClass('jaccarddistance', mathDistances.jaccardDistance);
/** Σ x·y. */
export const Dot = distanceClass('dot', distance('dot', Reduce.DOT));
