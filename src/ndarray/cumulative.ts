// Cumulative sums along a dimension.

import { denseGeometry, normalizeDimension } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { cumulativeSum } from '../ops/cumulative.ts';
import { copy } from '../ops/layout.ts';
import type { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireNumeric, temporaryCopy } from './operands.ts';

/** Running sums of x along a dimension, in a new 'c' array or in x itself. Vectors are summed along their length. */
export function cumulate(name: string, x: ArrayHandle, dimension: number, inPlace: boolean): INDArray {
  checkArgument(name, 'X', x);
  requireNumeric(name, x);
  const along = x.isVector() ? x.geometry.shape.indexOf(x.length()) : normalizeDimension(dimension, x.rank());
  if (inPlace && x.geometry.isDenseC) {
    if (x.rank() > 0) cumulativeSum(x, along);
    return x as unknown as INDArray;
  }
  const result = inPlace ? temporaryCopy(x, x.info, 'c') : x.allocate(x.info, denseGeometry(x.geometry.shape));
  if (!inPlace) copy(result, x);
  if (x.rank() > 0) cumulativeSum(result, along);
  if (!inPlace) return result as unknown as INDArray;
  copy(x, result);
  releaseTemporary(result);
  return x as unknown as INDArray;
}
