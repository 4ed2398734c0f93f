// Matrix times vector: out[n] = alpha · x[k] · M[k, n] + beta · out, bound by reading M once. Strides in bytes.

import { fma, lanes } from '../simd/lanes';
import { gatherBlock } from './gemmPack';
import { sumLanes } from '../simd/horizontal';

const K_CHUNK: i32 = 4096;
const N_CHUNK: i32 = 2048;

/** Bytes of scratch: a chunk of x made contiguous, and the sums of a chunk of out. */
export const GEMV_SCRATCH: usize = 8 * (<usize>K_CHUNK + <usize>N_CHUNK);

/** sums[n] += x0 · m[0, n] + … + x3 · m[3, n]; rows of m contiguous. */
function addRows4<T>(sums: usize, x: usize, m: usize, row: usize, n: i32): void {
  const x0 = load<T>(x);
  const x1 = load<T>(x, sizeof<T>());
  const x2 = load<T>(x, 2 * sizeof<T>());
  const x3 = load<T>(x, 3 * sizeof<T>());
  const v0 = v128.splat<T>(x0);
  const v1 = v128.splat<T>(x1);
  const v2 = v128.splat<T>(x2);
  const v3 = v128.splat<T>(x3);
  let m1 = m + row;
  let m2 = m1 + row;
  let m3 = m2 + row;
  let j = 2 * <i32>lanes<T>();
  for (; j <= n; j += 2 * <i32>lanes<T>()) {
    let low = fma<T>(v1, v128.load(m1), fma<T>(v0, v128.load(m), v128.load(sums)));
    v128.store(sums, fma<T>(v3, v128.load(m3), fma<T>(v2, v128.load(m2), low)));
    low = fma<T>(v1, v128.load(m1, 16), fma<T>(v0, v128.load(m, 16), v128.load(sums, 16)));
    v128.store(sums, fma<T>(v3, v128.load(m3, 16), fma<T>(v2, v128.load(m2, 16), low)), 16);
    sums += 32;
    m += 32;
    m1 += 32;
    m2 += 32;
    m3 += 32;
  }
  for (j -= 2 * <i32>lanes<T>(); j < n; j++) {
    store<T>(sums, load<T>(sums) + x0 * load<T>(m) + x1 * load<T>(m1) + x2 * load<T>(m2) + x3 * load<T>(m3));
    sums += sizeof<T>();
    m += sizeof<T>();
    m1 += sizeof<T>();
    m2 += sizeof<T>();
    m3 += sizeof<T>();
  }
}

/** sums[n] += x · m[n]. */
function addRow<T>(sums: usize, x: T, m: usize, n: i32): void {
  const v = v128.splat<T>(x);
  let j = <i32>lanes<T>();
  for (; j <= n; j += <i32>lanes<T>()) {
    v128.store(sums, fma<T>(v, v128.load(m), v128.load(sums)));
    sums += 16;
    m += 16;
  }
  for (j -= <i32>lanes<T>(); j < n; j++) {
    store<T>(sums, load<T>(sums) + x * load<T>(m));
    sums += sizeof<T>();
    m += sizeof<T>();
  }
}

function addRows<T>(sums: usize, x: usize, m: usize, row: usize, n: i32, k: i32): void {
  let i = 4;
  for (; i <= k; i += 4) {
    addRows4<T>(sums, x, m, row, n);
    x += 4 * sizeof<T>();
    m += 4 * row;
  }
  for (i -= 4; i < k; i++) {
    addRow<T>(sums, load<T>(x), m, n);
    x += sizeof<T>();
    m += row;
  }
}

