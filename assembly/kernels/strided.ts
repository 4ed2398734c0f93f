// Elementwise operators on any views: walks the outer dimensions and runs the adjacent kernel on rows of the last one.
//
// block (u32 words): rank ≥ 1 | shape[rank] | out | x | y (binary only) | counters[rank]
//   operand: address | data type | strides[rank] in elements; 0 repeats
//
// An operand of the compute type with inner stride 1 is used in place (inner stride 0 of x or y: as one element);
// any other goes through a row of scratch, converted, at most ROW elements at a time.
// scratch: 3 · ROW · 8 bytes.

import { gather, scatter, shiftOf, Type } from '../memory/convert';
import { binary, unary } from './elementwise';
import { Unary } from './codes';

/** Elements of one scratch row; src/ops/scratch.ts reserves as much. */
const ROW: u32 = 512;
const ROW_BYTES: usize = 4096;

function isNative(type: i32, compute: i32): bool {
  return compute == 0
    ? type == Type.FLOAT
    : compute == 1
      ? type == Type.DOUBLE
      : type == Type.LONG || type == Type.UINT64;
}

export function word(block: usize, index: u32): u32 {
  return load<u32>(block + ((<usize>index) << 2));
}

/** Moves all `operands` of the block one step along the outer dimensions, all but the last `inner`; false after the last one. */
export function nextRow(block: usize, rank: u32, inner: u32, operands: u32): bool {
  const shape = block + 4;
  const first = shape + (<usize>rank << 2);
  const operandBytes = <usize>(rank + 2) << 2;
  const counters = first + <usize>operands * operandBytes;
  for (let left = rank; left > inner; left--) {
    const at = <usize>(left - inner - 1) << 2;
    const count = load<u32>(counters + at) + 1;
    const size = load<u32>(shape + at);
    const done = count == size;
    store<u32>(counters + at, done ? 0 : count);
    for (let operand: u32 = 0; operand < operands; operand++) {
      const o = first + <usize>operand * operandBytes;
      const shift = shiftOf(load<i32>(o, 4));
      const bytes = <usize>load<u32>(o + 8 + at) << shift;
      store<usize>(o, done ? load<usize>(o) - bytes * <usize>(size - 1) : load<usize>(o) + bytes);
    }
    if (!done) return true;
  }
  return false;
}

/** out = op(x) on views: see the block above. The counters start at 0. */
export function unaryStrided(op: i32, compute: i32, block: usize, p0: f64, p1: f64, scratch: usize): void {
  const rank = word(block, 0);
  const length = word(block, rank);
  const out = block + ((<usize>(rank + 1)) << 2);
  const x = out + ((<usize>(rank + 2)) << 2);
  const outType = load<i32>(out, 4);
  const xType = load<i32>(x, 4);
  const outStep = (<usize>load<u32>(out + ((<usize>(rank + 1)) << 2))) << shiftOf(outType);
  const xStep = (<usize>load<u32>(x + ((<usize>(rank + 1)) << 2))) << shiftOf(xType);
  const element: usize = compute == 0 ? 4 : 8;
  const outInPlace = isNative(outType, compute) && outStep == element;
  const xInPlace = isNative(xType, compute) && xStep == element;
  do {
    let outRow = load<usize>(out);
    let xRow = load<usize>(x);
    let left = length;
    while (left != 0) {
      const n = outInPlace && xInPlace ? left : min(left, ROW);
      let target = outInPlace ? outRow : scratch;
      let source = xRow;
      if (!xInPlace) {
        gather(xType, compute, target, xRow, xStep, n);
        source = target;
      }
      if (op == Unary.COPY && source == target) {
        // Gathering was all there is to do.
      } else if (op == Unary.COPY && !outInPlace) {
        target = source;
      } else {
        unary(op, compute, target, source, n, p0, p1);
      }
      if (!outInPlace) scatter(outType, compute, outRow, outStep, target, n);
      left -= n;
      outRow += <usize>n * outStep;
      xRow += <usize>n * xStep;
    }
  } while (nextRow(block, rank, 1, 2));
}

/** out = op(x, y) on views: see the block above. The counters start at 0. */
export function binaryStrided(op: i32, compute: i32, block: usize, p0: f64, scratch: usize): void {
  const rank = word(block, 0);
  const length = word(block, rank);
  const out = block + ((<usize>(rank + 1)) << 2);
  const x = out + ((<usize>(rank + 2)) << 2);
  const y = x + ((<usize>(rank + 2)) << 2);
  const outType = load<i32>(out, 4);
  const xType = load<i32>(x, 4);
  const yType = load<i32>(y, 4);
  const last = (<usize>(rank + 1)) << 2;
  const outStep = (<usize>load<u32>(out + last)) << shiftOf(outType);
  const xStep = (<usize>load<u32>(x + last)) << shiftOf(xType);
  const yStep = (<usize>load<u32>(y + last)) << shiftOf(yType);
  const element: usize = compute == 0 ? 4 : 8;
  // One element of x or y for the whole row; not both, so that there is a row to map.
  const mode = yStep == 0 ? 1 : xStep == 0 ? 2 : 0;
  const outInPlace = isNative(outType, compute) && outStep == element;
  const xInPlace = isNative(xType, compute) && (xStep == element || mode == 2);
  const yInPlace = isNative(yType, compute) && (yStep == element || mode == 1);
  do {
    let outRow = load<usize>(out);
    let xRow = load<usize>(x);
    let yRow = load<usize>(y);
    let left = length;
    while (left != 0) {
      const n = outInPlace && xInPlace && yInPlace ? left : min(left, ROW);
      const target = outInPlace ? outRow : scratch;
      let a = xRow;
      let b = yRow;
      if (!xInPlace) {
        a = scratch + ROW_BYTES;
        gather(xType, compute, a, xRow, xStep, mode == 2 ? 1 : n);
      }
      if (!yInPlace) {
        b = scratch + 2 * ROW_BYTES;
        gather(yType, compute, b, yRow, yStep, mode == 1 ? 1 : n);
      }
      binary(op, compute, mode, target, a, b, n, p0);
      if (!outInPlace) scatter(outType, compute, outRow, outStep, target, n);
      left -= n;
      outRow += <usize>n * outStep;
      xRow += <usize>n * xStep;
      yRow += <usize>n * yStep;
    }
  } while (nextRow(block, rank, 1, 3));
}
