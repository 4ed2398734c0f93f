// The hash behind ND4J's generator, and one rounding for a product and a sum.

/** The hash of (root, node, index) for four indices at once. */
export class Hash {
  /** What the hash takes of the indices `first` to `first` + 3. */
  @inline static indices(first: u32): v128 {
    return i32x4.add(i32x4.splat(first), i32x4(2, 3, 4, 5));
  }

  /** Uniform on [0, 1) with 23 bits. */
  @inline static unit4(root: v128, node: v128, salted: v128, k: v128): v128 {
    const s0 = v128.or(root, i32x4.mul(k, salted));
    const s1 = v128.xor(node, i32x4.mul(k, i32x4.add(s0, i32x4.splat(723829))));
    const mixed = i32x4.mul(v128.xor(s0, s1), i32x4.splat(0x9e3779bb));
    const turned = v128.or(i32x4.shl(mixed, 5), i32x4.shr_u(mixed, 27));
    const bits = i32x4.shr_u(i32x4.add(i32x4.shl(turned, 2), turned), 9);
    return f32x4.sub(v128.or(bits, i32x4.splat(0x3f800000)), f32x4.splat(1));
  }

  /** The same for as many indices as T has lanes. */
  @inline static unit<T>(root: v128, node: v128, salted: v128, k: v128): v128 {
    const t = Hash.unit4(root, node, salted, k);
    return sizeof<T>() == 4 ? t : f64x2.promote_low_f32x4(t);
  }
}

/** u·x + y with one rounding, as ND4J's compiler makes it; u has 24 significant bits. */
export function fused<T>(u: v128, x: v128, y: v128): v128 {
  if (sizeof<T>() == 4) {
    const low = f32x4.demote_f64x2_zero(fusedHalf(u, x, y));
    const high = f32x4.demote_f64x2_zero(fusedHalf(upper(u), upper(x), upper(y)));
    return v128.shuffle<f64>(low, high, 0, 2);
  }
  // Both products are exact: 24 bits times the leading 24 and the other 29 bits of x. Two-sum keeps what y + head loses.
  const leading = v128.and(x, i64x2.splat(0xffffffffe0000000));
  const head = f64x2.mul(u, leading);
  const tail = f64x2.mul(u, f64x2.sub(x, leading));
  const sum = f64x2.add(y, head);
  const part = f64x2.sub(sum, y);
  const lost = f64x2.add(f64x2.sub(y, f64x2.sub(sum, part)), f64x2.sub(head, part));
  return f64x2.add(sum, f64x2.add(lost, tail));
}

/** In f64 the product of two f32 is exact. */
function fusedHalf(u: v128, x: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(u), f64x2.promote_low_f32x4(x)), f64x2.promote_low_f32x4(y));
}

export function upper(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 0);
}
