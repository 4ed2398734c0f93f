// NDMath: arithmetic of two arrays, which broadcast, or of an array and a number. The result has the type of the first.

import { BOOL, type DataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import type { ArrayView } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binary, binaryScalar } from '../../ops/elementwise.ts';
import { checkDivisor, checkNumberDivisor } from '../arithmetic.ts';
import { compare } from '../comparing.ts';
import { integerPower } from '../integerPower.ts';
import type { INDArray } from '../ndarray.ts';
import {
  broadcastOperands,
  freshGeometry,
  isInteger,
  releaseTemporary,
  requireSameType,
  temporaryCopy,
  truncateFor,
} from '../operands.ts';
import { requireNumbers, requireNumericArrays } from './checks.ts';

/** x and another array or a number, in a new array. */
type Arithmetic = (x: INDArray, y: INDArray | number) => INDArray;
type Pairwise = (x: INDArray, y: INDArray) => INDArray;

/** op(x, y) of two numeric arrays in a new array of x's type. @throws {ND4JIllegalStateException} for shapes that do not broadcast, integer division by 0 */
function pairwise(name: string, op: Binary, integerOp: Binary = op): Pairwise {
  return (x, y) => {
    requireNumericArrays(name, x, y);
    const shape = broadcastOperands(name, x.geometry, y.geometry);
    if (!isInteger(x.info)) return into(op, x, y, shape);
    const cast = isInteger(y.info) ? y : (temporaryCopy(y, x.info) as unknown as INDArray);
    try {
      checkDivisor(name, integerOp, x, cast);
      return integerOp === Binary.POW ? integerPower(x, cast, x.info) : into(integerOp, x, cast, shape);
    } finally {
      if (cast !== y) releaseTemporary(cast);
    }
  };
}

function into(op: Binary, x: INDArray, y: ArrayView, shape: readonly number[]): INDArray {
  const result = x.allocate(x.info, denseGeometry(shape));
  binary(op, result, x, y);
  return result;
}

/** Like `pairwise`, and with a number, which loses its fraction beside integers. */
function arithmetic(name: string, op: Binary, numberOp: Binary = op): Arithmetic {
  const both = pairwise(name, op);
  return (x, y) => {
    if (typeof y === 'object') return both(x, y);
    requireNumbers(name, y);
    requireNumericArrays(name, x);
    const value = numberFor(name, x.info, y);
    if (isInteger(x.info)) checkNumberDivisor(name, numberOp, x, value);
    if (numberOp === Binary.POW && isInteger(x.info)) return integerPower(x, value);
    const result = x.allocate(x.info, freshGeometry(x.geometry));
    binaryScalar(numberOp, result, x, value);
    return result;
  };
}

function numberFor(name: string, info: DataTypeInfo, value: number): number {
  return isInteger(info) ? truncateFor(name, info, value) : value;
}

/** For BOOL arrays. 1.0.0-M2.1 reads beyond the second array when it is smaller; here both broadcast. */
function logical(name: string, op: Binary): Pairwise {
  return (x, y) => {
    for (const each of [x, y]) {
      checkArgument(name, each === x ? 'X' : 'Y', each);
      if (each.info !== BOOL) {
        throw new ND4JIllegalStateException(
          `Cannot ${name} an array of type ${each.info.name}: must be a boolean array; use castTo(DataType.BOOL)`,
        );
      }
    }
    return compare(name, op, x, y);
  };
}

/** The arithmetic family of NDMath. */
export const mathArithmetic = {
  /** x + y. */
  add: arithmetic('add', Binary.ADD),
  /** x − y. */
  sub: arithmetic('sub', Binary.SUB),
  /** x · y. */
  mul: arithmetic('mul', Binary.MUL),
  /** x / y; of integers without the fraction. */
  div: arithmetic('div', Binary.DIV),
  /** y − x. */
  rsub: arithmetic('rsub', Binary.RSUB),
  /** y / x; of integers without the fraction. */
  rdiv: arithmetic('rdiv', Binary.RDIV),
  /** x to the power of y. */
  pow: arithmetic('pow', Binary.POW),
  /** The next whole number below x / y; of integers, as in 1.0.0-M2.1, x / y without the fraction. */
  floorDiv: pairwise('floorDiv', Binary.FLOOR_DIV, Binary.DIV),
  /** The remainder of x / y with the sign of y; beside a number, as in 1.0.0-M2.1, with the sign of x. */
  floorMod: arithmetic('floorMod', Binary.FLOOR_MOD, Binary.FMOD),
  /** The remainder of x / y: with the sign of y, of integers with the sign of x. */
  mod: pairwise('mod', Binary.FLOOR_MOD, Binary.FMOD),
  /** The larger of x and y. */
  max: pairwise('max', Binary.MAX),
  /** The smaller of x and y. */
  min: pairwise('min', Binary.MIN),
  /** (x − y)². */
  squaredDifference: pairwise('squaredDifference', Binary.SQUARED_DIFFERENCE),
  /** The angle of the point with ordinate `y`, the first argument, and abscissa `x`; of integers without the fraction. Arrays of one type. */
  atan2(y: INDArray, x: INDArray): INDArray {
    requireNumericArrays('atan2', y, x);
    requireSameType('atan2', y, x);
    const shape = broadcastOperands('atan2', y.geometry, x.geometry);
    const result = y.allocate(y.info, denseGeometry(shape));
    binary(Binary.ATAN2, result, x, y);
    return result;
  },
  /** x and y, of BOOL arrays. */
  and: logical('and', Binary.AND),
  /** x or y, of BOOL arrays. */
  or: logical('or', Binary.OR),
  /** Either x or y, of BOOL arrays. */
  xor: logical('xor', Binary.XOR),
} as const;
