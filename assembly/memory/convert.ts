// Rows of elements of any data type to and from the three types that kernels compute in (f32, f64, i64).
//
// Casts are those of the C++ of ND4J on x86: floating to integer truncates; out of range and NaN give the smallest integer of
// 32 bits (INT and narrower types, then cut to their width) or of 64 bits (LONG); UINT32 and UINT64 subtract 2^31 or 2^63 from
// larger values first; integers wrap; BOOL is x ≠ 0; HALF and BFLOAT16 round to nearest even.

/** Numbers of the data types, the same as in src/core/dataType.ts. */
export enum Type {
  FLOAT,
  DOUBLE,
  LONG,
  INT,
  SHORT,
  BYTE,
  UBYTE,
  BOOL,
  HALF,
  BFLOAT16,
  UINT16,
  UINT32,
  UINT64,
}

/** log2 of the bytes of one element. */
export function shiftOf(type: i32): usize {
  // Two bits a type, FLOAT first: 2 3 3 2 1 0 0 0 1 1 1 2 3.
  return <usize>((0x3950_1be >>> (type << 1)) & 3);
}

function halfToF32(bits: u32): f32 {
  const size = bits & 0x7fff;
  const sign = (bits & 0x8000) << 16;
  if (size >= 0x7c00) return reinterpret<f32>(sign | 0x7f800000 | (size << 13));
  // The exponent's bias differs by 112; the product is exact, also for denormals.
  return reinterpret<f32>(sign | reinterpret<u32>(reinterpret<f32>(size << 13) * reinterpret<f32>(0x77800000)));
}

function halfOfF32(value: f32): u32 {
  const all = reinterpret<u32>(value);
  const sign = (all >>> 16) & 0x8000;
  const size = all & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  if (size >= 0x477ff000) return sign | 0x7c00;
  // Denormal results: adding ½ leaves multiples of 2^−24 in the low bits, rounded to even by the addition.
  if (size < 0x38800000) return sign | (reinterpret<u32>(reinterpret<f32>(size) + <f32>0.5) - 0x3f000000);
  return sign | ((size + 0xc8000fff + ((size >>> 13) & 1)) >>> 13);
}

