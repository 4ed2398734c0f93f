// Normalizations in place: to length 1, to mean 0 and deviation 1.

import { formatShape, ND4JIllegalArgumentException } from '../core/errors.ts';
import { checkArgument } from '../memory/validity.ts';
import { EPS_THRESHOLD } from './conditions.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary } from './operands.ts';

/** Divides a vector by its norm, in place; all zeros stay. @throws {ND4JIllegalArgumentException} when it is no vector */
export function unitVec(x: INDArray): INDArray {
  checkArgument('unitVec', 'X', x);
  if (!x.isVectorOrScalar()) {
    throw new ND4JIllegalArgumentException(
      `Cannot take unitVec: Array must be a vector. Array has shape: ${formatShape(x.geometry.shape)}`,
    );
  }
  const norm = x.norm2Number();
  return norm > 0 ? x.divi(norm) : x;
}

/** Makes every column of a matrix have mean 0 and (sample) deviation 1, in place; 1e-5 is added to the deviations. A vector counts as one column. */
export function normalizeZeroMeanAndUnitVariance(x: INDArray): INDArray {
  checkArgument('normalizeZeroMeanAndUnitVariance', 'X', x);
  const means = x.mean(0);
  const deviations = x.std(0);
  if (x.rank() === 1) x.subi(means).divi(deviations.addi(EPS_THRESHOLD));
  else x.subiRowVector(means).diviRowVector(deviations.addi(EPS_THRESHOLD));
  releaseTemporary(means);
  releaseTemporary(deviations);
  return x;
}
