// Running sums of dense arrays, in their own type; integers wrap. Each sum is one rounding after the one before it, as in a plain loop.

import { Type } from '../memory/convert';

/** x[i] += x[i − distance] for i from `distance` to length − 1, in groups of `group` elements that start anew. */
function accumulate<T>(x: usize, length: u32, group: u32, distance: u32): void {
  const back = <usize>distance * sizeof<T>();
  for (let start: u32 = 0; start < length; start += group, x += <usize>group * sizeof<T>()) {
    const end = x + <usize>group * sizeof<T>();
    for (let at = x + back; at < end; at += sizeof<T>()) store<T>(at, load<T>(at) + load<T>(at - back));
  }
}

/**
 * x[o, k, i] = Σ x[o, 0 … k, i] in place, x[length] dense as [length / group, group / inner, inner]. Types are those of elements; HALF and BFLOAT16
 * are not served.
 */
export function cumulativeSum(type: i32, x: usize, length: u32, group: u32, inner: u32): void {
  switch (type) {
    case Type.FLOAT: return accumulate<f32>(x, length, group, inner);
    case Type.DOUBLE: return accumulate<f64>(x, length, group, inner);
    case Type.LONG:
    case Type.UINT64: return accumulate<i64>(x, length, group, inner);
    case Type.INT:
    case Type.UINT32: return accumulate<i32>(x, length, group, inner);
    case Type.SHORT:
    case Type.UINT16: return accumulate<i16>(x, length, group, inner);
    default: return accumulate<i8>(x, length, group, inner);
  }
}
