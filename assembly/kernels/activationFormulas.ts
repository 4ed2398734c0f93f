// Constants and terms that an activation and its derivative share. DL4J writes some constants as float32 even for DOUBLE.

/** Slope of HARDSIGMOID. */
export const SLOPE: f32 = 0.2;
export const GELU_SCALE: f32 = 1.702;
export const RATIONAL_SCALE: f32 = 1.7159;
export const RATIONAL_QUARTIC: f32 = 1.41645;
export const ROOT_TWO_OVER_PI: f64 = 0.7978845608028654;
export const SELU_LAMBDA: f64 = 1.0507009873554804934193349852946;
export const SELU_ALPHA: f64 = 1.6732632423543772848170429916717;
/** From here on mish(x) is x in both types. */
export const MISH_LINEAR: f64 = 30;

/** w² + 2w. */
export function mishN<T>(w: v128): v128 {
  return v128.mul<T>(w, v128.add<T>(w, v128.splat<T>(2)));
}

/** 2/3 in T, as a quotient of T. */
export function twoThirds<T>(): T {
  return <T>2 / <T>3;
}

/** 1 + |d| + d² + 1.41645 d⁴. */
export function rationalDivisor<T>(d: v128): v128 {
  const d2 = v128.mul<T>(d, d);
  const sum = v128.add<T>(v128.add<T>(v128.splat<T>(1), v128.abs<T>(d)), d2);
  return v128.add<T>(sum, v128.mul<T>(v128.splat<T>(<T>RATIONAL_QUARTIC), v128.mul<T>(d2, d2)));
}

/** size with the sign of x. */
export function withSign<T>(size: v128, x: v128): v128 {
  return v128.bitselect(x, size, v128.splat<T>(-0.0));
}
