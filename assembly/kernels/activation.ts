// Activations and the fast elementary functions: one row each, on f32 and f64 lanes. Formulas are those of DL4J, constants of float32 included.

import { Constant, constant, one, withSign, zero } from '../simd/constants';
import { logOf } from '../simd/elementary';
import { exp, log, sigmoid, tanh } from '../simd/functions';
import { F32 } from '../simd/functionsF32';
import { Unary } from './codes';
import { mishN, rationalDivisor } from './activationFormulas';
import { KEPT_ALSO, mapHalves, mapUnary } from './map';

/** p0: slope below 0. */
@final
@unmanaged
class LeakyRelu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.bitselect(v128.mul<T>(p, x), x, v128.lt<T>(x, zero<T>()));
  }
}

/** x above p0, else 0. */
@final
@unmanaged
class ThresholdedRelu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.and(x, v128.gt<T>(x, p));
  }
}

@final
@unmanaged
class HardSigmoid {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const line = v128.add<T>(v128.mul<T>(constant<T>(Constant.SLOPE), x), constant<T>(Constant.HALF));
    return v128.pmin<T>(v128.pmax<T>(line, zero<T>()), one<T>());
  }
}

@final
@unmanaged
class HardTanh {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.pmin<T>(v128.pmax<T>(x, constant<T>(Constant.MINUS_ONE)), one<T>());
  }
}

@final
@unmanaged
class Softsign {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.div<T>(x, v128.add<T>(one<T>(), v128.abs<T>(x)));
  }
}

@final
@unmanaged
class RationalTanh {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const d = v128.mul<T>(constant<T>(Constant.TWO_THIRDS), x);
    const part = v128.sub<T>(one<T>(), v128.div<T>(one<T>(), rationalDivisor<T>(d)));
    return v128.mul<T>(constant<T>(Constant.RATIONAL_SCALE), withSign<T>(part, x));
  }
}

@final
@unmanaged
class Exp {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return exp<T>(x);
  }
  @inline first(out: usize, kept: usize, x: v128): void {
    F32.expFirst(out, kept, x);
  }
  @inline second(y: v128, kept: usize): v128 {
    return F32.expSecond(y, kept);
  }
}

@final
@unmanaged
class Log {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return sizeof<T>() == 4 ? F32.log(x) : log<T>(x);
  }
}

/** p: logarithm of the base. */
@final
@unmanaged
class LogBase {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.div<T>(log<T>(x), p);
  }
}

@final
@unmanaged
class Tanh {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return tanh<T>(x);
  }
  @inline first(out: usize, kept: usize, x: v128): void {
    F32.tanhFirst(out, kept, x);
  }
  @inline second(y: v128, kept: usize): v128 {
    return F32.tanhSecond(y, kept);
  }
}

@final
@unmanaged
class Sigmoid {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return sigmoid<T>(x);
  }
  @inline first(out: usize, kept: usize, x: v128): void {
    F32.sigmoidFirst(out, kept, x);
  }
  @inline second(y: v128, kept: usize): v128 {
    return F32.sigmoidSecond(y, kept);
  }
}

@final
@unmanaged
class Swish {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, sigmoid<T>(x));
  }
  @inline first(out: usize, kept: usize, x: v128): void {
    v128.store(kept + KEPT_ALSO, x);
    F32.sigmoidFirst(out, kept, x);
  }
  @inline second(y: v128, kept: usize): v128 {
    return f32x4.mul(v128.load(kept + KEPT_ALSO), F32.sigmoidSecond(y, kept));
  }
}

@final
@unmanaged
class Gelu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, sigmoid<T>(v128.mul<T>(constant<T>(Constant.GELU_SCALE), x)));
  }
  @inline first(out: usize, kept: usize, x: v128): void {
    v128.store(kept + KEPT_ALSO, x);
    F32.sigmoidFirst(out, kept, f32x4.mul(constant<f32>(Constant.GELU_SCALE), x));
  }
  @inline second(y: v128, kept: usize): v128 {
    return f32x4.mul(v128.load(kept + KEPT_ALSO), F32.sigmoidSecond(y, kept));
  }
}

/** The cube takes the constant with it, as in DL4J. */
@final
@unmanaged
class GeluPrecise {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const cube = v128.mul<T>(constant<T>(Constant.GELU_CUBIC), x);
    const u = v128.add<T>(x, v128.mul<T>(cube, v128.mul<T>(cube, cube)));
    const t = tanh<T>(v128.mul<T>(constant<T>(Constant.ROOT_TWO_OVER_PI), u));
    return v128.mul<T>(v128.mul<T>(constant<T>(Constant.HALF), x), v128.add<T>(one<T>(), t));
  }
}

