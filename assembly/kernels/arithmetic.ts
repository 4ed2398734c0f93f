// Binary arithmetic, comparison and logic: one row per operator, on f32 and f64 lanes and on 64-bit integers.
// Comparisons and logic give 1 and 0. Integers wrap; a quotient by 0 is 0.

import { truth, zero } from '../simd/constants';
import { fma } from '../simd/lanes';
import { Binary } from './codes';
import { mapBinary, mapAnyBinary } from './map';

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

/** The operator with its operands exchanged, where a vector row exists for it: op(x, y) = swapped(op)(y, x); −1 otherwise. */
export function swapped(op: i32): i32 {
  switch (op) {
    case Binary.SUB:
      return Binary.RSUB;
    case Binary.RSUB:
      return Binary.SUB;
    case Binary.DIV:
      return Binary.RDIV;
    case Binary.RDIV:
      return Binary.DIV;
    case Binary.GT:
      return Binary.LT;
    case Binary.LT:
      return Binary.GT;
    case Binary.GTE:
      return Binary.LTE;
    case Binary.LTE:
      return Binary.GTE;
    case Binary.ADD:
    case Binary.MUL:
    case Binary.SQUARED_DIFFERENCE:
    case Binary.EQ:
    case Binary.NEQ:
    case Binary.AND:
    case Binary.OR:
    case Binary.XOR:
      return op;
    default:
      return -1;
  }
}

/** Rows on T; mode 2 comes only where swapped() knows no other way. */
function rows<T>(op: i32, mode: i32, out: usize, x: usize, y: usize, length: u32, p0: f64): void {
  switch (op) {
    case Binary.ADD:
      return mapBinary<Add, T>(mode, out, x, y, length, p0);
    case Binary.SUB:
      return mapBinary<Sub, T>(mode, out, x, y, length, p0);
    case Binary.MUL:
      return mapBinary<Mul, T>(mode, out, x, y, length, p0);
    case Binary.DIV:
      return mapBinary<Div, T>(mode, out, x, y, length, p0);
    case Binary.RSUB:
      return mapBinary<Rsub, T>(mode, out, x, y, length, p0);
    case Binary.RDIV:
      return mapBinary<Rdiv, T>(mode, out, x, y, length, p0);
    case Binary.MAX:
      return mapAnyBinary<Max, T>(mode, out, x, y, length, p0);
    case Binary.MIN:
      return mapAnyBinary<Min, T>(mode, out, x, y, length, p0);
    case Binary.SQUARED_DIFFERENCE:
      return mapAnyBinary<SquaredDifference, T>(mode, out, x, y, length, p0);
    case Binary.COPY:
      return mapAnyBinary<Copy, T>(mode, out, x, y, length, p0);
    case Binary.AXPY:
      if (mode == 2) return mapAnyBinary<Axpy, T>(mode, out, x, y, length, p0);
      return mapBinary<Axpy, T>(mode, out, x, y, length, p0);
    case Binary.EQ:
      return mapAnyBinary<Eq, T>(mode, out, x, y, length, p0);
    case Binary.NEQ:
      return mapAnyBinary<Neq, T>(mode, out, x, y, length, p0);
    case Binary.GT:
      return mapAnyBinary<Gt, T>(mode, out, x, y, length, p0);
    case Binary.GTE:
      return mapAnyBinary<Gte, T>(mode, out, x, y, length, p0);
    case Binary.LT:
      return mapAnyBinary<Lt, T>(mode, out, x, y, length, p0);
    case Binary.LTE:
      return mapAnyBinary<Lte, T>(mode, out, x, y, length, p0);
    case Binary.AND:
      return mapAnyBinary<And, T>(mode, out, x, y, length, p0);
    case Binary.OR:
      return mapAnyBinary<Or, T>(mode, out, x, y, length, p0);
    case Binary.XOR:
      return mapAnyBinary<Xor, T>(mode, out, x, y, length, p0);
  }
}

/** Operators up to XOR. */
export function arithmetic(
  op: i32,
  compute: i32,
  mode: i32,
  out: usize,
  x: usize,
  y: usize,
  length: u32,
  p0: f64,
): void {
  if (compute == 0) rows<f32>(op, mode, out, x, y, length, p0);
  else if (compute == 1) rows<f64>(op, mode, out, x, y, length, p0);
  else rows<i64>(op, mode, out, x, y, length, p0);
}