function bfloatOfF32(value: f32): u32 {
  const bits = reinterpret<u32>(value);
  return value != value ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function toI32(x: f64): i32 {
  return x > -2147483649.0 && x < 2147483648.0 ? <i32>x : i32.MIN_VALUE;
}

function toI64(x: f64): i64 {
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE;
}

function toU32(x: f64): u32 {
  return x >= 2147483648.0 ? toI32(x - 2147483648.0) ^ 0x80000000 : toI32(x);
}

function toU64(x: f64): u64 {
  return x >= 9223372036854775808.0 ? toI64(x - 9223372036854775808.0) ^ i64.MIN_VALUE : toI64(x);
}

/** C = f32, f64 or i64; S is the stored type. */
function gatherAs<C, S>(out: usize, x: usize, step: usize, length: u32): void {
  for (; length != 0; length--, out += sizeof<C>(), x += step) store<C>(out, <C>load<S>(x));
}

function gatherHalf<C>(bfloat: bool, out: usize, x: usize, step: usize, length: u32): void {
  for (; length != 0; length--, out += sizeof<C>(), x += step) {
    const bits = <u32>load<u16>(x);
    store<C>(out, <C>(bfloat ? reinterpret<f32>(bits << 16) : halfToF32(bits)));
  }
}

/** out[i] = C(x[i]): `length` elements of `type`, `step` bytes apart, to an adjacent row. */
function gatherRow<C>(type: i32, out: usize, x: usize, step: usize, length: u32): void {
  switch (type) {
    case Type.FLOAT:
      if (isFloat<C>()) gatherAs<C, f32>(out, x, step, length);
      return;
    case Type.DOUBLE:
      if (isFloat<C>()) gatherAs<C, f64>(out, x, step, length);
      return;
    case Type.LONG:
      gatherAs<C, i64>(out, x, step, length);
      return;
    case Type.INT:
      gatherAs<C, i32>(out, x, step, length);
      return;
    case Type.SHORT:
      gatherAs<C, i16>(out, x, step, length);
      return;
    case Type.BYTE:
      gatherAs<C, i8>(out, x, step, length);
      return;
    case Type.UBYTE:
    case Type.BOOL:
      gatherAs<C, u8>(out, x, step, length);
      return;
    case Type.HALF:
    case Type.BFLOAT16:
      if (isFloat<C>()) gatherHalf<C>(type == Type.BFLOAT16, out, x, step, length);
      return;
    case Type.UINT16:
      gatherAs<C, u16>(out, x, step, length);
      return;
    case Type.UINT32:
      gatherAs<C, u32>(out, x, step, length);
      return;
    case Type.UINT64:
      gatherAs<C, u64>(out, x, step, length);
      return;
  }
}

/** How a number of C is stored as another type. */
@final
@unmanaged
class Plain {
  @inline put<C, S>(out: usize, value: C): void {
    store<S>(out, <S>value);
  }
}

/** Types of at most 32 bits, of which S keeps the low ones. */
@final
@unmanaged
class Narrow {
  @inline put<C, S>(out: usize, value: C): void {
    store<S>(out, <S>(isInteger<C>() ? <i32>value : toI32(<f64>value)));
  }
}

@final
@unmanaged
class Wide {
  @inline put<C, S>(out: usize, value: C): void {
    store<i64>(out, isInteger<C>() ? <i64>value : toI64(<f64>value));
  }
}

@final
@unmanaged
class Unsigned32 {
  @inline put<C, S>(out: usize, value: C): void {
    store<u32>(out, isInteger<C>() ? <u32>value : toU32(<f64>value));
  }
}

@final
@unmanaged
class Unsigned64 {
  @inline put<C, S>(out: usize, value: C): void {
    store<u64>(out, isInteger<C>() ? <u64>value : toU64(<f64>value));
  }
}

@final
@unmanaged
class Truth {
  @inline put<C, S>(out: usize, value: C): void {
    store<u8>(out, u8(value != 0));
  }
}

@final
@unmanaged
class Half {
  @inline put<C, S>(out: usize, value: C): void {
    store<u16>(out, <u16>halfOfF32(<f32>value));
  }
}

@final
@unmanaged
class Bfloat {
  @inline put<C, S>(out: usize, value: C): void {
    store<u16>(out, <u16>bfloatOfF32(<f32>value));
  }
}

function scatterAs<C, Form, S>(out: usize, step: usize, x: usize, length: u32): void {
  for (; length != 0; length--, out += step, x += sizeof<C>()) changetype<Form>(0).put<C, S>(out, load<C>(x));
}

/** out[i] = type(x[i]): an adjacent row of C to `length` elements of `type`, `step` bytes apart. */
function scatterRow<C>(type: i32, out: usize, step: usize, x: usize, length: u32): void {
  switch (type) {
    case Type.FLOAT:
      if (isFloat<C>()) scatterAs<C, Plain, f32>(out, step, x, length);
      return;
    case Type.DOUBLE:
      if (isFloat<C>()) scatterAs<C, Plain, f64>(out, step, x, length);
      return;
    case Type.LONG:
      return scatterAs<C, Wide, i64>(out, step, x, length);
    case Type.INT:
      return scatterAs<C, Narrow, i32>(out, step, x, length);
    case Type.SHORT:
    case Type.UINT16:
      return scatterAs<C, Narrow, i16>(out, step, x, length);
    case Type.BYTE:
    case Type.UBYTE:
      return scatterAs<C, Narrow, i8>(out, step, x, length);
    case Type.BOOL:
      return scatterAs<C, Truth, u8>(out, step, x, length);
    case Type.HALF:
      if (isFloat<C>()) scatterAs<C, Half, u16>(out, step, x, length);
      return;
    case Type.BFLOAT16:
      if (isFloat<C>()) scatterAs<C, Bfloat, u16>(out, step, x, length);
      return;
    case Type.UINT32:
      return scatterAs<C, Unsigned32, u32>(out, step, x, length);
    case Type.UINT64:
      return scatterAs<C, Unsigned64, u64>(out, step, x, length);
  }
}

/** gatherRow by the number of the compute type. */
export function gather(type: i32, compute: i32, out: usize, x: usize, step: usize, length: u32): void {
  if (compute == 0) gatherRow<f32>(type, out, x, step, length);
  else if (compute == 1) gatherRow<f64>(type, out, x, step, length);
  else gatherRow<i64>(type, out, x, step, length);
}

/** scatterRow by the number of the compute type. */
export function scatter(type: i32, compute: i32, out: usize, step: usize, x: usize, length: u32): void {
  if (compute == 0) scatterRow<f32>(type, out, step, x, length);
  else if (compute == 1) scatterRow<f64>(type, out, step, x, length);
  else scatterRow<i64>(type, out, step, x, length);
}
