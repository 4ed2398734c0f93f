// Blocks of a strided matrix made contiguous for the register tile. Strides in bytes, sizes in elements.

import { lanes } from '../simd/lanes';
import { TILE_BYTES } from './gemmTile';

/** out[c, r] = x[r, c] for a vector of rows; `columns` are whole vectors. */
function transposeBand<T>(out: usize, outRow: usize, x: usize, xRow: usize, columns: i32): void {
  let x1 = x + xRow;
  if (sizeof<T>() == 8) {
    for (; columns != 0; columns -= 2) {
      const a = v128.load(x);
      const b = v128.load(x1);
      v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
      out += outRow;
      v128.store(out, v128.shuffle<f64>(a, b, 1, 3));
      out += outRow;
      x += 16;
      x1 += 16;
    }
    return;
  }
  let x2 = x1 + xRow;
  let x3 = x2 + xRow;
  for (; columns != 0; columns -= 4) {
    const r0 = v128.load(x);
    const r1 = v128.load(x1);
    const r2 = v128.load(x2);
    const r3 = v128.load(x3);
    const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
    out += outRow;
    v128.store(out, v128.shuffle<f64>(a, b, 1, 3));
    out += outRow;
    const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f64>(c, d, 0, 2));
    out += outRow;
    v128.store(out, v128.shuffle<f64>(c, d, 1, 3));
    out += outRow;
    x += 16;
    x1 += 16;
    x2 += 16;
    x3 += 16;
  }
}

/** out[c, r] = x[r, c]; rows of x and of out are contiguous. */
export function transposeBlock<T>(out: usize, outRow: usize, x: usize, xRow: usize, rows: i32, columns: i32): void {
  const step = <i32>lanes<T>();
  const wide = columns & -step;
  const rest = columns - wide;
  for (; rows >= step; rows -= step) {
    transposeBand<T>(out, outRow, x, xRow, wide);
    if (rest != 0) gatherBlock<T>(out + <usize>wide * outRow, outRow, x + <usize>wide * sizeof<T>(), sizeof<T>(), xRow, rest, step);
    out += 16;
    x += xRow * lanes<T>();
  }
  if (rows != 0) gatherBlock<T>(out, outRow, x, sizeof<T>(), xRow, columns, rows);
}

/** out[r, c] = x[r, c] with any strides of x; rows of out are contiguous. */
export function gatherBlock<T>(out: usize, outRow: usize, x: usize, xRow: usize, xColumn: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    let from = x;
    for (let c = 0; c < columns; c++) {
      store<T>(out + <usize>c * sizeof<T>(), load<T>(from));
      from += xColumn;
    }
    x += xRow;
    out += outRow;
  }
}

/** Rows of x whose columns are not adjacent, made contiguous one after another. */
export function packRows<T>(out: usize, x: usize, xRow: usize, xColumn: usize, rows: i32, columns: i32): void {
  const outRow = <usize>columns * sizeof<T>();
  if (xRow == sizeof<T>()) transposeBlock<T>(out, outRow, x, xColumn, columns, rows);
  else gatherBlock<T>(out, outRow, x, xRow, xColumn, rows, columns);
}

/** x[k, n] cut into panels of one tile's width, each [k, width] contiguous; the last one is padded with zeros. */
export function packPanels<T>(out: usize, x: usize, xRow: usize, xColumn: usize, k: i32, n: i32): void {
  const width = 4 * <i32>lanes<T>();
  const panelBytes = <usize>k * TILE_BYTES;
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    if (columns < width) memory.fill(out, 0, panelBytes);
    if (xRow == sizeof<T>()) transposeBlock<T>(out, TILE_BYTES, x, xColumn, columns, k);
    else if (xColumn == sizeof<T>() && columns == width) copyPanel(out, x, xRow, k);
    else gatherBlock<T>(out, TILE_BYTES, x, xRow, xColumn, k, columns);
    x += <usize>width * xColumn;
    out += panelBytes;
  }
}

function copyPanel(out: usize, x: usize, xRow: usize, k: i32): void {
  for (let i = 0; i < k; i++) {
    v128.store(out, v128.load(x));
    v128.store(out, v128.load(x, 16), 16);
    v128.store(out, v128.load(x, 32), 32);
    v128.store(out, v128.load(x, 48), 48);
    x += xRow;
    out += TILE_BYTES;
  }
}
