// Copies between views of one type, whatever it is: only the width of an element matters.

import { gatherBlock, transposeBlock } from './gemmPack';
import { nextRow, word } from './strided';

/**
 * out[…, r, c] = x[…, r, c] by the block of strided.ts for out and x; both have elements of 1 << shift bytes.
 * The last dimension has out's smallest stride; the one before it x's smallest, where the last has not.
 */
export function copyStrided(shift: i32, block: usize): void {
  const rank = word(block, 0);
  const isPlane = rank > 1;
  const columns = word(block, rank);
  const rows = isPlane ? word(block, rank - 1) : 1;
  const out = block + (<usize>(rank + 1) << 2);
  const x = out + (<usize>(rank + 2) << 2);
  const last = <usize>(rank + 1) << 2;
  const outColumn = <usize>load<u32>(out + last) << shift;
  const xColumn = <usize>load<u32>(x + last) << shift;
  const outRow = isPlane ? <usize>load<u32>(out + last - 4) << shift : 0;
  const xRow = isPlane ? <usize>load<u32>(x + last - 4) << shift : 0;
  do {
    const to = load<usize>(out);
    const from = load<usize>(x);
    if (shift == 2) copyPlane<f32>(to, outRow, outColumn, from, xRow, xColumn, rows, columns);
    else if (shift == 3) copyPlane<f64>(to, outRow, outColumn, from, xRow, xColumn, rows, columns);
    else if (shift == 1) copyPlane<u16>(to, outRow, outColumn, from, xRow, xColumn, rows, columns);
    else copyPlane<u8>(to, outRow, outColumn, from, xRow, xColumn, rows, columns);
  } while (nextRow(block, rank, isPlane ? 2 : 1, 2));
}

/** out[rows, columns] = x[rows, columns] with strides in bytes. */
function copyPlane<T>(
  out: usize,
  outRow: usize,
  outColumn: usize,
  x: usize,
  xRow: usize,
  xColumn: usize,
  rows: u32,
  columns: u32,
): void {
  if (outColumn == sizeof<T>() && xColumn != sizeof<T>() && xRow == sizeof<T>()) {
    transposePlane<T>(out, outRow, x, xColumn, rows, columns);
    return;
  }
  const bytes = <usize>columns * sizeof<T>();
  for (; rows != 0; rows--, out += outRow, x += xRow) {
    if (outColumn == sizeof<T>() && xColumn == sizeof<T>()) copyRow(out, x, bytes);
    else copyColumn<T>(out, outColumn, x, xColumn, columns);
  }
}

/** Short rows by words: a call of memory.copy costs as much as ten of them. */
function copyRow(out: usize, x: usize, bytes: usize): void {
  if (bytes > 128) {
    memory.copy(out, x, bytes);
    return;
  }
  for (; bytes >= 8; bytes -= 8, out += 8, x += 8) store<u64>(out, load<u64>(x));
  for (; bytes != 0; bytes--, out++, x++) store<u8>(out, load<u8>(x));
}

function copyColumn<T>(out: usize, outStep: usize, x: usize, xStep: usize, count: u32): void {
  for (; count != 0; count--, out += outStep, x += xStep) store<T>(out, load<T>(x));
}

/** A cache line of x, read whole before the next row, so that it is used up at once; two where one block spans all rows of x. */
const LINE: u32 = 64;
/** Rows of x that a block reads: as many elements adjacent in out, a few lines, which the prefetcher sees coming. */
const HEIGHT: u32 = 64;
/** Rows of out that stay in the second level of the TLB while all of their lines are written. */
const PAGES: u32 = 256;

/** out[r, c] = x[c, r] in blocks of one line of x by HEIGHT rows; rows of both are adjacent. */
function transposePlane<T>(out: usize, outRow: usize, x: usize, xRow: usize, rows: u32, columns: u32): void {
  const line = (columns > HEIGHT ? LINE : 2 * LINE) / <u32>sizeof<T>();
  for (let first: u32 = 0; first < rows; first += PAGES) {
    const end = min(rows, first + PAGES);
    for (let c: u32 = 0; c < columns; c += HEIGHT) {
      const height = min(columns - c, HEIGHT);
      for (let r = first; r < end; r += line) {
        const width = min(end - r, line);
        const to = out + <usize>r * outRow + <usize>c * sizeof<T>();
        const from = x + <usize>c * xRow + <usize>r * sizeof<T>();
        if (sizeof<T>() >= 4) transposeBlock<T>(to, outRow, from, xRow, height, width);
        else gatherBlock<T>(to, outRow, from, sizeof<T>(), xRow, width, height);
      }
    }
  }
}
