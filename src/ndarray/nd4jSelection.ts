// Nd4j's choices among elements: where, clearNans.

import { LONG } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { Conditions, EPS_THRESHOLD } from './conditions.ts';
import { assignWhere, maskOf, scalarFor } from './masks.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, requireSameType } from './operands.ts';

/**
 * With a condition alone: the positions of its elements that are not 0, one LONG vector per dimension. With x and y: one array with x's
 * elements where the condition is not 0, else y's. (1.0.0-M2.1 takes y's and x's, against its documentation.)
 * @throws {ND4JIllegalStateException} when the three do not have one shape, or x and y not one type
 */
function where(condition: INDArray): INDArray[];
function where(condition: INDArray, x: INDArray, y: INDArray): INDArray[];
function where(condition: INDArray, x?: INDArray, y?: INDArray): INDArray[] {
  checkArgument('where', 'X', condition);
  const chosen = Conditions.notEquals(0);
  if (x === undefined || y === undefined) return positions(condition);
  checkArgument('where', 'Y', x);
  checkArgument('where', 'Z', y);
  requireSameType('where', x, y);
  for (const each of [x, y]) {
    if (!sameShape(each.geometry.shape, condition.geometry.shape)) {
      throw new ND4JIllegalStateException(
        `Cannot choose by where from ${formatShape(each.geometry.shape)} with a condition of shape ${formatShape(condition.geometry.shape)}: the shapes must be equal`,
      );
    }
  }
  const result = x.allocateDense(x.info, x.geometry.shape);
  copy(result, y);
  const mask = maskOf(condition, chosen);
  assignWhere(result, x, mask);
  releaseTemporary(mask);
  return [result];
}

/** The indices of all elements that are not 0, one LONG vector per dimension. */
function positions(condition: INDArray): INDArray[] {
  const { shape } = condition.geometry;
  const count = reduceAll(Reduce.COUNT_NON_ZERO, condition);
  const results = shape.map(() => condition.allocate(LONG, denseGeometry([count])));
  const mask = maskOf(condition, Conditions.notEquals(0));
  const chosen = mask.buffer.window() as Uint8Array;
  const windows = results.map((each) => each.buffer.window() as BigInt64Array);
  let found = 0;
  for (let at = chosen.indexOf(1); at >= 0; at = chosen.indexOf(1, at + 1)) {
    let rest = at;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const size = shape[dimension] as number;
      (windows[dimension] as BigInt64Array)[found] = BigInt(rest % size);
      rest = Math.floor(rest / size);
    }
    found++;
  }
  releaseTemporary(mask);
  return results;
}

/** Replaces NaN by 1e-5, in place. */
function clearNans(x: INDArray): INDArray {
  checkArgument('clearNans', 'X', x);
  if (!x.isR()) return x;
  const mask = maskOf(x, Conditions.isNan());
  const small = scalarFor(x, EPS_THRESHOLD);
  assignWhere(x, small, mask);
  releaseTemporary(small);
  releaseTemporary(mask);
  return x;
}

/** The family of choices of `Nd4j`. @see org.nd4j.linalg.factory.Nd4j */
export const nd4jSelection = { where, clearNans } as const;
