// Functions of the elements of one array. Constructors: (x), which replaces x's elements, and (x, z); a new array for a null z.

import { Unary } from '../../ops/codes.ts';
import { test } from '../comparing.ts';
import { map, mapInto } from '../mapping.ts';
import type { INDArray } from '../ndarray.ts';
import { requireFloating } from '../operands.ts';
import { type OpClass, type Optional, opClass } from './arrayOp.ts';

/** Arguments of a function of the elements: without z, x itself is the result. */
export type TransformArguments = [x: INDArray, z?: Optional];

function same(name: string, op: Unary, isFloating = false): OpClass<TransformArguments> {
  return opClass(name, (x, z = x) => ({
    x,
    z,
    compute(from, _y, out) {
      if (isFloating) requireFloating(name, from);
      return out === null ? map(name, op, from) : mapInto(name, op, from, out);
    },
  }));
}

const floating = (name: string, op: Unary): OpClass<TransformArguments> => same(name, op, true);
const question = (name: string, op: Unary): OpClass<TransformArguments> =>
  opClass(name, (x, z = null) => ({ x, z, compute: (from) => test(name, op, from) }));

/** x · (1 − x). */
export const TimesOneMinus = same('timesoneminus', Unary.TIMES_ONE_MINUS);
/** 1 − x. */
export const OneMinus = same('oneminus', Unary.ONE_MINUS);
/** |x|. */
export const Abs = same('abs', Unary.ABS);
/** −x. */
export const Negative = same('neg', Unary.NEG);
/** The next whole number above. */
export const Ceil = same('ceil', Unary.CEIL);
/** The next whole number below. */
export const Floor = same('floor', Unary.FLOOR);
/** The nearest whole number. */
export const Round = same('round', Unary.ROUND);
/** −1, 0 or 1. */
export const Sign = same('sign', Unary.SIGN);
/** x². */
export const Square = same('square', Unary.SQUARE);
/** x³. */
export const Cube = same('cube', Unary.CUBE);
/** 1 / x. */
export const Reciprocal = floating('Reciprocal', Unary.RECIPROCAL);
/** z = x. */
export const Assign = same('old_assign', Unary.COPY);
/** e^x. */
export const Exp = floating('exp', Unary.EXP);
/** e^x − 1. */
export const Expm1 = floating('expm1', Unary.EXPM1);
/** ln x. */
export const Log = floating('log', Unary.LOG);
/** ln(1 + x). */
export const Log1p = floating('log1p', Unary.LOG1P);
/** √x. */
export const Sqrt = floating('sqrt', Unary.SQRT);
export const Sin = floating('sin', Unary.SIN);
export const Cos = floating('cos', Unary.COS);
export const Tan = floating('tan', Unary.TAN);
export const ASin = floating('asin', Unary.ASIN);
export const ACos = floating('acos', Unary.ACOS);
export const ATan = floating('atan', Unary.ATAN);
export const Sinh = floating('sinh', Unary.SINH);
export const Cosh = floating('cosh', Unary.COSH);
export const Tanh = floating('tanh', Unary.TANH);
export const ASinh = floating('asinh', Unary.ASINH);
export const ACosh = floating('acosh', Unary.ACOSH);
export const ATanh = floating('atanh', Unary.ATANH);
/** 1 / (1 + e^−x). */
export const Sigmoid = floating('sigmoid', Unary.SIGMOID);
/** ln sigmoid(x). */
export const LogSigmoid = floating('logsigmoid', Unary.LOG_SIGMOID);
/** ln(1 + e^x). */
export const SoftPlus = floating('softplus', Unary.SOFTPLUS);
/** x / (1 + |x|). */
export const SoftSign = floating('softsign', Unary.SOFTSIGN);
/** x between −1 and 1. */
export const HardTanh = floating('hardtanh', Unary.HARD_TANH);
export const HardSigmoid = floating('hard_sigmoid', Unary.HARD_SIGMOID);
export const Swish = floating('swish', Unary.SWISH);
export const Mish = floating('mish', Unary.MISH);
export const GELU = floating('gelu', Unary.GELU);
export const PreciseGELU = floating('precise_gelu', Unary.GELU_PRECISE);
export const SELU = floating('selu', Unary.SELU);
export const RationalTanh = floating('rational_tanh', Unary.RATIONAL_TANH);
export const RectifiedTanh = floating('rectified_tanh', Unary.RECTIFIED_TANH);
/** The error function. */
export const Erf = floating('erf', Unary.ERF);
export const Erfc = floating('erfc', Unary.ERFC);

/** Whether an element is NaN, as BOOL; without z a new array. */
export const IsNaN = question('isnan', Unary.IS_NAN);
/** Whether an element is infinite, as BOOL. @see IsNaN */
export const IsInf = question('isinf', Unary.IS_INF);
/** Whether an element is finite, as BOOL. @see IsNaN */
export const IsFinite = question('isfinite', Unary.IS_FINITE);
