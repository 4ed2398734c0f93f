// The BLAS calls that ND4J offers on arrays as vectors.

import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { checkArgument } from '../memory/validity.ts';
import { Binary } from '../ops/codes.ts';
import { binary } from '../ops/elementwise.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import type { INDArray } from './ndarray.ts';
import { requireNumeric, requireSameType } from './operands.ts';
import { comparePair, reduceNumber } from './reducing.ts';

/** What `Nd4j.getBlasWrapper()` gives. @see org.nd4j.linalg.factory.BlasWrapper */
export const blasWrapper = {
  /** Σ x·y. */
  dot: (x: INDArray, y: INDArray): number => comparePair('dot', Reduce.DOT, x, y),

  /** y = y + alpha·x, in place. Both have one type and one length. */
  axpy(alpha: number, x: INDArray, y: INDArray): INDArray {
    checkArgument('axpy', 'X', x);
    checkArgument('axpy', 'Z', y);
    requireNumeric('axpy', x);
    requireSameType('axpy', x, y);
    if (x.length() !== y.length()) {
      throw new ND4JIllegalStateException(
        `Cannot axpy ${formatShape(x.geometry.shape)} to ${formatShape(y.geometry.shape)}: both must have the same number of elements`,
      );
    }
    binary(Binary.AXPY, y, y, x.equalShapes(y) ? x : x.reshape(...y.geometry.shape), alpha);
    return y;
  },

  /** x = alpha·x, in place. */
  scal: (alpha: number, x: INDArray): INDArray => x.muli(alpha),

  /** √Σ x². */
  nrm2: (x: INDArray): number => reduceNumber('nrm2', Reduce.NORM2, x),

  /** Σ |x|. */
  asum: (x: INDArray): number => reduceNumber('asum', Reduce.ABS_SUM, x),

  /** Index of the first element of the largest magnitude. */
  iamax: (x: INDArray): number => reduceNumber('iamax', Reduce.ARG_ABS_MAX, x),
} as const;
