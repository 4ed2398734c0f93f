// Operands in a type that a kernel knows, for kernels of FLOAT and DOUBLE only.

import { type DataTypeInfo, DOUBLE, FLOAT } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { copy } from './layout.ts';

/** A dense heap array of type `info` and x's shape, with x's elements if `filled`. Its buffer is added to `owned`, which the caller closes. */
export function converted(x: ArrayView, info: DataTypeInfo, owned: DataBuffer[], filled: boolean): ArrayView {
  const buffer = DataBuffer.allocateIn(null, info, x.geometry.length, false);
  owned.push(buffer);
  const view = { buffer, offset: 0, geometry: denseGeometry(x.geometry.shape) };
  if (filled) copy(view, x);
  return view;
}

/**
 * Runs `call` on operands that are FLOAT or DOUBLE and dense in 'c' order: on the views themselves, or on copies of the wider type. Nothing to
 * do without elements of `out`.
 */
export function onDense(
  out: ArrayView,
  inputs: readonly ArrayView[],
  call: (out: ArrayView, inputs: readonly ArrayView[], info: DataTypeInfo) => void,
): void {
  if (out.geometry.length === 0) return;
  const all = [out, ...inputs];
  const infos = all.map(({ buffer }) => buffer.info);
  const info = infos.every((each) => each.isFloating && each !== DOUBLE) ? FLOAT : DOUBLE;
  const owned: DataBuffer[] = [];
  const dense = (view: ArrayView, filled: boolean): ArrayView =>
    view.buffer.info === info && view.geometry.isDenseC ? view : converted(view, info, owned, filled);
  try {
    const result = dense(out, false);
    call(
      result,
      inputs.map((each) => dense(each, true)),
      info,
    );
    if (result !== out) copy(out, result);
  } finally {
    for (const buffer of owned) buffer.close();
  }
}
