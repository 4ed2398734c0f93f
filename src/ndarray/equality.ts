// Equality of arrays within a tolerance.

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import { sameShape } from '../core/geometry.ts';
import { readElement } from '../memory/element.ts';
import { checkArgument } from '../memory/validity.ts';
import { equalWithin } from '../ops/mask.ts';
import { ArrayHandle } from './arrayHandle.ts';
import type { INDArray } from './ndarray.ts';
import { releaseTemporary, temporaryCopy } from './operands.ts';

/** True when type and shape agree (vectors: rank and length) and all elements are equal within `eps`. */
export function areEqual(x: INDArray, other: unknown, eps: number): boolean {
  if (!(other instanceof ArrayHandle)) return false;
  checkArgument('equals', 'Y', other);
  if (x.isEmpty() || other.isEmpty())
    return x.isEmpty() && other.isEmpty() && sameShape(x.geometry.shape, other.geometry.shape);
  if (x.info !== other.info || x.rank() !== other.rank() || x.length() !== other.length()) return false;
  if (x.length() === 1) {
    return Math.abs(Number(readElement(x.buffer, x.offset)) - Number(readElement(other.buffer, other.offset))) < eps;
  }
  if (!sameShape(x.geometry.shape, other.geometry.shape) && !(x.isVector() && other.isVector())) return false;
  const a = comparable(x);
  const b = comparable(other);
  const equal = equalWithin(a, b, eps);
  if (a !== x) releaseTemporary(a);
  if (b !== other) releaseTemporary(b);
  return equal;
}

/** The elements as FLOAT or DOUBLE, dense in 'c' order. */
function comparable(x: ArrayHandle): ArrayHandle {
  const { info } = x;
  if ((info === FLOAT || info === DOUBLE) && x.geometry.isDenseC) return x;
  return temporaryCopy(x, info === FLOAT ? FLOAT : DOUBLE, 'c');
}