/** sums[0…3] += the products of x[k] and four rows of m. */
function addDots4<T>(sums: usize, x: usize, m: usize, row: usize, k: i32): void {
  let m1 = m + row;
  let m2 = m1 + row;
  let m3 = m2 + row;
  let s0 = v128.splat<T>(<T>0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let i = <i32>lanes<T>();
  for (; i <= k; i += <i32>lanes<T>()) {
    const v = v128.load(x);
    s0 = fma<T>(v, v128.load(m), s0);
    s1 = fma<T>(v, v128.load(m1), s1);
    s2 = fma<T>(v, v128.load(m2), s2);
    s3 = fma<T>(v, v128.load(m3), s3);
    x += 16;
    m += 16;
    m1 += 16;
    m2 += 16;
    m3 += 16;
  }
  let t0 = sumLanes<T>(s0);
  let t1 = sumLanes<T>(s1);
  let t2 = sumLanes<T>(s2);
  let t3 = sumLanes<T>(s3);
  for (i -= <i32>lanes<T>(); i < k; i++) {
    const v = load<T>(x);
    t0 += v * load<T>(m);
    t1 += v * load<T>(m1);
    t2 += v * load<T>(m2);
    t3 += v * load<T>(m3);
    x += sizeof<T>();
    m += sizeof<T>();
    m1 += sizeof<T>();
    m2 += sizeof<T>();
    m3 += sizeof<T>();
  }
  store<T>(sums, load<T>(sums) + t0);
  store<T>(sums, load<T>(sums, sizeof<T>()) + t1, sizeof<T>());
  store<T>(sums, load<T>(sums, 2 * sizeof<T>()) + t2, 2 * sizeof<T>());
  store<T>(sums, load<T>(sums, 3 * sizeof<T>()) + t3, 3 * sizeof<T>());
}

/** The product of x[k] and m[k]. */
function dotRow<T>(x: usize, m: usize, k: i32): T {
  let s0 = v128.splat<T>(<T>0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let i = 4 * <i32>lanes<T>();
  for (; i <= k; i += 4 * <i32>lanes<T>()) {
    s0 = fma<T>(v128.load(x), v128.load(m), s0);
    s1 = fma<T>(v128.load(x, 16), v128.load(m, 16), s1);
    s2 = fma<T>(v128.load(x, 32), v128.load(m, 32), s2);
    s3 = fma<T>(v128.load(x, 48), v128.load(m, 48), s3);
    x += 64;
    m += 64;
  }
  let total = sumLanes<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  for (i -= 4 * <i32>lanes<T>(); i < k; i++) {
    total += load<T>(x) * load<T>(m);
    x += sizeof<T>();
    m += sizeof<T>();
  }
  return total;
}

function addDots<T>(sums: usize, x: usize, m: usize, row: usize, n: i32, k: i32): void {
  let j = 4;
  for (; j <= n; j += 4) {
    addDots4<T>(sums, x, m, row, k);
    sums += 4 * sizeof<T>();
    m += 4 * row;
  }
  for (j -= 4; j < n; j++) {
    store<T>(sums, load<T>(sums) + dotRow<T>(x, m, k));
    sums += sizeof<T>();
    m += row;
  }
}

/** out[n] = alpha · x[k] · m[k, n] + beta · out, where `m` is contiguous along k or along n. beta 0 does not read out. */
export function multiplyVector<T>(
  out: usize,
  outStep: usize,
  x: usize,
  xStep: usize,
  m: usize,
  mRow: usize,
  mColumn: usize,
  n: i32,
  k: i32,
  alpha: T,
  beta: T,
  scratch: usize,
): void {
  const sums = scratch + <usize>K_CHUNK * sizeof<T>();
  for (let j = 0; j < n; j += N_CHUNK) {
    const nb = min(N_CHUNK, n - j);
    memory.fill(sums, 0, <usize>nb * sizeof<T>());
    for (let p = 0; p < k; p += K_CHUNK) {
      const kb = min(K_CHUNK, k - p);
      let chunk = x + <usize>p * xStep;
      if (xStep != sizeof<T>()) {
        gatherBlock<T>(scratch, 0, chunk, 0, xStep, 1, kb);
        chunk = scratch;
      }
      const block = m + <usize>p * mRow + <usize>j * mColumn;
      if (mColumn == sizeof<T>()) addRows<T>(sums, chunk, block, mRow, nb, kb);
      else addDots<T>(sums, chunk, block, mColumn, nb, kb);
    }
    for (let i = 0; i < nb; i++) {
      let sum = alpha * load<T>(sums + <usize>i * sizeof<T>());
      if (beta != <T>0) sum += beta * load<T>(out);
      store<T>(out, sum);
      out += outStep;
    }
  }
}
