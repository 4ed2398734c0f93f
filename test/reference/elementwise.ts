// Elementwise operators on float64 numbers, one plain expression each: the oracle of kernels and ops.

import type { Binary, Unary } from '../../src/ops/codes.ts';

const f32 = Math.fround;
const bool = (value: boolean): number => (value ? 1 : 0);
/** The first unless the second is beyond it: NaN in the second place loses, in the first it stays. */
function atLeast(x: number, low: number): number {
  if (x < low) return low;
  return x;
}

function atMost(x: number, high: number): number {
  if (x > high) return high;
  return x;
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const sech2 = (x: number): number => 1 / Math.cosh(x) ** 2;

/** The complement of the error function by its continued fraction; its factor e^(−x²) from a square without rounding. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < 0.5) return x < 0 ? 2 - erfc(-x) : 1 - erf(x);
  if (x > 28) return 0;
  let fraction = 0;
  for (let n = 2000; n > 0; n--) fraction = n / 2 / (x + fraction);
  const short = f32(x);
  return (Math.exp(-short * short) * Math.exp((short - x) * (short + x))) / (Math.sqrt(Math.PI) * (x + fraction));
}

/** The error function by its everywhere convergent series. */
export function erf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  if (Math.abs(x) > 6) return Math.sign(x);
  if (Math.abs(x) >= 2) return Math.sign(x) * (1 - erfc(Math.abs(x)));
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** x − y · n, n the nearest integer to x / y, halves to even; exact by working with the remainder of 2y. */
function remainder(x: number, y: number): number {
  if (!Number.isFinite(x) || y === 0) return Number.NaN;
  if (!Number.isFinite(y)) return Number.isNaN(y) ? y : x;
  const size = Math.abs(y);
  const rest = Math.abs(x) % (2 * size);
  const near = rest * 2 <= size ? rest : rest * 2 < 3 * size ? rest - size : rest - 2 * size;
  return x < 0 || Object.is(x, -0) ? -near : near;
}

function floorMod(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

function pow(x: number, y: number): number {
  return y === 0 || x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

function rational(d: number): number {
  return 1 + Math.abs(d) + d * d + f32(1.41645) * d ** 4;
}

const SELU = { lambda: 1.0507009873554805, alpha: 1.6732632423543772 };

type BinaryFunction = (x: number, y: number, p: number) => number;
type UnaryFunction = (x: number, p: number, q: number) => number;

/** op(x, y); the rows of activations: gradient y times the slope at x. */
export const binaryReference: Record<keyof typeof Binary, BinaryFunction> = {
  ADD: (x, y) => x + y,
  SUB: (x, y) => x - y,
  MUL: (x, y) => x * y,
  DIV: (x, y) => x / y,
  RSUB: (x, y) => y - x,
  RDIV: (x, y) => y / x,
  MAX: (x, y) => atLeast(y, x),
  MIN: (x, y) => atMost(y, x),
  SQUARED_DIFFERENCE: (x, y) => (x - y) ** 2,
  COPY: (_, y) => y,
  AXPY: (x, y, p) => x + p * y,
  EQ: (x, y) => bool(x === y),
  NEQ: (x, y) => bool(x !== y),
  GT: (x, y) => bool(x > y),
  GTE: (x, y) => bool(x >= y),
  LT: (x, y) => bool(x < y),
  LTE: (x, y) => bool(x <= y),
  AND: (x, y) => bool(x !== 0 && y !== 0),
  OR: (x, y) => bool(x !== 0 || y !== 0),
  XOR: (x, y) => bool((x !== 0) !== (y !== 0)),
  FMOD: (x, y) => x % y,
  REMAINDER: remainder,
  FLOOR_DIV: (x, y) => Math.floor(x / y),
  FLOOR_MOD: floorMod,
  POW: pow,
  ATAN2: (x, y) => Math.atan2(y, x),
  PRELU: (x, y) => (x < 0 ? x * y : x),
  CUBE_BP: (x, y) => y * 3 * x * x,
  ELU_BP: (x, y, p) => (x >= 0 ? y : y * p * Math.exp(x)),
  GELU_BP: (x, y) => {
    const u = f32(1.702) * x;
    return y * (sigmoid(u) + u * sigmoid(u) * sigmoid(-u));
  },
  GELU_PRECISE_BP: (x, y) => {
    const u = 0.797885 * x + (0.0356774 * x) ** 3;
    return y * (0.5 + (0.398942 * x + (0.0535161 * x) ** 3) * sech2(u) + 0.5 * Math.tanh(u));
  },
  HARD_SIGMOID_BP: (x, y) => (Math.abs(x) <= 2.5 ? y * f32(0.2) : 0),
  HARD_TANH_BP: (x, y) => (Math.abs(x) <= 1 ? y : 0),
  LEAKY_RELU_BP: (x, y, p) => (x < 0 ? p * y : y),
  MISH_BP: (x, y) => {
    const t = Math.tanh(Math.log1p(Math.exp(x)));
    return y * (t + x * (1 - t * t) * sigmoid(x));
  },
  RATIONAL_TANH_BP: (x, y) => {
    const d = (2 / 3) * x;
    const rise = 1 + 2 * Math.abs(d) + 4 * f32(1.41645) * Math.abs(d) ** 3;
    return (y * f32(1.7159) * (2 / 3) * rise) / rational(d) ** 2;
  },
  RECTIFIED_TANH_BP: (x, y) => (x > 0 ? y * sech2(x) : 0),
  RELU_BP: (x, y, p) => (x > p ? y : 0),
  RELU6_BP: (x, y) => (x > 0 && x < 6 ? y : 0),
  SELU_BP: (x, y) => y * SELU.lambda * (x > 0 ? 1 : SELU.alpha * Math.exp(x)),
  SIGMOID_BP: (x, y) => y * sigmoid(x) * sigmoid(-x),
  SOFTPLUS_BP: (x, y) => y * sigmoid(x),
  SOFTSIGN_BP: (x, y) => y / (1 + Math.abs(x)) ** 2,
  SWISH_BP: (x, y) => y * (sigmoid(x) + x * sigmoid(x) * sigmoid(-x)),
  TANH_BP: (x, y) => y * sech2(x),
  THRESHOLDED_RELU_BP: (x, y, p) => (x > p ? y : 0),
};

/** op(x) with the parameters p0 and p1. */
export const unaryReference: Record<keyof typeof Unary, UnaryFunction> = {
  COPY: (x) => x,
  ABS: (x) => Math.abs(x),
  NEG: (x) => -x,
  SQUARE: (x) => x * x,
  CUBE: (x) => x * x * x,
  SIGN: (x) => bool(x > 0) - bool(x < 0),
  NOT: (x) => bool(x === 0),
  ONE_MINUS: (x) => 1 - x,
  TIMES_ONE_MINUS: (x) => x * (1 - x),
  CLIP: (x, p, q) => atMost(atLeast(x, p), q),
  STEP: (x, p) => bool(x > p),
  RELU: (x, p) => atLeast(x, p),
  RELU6: (x, p) => (Number.isNaN(x) ? 6 : atMost(atLeast(x, p), 6)),
  SQRT: Math.sqrt,
  RECIPROCAL: (x) => 1 / x,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  ROUND: (x) => (Number.isInteger(x) || !Number.isFinite(x) ? x : Math.sign(x) * Math.floor(Math.abs(x) + 0.5)),
  RINT: (x) => {
    const low = Math.floor(x);
    if (!Number.isFinite(x) || x === low) return x;
    const up = x - low > 0.5 || (x - low === 0.5 && low % 2 !== 0);
    return up ? (low === -1 ? -0 : low + 1) : low;
  },
  IS_NAN: (x) => bool(Number.isNaN(x)),
  IS_INF: (x) => bool(Math.abs(x) === Infinity),
  IS_FINITE: (x) => bool(Number.isFinite(x)),
  LEAKY_RELU: (x, p) => (x < 0 ? p * x : x),
  THRESHOLDED_RELU: (x, p) => (x > p ? x : 0),
  HARD_SIGMOID: (x) => atMost(atLeast(f32(0.2) * x + 0.5, 0), 1),
  HARD_TANH: (x) => atMost(atLeast(x, -1), 1),
  SOFTSIGN: (x) => x / (1 + Math.abs(x)),
  RATIONAL_TANH: (x) => f32(1.7159) * (Object.is(x, -0) ? -0 : Math.sign(x)) * (1 - 1 / rational((2 / 3) * x)),
  EXP: Math.exp,
  LOG: Math.log,
  LOG_BASE: (x, p) => Math.log(x) / Math.log(p),
  TANH: Math.tanh,
  SIGMOID: sigmoid,
  SWISH: (x) => x * sigmoid(x),
  GELU: (x) => x * sigmoid(f32(1.702) * x),
  GELU_PRECISE: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + (0.044715 * x) ** 3))),
  SOFTPLUS: (x) => Math.log1p(Math.exp(x)),
  ELU: (x, p) => (x >= 0 ? x : p * Math.expm1(x)),
  SELU: (x) => SELU.lambda * (x > 0 ? x : SELU.alpha * Math.expm1(x)),
  MISH: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  RECTIFIED_TANH: (x) => (x > 0 || Number.isNaN(x) ? Math.tanh(x) : x === 0 ? x : 0),
  LOG_SIGMOID: (x) => (x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x))),
  ERF: erf,
  ERFC: erfc,
  EXPM1: Math.expm1,
  LOG1P: Math.log1p,
  SIN: Math.sin,
  COS: Math.cos,
  TAN: Math.tan,
  ASIN: Math.asin,
  ACOS: Math.acos,
  ATAN: Math.atan,
  SINH: Math.sinh,
  COSH: Math.cosh,
  ASINH: Math.asinh,
  ACOSH: Math.acosh,
  ATANH: Math.atanh,
};
