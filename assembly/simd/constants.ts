// Constants in all lanes of T, loaded from memory: a third of the code of a written one, and V8 rebuilds those at every use.
// DL4J writes some constants of activations as float32 also for DOUBLE; so do these tables.

import { splatAt } from './lanes';

/** Rows of both tables. */
export enum Constant {
  ZERO,
  ONE,
  TWO,
  THREE,
  FOUR,
  SIX,
  HALF,
  MINUS_ONE,
  MINUS_ZERO, // the sign bit
  INFINITY,
  SLOPE, // HARDSIGMOID
  SLOPE_END,
  GELU_SCALE, // GELU
  GELU_CUBIC, // GELU(precise)
  ROOT_TWO_OVER_PI,
  GELU_BP_ARGUMENT, // its slope
  GELU_BP_ARGUMENT_CUBIC,
  GELU_BP_LINE,
  GELU_BP_LINE_CUBIC,
  RATIONAL_SCALE, // RATIONALTANH
  RATIONAL_QUARTIC,
  RATIONAL_QUARTIC_4, // 4 · the above
  TWO_THIRDS,
  RATIONAL_SLOPE, // RATIONAL_SCALE · TWO_THIRDS
  SELU_LAMBDA, // SELU
  SELU_ALPHA,
  MISH_LINEAR, // from here on mish(x) is x
}

const FLOATS: usize = memory.data<f32>([
  0,
  1,
  2,
  3,
  4,
  6,
  0.5,
  -1,
  -0.0,
  Infinity,
  0.2,
  2.5,
  1.702,
  0.044715,
  0.797884561,
  0.797885,
  0.0356774,
  0.398942,
  0.0535161,
  1.7159,
  1.41645,
  5.66580009,
  0.666666667,
  1.1439333,
  1.05070099,
  1.67326324,
  30,
], 16);

const DOUBLES: usize = memory.data<f64>([
  0,
  1,
  2,
  3,
  4,
  6,
  0.5,
  -1,
  -0.0,
  Infinity,
  0.20000000298023224,
  2.5,
  1.7020000219345093,
  0.044714999999999998,
  0.79788456080286541,
  0.79788499999999996,
  0.035677399999999998,
  0.39894200000000002,
  0.053516099999999997,
  1.7158999443054199,
  1.416450023651123,
  5.6658000946044922,
  0.66666666666666663,
  1.1439332962036133,
  1.0507009873554805,
  1.6732632423543772,
  30,
], 16);

/** A constant by its row. */
// @ts-ignore: decorator
@inline
export function constant<T>(row: Constant): v128 {
  return splatAt<T>(sizeof<T>() == 4 ? FLOATS : DOUBLES, <usize>row);
}

// @ts-ignore: decorator
@inline
export function zero<T>(): v128 {
  return constant<T>(Constant.ZERO);
}

// @ts-ignore: decorator
@inline
export function one<T>(): v128 {
  return constant<T>(Constant.ONE);
}

/** 1 where the mask is set, else 0. */
// @ts-ignore: decorator
@inline
export function truth<T>(mask: v128): v128 {
  return v128.and(mask, one<T>());
}

/** size with the sign of x. */
// @ts-ignore: decorator
@inline
export function withSign<T>(size: v128, x: v128): v128 {
  return v128.bitselect(x, size, constant<T>(Constant.MINUS_ZERO));
}
