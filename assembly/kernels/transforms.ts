// Unary operators that are a few instructions: one row each, on f32 and f64 lanes and, up to RELU6, on 64-bit integers.

import { Constant, constant, one, truth, zero } from '../simd/constants';
import { Unary } from './codes';
import { mapUnary } from './map';

@final
@unmanaged
class Copy {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return x;
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x;
  }
}

@final
@unmanaged
class Abs {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.abs<T>(x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x < 0 ? -x : x;
  }
}

@final
@unmanaged
class Neg {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.neg<T>(x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return -x;
  }
}

@final
@unmanaged
class Square {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x * x;
  }
}

@final
@unmanaged
class Cube {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, v128.mul<T>(x, x));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x * x * x;
  }
}

/** 1, 0 or −1; 0 for NaN. */
@final
@unmanaged
class Sign {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.sub<T>(truth<T>(v128.gt<T>(x, zero<T>())), truth<T>(v128.lt<T>(x, zero<T>())));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return i64(x > 0) - i64(x < 0);
  }
}

@final
@unmanaged
class Not {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return truth<T>(v128.eq<T>(x, zero<T>()));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return i64(x == 0);
  }
}

@final
@unmanaged
class OneMinus {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.sub<T>(one<T>(), x);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return 1 - x;
  }
}

@final
@unmanaged
class TimesOneMinus {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.mul<T>(x, v128.sub<T>(one<T>(), x));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x * (1 - x);
  }
}

/** NaN stays, here and in the following: pmin and pmax give their first operand where the second is not beyond it. */
@final
@unmanaged
class Clip {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.pmin<T>(v128.pmax<T>(x, p), q);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x < p ? p : x > q ? q : x;
  }
}

/** 1 above the threshold p0. */
@final
@unmanaged
class Step {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return truth<T>(v128.gt<T>(x, p));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return i64(x > p);
  }
}

/** max(x, p0): DL4J's threshold is a floor. */
@final
@unmanaged
class Relu {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.pmax<T>(x, p);
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x < p ? p : x;
  }
}

/** NaN gives 6, as in DL4J. */
@final
@unmanaged
class Relu6 {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.pmin<T>(constant<T>(Constant.SIX), v128.pmax<T>(x, p));
  }
  @inline int(x: i64, p: i64, q: i64): i64 {
    return x < p ? p : x < 6 ? x : 6;
  }
}

@final
@unmanaged
class Sqrt {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.sqrt<T>(x);
  }
}

@final
@unmanaged
class Reciprocal {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.div<T>(one<T>(), x);
  }
}

@final
@unmanaged
class Ceil {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.ceil<T>(x);
  }
}

@final
@unmanaged
class Floor {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.floor<T>(x);
  }
}

/** Halves away from zero. */
@final
@unmanaged
class Round {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    const whole = v128.trunc<T>(x);
    const far = v128.ge<T>(v128.abs<T>(v128.sub<T>(x, whole)), constant<T>(Constant.HALF));
    const unit = v128.bitselect(x, one<T>(), constant<T>(Constant.MINUS_ZERO));
    return v128.bitselect(v128.add<T>(whole, unit), whole, far);
  }
}

/** Halves to even. */
@final
@unmanaged
class Rint {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return v128.nearest<T>(x);
  }
}

@final
@unmanaged
class IsNan {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return truth<T>(v128.ne<T>(x, x));
  }
}

@final
@unmanaged
class IsInf {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return truth<T>(v128.eq<T>(v128.abs<T>(x), constant<T>(Constant.INFINITY)));
  }
}

@final
@unmanaged
class IsFinite {
  @inline vec<T>(x: v128, p: v128, q: v128): v128 {
    return truth<T>(v128.lt<T>(v128.abs<T>(x), constant<T>(Constant.INFINITY)));
  }
}

/** Rows for every type. */
function rows<T>(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  switch (op) {
    case Unary.COPY:
      return mapUnary<Copy, T>(out, x, length, p0, p1);
    case Unary.ABS:
      return mapUnary<Abs, T>(out, x, length, p0, p1);
    case Unary.NEG:
      return mapUnary<Neg, T>(out, x, length, p0, p1);
    case Unary.SQUARE:
      return mapUnary<Square, T>(out, x, length, p0, p1);
    case Unary.CUBE:
      return mapUnary<Cube, T>(out, x, length, p0, p1);
    case Unary.SIGN:
      return mapUnary<Sign, T>(out, x, length, p0, p1);
    case Unary.NOT:
      return mapUnary<Not, T>(out, x, length, p0, p1);
    case Unary.ONE_MINUS:
      return mapUnary<OneMinus, T>(out, x, length, p0, p1);
    case Unary.TIMES_ONE_MINUS:
      return mapUnary<TimesOneMinus, T>(out, x, length, p0, p1);
    case Unary.CLIP:
      return mapUnary<Clip, T>(out, x, length, p0, p1);
    case Unary.STEP:
      return mapUnary<Step, T>(out, x, length, p0, p1);
    case Unary.RELU:
      return mapUnary<Relu, T>(out, x, length, p0, p1);
    case Unary.RELU6:
      return mapUnary<Relu6, T>(out, x, length, p0, p1);
  }
}

/** Rows for floating types only. */
function floatingRows<T>(op: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  switch (op) {
    case Unary.SQRT:
      return mapUnary<Sqrt, T>(out, x, length, p0, p1);
    case Unary.RECIPROCAL:
      return mapUnary<Reciprocal, T>(out, x, length, p0, p1);
    case Unary.CEIL:
      return mapUnary<Ceil, T>(out, x, length, p0, p1);
    case Unary.FLOOR:
      return mapUnary<Floor, T>(out, x, length, p0, p1);
    case Unary.ROUND:
      return mapUnary<Round, T>(out, x, length, p0, p1);
    case Unary.RINT:
      return mapUnary<Rint, T>(out, x, length, p0, p1);
    case Unary.IS_NAN:
      return mapUnary<IsNan, T>(out, x, length, p0, p1);
    case Unary.IS_INF:
      return mapUnary<IsInf, T>(out, x, length, p0, p1);
    case Unary.IS_FINITE:
      return mapUnary<IsFinite, T>(out, x, length, p0, p1);
    default:
      return rows<T>(op, out, x, length, p0, p1);
  }
}

/** Operators up to IS_FINITE. */
export function transform(op: i32, compute: i32, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  if (compute == 0) floatingRows<f32>(op, out, x, length, p0, p1);
  else if (compute == 1) floatingRows<f64>(op, out, x, length, p0, p1);
  else rows<i64>(op, out, x, length, p0, p1);
}
