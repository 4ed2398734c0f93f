// The plan of a reduction: what src/ops/reduce.ts writes for a call of the kernel, and the scratch behind it.
//
// Plan (u32 words): the fields of Plan, then per dimension [size, out, x, y] with strides in bytes (kept dimensions first, then the
// reduced ones, at least one of each, the innermost last), then a counter of 0 per dimension.

import { Type } from '../memory/convert';

/** Elements of one row of scratch. */
export const CHUNK: u32 = 512;
const CHUNK_BYTES: usize = 4096;
const ROW_BYTES: usize = CHUNK_BYTES + 64;
/** Room for the fields and 33 dimensions. */
const PLAN_BYTES: usize = 1024;

/** Bytes of the plan and the scratch behind it. */
export function reduceScratchBytes(): usize {
  return PLAN_BYTES + 6 * ROW_BYTES;
}

@unmanaged
export class Plan {
  op!: i32;
  /** 0 f32, for operators that exist in it; 1 f64; 2 i64. */
  compute!: i32;
  outType!: i32;
  xType!: i32;
  yType!: i32;
  kept!: i32;
  reduced!: i32;
  /** Column mode. */
  columns!: u32;
  out!: usize;
  x!: usize;
  y!: usize;
  /** Elements per output. */
  count!: u32;
}

/** Bytes of the fields; the dimensions follow. */
export const FIELDS: usize = offsetof<Plan>();

// @ts-ignore: decorator
@inline
export function dimension(plan: Plan, index: i32): usize {
  return changetype<usize>(plan) + FIELDS + (<usize>index << 4);
}

/** Moves x, y and out to the next position of dimensions [first, end); false, and back at the start, after the last one. */
export function advance(plan: Plan, first: i32, end: i32): bool {
  const counters = dimension(plan, plan.kept + plan.reduced);
  for (let d = end - 1; d >= first; d--) {
    const at = dimension(plan, d);
    const counter = counters + (<usize>d << 2);
    const count = load<u32>(counter) + 1;
    if (count < load<u32>(at)) {
      store<u32>(counter, count);
      plan.out += load<usize>(at, 4);
      plan.x += load<usize>(at, 8);
      plan.y += load<usize>(at, 12);
      return true;
    }
    store<u32>(counter, 0);
    plan.out -= load<usize>(at, 4) * (count - 1);
    plan.x -= load<usize>(at, 8) * (count - 1);
    plan.y -= load<usize>(at, 12) * (count - 1);
  }
  return false;
}

// Rows of scratch behind the plan.

// @ts-ignore: decorator
@inline
function row(plan: Plan, index: usize): usize {
  return changetype<usize>(plan) + PLAN_BYTES + index * ROW_BYTES;
}
// @ts-ignore: decorator
@inline
export function results(plan: Plan): usize {
  return row(plan, 0);
}
// @ts-ignore: decorator
@inline
export function totals(plan: Plan): usize {
  return row(plan, 1);
}
/** The subtrahends of DEVIATION, in the compute type. */
// @ts-ignore: decorator
@inline
export function centres(plan: Plan): usize {
  return row(plan, 2);
}
/** Where the search for the best of each column keeps positions. */
// @ts-ignore: decorator
@inline
export function places(plan: Plan): usize {
  return row(plan, 3);
}
// @ts-ignore: decorator
@inline
export function gatheredX(plan: Plan): usize {
  return row(plan, 4);
}
// @ts-ignore: decorator
@inline
export function gatheredY(plan: Plan): usize {
  return row(plan, 5);
}

// @ts-ignore: decorator
@inline
export function elementBytes(plan: Plan): usize {
  return plan.compute == 0 ? 4 : 8;
}

/** True when elements of `type`, `step` bytes apart, are adjacent elements of the compute type. */
// @ts-ignore: decorator
@inline
export function inPlace(plan: Plan, type: i32, step: usize): bool {
  const native = plan.compute == 0 ? type == Type.FLOAT : plan.compute == 1 ? type == Type.DOUBLE : type == Type.LONG || type == Type.UINT64;
  return native && step == elementBytes(plan);
}

