// The register tile of the matrix product: 2 rows by 4 vectors (2×16 float32, 2×8 float64).
//
// 8 accumulators are what both compilers of V8 keep in registers on x64. The conditional exit between the four steps is
// not only for k % 4: a basic-block border keeps the compilers from gathering the loads of all steps and spilling.
// The function stays one of its own, called often, so that V8 replaces its baseline code soon.

import { fma } from '../simd/lanes';

/** Bytes of one row of the tile, and of one step of a panel. */
export const TILE_BYTES: usize = 64;

// @ts-ignore: decorator
@inline
function put<T>(out: usize, sum: v128, alpha: v128): void {
  v128.store(out, v128.mul<T>(sum, alpha));
}

// @ts-ignore: decorator
@inline
function merge<T>(out: usize, sum: v128, alpha: v128, beta: v128): void {
  v128.store(out, v128.add<T>(v128.mul<T>(sum, alpha), v128.mul<T>(v128.load(out), beta)));
}

/**
 * out[2, 16] = alpha · a[2, k] · panel[k, 16] + beta · out; beta 0 does not read `out`. Strides in bytes; a's rows and the panel
 * are contiguous, k ≥ 1.
 */
export function multiplyTile<T>(out: usize, outRow: usize, a: usize, aRow: usize, panel: usize, k: i32, alpha: T, beta: T): void {
  let x0 = v128.splat<T>(<T>0);
  let x1 = x0;
  let x2 = x0;
  let x3 = x0;
  let y0 = x0;
  let y1 = x0;
  let y2 = x0;
  let y3 = x0;
  let b = a + aRow;
  let s: v128;
  let b0: v128;
  let b1: v128;
  let b2: v128;
  let b3: v128;
  while (true) {
    b0 = v128.load(panel);
    b1 = v128.load(panel, 16);
    b2 = v128.load(panel, 32);
    b3 = v128.load(panel, 48);
    s = v128.load_splat<T>(a);
    x0 = fma<T>(s, b0, x0);
    x1 = fma<T>(s, b1, x1);
    x2 = fma<T>(s, b2, x2);
    x3 = fma<T>(s, b3, x3);
    s = v128.load_splat<T>(b);
    y0 = fma<T>(s, b0, y0);
    y1 = fma<T>(s, b1, y1);
    y2 = fma<T>(s, b2, y2);
    y3 = fma<T>(s, b3, y3);
    if (k == 1) break;
    b0 = v128.load(panel, 64);
    b1 = v128.load(panel, 80);
    b2 = v128.load(panel, 96);
    b3 = v128.load(panel, 112);
    s = v128.load_splat<T>(a, sizeof<T>());
    x0 = fma<T>(s, b0, x0);
    x1 = fma<T>(s, b1, x1);
    x2 = fma<T>(s, b2, x2);
    x3 = fma<T>(s, b3, x3);
    s = v128.load_splat<T>(b, sizeof<T>());
    y0 = fma<T>(s, b0, y0);
    y1 = fma<T>(s, b1, y1);
    y2 = fma<T>(s, b2, y2);
    y3 = fma<T>(s, b3, y3);
    if (k == 2) break;
    b0 = v128.load(panel, 128);
    b1 = v128.load(panel, 144);
    b2 = v128.load(panel, 160);
    b3 = v128.load(panel, 176);
    s = v128.load_splat<T>(a, 2 * sizeof<T>());
    x0 = fma<T>(s, b0, x0);
    x1 = fma<T>(s, b1, x1);
    x2 = fma<T>(s, b2, x2);
    x3 = fma<T>(s, b3, x3);
    s = v128.load_splat<T>(b, 2 * sizeof<T>());
    y0 = fma<T>(s, b0, y0);
    y1 = fma<T>(s, b1, y1);
    y2 = fma<T>(s, b2, y2);
    y3 = fma<T>(s, b3, y3);
    if (k == 3) break;
    b0 = v128.load(panel, 192);
    b1 = v128.load(panel, 208);
    b2 = v128.load(panel, 224);
    b3 = v128.load(panel, 240);
    s = v128.load_splat<T>(a, 3 * sizeof<T>());
    x0 = fma<T>(s, b0, x0);
    x1 = fma<T>(s, b1, x1);
    x2 = fma<T>(s, b2, x2);
    x3 = fma<T>(s, b3, x3);
    s = v128.load_splat<T>(b, 3 * sizeof<T>());
    y0 = fma<T>(s, b0, y0);
    y1 = fma<T>(s, b1, y1);
    y2 = fma<T>(s, b2, y2);
    y3 = fma<T>(s, b3, y3);
    k -= 4;
    if (k == 0) break;
    a += 4 * sizeof<T>();
    b += 4 * sizeof<T>();
    panel += 4 * TILE_BYTES;
  }
  const scale = v128.splat<T>(alpha);
  const second = out + outRow;
  if (beta == <T>0) {
    put<T>(out, x0, scale);
    put<T>(out + 16, x1, scale);
    put<T>(out + 32, x2, scale);
    put<T>(out + 48, x3, scale);
    put<T>(second, y0, scale);
    put<T>(second + 16, y1, scale);
    put<T>(second + 32, y2, scale);
    put<T>(second + 48, y3, scale);
    return;
  }
  const keep = v128.splat<T>(beta);
  merge<T>(out, x0, scale, keep);
  merge<T>(out + 16, x1, scale, keep);
  merge<T>(out + 32, x2, scale, keep);
  merge<T>(out + 48, x3, scale, keep);
  merge<T>(second, y0, scale, keep);
  merge<T>(second + 16, y1, scale, keep);
  merge<T>(second + 32, y2, scale, keep);
  merge<T>(second + 48, y3, scale, keep);
}
