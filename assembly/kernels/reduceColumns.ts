// One pass of a reduction down the columns of a matrix whose rows are adjacent: rows are walked, columns sit in the lanes.
// Totals lie in scratch, padded to whole vectors. Strides in bytes.

import { highHalf, lowHalf } from '../simd/horizontal';
import { lanes, loadTail } from '../simd/lanes';
import { Pass } from './reduceCodes';
import { andMask, Linear, Product, signBits, SquaredDifference } from './reduceRuns';

/** sums[c] += the lanes, in float64. */
// @ts-ignore: decorator
@inline
function addWide<T>(sums: usize, value: v128): void {
  if (sizeof<T>() == 8) {
    v128.store(sums, f64x2.add(v128.load(sums), value));
    return;
  }
  v128.store(sums, f64x2.add(v128.load(sums), lowHalf(value)));
  v128.store(sums, f64x2.add(v128.load(sums, 16), highHalf(value)), 16);
}

/** sums[c] += Σ_r Op(x[r, c], y[r, c]); four rows meet in T before they join the float64 total. */
function sumColumns<Op, T>(sums: usize, x: usize, xRow: usize, y: usize, yRow: usize, rows: u32, columns: u32): void {
  const zero = v128.splat<T>(<T>0);
  const pair = changetype<Op>(0).hasY();
  const step: usize = 8 * <usize>lanes<T>();
  const full = columns / lanes<T>();
  const tail = columns - full * lanes<T>();
  let row = x;
  let other = y;
  let left = rows;
  for (; left >= 4; left -= 4, row += 4 * xRow, other += 4 * yRow) {
    let a = row;
    let b = other;
    let total = sums;
    for (let c = full; c != 0; c--, a += 16, b += 16, total += step) {
      const v0 = changetype<Op>(0).vec<T>(v128.load(a), pair ? v128.load(b) : zero);
      const v1 = changetype<Op>(0).vec<T>(v128.load(a + xRow), pair ? v128.load(b + yRow) : zero);
      const v2 = changetype<Op>(0).vec<T>(v128.load(a + 2 * xRow), pair ? v128.load(b + 2 * yRow) : zero);
      const v3 = changetype<Op>(0).vec<T>(v128.load(a + 3 * xRow), pair ? v128.load(b + 3 * yRow) : zero);
      addWide<T>(total, v128.add<T>(v128.add<T>(v0, v1), v128.add<T>(v2, v3)));
    }
  }
  for (; left != 0; left--, row += xRow, other += yRow) {
    let a = row;
    let b = other;
    let total = sums;
    for (let c = full; c != 0; c--, a += 16, b += 16, total += step) {
      addWide<T>(total, changetype<Op>(0).vec<T>(v128.load(a), pair ? v128.load(b) : zero));
    }
  }
  if (tail == 0) return;
  sums += <usize>full * step;
  x += <usize>full * 16;
  y += <usize>full * 16;
  for (; rows != 0; rows--, x += xRow, y += yRow) {
    addWide<T>(sums, changetype<Op>(0).vec<T>(loadTail<T>(x, tail), pair ? loadTail<T>(y, tail) : zero));
  }
}

/** best or the key of x, whichever is larger; NaN in x loses. */
// @ts-ignore: decorator
@inline
function larger<T>(best: v128, x: v128, and: v128, xor: v128): v128 {
  return v128.pmax<T>(best, v128.xor(v128.and(x, and), xor));
}

/** best[c] = the largest (x[r, c] & and) ^ xor and best[c]; NaN is skipped. Four rows a time; the last ones repeat a row. */
function maxColumns<T>(best: usize, x: usize, xRow: usize, rows: u32, columns: u32, and: v128, xor: v128): void {
  for (let r: u32 = 0; r < rows; r += 4, x += 4 * xRow) {
    const left = rows - r;
    const row1 = left > 1 ? xRow : 0;
    const row2 = left > 2 ? 2 * xRow : 0;
    const row3 = left > 3 ? 3 * xRow : 0;
    let a = x;
    let b = best;
    let c = columns;
    for (; c >= lanes<T>(); c -= lanes<T>(), a += 16, b += 16) {
      const two = larger<T>(larger<T>(v128.load(b), v128.load(a), and, xor), v128.load(a + row1), and, xor);
      v128.store(b, larger<T>(larger<T>(two, v128.load(a + row2), and, xor), v128.load(a + row3), and, xor));
    }
    if (c == 0) continue;
    const two = larger<T>(larger<T>(v128.load(b), loadTail<T>(a, c), and, xor), loadTail<T>(a + row1, c), and, xor);
    v128.store(b, larger<T>(larger<T>(two, loadTail<T>(a + row2, c), and, xor), loadTail<T>(a + row3, c), and, xor));
  }
}

