// Operands in a type that a kernel knows, for kernels of FLOAT and DOUBLE only.

import type { DataTypeInfo } from '../core/dataType.ts';
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
