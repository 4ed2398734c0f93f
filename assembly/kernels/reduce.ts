// Reductions of any view along any dimensions.
//
// Row mode: for every output, runs along the reduced dimensions. Column mode, where the inner kept dimension is adjacent in x (and y):
// rows of up to CHUNK outputs at once. Results gather in a row of scratch, float64 or int64, and are stored as the type of out.

import { gather, scatter } from '../memory/convert';
import { Pass, Reduce } from './reduceCodes';
import { argColumns, columnsPass } from './reduceColumns';
import { argFloat, argInt, seek } from './reduceIndex';
import { floatPass, intPass } from './reducePasses';
import { advance, centres, CHUNK, dimension, elementBytes, gatheredX, gatheredY, places, Plan, results, totals } from './reducePlan';
import { logOf } from './reduceRuns';

/** The pass that a reduction of one pass needs. */
function passOf(op: i32): i32 {
  switch (op) {
    case Reduce.PROD: return Pass.PROD;
    case Reduce.MAX: return Pass.MAX;
    case Reduce.MIN: return Pass.MIN;
    case Reduce.ABS_MAX: return Pass.ABS_MAX;
    case Reduce.ABS_MIN: return Pass.ABS_MIN;
    case Reduce.NORM_MAX: return Pass.NORM_MAX;
    case Reduce.ABS_SUM:
    case Reduce.ABS_MEAN: return Pass.ABS;
    case Reduce.NORM2:
    case Reduce.SQUARED_NORM:
    case Reduce.DOT: return Pass.PRODUCT;
    case Reduce.COUNT_NON_ZERO:
    case Reduce.COUNT_ZERO:
    case Reduce.ANY:
    case Reduce.ALL: return Pass.NON_ZERO;
    case Reduce.ENTROPY:
    case Reduce.LOG_ENTROPY:
    case Reduce.SHANNON_ENTROPY: return Pass.X_LOG_X;
    case Reduce.COUNT_MATCHES: return Pass.MATCHES;
    case Reduce.EUCLIDEAN: return Pass.SQUARED_DIFFERENCE;
    case Reduce.MANHATTAN: return Pass.ABS_DIFFERENCE;
    case Reduce.HAMMING: return Pass.NOT_EQUAL;
    default: return Pass.SUM;
  }
}

/** The result from the total of the last pass over n elements. p0: 1 divides a variance by n − 1. */
function finish(op: i32, total: f64, n: f64, p0: f64): f64 {
  switch (op) {
    case Reduce.MEAN:
    case Reduce.ABS_MEAN:
    case Reduce.HAMMING: return total / n;
    case Reduce.NORM2:
    case Reduce.EUCLIDEAN: return Math.sqrt(total);
    case Reduce.VARIANCE: return total / max(n - p0, 1);
    case Reduce.STD: return Math.sqrt(total / max(n - p0, 1));
    case Reduce.COUNT_ZERO: return n - total;
    case Reduce.ENTROPY: return -total;
    case Reduce.LOG_ENTROPY: return logOf(-total);
    case Reduce.SHANNON_ENTROPY: return -total * 1.4426950408889634;
    case Reduce.ANY: return f64(total != 0);
    case Reduce.ALL: return f64(total == n);
    default: return total;
  }
}

/** Σ (x − mean)² of the current output where the mean is not finite: element by element as in ND4J, whose infinities and NaN come out. */
function welford(plan: Plan): f64 {
  memory.fill(gatheredY(plan), 0, 24);
  return floatPass(plan, Pass.WELFORD, 0, 0, 0);
}

/** Σ (x − mean)² of the current output. */
function squaredDeviations(plan: Plan, n: f64): f64 {
  const sum = floatPass(plan, Pass.SUM, 0, 0, 0);
  if (!(abs(sum) < Infinity)) return welford(plan);
  const at = centres(plan);
  const mean = sum / n;
  let centre = mean;
  if (plan.compute == 0) {
    centre = <f64>(<f32>mean);
    v128.store(at, f32x4.splat(<f32>mean));
  } else {
    v128.store(at, f64x2.splat(mean));
  }
  return corrected(floatPass(plan, Pass.DEVIATION, 0, 0, 0), n, mean - centre);
}

/** The sum of squares about the mean, from the sum of squares about a centre that misses it by `error`. */
// @ts-ignore: decorator
@inline
function corrected(squares: f64, n: f64, error: f64): f64 {
  return max(squares - n * error * error, 0);
}

