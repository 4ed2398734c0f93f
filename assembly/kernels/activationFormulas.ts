// Terms that an activation and its slope share.

import { Constant, constant, one } from '../simd/constants';

/** w² + 2w. */
export function mishN<T>(w: v128): v128 {
  return v128.mul<T>(w, v128.add<T>(w, constant<T>(Constant.TWO)));
}

/** 1 + |d| + d² + 1.41645 d⁴. */
export function rationalDivisor<T>(d: v128): v128 {
  const d2 = v128.mul<T>(d, d);
  const sum = v128.add<T>(v128.add<T>(one<T>(), v128.abs<T>(d)), d2);
  return v128.add<T>(sum, v128.mul<T>(constant<T>(Constant.RATIONAL_QUARTIC), v128.mul<T>(d2, d2)));
}
