// Matrix product C[m, n] = alpha · A[m, k] · B[k, n] + beta · C on strided operands, so that orders, transposes and views need no copy.
//
//   for 1024 columns of C, for ≤ 384 of k:   pack B into panels of one tile's width        (panel: L1, all panels: L2)
//     for 128 rows of C:                      pack A's rows if they are not contiguous      (L2)
//       for each panel, for each 2 rows:      gemmTile.ts
//
// Ragged edges of C, and a C whose columns are not adjacent, go through a scratch tile.

import { lanes } from '../simd/lanes';
import { packPanels, packRows } from './gemmPack';
import { multiplyTile, TILE_BYTES } from './gemmTile';
import { GEMV_SCRATCH, multiplyVector } from './gemv';

/** Up to so many rows of C are products of a vector and B: packing B would cost more. */
const FEW_ROWS: i32 = 3;
export const K_BLOCK: i32 = 384;
export const M_BLOCK: i32 = 128;
export const N_BLOCK: i32 = 1024;

/** Up to half a tile, columns of C are products of A and a vector: the tile would mostly multiply zeros. */
// @ts-ignore: decorator
@inline
function fewColumns<T>(): i32 {
  return 2 * <i32>lanes<T>();
}

/**
 * True where C is better computed as its transpose. A C whose columns are contiguous: from so many rows on that they fill most of a tile.
 * Else a B whose columns are contiguous, which is then read as rows instead of packed: as many rows of A as fill few tiles to the edge,
 * and products long enough to make up for a C that is written through a scratch tile.
 */
// @ts-ignore: decorator
@inline
function isTransposed<T>(m: i32, n: i32, k: i32, bRow: usize, cRow: usize, cColumn: usize): bool {
  const unit = sizeof<T>();
  const step = <i32>lanes<T>();
  if (cColumn != unit && cRow == unit) return m >= 3 * step;
  return bRow == unit && m <= 64 && n > m && k >= 256 && m % (4 * step) == 0;
}

/** Number of steps of one block of k: k cut evenly. */
// @ts-ignore: decorator
@inline
export function blockOf(k: i32): i32 {
  const blocks = max((k + K_BLOCK - 1) / K_BLOCK, 1);
  return (k + blocks - 1) / blocks;
}

/** Bytes of one packed block of B. */
// @ts-ignore: decorator
@inline
export function panelsBytes<T>(n: i32, kBlock: i32): usize {
  const width = 4 * <i32>lanes<T>();
  return <usize>((min(n, N_BLOCK) + width - 1) / width) * <usize>kBlock * TILE_BYTES;
}

/** What multiplyBlocked needs. */
function blockedBytes<T>(m: i32, n: i32, kBlock: i32): usize {
  return 2 * TILE_BYTES + panelsBytes<T>(n, kBlock) + <usize>(min(m, M_BLOCK) * kBlock) * sizeof<T>();
}

function scratchOf<T>(m: i32, n: i32, k: i32): usize {
  const kBlock = blockOf(k);
  // The transpose of C may be computed instead.
  const blocked = max(blockedBytes<T>(m, n, kBlock), blockedBytes<T>(n, m, kBlock));
  return m <= FEW_ROWS || n <= fewColumns<T>() ? max<usize>(blocked, GEMV_SCRATCH) : blocked;
}

/** Bytes of scratch that `gemm` needs for these sizes. */
export function gemmScratchBytes(compute: i32, m: i32, n: i32, k: i32): usize {
  return compute == 0 ? scratchOf<f32>(m, n, k) : scratchOf<f64>(m, n, k);
}

/** The first `rows` × `columns` of a finished tile into C. */
function mergeEdge<T>(c: usize, cRow: usize, cColumn: usize, tile: usize, rows: i32, columns: i32, beta: T): void {
  for (let i = 0; i < rows; i++) {
    let out = c;
    for (let j = 0; j < columns; j++) {
      let sum = load<T>(tile + <usize>j * sizeof<T>());
      if (beta != <T>0) sum += beta * load<T>(out);
      store<T>(out, sum);
      out += cColumn;
    }
    c += cRow;
    tile += TILE_BYTES;
  }
}

/** C[m, n] = alpha · a[m, k] · panels + beta · C, for blocks that fit the caches. */
export function multiplyBlock<T>(
  c: usize, a: usize, panels: usize, m: i32, n: i32, k: i32, aRow: usize, cRow: usize, cColumn: usize, alpha: T, beta: T, tile: usize,
): void {
  const width = 4 * <i32>lanes<T>();
  for (let j = 0; j < n; j += width) {
    const columns = min(width, n - j);
    const direct = columns == width && cColumn == sizeof<T>();
    let row = a;
    let out = c;
    for (let i = 0; i < m; i += 2) {
      const rows = min(2, m - i);
      if (direct && rows == 2) {
        multiplyTile<T>(out, cRow, row, aRow, panels, k, alpha, beta);
      } else {
        multiplyTile<T>(tile, TILE_BYTES, row, rows == 2 ? aRow : 0, panels, k, alpha, <T>0);
        mergeEdge<T>(out, cRow, cColumn, tile, rows, columns, beta);
      }
      row += 2 * aRow;
      out += 2 * cRow;
    }
    c += <usize>width * cColumn;
    panels += <usize>k * TILE_BYTES;
  }
}