function logSumExp(plan: Plan): f64 {
  const most = floatPass(plan, Pass.MAX, 0, 0, 0);
  const shift = abs(most) < Infinity ? most : 0;
  return shift + logOf(floatPass(plan, Pass.EXP, shift, 0, 0));
}

/** The first reduced element of the current output is NaN. */
function startsWithNaN(plan: Plan): bool {
  if (plan.count == 0) return false;
  const one = gatheredX(plan);
  gather(plan.xType, 1, one, plan.x, 0, 1);
  const first = load<f64>(one);
  return first != first;
}

/** The current output in float arithmetic. */
function reduceFloat(plan: Plan, p0: f64, p1: f64, p2: f64): f64 {
  const op = plan.op;
  const n = <f64>plan.count;
  switch (op) {
    case Reduce.VARIANCE:
    case Reduce.STD: return finish(op, squaredDeviations(plan, n), n, p0);
    case Reduce.LOG_SUM_EXP: return logSumExp(plan);
    case Reduce.JACCARD: return 1 - floatPass(plan, Pass.LESSER, 0, 0, 0) / floatPass(plan, Pass.GREATER, 0, 0, 0);
    case Reduce.ARG_MAX:
    case Reduce.ARG_MIN:
    case Reduce.ARG_ABS_MAX:
    case Reduce.ARG_ABS_MIN: return <f64>(plan.compute == 0 ? argFloat<f32>(plan) : argFloat<f64>(plan));
    case Reduce.ABS_MAX:
    case Reduce.ABS_MIN: return startsWithNaN(plan) ? NaN : floatPass(plan, passOf(op), 0, 0, 0);
    case Reduce.FIRST_INDEX:
    case Reduce.LAST_INDEX: return seek(plan, <i32>p0, p1, p2);
    default: return finish(op, floatPass(plan, passOf(op), p0, p1, p2), n, p0);
  }
}

// @ts-ignore: decorator
@inline
function isPosition(op: i32): bool {
  return op >= Reduce.ARG_MAX && op <= Reduce.ARG_ABS_MIN;
}

/** Row mode: `length` outputs along the inner kept dimension, x and y already at the first. */
function reduceRow(plan: Plan, length: u32, p0: f64, p1: f64, p2: f64): void {
  const inner = dimension(plan, plan.kept - 1);
  const outStep = load<usize>(inner, 4);
  const asInt = plan.compute == 2 && !isPosition(plan.op);
  const x = plan.x;
  const y = plan.y;
  for (let done: u32 = 0; done < length; ) {
    const n = min<u32>(length - done, CHUNK);
    let result = results(plan);
    for (let i: u32 = 0; i < n; i++, result += 8) {
      if (asInt) store<i64>(result, intPass(plan, passOf(plan.op)));
      else store<f64>(result, plan.compute == 2 ? <f64>argInt(plan) : reduceFloat(plan, p0, p1, p2));
      plan.x += load<usize>(inner, 8);
      plan.y += load<usize>(inner, 12);
    }
    scatter(plan.outType, asInt ? 2 : 1, plan.out + <usize>done * outStep, outStep, results(plan), n);
    done += n;
  }
  plan.x = x;
  plan.y = y;
}

/** One pass over all rows of the current columns: totals in scratch. */
function walkColumns<T>(plan: Plan, pass: i32, columns: u32): void {
  const inner = dimension(plan, plan.kept + plan.reduced - 1);
  const rows = load<u32>(inner);
  const xRow = load<usize>(inner, 8);
  const yRow = load<usize>(inner, 12);
  const centred = pass == Pass.DEVIATION;
  const pair = plan.op >= Reduce.DOT;
  const isMax = pass >= Pass.MAX;
  let number: u32 = 0;
  if (isMax) fillLowest<T>(totals(plan), columns);
  else memory.fill(totals(plan), 0, <usize>(columns + 4) * 8);
  do {
    if (isPosition(plan.op)) {
      const absolute = plan.op >= Reduce.ARG_ABS_MAX;
      const negative = plan.op == Reduce.ARG_MIN || plan.op == Reduce.ARG_ABS_MIN;
      argColumns<T>(totals(plan), places(plan), plan.x, xRow, rows, columns, number, absolute, negative);
      number += rows;
    } else {
      const y = centred ? centres(plan) : pair ? plan.y : plan.x;
      columnsPass<T>(pass, totals(plan), plan.x, xRow, y, centred ? 0 : pair ? yRow : xRow, rows, columns);
    }
  } while (advance(plan, plan.kept, plan.kept + plan.reduced - 1));
}

