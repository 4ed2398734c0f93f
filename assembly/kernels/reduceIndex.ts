// Positions: of the largest element, of the first or last element that meets a condition. They count along the reduced dimensions in
// 'c' order, so the plan keeps those in the order of the shape.

import { gather, Type } from '../memory/convert';
import { lanes } from '../simd/lanes';
import { holds } from './condition';
import { Reduce } from './reduceCodes';
import { advance, CHUNK, dimension, gatheredX, inPlace, Plan } from './reducePlan';
import { andMask, maxRun, signBits } from './reduceRuns';

/** Elements whose largest is looked for before its position: they stay in the first cache meanwhile. */
const STRETCH: u32 = 1024;

/** The key of one element: what the largest is wanted of. */
// @ts-ignore: decorator
@inline
function keyOf<T>(x: usize, absolute: bool, negative: bool): T {
  const value = load<T>(x);
  const size = absolute ? abs(value) : value;
  return negative ? -size : size;
}

/** Position of the first element of x[n] that equals `value`, which is one of them. */
function find<T>(x: usize, n: u32, value: T, absolute: bool): u32 {
  const values = v128.splat<T>(value);
  const and = andMask<T>(absolute);
  let at: u32 = 0;
  for (; at + 4 * lanes<T>() <= n; at += 4 * lanes<T>(), x += 64) {
    const a = v128.or(v128.eq<T>(v128.and(v128.load(x), and), values), v128.eq<T>(v128.and(v128.load(x, 16), and), values));
    const b = v128.or(v128.eq<T>(v128.and(v128.load(x, 32), and), values), v128.eq<T>(v128.and(v128.load(x, 48), and), values));
    if (v128.any_true(v128.or(a, b))) break;
  }
  while (at + lanes<T>() <= n && !v128.any_true(v128.eq<T>(v128.and(v128.load(x), and), values))) {
    x += 16;
    at += lanes<T>();
  }
  for (; at < n && keyOf<T>(x, absolute, false) != value; at++) x += sizeof<T>();
  return at;
}

/** Position of the first largest element: the largest of a run first, then where it stands. NaN is skipped, but stays where it begins. */
export function argFloat<T>(plan: Plan): u32 {
  const absolute = plan.op >= Reduce.ARG_ABS_MAX;
  const negative = plan.op == Reduce.ARG_MIN || plan.op == Reduce.ARG_ABS_MIN;
  const xor = negative ? signBits<T>() : i32x4.splat(0);
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const length = load<u32>(inner);
  const step = load<usize>(inner, 8);
  const direct = inPlace(plan, plan.xType, step);
  let best: T = <T>0;
  let at: u32 = 0;
  let base: u32 = 0;
  do {
    let x = plan.x;
    let left = length;
    while (left != 0) {
      const n = min<u32>(left, direct ? STRETCH : CHUNK);
      let a = x;
      if (!direct) {
        a = gatheredX(plan);
        gather(plan.xType, plan.compute, a, x, step, n);
      }
      if (base == 0) best = keyOf<T>(a, absolute, negative);
      const most = maxRun<T>(a, n, andMask<T>(absolute), xor);
      if (most > best) {
        best = most;
        at = base + find<T>(a, n, absolute ? most < 0 ? -most : most : negative ? -most : most, absolute);
      }
      base += n;
      x += <usize>n * step;
      left -= n;
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
  return at;
}

export function argInt(plan: Plan): u32 {
  const absolute = plan.op >= Reduce.ARG_ABS_MAX;
  const negative = plan.op == Reduce.ARG_MIN || plan.op == Reduce.ARG_ABS_MIN;
  const bias = plan.xType == Type.UINT64 ? i64.MIN_VALUE : 0;
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const length = load<u32>(inner);
  const step = load<usize>(inner, 8);
  const one = gatheredX(plan);
  let best: i64 = 0;
  let at: u32 = 0;
  let base: u32 = 0;
  do {
    let x = plan.x;
    for (let i: u32 = 0; i < length; i++, base++, x += step) {
      gather(plan.xType, 2, one, x, step, 1);
      let key = load<i64>(one) ^ bias;
      if (absolute && bias == 0 && key < 0) key = -key;
      if (negative) key = ~key;
      if (base == 0 || key > best) {
        best = key;
        at = base;
      }
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
  return at;
}

/** Position of the first or last element that meets the condition, −1 without one. */
export function seek(plan: Plan, condition: i32, value: f64, eps: f64): f64 {
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const length = load<u32>(inner);
  const step = load<usize>(inner, 8);
  const one = gatheredX(plan);
  let found: f64 = -1;
  let at: f64 = 0;
  do {
    let x = plan.x;
    for (let i: u32 = 0; i < length; i++, at++, x += step) {
      if (plan.op == Reduce.FIRST_INDEX && found >= 0) continue;
      gather(plan.xType, 1, one, x, step, 1);
      if (holds(condition, load<f64>(one), value, eps)) found = at;
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
  return found;
}
