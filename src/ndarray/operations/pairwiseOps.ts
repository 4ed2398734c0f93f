// Operations of two arrays that broadcast: arithmetic and comparisons. Constructors: (x, y), (x, y, z), or lists ([x, y], [z]).

import { BOOL } from '../../core/dataType.ts';
import { Binary } from '../../ops/codes.ts';
import { combine } from '../arithmetic.ts';
import { compare } from '../comparing.ts';
import type { INDArray } from '../ndarray.ts';
import { type OpClass, type Optional, opClass } from './arrayOp.ts';
import { type CustomOpClass, customOpClass } from './customOp.ts';

type Lists = [inputs: readonly INDArray[], outputs?: readonly INDArray[]];
/** Arguments of an operation of two arrays; without z the result is a new array. */
export type PairArguments = [x: INDArray, y: INDArray, z?: Optional] | Lists;

type Pair = (x: INDArray, y: INDArray, z: Optional) => INDArray;

function pairClass(name: string, pair: Pair): CustomOpClass<PairArguments> {
  return customOpClass(name, (...args: PairArguments) => {
    const isList = Array.isArray(args[0]);
    const [inputs, outputs] = isList ? (args as Lists) : [args.slice(0, 2), args[2] ? [args[2]] : []];
    return {
      inputs: inputs as INDArray[],
      outputs: (outputs as INDArray[] | undefined) ?? [],
      compute: ([x, y], [z]) => [pair(x as INDArray, y as INDArray, z ?? null)],
    };
  });
}

const arithmetic = (name: string, op: Binary): CustomOpClass<PairArguments> =>
  pairClass(name, (x, y, z) => combine(name, op, x, y, z ?? undefined));
const comparison = (name: string, op: Binary): CustomOpClass<PairArguments> =>
  pairClass(name, (x, y) => compare(name, op, x, y));

/** z = x + y. */
export const AddOp = arithmetic('add', Binary.ADD);
/** z = x − y. */
export const SubOp = arithmetic('subtract', Binary.SUB);
/** z = x · y. */
export const MulOp = arithmetic('multiply', Binary.MUL);
/** z = x / y. */
export const DivOp = arithmetic('divide', Binary.DIV);
/** z = y − x. */
export const RSubOp = arithmetic('reversesubtract', Binary.RSUB);
/** z = y / x. */
export const RDivOp = arithmetic('reversedivide', Binary.RDIV);
/** z = ⌊x / y⌋. */
export const FloorDivOp = arithmetic('floordiv', Binary.FLOOR_DIV);
/** z = x − y·⌊x / y⌋. */
export const FloorModOp = arithmetic('floormod', Binary.FLOOR_MOD);
/** z = (x − y)². */
export const SquaredDifferenceOp = arithmetic('squaredsubtract', Binary.SQUARED_DIFFERENCE);

/** z = x > y as BOOL. */
export const GreaterThan = comparison('greater', Binary.GT);
/** z = x ≥ y as BOOL. */
export const GreaterThanOrEqual = comparison('greater_equal', Binary.GTE);
/** z = x < y as BOOL. */
export const LessThan = comparison('less', Binary.LT);
/** z = x ≤ y as BOOL. */
export const LessThanOrEqual = comparison('less_equal', Binary.LTE);
/** z = (x = y) as BOOL. */
export const EqualTo = comparison('equals', Binary.EQ);
/** z = (x ≠ y) as BOOL. */
export const NotEqualTo = comparison('not_equals', Binary.NEQ);

/** Arguments of a logical operation. Without z the result replaces a BOOL x; of other types it is a new BOOL array. */
export type LogicalArguments = [x: INDArray, y: INDArray, z?: Optional];

function logical(name: string, op: Binary): OpClass<LogicalArguments> {
  return opClass(name, (x, y, z = x?.info === BOOL ? x : null) => ({
    x,
    y,
    z,
    compute: (a, b) => compare(name, op, a, b as INDArray),
  }));
}

/** z = x ≠ 0 or y ≠ 0. */
export const Or = logical('or', Binary.OR);
/** z = x ≠ 0 and y ≠ 0. */
export const And = logical('and', Binary.AND);
/** z = either of both, not both. */
export const Xor = logical('xor', Binary.XOR);
