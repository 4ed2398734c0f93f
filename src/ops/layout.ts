// Copies and fills of views.

import { COMPUTE_I64, DOUBLE, FLOAT, LONG } from '../core/dataType.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary, Unary } from './codes.ts';
import { binaryScalar, unary } from './elementwise.ts';

/** out = x, cast to out's type and repeated to out's shape; the views may overlap. */
export function copy(out: ArrayView, x: ArrayView): void {
  const a = out.geometry;
  const b = x.geometry;
  const { info } = out.buffer;
  if (x.buffer.info === info && a.length === b.length && ((a.isDenseC && b.isDenseC) || (a.isDenseF && b.isDenseF))) {
    if (a.length > 0) runtime().kernels.copyBytes(addressOf(out), addressOf(x), a.length * info.width);
    return;
  }
  unary(Unary.COPY, out, x);
}

/** Every element = value, as a cast to out's type: integers truncate and wrap, BOOL is value ≠ 0. */
export function fill(out: ArrayView, value: number | bigint): void {
  const { geometry, buffer } = out;
  const { info } = buffer;
  if (geometry.length === 0) return;
  if (geometry.isDense && Object.is(value, 0)) {
    runtime().kernels.fillBytes(addressOf(out), 0, geometry.length * info.width);
    return;
  }
  if (info.compute !== COMPUTE_I64 || typeof value === 'bigint') {
    binaryScalar(Binary.COPY, out, out, value);
    return;
  }
  const whole = Number.isFinite(value) ? Math.trunc(value) : 0;
  binaryScalar(Binary.COPY, out, out, info.name === 'BOOL' ? Number(value !== 0) : whole);
}

void FLOAT;
void DOUBLE;
void LONG;
