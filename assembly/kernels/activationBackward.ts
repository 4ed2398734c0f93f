// Backward of activations: x is the pre-activation, y the gradient of the output; a row gives y · f′(x). f32 and f64 lanes.

import { Constant, constant, one, zero } from '../simd/constants';
import { exp, sigmoid, tanh } from '../simd/functions';
import { mishN, rationalDivisor } from './activationFormulas';
import { Binary } from './codes';
import { mapBinary } from './map';

/** 1 − t². */
function oneMinusSquare<T>(t: v128): v128 {
  return v128.sub<T>(one<T>(), v128.mul<T>(t, t));
}

/** x, or y · x below 0: a leaky ReLU with a learned slope y. */
@final
@unmanaged
class Prelu {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.bitselect(v128.mul<T>(x, y), x, v128.lt<T>(x, zero<T>()));
  }
}

/** d/dx of x · σ(x): s · (1 + x · (1 − s)). Also of x · σ(cx) / c at cx. */
function swishSlope<T>(x: v128): v128 {
  const s = sigmoid<T>(x);
  return v128.mul<T>(s, v128.add<T>(one<T>(), v128.mul<T>(x, v128.sub<T>(one<T>(), s))));
}

@final
@unmanaged
class CubeBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(y, v128.mul<T>(constant<T>(Constant.THREE), v128.mul<T>(x, x)));
  }
}

/** p0: α; DL4J always passes 1. */
@final
@unmanaged
class EluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const inner = v128.bitselect(one<T>(), v128.mul<T>(p, exp<T>(x)), v128.ge<T>(x, zero<T>()));
    return v128.mul<T>(y, inner);
  }
}

@final
@unmanaged
class GeluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(y, swishSlope<T>(v128.mul<T>(constant<T>(Constant.GELU_SCALE), x)));
  }
}

/** DL4J's own constants, its cubes included. */
@final
@unmanaged
class GeluPreciseBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const a = v128.mul<T>(constant<T>(Constant.GELU_BP_ARGUMENT_CUBIC), x);
    const b = v128.mul<T>(constant<T>(Constant.GELU_BP_LINE_CUBIC), x);
    const u = v128.add<T>(v128.mul<T>(constant<T>(Constant.GELU_BP_ARGUMENT), x), v128.mul<T>(a, v128.mul<T>(a, a)));
    const line = v128.add<T>(v128.mul<T>(constant<T>(Constant.GELU_BP_LINE), x), v128.mul<T>(b, v128.mul<T>(b, b)));
    const t = tanh<T>(u);
    const slope = v128.add<T>(constant<T>(Constant.HALF), v128.mul<T>(constant<T>(Constant.HALF), t));
    return v128.mul<T>(y, v128.add<T>(slope, v128.mul<T>(line, oneMinusSquare<T>(t))));
  }
}

@final
@unmanaged
class HardSigmoidBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const inside = v128.le<T>(v128.abs<T>(x), constant<T>(Constant.SLOPE_END));
    return v128.and(v128.mul<T>(y, constant<T>(Constant.SLOPE)), inside);
  }
}

@final
@unmanaged
class HardTanhBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.and(y, v128.le<T>(v128.abs<T>(x), one<T>()));
  }
}

/** p0: slope below 0. */
@final
@unmanaged
class LeakyReluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.bitselect(v128.mul<T>(p, y), y, v128.lt<T>(x, zero<T>()));
  }
}

/** t + x · t′ with t = n / (n + 2), t′ = 4 w (w + 1) / (n + 2)². */
@final
@unmanaged
class MishBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const bounded = v128.pmin<T>(x, constant<T>(Constant.MISH_LINEAR));
    const w = exp<T>(bounded);
    const n = mishN<T>(w);
    const divisor = v128.add<T>(n, constant<T>(Constant.TWO));
    const t = v128.div<T>(n, divisor);
    const rise = v128.mul<T>(constant<T>(Constant.FOUR), v128.mul<T>(w, v128.add<T>(w, one<T>())));
    const slope = v128.div<T>(rise, v128.mul<T>(divisor, divisor));
    return v128.mul<T>(y, v128.add<T>(t, v128.mul<T>(bounded, slope)));
  }
}

