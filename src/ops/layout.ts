// Copies and fills of views.

import { COMPUTE_I64 } from '../core/dataType.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary, Unary } from './codes.ts';
import { binaryScalar, unary } from './elementwise.ts';
import { clashes, plan } from './stridedPlan.ts';

/** out = x, cast to out's type and repeated to out's shape; the views may overlap. */
export function copy(out: ArrayView, x: ArrayView): void {
  const a = out.geometry;
  const b = x.geometry;
  if (a.length === 0) return;
  const { info } = out.buffer;
  if (x.buffer.info !== info) {
    unary(Unary.COPY, out, x);
    return;
  }
  const { kernels } = runtime();
  if (a.length === b.length && ((a.isDenseC && b.isDenseC) || (a.isDenseF && b.isDenseF))) {
    kernels.copyBytes(addressOf(out), addressOf(x), a.length * info.width);
    return;
  }
  if (clashes(out, x)) {
    unary(Unary.COPY, out, x);
    return;
  }
  plan.x.view(x);
  plan.out.view(out);
  plan.collapse(false);
  plan.pairInner();
  kernels.copyStrided(info.shift, plan.write(false));
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