function multiplyBlocked<T>(
  c: usize, a: usize, b: usize, m: i32, n: i32, k: i32,
  aRow: usize, aColumn: usize, bRow: usize, bColumn: usize, cRow: usize, cColumn: usize, alpha: T, beta: T, scratch: usize,
): void {
  const kBlock = blockOf(k);
  const panels = scratch + 2 * TILE_BYTES;
  const rows = panels + panelsBytes<T>(n, kBlock);
  for (let j = 0; j < n; j += N_BLOCK) {
    const nb = min(N_BLOCK, n - j);
    for (let p = 0; p < k; p += kBlock) {
      const kb = min(kBlock, k - p);
      packPanels<T>(panels, b + <usize>p * bRow + <usize>j * bColumn, bRow, bColumn, kb, nb);
      for (let i = 0; i < m; i += M_BLOCK) {
        const mb = min(M_BLOCK, m - i);
        let block = a + <usize>i * aRow + <usize>p * aColumn;
        let blockRow = aRow;
        if (aColumn != sizeof<T>()) {
          packRows<T>(rows, block, aRow, aColumn, mb, kb);
          block = rows;
          blockRow = <usize>kb * sizeof<T>();
        }
        const out = c + <usize>i * cRow + <usize>j * cColumn;
        multiplyBlock<T>(out, block, panels, mb, nb, kb, blockRow, cRow, cColumn, alpha, p == 0 ? beta : <T>1, scratch);
      }
    }
  }
}

/** C = beta · C, what is left of the product when k or alpha is 0. */
function scaleMatrix<T>(c: usize, m: i32, n: i32, cRow: usize, cColumn: usize, beta: T): void {
  for (let i = 0; i < m; i++) {
    let out = c + <usize>i * cRow;
    for (let j = 0; j < n; j++) {
      store<T>(out, beta == <T>0 ? <T>0 : beta * load<T>(out));
      out += cColumn;
    }
  }
}

function multiply<T>(
  c: usize, a: usize, b: usize, m: i32, n: i32, k: i32,
  aRow: usize, aColumn: usize, bRow: usize, bColumn: usize, cRow: usize, cColumn: usize, alpha: T, beta: T, scratch: usize,
): void {
  const unit = sizeof<T>();
  if (k == 0 || alpha == <T>0) scaleMatrix<T>(c, m, n, cRow, cColumn, beta);
  else if (m <= FEW_ROWS && (bRow == unit || bColumn == unit)) {
    for (; m > 0; m--, c += cRow, a += aRow) multiplyVector<T>(c, cColumn, a, aColumn, b, bRow, bColumn, n, k, alpha, beta, scratch);
  } else if (n <= fewColumns<T>() && (aRow == unit || aColumn == unit)) {
    for (; n > 0; n--, c += cColumn, b += bColumn) multiplyVector<T>(c, cRow, b, bRow, a, aColumn, aRow, m, k, alpha, beta, scratch);
  } else if (isTransposed<T>(m, n, k, bRow, cRow, cColumn)) {
    multiplyBlocked<T>(c, b, a, n, m, k, bColumn, bRow, aColumn, aRow, cColumn, cRow, alpha, beta, scratch);
  } else {
    multiplyBlocked<T>(c, a, b, m, n, k, aRow, aColumn, bRow, bColumn, cRow, cColumn, alpha, beta, scratch);
  }
}

/**
 * C[m, n] = alpha · A[m, k] · B[k, n] + beta · C. Strides in elements; C overlaps neither A nor B. beta 0 does not read C, alpha 0
 * reads neither A nor B.
 * Error bound: that of a sum of k products in the compute type, |C − exact| ≤ (k + 2) · ε · |A| · |B|.
 */
export function gemm(
  compute: i32, c: usize, a: usize, b: usize, m: i32, n: i32, k: i32,
  aRow: usize, aColumn: usize, bRow: usize, bColumn: usize, cRow: usize, cColumn: usize, alpha: f64, beta: f64, scratch: usize,
): void {
  if (compute == 0) {
    multiply<f32>(
      c, a, b, m, n, k, aRow << 2, aColumn << 2, bRow << 2, bColumn << 2, cRow << 2, cColumn << 2, <f32>alpha, <f32>beta, scratch,
    );
  } else {
    multiply<f64>(c, a, b, m, n, k, aRow << 3, aColumn << 3, bRow << 3, bColumn << 3, cRow << 3, cColumn << 3, alpha, beta, scratch);
  }
}