@final
@unmanaged
class RationalTanhBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const d = v128.mul<T>(constant<T>(Constant.TWO_THIRDS), x);
    const size = v128.abs<T>(d);
    const divisor = rationalDivisor<T>(d);
    const quartic = v128.mul<T>(constant<T>(Constant.RATIONAL_QUARTIC_4), v128.mul<T>(size, v128.mul<T>(d, d)));
    const rise = v128.add<T>(one<T>(), v128.add<T>(v128.add<T>(size, size), quartic));
    const slope = v128.div<T>(rise, v128.mul<T>(divisor, divisor));
    return v128.mul<T>(y, v128.mul<T>(constant<T>(Constant.RATIONAL_SLOPE), slope));
  }
}

@final
@unmanaged
class RectifiedTanhBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const slope = oneMinusSquare<T>(tanh<T>(x));
    return v128.and(v128.mul<T>(y, slope), v128.gt<T>(x, zero<T>()));
  }
}

/** p0: threshold. */
@final
@unmanaged
class ReluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.and(y, v128.gt<T>(x, p));
  }
}

@final
@unmanaged
class Relu6Bp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const inside = v128.and(v128.gt<T>(x, zero<T>()), v128.lt<T>(x, constant<T>(Constant.SIX)));
    return v128.and(y, inside);
  }
}

@final
@unmanaged
class SeluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const below = v128.mul<T>(constant<T>(Constant.SELU_ALPHA), exp<T>(x));
    const slope = v128.bitselect(one<T>(), below, v128.gt<T>(x, zero<T>()));
    return v128.mul<T>(y, v128.mul<T>(constant<T>(Constant.SELU_LAMBDA), slope));
  }
}

@final
@unmanaged
class SigmoidBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const s = sigmoid<T>(x);
    return v128.mul<T>(y, v128.mul<T>(s, v128.sub<T>(one<T>(), s)));
  }
}

@final
@unmanaged
class SoftplusBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(y, sigmoid<T>(x));
  }
}

@final
@unmanaged
class SoftsignBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const d = v128.add<T>(one<T>(), v128.abs<T>(x));
    return v128.mul<T>(y, v128.div<T>(one<T>(), v128.mul<T>(d, d)));
  }
}

@final
@unmanaged
class SwishBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(y, swishSlope<T>(x));
  }
}

@final
@unmanaged
class TanhBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(y, oneMinusSquare<T>(tanh<T>(x)));
  }
}

/** p0: threshold. */
@final
@unmanaged
class ThresholdedReluBp {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.and(y, v128.gt<T>(x, p));
  }
}

function rows<T>(op: i32, out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32, p0: f64): void {
  switch (op) {
    case Binary.RELU_BP:
      return mapBinary<ReluBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.LEAKY_RELU_BP:
      return mapBinary<LeakyReluBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.PRELU:
      return mapBinary<Prelu, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.CUBE_BP:
      return mapBinary<CubeBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.ELU_BP:
      return mapBinary<EluBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.GELU_BP:
      return mapBinary<GeluBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.GELU_PRECISE_BP:
      return mapBinary<GeluPreciseBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.HARD_SIGMOID_BP:
      return mapBinary<HardSigmoidBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.HARD_TANH_BP:
      return mapBinary<HardTanhBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.MISH_BP:
      return mapBinary<MishBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.RATIONAL_TANH_BP:
      return mapBinary<RationalTanhBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.RECTIFIED_TANH_BP:
      return mapBinary<RectifiedTanhBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.RELU6_BP:
      return mapBinary<Relu6Bp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SELU_BP:
      return mapBinary<SeluBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SIGMOID_BP:
      return mapBinary<SigmoidBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SOFTPLUS_BP:
      return mapBinary<SoftplusBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SOFTSIGN_BP:
      return mapBinary<SoftsignBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SWISH_BP:
      return mapBinary<SwishBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.TANH_BP:
      return mapBinary<TanhBp, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.THRESHOLDED_RELU_BP:
      return mapBinary<ThresholdedReluBp, T>(out, x, xStep, y, yStep, length, p0);
  }
}

/** Operators from PRELU on. */
export function activationBackward(
  op: i32,
  compute: i32,
  out: usize,
  x: usize,
  xStep: usize,
  y: usize,
  yStep: usize,
  length: u32,
  p0: f64,
): void {
  if (compute == 0) rows<f32>(op, out, x, xStep, y, yStep, length, p0);
  else rows<f64>(op, out, x, xStep, y, yStep, length, p0);
}