function fillLowest<T>(out: usize, columns: u32): void {
  for (let c: u32 = 0; c < columns + 4; c++, out += sizeof<T>()) store<T>(out, <T>-Infinity);
}

/** Σ (x − mean)² of the current columns, in totals. */
function deviateColumns<T>(plan: Plan, columns: u32): void {
  const n = <f64>plan.count;
  walkColumns<T>(plan, Pass.SUM, columns);
  for (let c: usize = 0; c < <usize>columns; c++) {
    const mean = load<f64>(totals(plan) + c * 8) / n;
    store<f64>(results(plan) + c * 8, mean);
    store<T>(centres(plan) + c * sizeof<T>(), <T>mean);
  }
  walkColumns<T>(plan, Pass.DEVIATION, columns);
  for (let c: usize = 0; c < <usize>columns; c++) {
    const mean = load<f64>(results(plan) + c * 8);
    const total = totals(plan) + c * 8;
    if (abs(mean) < Infinity) {
      store<f64>(total, corrected(load<f64>(total), n, mean - <f64>load<T>(centres(plan) + c * sizeof<T>())));
      continue;
    }
    plan.x += c * sizeof<T>();
    store<f64>(total, welford(plan));
    plan.x -= c * sizeof<T>();
  }
}

/** Column mode for up to CHUNK columns: results in scratch. */
function reduceColumns<T>(plan: Plan, columns: u32, p0: f64): void {
  const op = plan.op;
  const n = <f64>plan.count;
  const pass = passOf(op);
  if (op == Reduce.VARIANCE || op == Reduce.STD) deviateColumns<T>(plan, columns);
  else walkColumns<T>(plan, isPosition(op) ? Pass.MAX : pass, columns);
  for (let c: usize = 0; c < <usize>columns; c++) {
    let result: f64;
    if (isPosition(op)) {
      const at = places(plan) + c * sizeof<T>();
      result = sizeof<T>() == 8 ? <f64>load<u64>(at) : <f64>load<u32>(at);
    } else if (pass >= Pass.MAX && pass <= Pass.ABS_MIN) {
      const most = <f64>load<T>(totals(plan) + c * sizeof<T>());
      result = pass == Pass.MIN || pass == Pass.ABS_MIN ? -most : most;
    } else result = finish(op, load<f64>(totals(plan) + c * 8), n, p0);
    store<f64>(results(plan) + c * 8, result);
  }
}

/** Column mode along the inner kept dimension. */
function reduceColumnChunks(plan: Plan, length: u32, p0: f64): void {
  const outStep = load<usize>(dimension(plan, plan.kept - 1), 4);
  const x = plan.x;
  const y = plan.y;
  const bytes = elementBytes(plan);
  for (let done: u32 = 0; done < length; ) {
    const n = min<u32>(length - done, CHUNK);
    if (plan.compute == 0) reduceColumns<f32>(plan, n, p0);
    else reduceColumns<f64>(plan, n, p0);
    scatter(plan.outType, 1, plan.out + <usize>done * outStep, outStep, results(plan), n);
    plan.x += <usize>n * bytes;
    plan.y += <usize>n * bytes;
    done += n;
  }
  plan.x = x;
  plan.y = y;
}

/**
 * Every output of the plan. p0 … p2 belong to the operator: VARIANCE and STD divide by n − p0; COUNT_MATCHES, FIRST_INDEX and
 * LAST_INDEX take condition, value and eps.
 *
 * error   sums of float32 ≤ 12 · 2^−24 · Σ|x|, whatever the length (reduce.test.ts); of float64 no more than those of a plain loop
 * edges   those of ND4J, see src/ops/reduceCodes.ts
 */
export function reduce(plan: Plan, p0: f64, p1: f64, p2: f64): void {
  const length = load<u32>(dimension(plan, plan.kept - 1));
  do {
    if (plan.columns != 0) reduceColumnChunks(plan, length, p0);
    else reduceRow(plan, length, p0, p1, p2);
  } while (advance(plan, 0, plan.kept - 1));
}
