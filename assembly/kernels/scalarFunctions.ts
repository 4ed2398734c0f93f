// Elementary functions that are rarely hot: one f64 at a time, for both floating types.

import { acoshOf, asinhOf, atanhOf, coshOf, expm1Of, expOf, log1pOf, sinhOf } from '../simd/elementary';
import { erf, erfc } from '../simd/erf';
import { Unary } from './codes';
import { F32 } from '../simd/functionsF32';
import { KEPT_ALSO, mapHalves, mapScalarUnary } from './map';

@final
@unmanaged
class Erf {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return erf(x);
  }
}

@final
@unmanaged
class Erfc {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return erfc(x);
  }
}

@final
@unmanaged
class Expm1 {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return expm1Of(x);
  }
}

@final
@unmanaged
class Log1p {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return log1pOf(x);
  }
}

@final
@unmanaged
class LogSigmoid {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return -(log1pOf(expOf(-Math.abs(x))) - (x > 0 ? 0 : x));
  }
}

@final
@unmanaged
class Sin {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.sin(x);
  }
}

@final
@unmanaged
class Cos {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.cos(x);
  }
}

@final
@unmanaged
class Tan {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.tan(x);
  }
}

@final
@unmanaged
class Asin {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.asin(x);
  }
}

@final
@unmanaged
class Acos {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.acos(x);
  }
}

@final
@unmanaged
class Atan {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return Math.atan(x);
  }
}

@final
@unmanaged
class Sinh {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return sinhOf(x);
  }
}

@final
@unmanaged
class Cosh {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return coshOf(x);
  }
}

@final
@unmanaged
class Asinh {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return asinhOf(x);
  }
}

@final
@unmanaged
class Acosh {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return acoshOf(x);
  }
}

@final
@unmanaged
class Atanh {
  @inline at(x: f64, p: f64, q: f64): f64 {
    return atanhOf(x);
  }
}

@final
@unmanaged
class ErfOfFloats {
  @inline first(out: usize, kept: usize, x: v128): void {
    v128.store(kept + KEPT_ALSO, x);
    F32.erfFirst(out, kept, x);
  }
  @inline second(y: v128, kept: usize): v128 {
    return F32.erfSecond(y, kept, v128.load(kept + KEPT_ALSO));
  }
}

/** Operators from LOG_SIGMOID on, and ERF of DOUBLE. */
export function scalarFunction(op: i32, double: bool, out: usize, x: usize, length: u32, p0: f64, p1: f64): void {
  switch (op) {
    case Unary.ERF:
      return mapScalarUnary<Erf>(double, out, x, length, p0, p1);
    case Unary.ERFC:
      return mapScalarUnary<Erfc>(double, out, x, length, p0, p1);
    case Unary.EXPM1:
      return mapScalarUnary<Expm1>(double, out, x, length, p0, p1);
    case Unary.LOG1P:
      return mapScalarUnary<Log1p>(double, out, x, length, p0, p1);
    case Unary.LOG_SIGMOID:
      return mapScalarUnary<LogSigmoid>(double, out, x, length, p0, p1);
    case Unary.SIN:
      return mapScalarUnary<Sin>(double, out, x, length, p0, p1);
    case Unary.COS:
      return mapScalarUnary<Cos>(double, out, x, length, p0, p1);
    case Unary.TAN:
      return mapScalarUnary<Tan>(double, out, x, length, p0, p1);
    case Unary.ASIN:
      return mapScalarUnary<Asin>(double, out, x, length, p0, p1);
    case Unary.ACOS:
      return mapScalarUnary<Acos>(double, out, x, length, p0, p1);
    case Unary.ATAN:
      return mapScalarUnary<Atan>(double, out, x, length, p0, p1);
    case Unary.SINH:
      return mapScalarUnary<Sinh>(double, out, x, length, p0, p1);
    case Unary.COSH:
      return mapScalarUnary<Cosh>(double, out, x, length, p0, p1);
    case Unary.ASINH:
      return mapScalarUnary<Asinh>(double, out, x, length, p0, p1);
    case Unary.ACOSH:
      return mapScalarUnary<Acosh>(double, out, x, length, p0, p1);
    case Unary.ATANH:
      return mapScalarUnary<Atanh>(double, out, x, length, p0, p1);
  }
}

/** ERF of FLOAT. */
export function errorFunction(out: usize, x: usize, length: u32): void {
  mapHalves<ErfOfFloats>(out, x, length);
}
