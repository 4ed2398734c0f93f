// Powers of integers, exact below 2⁵³, as the vector kernel's powers are not: a number that falls short by one bit loses 1 when it is stored.

import { type DataTypeInfo, promoteTypes } from '../core/dataType.ts';
import { arrayFrom, doublesOf } from './namespaces/doubles.ts';
import type { INDArray } from './ndarray.ts';
import { broadcastOperands, isInteger, requireNumeric } from './operands.ts';

/** True when both are integers, or a finite number beside integers. */
export function areIntegers(x: INDArray, y: INDArray | number): boolean {
  return isInteger(x.info) && (typeof y === 'number' ? Number.isFinite(y) : isInteger(y.info));
}

/** x to the power of integers or of a number without its fraction, in a new 'c' array of the wider type unless another one is given. */
export function integerPower(
  x: INDArray,
  y: INDArray | number,
  info: DataTypeInfo = typeof y === 'number' ? x.info : promoteTypes(x.info, y.info),
): INDArray {
  requireNumeric('pow', x);
  if (typeof y === 'number') {
    const exponent = Math.trunc(y);
    const powers = doublesOf(x).map((base) => base ** exponent);
    return arrayFrom(x, info, x.geometry.shape, powers);
  }
  requireNumeric('pow', y);
  const shape = broadcastOperands('pow', x.geometry, y.geometry);
  const exponents = doublesOf(y, shape);
  const powers = doublesOf(x, shape).map((base, index) => base ** (exponents[index] as number));
  return arrayFrom(x, info, shape, powers);
}
