// isMax: 1 at the largest element, 0 elsewhere.

import { type DataType, dataTypeInfo, LONG } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { writeElement } from '../memory/element.ts';
import { checkArgument } from '../memory/validity.ts';
import { fill } from '../ops/layout.ts';
import { reduce } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { requireResult } from './arithmetic.ts';
import type { INDArray } from './ndarray.ts';
import { freshGeometry, normalizeDimensions, releaseTemporary, requireNumeric } from './operands.ts';
import { reducedShape } from './reducing.ts';

/**
 * 1 at the first largest element of all (or of every tensor along the dimensions, in 'c' order), 0 elsewhere. Without more arguments the result
 * replaces x's elements, as in ND4J; with an array it goes there, with a type into a new array of that type.
 */
export function isMax(x: INDArray): INDArray;
export function isMax(x: INDArray, result: INDArray): INDArray;
export function isMax(x: INDArray, type: DataType, ...dimensions: number[]): INDArray;
export function isMax(x: INDArray, how?: INDArray | DataType, ...dimensions: number[]): INDArray {
  checkArgument('isMax', 'X', x);
  if (typeof how === 'object') {
    checkArgument('isMax', 'Z', how);
    requireResult('isMax', how, x.geometry.shape, how.info);
  }
  requireNumeric('isMax', x);
  const rank = x.rank();
  const along = dimensions.length === 0 ? x.shape().map((_, d) => d) : normalizeDimensions(dimensions, rank);
  const out =
    how === undefined ? x : typeof how === 'object' ? how : x.allocate(dataTypeInfo(how), freshGeometry(x.geometry));
  const places = x.allocate(LONG, denseGeometry(reducedShape(x.geometry, rank === 0 ? [] : along, false)));
  reduce(Reduce.ARG_MAX, places, x, along);
  fill(out, 0);
  const found = Array.from(places.buffer.window() as BigInt64Array).slice(
    places.offset,
    places.offset + places.length(),
  );
  const kept = x.shape().flatMap((_, d) => (along.includes(d) ? [] : [d]));
  found.forEach((place, index) => {
    const at = new Array<number>(rank).fill(0);
    unfold(at, kept, index, x);
    unfold(at, along, Number(place), x);
    writeElement(
      out.buffer,
      at.reduce((offset, i, d) => offset + i * (out.geometry.strides[d] as number), out.offset),
      1,
    );
  });
  releaseTemporary(places);
  return out;
}

/** Writes the indices along `dimensions` that a position in their 'c' order means. */
function unfold(at: number[], dimensions: readonly number[], position: number, x: INDArray): void {
  let rest = position;
  for (let i = dimensions.length - 1; i >= 0; i--) {
    const dimension = dimensions[i] as number;
    at[dimension] = rest % x.size(dimension);
    rest = Math.floor(rest / x.size(dimension));
  }
}
