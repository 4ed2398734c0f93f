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

function storeAs<C>(type: i32, out: usize, value: C): void {
  if (isInteger<C>()) {
    switch (type) {
      case Type.LONG:
      case Type.UINT64:
        store<i64>(out, value);
        return;
      case Type.INT:
      case Type.UINT32:
        store<i32>(out, <i32>value);
        return;
      case Type.SHORT:
      case Type.UINT16:
        store<i16>(out, <i16>value);
        return;
      case Type.BOOL:
        store<u8>(out, u8(value != 0));
        return;
      default:
        store<i8>(out, <i8>value);
        return;
    }
  }
  switch (type) {
    case Type.FLOAT:
      store<f32>(out, <f32>value);
      return;
    case Type.DOUBLE:
      store<f64>(out, <f64>value);
      return;
    case Type.LONG:
      store<i64>(out, toI64(<f64>value));
      return;
    case Type.INT:
      store<i32>(out, toI32(<f64>value));
      return;
    case Type.SHORT:
    case Type.UINT16:
      store<i16>(out, <i16>toI32(<f64>value));
      return;
    case Type.BYTE:
    case Type.UBYTE:
      store<i8>(out, <i8>toI32(<f64>value));
      return;
    case Type.BOOL:
      store<u8>(out, u8(value != 0));
      return;
    case Type.HALF:
      store<u16>(out, <u16>halfOfF32(<f32>value));
      return;
    case Type.BFLOAT16:
      store<u16>(out, <u16>bfloatOfF32(<f32>value));
      return;
    case Type.UINT32:
      store<u32>(out, toU32(<f64>value));
      return;
    case Type.UINT64:
      store<u64>(out, toU64(<f64>value));
      return;
  }
}

/** out[i] = type(x[i]): an adjacent row of C to `length` elements of `type`, `step` bytes apart. */
function scatterRow<C>(type: i32, out: usize, step: usize, x: usize, length: u32): void {
  for (; length != 0; length--, out += step, x += sizeof<C>()) storeAs<C>(type, out, load<C>(x));
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