/** ln(1 + e^x) without a guard, as in DL4J: ∞ from x = 89 (float) or 710 on. */
@final
@unmanaged
class Softplus {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return log<T>(v128.add<T>(one<T>(), exp<T>(x)));
  }
}

/** p0: α. */
@final
@unmanaged
class Elu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const below = v128.mul<T>(p, v128.sub<T>(exp<T>(x), one<T>()));
    return v128.bitselect(x, below, v128.ge<T>(x, zero<T>()));
  }
}

@final
@unmanaged
class Selu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const alpha = constant<T>(Constant.SELU_ALPHA);
    const below = v128.sub<T>(v128.mul<T>(alpha, exp<T>(x)), alpha);
    const inner = v128.bitselect(x, below, v128.gt<T>(x, zero<T>()));
    return v128.mul<T>(constant<T>(Constant.SELU_LAMBDA), inner);
  }
}

/** x · tanh(ln(1 + w)) = x · n / (n + 2) with w = e^x, n = w² + 2w. */
@final
@unmanaged
class Mish {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const n = mishN<T>(exp<T>(v128.pmin<T>(x, constant<T>(Constant.MISH_LINEAR))));
    return v128.mul<T>(x, v128.div<T>(n, v128.add<T>(n, constant<T>(Constant.TWO))));
  }
}

@final
@unmanaged
class RectifiedTanh {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.pmax<T>(tanh<T>(x), zero<T>());
  }
}

/** float32 in two loops (map.ts), float64 in one. */
// @ts-ignore: decorator
@inline
function mapLong<Op, T>(out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (sizeof<T>() == 4) mapHalves<Op>(out, x, length);
  else mapUnary<Op, T>(out, x, length, p0, p1);
}

function rows<T>(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  switch (op) {
    case Unary.LEAKY_RELU:
      return mapUnary<LeakyRelu, T>(out, x, length, p0, p1);
    case Unary.THRESHOLDED_RELU:
      return mapUnary<ThresholdedRelu, T>(out, x, length, p0, p1);
    case Unary.HARD_SIGMOID:
      return mapUnary<HardSigmoid, T>(out, x, length, p0, p1);
    case Unary.HARD_TANH:
      return mapUnary<HardTanh, T>(out, x, length, p0, p1);
    case Unary.SOFTSIGN:
      return mapUnary<Softsign, T>(out, x, length, p0, p1);
    case Unary.RATIONAL_TANH:
      return mapUnary<RationalTanh, T>(out, x, length, p0, p1);
    case Unary.EXP:
      return mapLong<Exp, T>(out, x, length, p0, p1);
    case Unary.LOG:
      return mapUnary<Log, T>(out, x, length, p0, p1);
    case Unary.LOG_BASE:
      return mapUnary<LogBase, T>(out, x, length, logOf(p0), p1);
    case Unary.TANH:
      return mapLong<Tanh, T>(out, x, length, p0, p1);
    case Unary.SIGMOID:
      return mapLong<Sigmoid, T>(out, x, length, p0, p1);
    case Unary.SWISH:
      return mapLong<Swish, T>(out, x, length, p0, p1);
    case Unary.GELU:
      return mapLong<Gelu, T>(out, x, length, p0, p1);
    case Unary.GELU_PRECISE:
      return mapUnary<GeluPrecise, T>(out, x, length, p0, p1);
    case Unary.SOFTPLUS:
      return mapUnary<Softplus, T>(out, x, length, p0, p1);
    case Unary.ELU:
      return mapUnary<Elu, T>(out, x, length, p0, p1);
    case Unary.SELU:
      return mapUnary<Selu, T>(out, x, length, p0, p1);
    case Unary.MISH:
      return mapUnary<Mish, T>(out, x, length, p0, p1);
    case Unary.RECTIFIED_TANH:
      return mapUnary<RectifiedTanh, T>(out, x, length, p0, p1);
  }
}

/** Operators from LEAKY_RELU to RECTIFIED_TANH. */
export function activation(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (compute == 0) rows<f32>(op, out, x, length, p0, p1);
  else rows<f64>(op, out, x, length, p0, p1);
}
