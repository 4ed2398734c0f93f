// Binary arithmetic, comparison and logic: one row per operator, on f32 and f64 lanes and on 64-bit integers.
// Comparisons and logic give 1 and 0. Integers wrap; a quotient by 0 is 0.

import { truth, zero } from '../simd/constants';
import { fma } from '../simd/lanes';
import { Binary } from './codes';
import { mapBinary } from './map';

function quotient(x: i64, y: i64): i64 {
  // The smallest integer by −1 would trap; it wraps to itself.
  return y == 0 ? 0 : y == -1 ? -x : x / y;
}

function isTrue<T>(x: v128): v128 {
  return v128.ne<T>(x, zero<T>());
}

@final
@unmanaged
class Add {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.add<T>(x, y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x + y;
  }
}

@final
@unmanaged
class Sub {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.sub<T>(x, y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x - y;
  }
}

@final
@unmanaged
class Mul {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.mul<T>(x, y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x * y;
  }
}

@final
@unmanaged
class Div {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.div<T>(x, y);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return quotient(x, y);
  }
}

@final
@unmanaged
class Rsub {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.sub<T>(y, x);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return y - x;
  }
}

@final
@unmanaged
class Rdiv {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.div<T>(y, x);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return quotient(y, x);
  }
}

// x > y ? x : y as in C++: the second operand where either is NaN.
@final
@unmanaged
class Max {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.pmax<T>(y, x);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x > y ? x : y;
  }
}

@final
@unmanaged
class Min {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return v128.pmin<T>(y, x);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x < y ? x : y;
  }
}

@final
@unmanaged
class SquaredDifference {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    const difference = v128.sub<T>(x, y);
    return v128.mul<T>(difference, difference);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return (x - y) * (x - y);
  }
}

@final
@unmanaged
class Copy {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return y;
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return y;
  }
}

@final
@unmanaged
class Axpy {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return fma<T>(p, y, x);
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return x + p * y;
  }
}

@final
@unmanaged
class Eq {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.eq<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x == y);
  }
}

@final
@unmanaged
class Neq {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.ne<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x != y);
  }
}

@final
@unmanaged
class Gt {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.gt<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x > y);
  }
}

@final
@unmanaged
class Gte {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.ge<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x >= y);
  }
}

@final
@unmanaged
class Lt {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.lt<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x < y);
  }
}

@final
@unmanaged
class Lte {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.le<T>(x, y));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x <= y);
  }
}

@final
@unmanaged
class And {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.and(isTrue<T>(x), isTrue<T>(y)));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x != 0) & i64(y != 0);
  }
}

@final
@unmanaged
class Or {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.or(isTrue<T>(x), isTrue<T>(y)));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64((x | y) != 0);
  }
}

@final
@unmanaged
class Xor {
  @inline vec<T>(x: v128, y: v128, p: v128): v128 {
    return truth<T>(v128.xor(isTrue<T>(x), isTrue<T>(y)));
  }
  @inline int(x: i64, y: i64, p: i64): i64 {
    return i64(x != 0) ^ i64(y != 0);
  }
}

/** Rows on T. */
function rows<T>(op: i32, out: usize, x: usize, xStep: usize, y: usize, yStep: usize, length: u32, p0: f64): void {
  switch (op) {
    case Binary.ADD:
      return mapBinary<Add, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SUB:
      return mapBinary<Sub, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.MUL:
      return mapBinary<Mul, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.DIV:
      return mapBinary<Div, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.RSUB:
      return mapBinary<Rsub, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.RDIV:
      return mapBinary<Rdiv, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.MAX:
      return mapBinary<Max, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.MIN:
      return mapBinary<Min, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.SQUARED_DIFFERENCE:
      return mapBinary<SquaredDifference, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.COPY:
      return mapBinary<Copy, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.AXPY:
      return mapBinary<Axpy, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.EQ:
      return mapBinary<Eq, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.NEQ:
      return mapBinary<Neq, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.GT:
      return mapBinary<Gt, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.GTE:
      return mapBinary<Gte, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.LT:
      return mapBinary<Lt, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.LTE:
      return mapBinary<Lte, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.AND:
      return mapBinary<And, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.OR:
      return mapBinary<Or, T>(out, x, xStep, y, yStep, length, p0);
    case Binary.XOR:
      return mapBinary<Xor, T>(out, x, xStep, y, yStep, length, p0);
  }
}

/** Operators up to XOR. */
export function arithmetic(
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
  else if (compute == 1) rows<f64>(op, out, x, xStep, y, yStep, length, p0);
  else rows<i64>(op, out, x, xStep, y, yStep, length, p0);
}
