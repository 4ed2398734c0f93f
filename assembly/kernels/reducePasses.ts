// One pass over all reduced elements of the current output: runs along the innermost reduced dimension, gathered where they are not
// adjacent elements of the compute type.

import { gather, Type } from '../memory/convert';
import { Pass, Reduce } from './reduceCodes';
import { advance, centres, CHUNK, dimension, gatheredX, gatheredY, inPlace, Plan } from './reducePlan';
import { doubleRun, floatRun, intRun } from './reduceRuns';

/** One pass over all reduced elements of the current output, in float arithmetic. See doubleRun for p0 … p2. */
export function floatPass(plan: Plan, pass: i32, p0: f64, p1: f64, p2: f64): f64 {
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const length = load<u32>(inner);
  const xStep = load<usize>(inner, 8);
  const yStep = load<usize>(inner, 12);
  const xDirect = inPlace(plan, plan.xType, xStep);
  const pair = plan.op >= Reduce.DOT;
  const yDirect = !pair || inPlace(plan, plan.yType, yStep);
  const isMax = pass >= Pass.MAX && pass <= Pass.ABS_MIN;
  let total = pass == Pass.PROD ? 1 : isMax ? -Infinity : 0;
  do {
    let x = plan.x;
    let y = plan.y;
    let left = length;
    while (left != 0) {
      const n = xDirect && yDirect ? left : min<u32>(left, CHUNK);
      let a = x;
      let b = y;
      if (!xDirect) {
        a = gatheredX(plan);
        gather(plan.xType, plan.compute, a, x, xStep, n);
      }
      if (!yDirect) {
        b = gatheredY(plan);
        gather(plan.yType, plan.compute, b, y, yStep, n);
      }
      if (!pair) b = pass == Pass.DEVIATION ? centres(plan) : pass == Pass.WELFORD ? gatheredY(plan) : a;
      total = plan.compute == 0 ? floatRun<f32>(pass, a, b, n, total) : doubleRun(pass, a, b, n, total, p0, p1, p2);
      x += <usize>n * xStep;
      y += <usize>n * yStep;
      left -= n;
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
  return pass == Pass.MIN || pass == Pass.ABS_MIN ? -total : total;
}

export function intPass(plan: Plan, pass: i32): i64 {
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const length = load<u32>(inner);
  const step = load<usize>(inner, 8);
  const direct = inPlace(plan, plan.xType, step);
  const bias = plan.xType == Type.UINT64 && (pass == Pass.MAX || pass == Pass.MIN) ? i64.MIN_VALUE : 0;
  let total: i64 = 0;
  if (pass == Pass.PROD) total = 1;
  else if (pass == Pass.MAX) total = i64.MIN_VALUE;
  else if (pass == Pass.MIN || pass == Pass.ABS_MIN) total = i64.MAX_VALUE;
  do {
    let x = plan.x;
    let left = length;
    while (left != 0) {
      const n = direct ? left : min<u32>(left, CHUNK);
      let a = x;
      if (!direct) {
        a = gatheredX(plan);
        gather(plan.xType, 2, a, x, step, n);
      }
      total = intRun(pass, a, n, total, bias);
      x += <usize>n * step;
      left -= n;
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
  return total ^ bias;
}
