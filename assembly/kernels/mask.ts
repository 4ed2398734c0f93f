// Masks: BOOL arrays (bytes 0 and 1) that choose elements of dense arrays. `shift` is log2 of an element's bytes. Exact.

// @ts-ignore: decorator
@inline
function moveElement(out: usize, x: usize, shift: i32): void {
  if (shift == 2) store<u32>(out, load<u32>(x));
  else if (shift == 3) store<u64>(out, load<u64>(x));
  else if (shift == 1) store<u16>(out, load<u16>(x));
  else store<u8>(out, load<u8>(x));
}

/** out[i] = x[i] where mask[i] is 1; with `single` x is one element. out[length], x[length], mask[length]. */
export function maskAssign(shift: i32, out: usize, x: usize, mask: usize, length: u32, single: bool): void {
  const width: usize = 1 << shift;
  const step: usize = single ? 0 : width;
  for (; length != 0; length--, out += width, x += step, mask++) {
    if (load<u8>(mask) != 0) moveElement(out, x, shift);
  }
}

/** The elements of x[length] where mask[i] is 1, one after another. */
export function maskCompress(shift: i32, out: usize, x: usize, mask: usize, length: u32): void {
  const width: usize = 1 << shift;
  for (; length != 0; length--, x += width, mask++) {
    if (load<u8>(mask) == 0) continue;
    moveElement(out, x, shift);
    out += width;
  }
}

/**
 * 1 when every x[i] and y[i], [length], differ by at most `eps`, or by `eps` of the larger magnitude, or are the same infinity; NaN equals nothing.
 * type 0 f32, 1 f64; computes in f64.
 */
export function equalWithin(double: bool, x: usize, y: usize, length: u32, eps: f64): bool {
  const step: usize = double ? 8 : 4;
  for (; length != 0; length--, x += step, y += step) {
    const a = double ? load<f64>(x) : <f64>load<f32>(x);
    const b = double ? load<f64>(y) : <f64>load<f32>(y);
    const difference = abs<f64>(a - b);
    const bound = eps * max<f64>(abs<f64>(a), abs<f64>(b));
    if (!(difference <= eps || (difference <= bound && bound < Infinity) || a == b)) return false;
  }
  return true;
}
