// Operations of an array and a number. Constructors: (x, number), which replaces x's elements, (x, z, number) and (x, y, z, number), where
// y is not used; a new array for a null z.

import { Binary, Unary } from '../../ops/codes.ts';
import { fill } from '../../ops/layout.ts';
import { combineNumber, combineNumberInPlace } from '../arithmetic.ts';
import { compareNumber } from '../comparing.ts';
import { map, mapInto } from '../mapping.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry } from '../operands.ts';
import { type OpClass, type Optional, opClass, sorted } from './arrayOp.ts';

/** Arguments of an operation with a number; without z, x itself is the result. */
export type ScalarArguments =
  | [x: INDArray, value?: number]
  | [x: INDArray, z: Optional, value?: number]
  | [x: INDArray, y: Optional, z: Optional, value?: number];

type WithNumber = (x: INDArray, value: number, z: Optional) => INDArray;

function scalarClass(name: string, initial: number, compute: WithNumber, replaces = true): OpClass<ScalarArguments> {
  return opClass(name, (...args: ScalarArguments) => {
    const { arrays, numbers } = sorted(name, args);
    const [x = null] = arrays;
    const z = arrays.length > 1 ? (arrays.at(-1) ?? null) : replaces ? x : null;
    const [value = initial] = numbers;
    return { x, z, compute: (from, _y, out) => compute(from, value, out) };
  });
}

const arithmetic = (name: string, op: Binary, initial = 0): OpClass<ScalarArguments> =>
  scalarClass(name, initial, (x, value, z) =>
    z === x ? combineNumberInPlace(name, op, x, value) : combineNumber(name, op, x, value, z ?? undefined),
  );
const comparison = (name: string, op: Binary): OpClass<ScalarArguments> =>
  scalarClass(name, 0, (x, value) => compareNumber(name, op, x, value), false);
const activation = (name: string, op: Unary, initial: number): OpClass<ScalarArguments> =>
  scalarClass(name, initial, (x, value, z) => (z === null ? map(name, op, x, value) : mapInto(name, op, x, z, value)));

/** z = x + value. */
export const ScalarAdd = arithmetic('add_scalar', Binary.ADD);
/** z = x − value. */
export const ScalarSubtraction = arithmetic('sub_scalar', Binary.SUB);
/** z = x · value. */
export const ScalarMultiplication = arithmetic('mul_scalar', Binary.MUL);
/** z = x / value. */
export const ScalarDivision = arithmetic('div_scalar', Binary.DIV);
/** z = value − x. */
export const ScalarReverseSubtraction = arithmetic('rsub_scalar', Binary.RSUB);
/** z = value / x. */
export const ScalarReverseDivision = arithmetic('rdiv_scalar', Binary.RDIV);
/** z = the larger of both. */
export const ScalarMax = arithmetic('max_scalar', Binary.MAX);
/** z = the smaller of both. */
export const ScalarMin = arithmetic('scalar_min', Binary.MIN);
/** The remainder of x / value with the sign of x. */
export const ScalarFMod = arithmetic('fmod_scalar', Binary.FMOD);
/** x to the power of value. */
export const Pow = arithmetic('pow', Binary.POW);
/** z = value everywhere. */
export const ScalarSet = scalarClass('set_scalar', 0, (x, value, z) => {
  const out = z ?? x.allocate(x.info, freshGeometry(x.geometry));
  fill(out, value);
  return out;
});
/** x where x ≥ 0, else x · value (0.01 unless given). */
export const LeakyReLU = activation('leakyrelu', Unary.LEAKY_RELU, 0.01);
/** x above value (0 unless given), else value. */
export const RectifiedLinear = arithmetic('relu', Binary.MAX);

/** z = x < value as BOOL; without z a new array. */
export const ScalarLessThan = comparison('lessthan_scalar', Binary.LT);
/** z = x ≤ value as BOOL. @see ScalarLessThan */
export const ScalarLessThanOrEqual = comparison('lessthanorequal_scalar', Binary.LTE);
/** z = x > value as BOOL. @see ScalarLessThan */
export const ScalarGreaterThan = comparison('greaterthan_scalar', Binary.GT);
/** z = x ≥ value as BOOL. @see ScalarLessThan */
export const ScalarGreaterThanOrEqual = comparison('greaterthanorequal_scalar', Binary.GTE);
/** z = (x = value) as BOOL. @see ScalarLessThan */
export const ScalarEquals = comparison('equals_scalar', Binary.EQ);
/** z = (x ≠ value) as BOOL. @see ScalarLessThan */
export const ScalarNotEquals = comparison('notequals_scalar', Binary.NEQ);