/** (x[c] & and) ^ xor of one vector of columns, of which `left` remain. */
// @ts-ignore: decorator
@inline
function keys<T>(x: usize, left: u32, and: v128, xor: v128): v128 {
  return v128.xor(v128.and(left >= lanes<T>() ? v128.load(x) : loadTail<T>(x, left), and), xor);
}

/** A row's number in lanes as wide as T. */
// @ts-ignore: decorator
@inline
function numbered<T>(row: u32): v128 {
  return sizeof<T>() == 8 ? i64x2.splat(row) : i32x4.splat(row);
}

/** The larger of `most` and the keys of two rows of whole vectors. */
// @ts-ignore: decorator
@inline
function maxTwo<T>(most: v128, x: usize, xRow: usize, and: v128, xor: v128): v128 {
  most = v128.pmax<T>(most, v128.xor(v128.and(v128.load(x), and), xor));
  return v128.pmax<T>(most, v128.xor(v128.and(v128.load(x + xRow), and), xor));
}

/** One vector of `best` and `at` after `count` rows, from row `number` on; `left` columns count. */
function argRows<T>(best: usize, at: usize, x: usize, xRow: usize, count: u32, left: u32, number: u32, and: v128, xor: v128): void {
  let most = v128.load(best);
  let place = v128.load(at);
  let row = numbered<T>(number);
  const unit = numbered<T>(1);
  for (; count != 0; count--, x += xRow) {
    const key = keys<T>(x, left, and, xor);
    place = v128.bitselect(row, place, v128.gt<T>(key, most));
    most = v128.pmax<T>(most, key);
    row = sizeof<T>() == 8 ? i64x2.add(row, unit) : i32x4.add(row, unit);
  }
  v128.store(best, most);
  v128.store(at, place);
}

/**
 * best[c] and at[c] after more rows, eight at a time: where (x[c] & and) ^ xor is larger than best[c], it becomes best[c], and at[c] the
 * number of its row. Most groups of eight hold nothing larger, and their positions are not looked for. Rows are numbered from `number` on,
 * in integers as wide as T. Row 0 begins: NaN there stays the best.
 */
export function argColumns<T>(
  best: usize, at: usize, x: usize, xRow: usize, rows: u32, columns: u32, number: u32, absolute: bool, negative: bool,
): void {
  const and = andMask<T>(absolute);
  const xor = negative ? signBits<T>() : i32x4.splat(0);
  const step = lanes<T>();
  if (number == 0) {
    for (let c: u32 = 0; c < columns; c += step) {
      const offset = <usize>c * sizeof<T>();
      v128.store(best + offset, keys<T>(x + offset, columns - c, and, xor));
      v128.store(at + offset, i32x4.splat(0));
    }
  }
  const twoRows = xRow << 1;
  while (rows != 0) {
    const count = min<u32>(rows, 8);
    const whole = count == 8 ? columns & -step : 0;
    for (let c: u32 = 0; c < columns; c += step) {
      const offset = <usize>c * sizeof<T>();
      if (c < whole) {
        const most = v128.load(best + offset);
        let a = x + offset;
        let even = maxTwo<T>(most, a, xRow, and, xor);
        a += twoRows;
        let odd = maxTwo<T>(most, a, xRow, and, xor);
        a += twoRows;
        even = maxTwo<T>(even, a, xRow, and, xor);
        a += twoRows;
        odd = maxTwo<T>(odd, a, xRow, and, xor);
        if (!v128.any_true(v128.or(v128.gt<T>(even, most), v128.gt<T>(odd, most)))) continue;
      }
      argRows<T>(best + offset, at + offset, x + offset, xRow, count, columns - c, number, and, xor);
    }
    rows -= count;
    number += count;
    x += <usize>count * xRow;
  }
}

/** totals[c] after more rows of a pass that has a column form: float64 sums, or maxima in T. */
export function columnsPass<T>(
  pass: i32, totals: usize, x: usize, xRow: usize, y: usize, yRow: usize, rows: u32, columns: u32,
): void {
  const none = i32x4.splat(0);
  switch (pass) {
    case Pass.SUM: sumColumns<Linear, T>(totals, x, xRow, x, xRow, rows, columns); return;
    case Pass.PRODUCT: sumColumns<Product, T>(totals, x, xRow, y, yRow, rows, columns); return;
    case Pass.SQUARED_DIFFERENCE:
    case Pass.DEVIATION: sumColumns<SquaredDifference, T>(totals, x, xRow, y, yRow, rows, columns); return;
    default: {
      const negative = pass == Pass.MIN || pass == Pass.ABS_MIN;
      maxColumns<T>(totals, x, xRow, rows, columns, andMask<T>(pass >= Pass.ABS_MAX), negative ? signBits<T>() : none);
    }
  }
}
