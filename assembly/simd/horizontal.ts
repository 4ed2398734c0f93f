// Sums over the lanes of one vector, pairwise.

/** The sum of all lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes<T>(x: v128): T {
  if (sizeof<T>() == 8) return <T>(f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
  const high = v128.shuffle<f64>(x, x, 1, 0);
  const pairs = f32x4.add(x, high);
  return <T>(f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}
