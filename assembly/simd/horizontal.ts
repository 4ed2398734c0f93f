// From the lanes of one vector to one number, and masks for vectors that are not full.

/** −1 in the lanes that count, 0 behind them: a window that slides over the border. */
const MASKS: usize = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0], 16);

/** All bits in the first `count` lanes, none in the others. */
// @ts-ignore: decorator
@inline
export function tailMask<T>(count: u32): v128 {
  return v128.load(MASKS + 16 - <usize>count * sizeof<T>());
}

/** The sum of all lanes, pairwise. */
// @ts-ignore: decorator
@inline
export function sumLanes<T>(x: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
  const pairs = f32x4.add(x, v128.shuffle<f64>(x, x, 1, 0));
  return <T>(f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}

/** The largest lane; a NaN lane counts only if all lanes are NaN or the others are smaller than nothing: callers keep NaN out. */
// @ts-ignore: decorator
@inline
export function maxLanes<T>(x: v128): T {
  const pairs = v128.pmax<T>(x, v128.shuffle<f64>(x, x, 1, 0));
  if (sizeof<T>() == 8) return <T>f64x2.extract_lane(pairs, 0);
  const a = f32x4.extract_lane(pairs, 0);
  const b = f32x4.extract_lane(pairs, 1);
  return <T>(b > a ? b : a);
}

/** The sum of the lanes as two f64 partial sums: lanes 0 + 2 and 1 + 3 of f32, unchanged for f64. */
// @ts-ignore: decorator
@inline
export function widen<T>(x: v128): v128 {
  if (sizeof<T>() == 8) return x;
  return f64x2.add(lowHalf(x), highHalf(x));
}

/** f32 lanes 0 and 1 as f64. */
// @ts-ignore: decorator
@inline
export function lowHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** f32 lanes 2 and 3 as f64. */
// @ts-ignore: decorator
@inline
export function highHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
}
