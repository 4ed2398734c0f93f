// Running sums along a dimension.

import { FLOAT } from '../core/dataType.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { copy } from './layout.ts';

/** out[…, k, …] = Σ out[…, 0 … k, …] along `dimension`, in place; `out` is dense in 'c' order. HALF and BFLOAT16 sum in float32. */
export function cumulativeSum(out: ArrayView, dimension: number): void {
  const { shape, length } = out.geometry;
  const { info } = out.buffer;
  if (length === 0) return;
  if (info.isFloating && info.width === 2) {
    const buffer = DataBuffer.allocateIn(null, FLOAT, length, false);
    const wide = { buffer, offset: 0, geometry: out.geometry };
    copy(wide, out);
    cumulativeSum(wide, dimension);
    copy(out, wide);
    buffer.close();
    return;
  }
  const inner = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
  runtime().kernels.cumulativeSum(info.code, addressOf(out), length, inner * (shape[dimension] as number), inner);
}
