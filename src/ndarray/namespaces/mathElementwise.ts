// NDMath: functions of one array, element by element.

import { BOOL } from '../../core/dataType.ts';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { checkArgument } from '../../memory/validity.ts';
import { Binary, Unary } from '../../ops/codes.ts';
import { binaryScalar, unary } from '../../ops/elementwise.ts';
import { map } from '../mapping.ts';
import type { INDArray } from '../ndarray.ts';
import { freshGeometry, requireFloating, requireNotBoolean } from '../operands.ts';
import { requireNumbers } from './checks.ts';

/** A function of the elements of x, in a new array of its shape. */
type Elementwise = (x: INDArray) => INDArray;

/** Keeps the type of x, whatever it is but BOOL. */
function anyType(name: string, op: Unary): Elementwise {
  return (x) => map(name, op, x);
}

/** For floating arrays. @throws {ND4JIllegalStateException} for others */
function floating(name: string, op: Unary, p0 = 0, p1 = 0): Elementwise {
  return (x) => {
    checkArgument(name, 'X', x);
    requireFloating(name, x);
    return map(name, op, x, p0, p1);
  };
}

/** Answers in BOOL. */
function question(name: string, op: Unary): Elementwise {
  return (x) => {
    checkArgument(name, 'X', x);
    requireNotBoolean(name, x);
    const result = x.allocate(BOOL, denseGeometry(x.geometry.shape));
    unary(op, result, x);
    return result;
  };
}

const natural = floating('log', Unary.LOG);
const root = floating('rsqrt', Unary.SQRT);

/** The elementwise family of NDMath. BOOL arrays are refused; so are integers where the result is no integer, unless a comment says otherwise. */
export const mathElementwise = {
  /** |x|, of any numeric type. */
  abs: anyType('abs', Unary.ABS),
  acos: floating('acos', Unary.ACOS),
  acosh: floating('acosh', Unary.ACOSH),
  asin: floating('asin', Unary.ASIN),
  asinh: floating('asinh', Unary.ASINH),
  atan: floating('atan', Unary.ATAN),
  atanh: floating('atanh', Unary.ATANH),
  /** The next whole number above, of any numeric type. */
  ceil: anyType('ceil', Unary.CEIL),
  cos: floating('cos', Unary.COS),
  cosh: floating('cosh', Unary.COSH),
  /** x³, of any numeric type. */
  cube: anyType('cube', Unary.CUBE),
  /** The error function. */
  erf: floating('erf', Unary.ERF),
  /** 1 − erf(x). */
  erfc: floating('erfc', Unary.ERFC),
  exp: floating('exp', Unary.EXP),
  /** e^x − 1. */
  expm1: floating('expm1', Unary.EXPM1),
  /** The next whole number below, of any numeric type. */
  floor: anyType('floor', Unary.FLOOR),
  /** BOOL: neither NaN nor infinite. 1.0.0-M2.1 fails to run this and the next two. */
  isFinite: question('isFinite', Unary.IS_FINITE),
  isInfinite: question('isInfinite', Unary.IS_INF),
  isNaN: question('isNaN', Unary.IS_NAN),
  /** ln x, or the logarithm to another base. */
  log(x: INDArray, base?: number): INDArray {
    if (base === undefined) return natural(x);
    requireNumbers('log', base);
    return floating('log', Unary.LOG_BASE, base)(x);
  },
  /** ln(1 + x). */
  log1p: floating('log1p', Unary.LOG1P),
  /** −x, of any numeric type. */
  neg: anyType('neg', Unary.NEG),
  /** 1.7159 · tanh(2x / 3), roughly. */
  rationalTanh: floating('rationalTanh', Unary.RATIONAL_TANH),
  /** 1 / x, of integers without the fraction. @throws {ND4JIllegalStateException} for an integer 0, which crashes 1.0.0-M2.1 */
  reciprocal(x: INDArray): INDArray {
    checkArgument('reciprocal', 'X', x);
    if (x.info.isFloating) return map('reciprocal', Unary.RECIPROCAL, x);
    return x.rdiv(1);
  },
  /** The larger of 0 and tanh x. */
  rectifiedTanh: floating('rectifiedTanh', Unary.RECTIFIED_TANH),
  /** The nearest whole number, halves away from 0, of any numeric type. */
  round: anyType('round', Unary.ROUND),
  /** 1 / √x. */
  rsqrt(x: INDArray): INDArray {
    const result = root(x);
    unary(Unary.RECIPROCAL, result, result);
    return result;
  },
  /** −1, 0 or 1, of any numeric type; 0 for NaN. */
  sign: anyType('sign', Unary.SIGN),
  sin: floating('sin', Unary.SIN),
  sinh: floating('sinh', Unary.SINH),
  sqrt: floating('sqrt', Unary.SQRT),
  /** x², of any numeric type. */
  square: anyType('square', Unary.SQUARE),
  tan: floating('tan', Unary.TAN),
  tanh: floating('tanh', Unary.TANH),
  /** 1 above the cutoff (of integers without its fraction), else 0; x's type. */
  step(x: INDArray, cutoff: number): INDArray {
    checkArgument('step', 'X', x);
    requireNotBoolean('step', x);
    requireNumbers('step', cutoff);
    const result = x.allocate(x.info, freshGeometry(x.geometry));
    binaryScalar(Binary.GT, result, x, x.info.isFloating ? cutoff : Math.trunc(cutoff));
    return result;
  },
  /** x between two bounds. @throws {ND4JIllegalStateException} when the lower one is above the upper one */
  clipByValue(x: INDArray, min: number, max: number): INDArray {
    requireNumbers('clipByValue', min, max);
    if (min > max) {
      throw new ND4JIllegalStateException(
        `Cannot clipByValue between ${min} and ${max}: the lower bound must not be above the upper one`,
      );
    }
    return floating('clipByValue', Unary.CLIP, min, max)(x);
  },
} as const;
