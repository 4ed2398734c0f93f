// The final class of the chain. Everything it can do is in the files above it.

import type { Geometry } from '../core/geometry.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { ArrayConversion } from './arrayConversion.ts';

/**
 * An n-dimensional array: a handle on elements in linear memory.
 *
 * Made by `Nd4j` and by operations. A result lives in the workspace that is current when it is made, or on the heap when
 * there is none; `detach()` moves it out of a workspace. Heap arrays are freed by `close()`, `using`, or collection.
 *
 * @see org.nd4j.linalg.api.ndarray.INDArray
 */
export class NDArray extends ArrayConversion {
  override make(buffer: DataBuffer, offset: number, geometry: Geometry): NDArray {
    return new NDArray(buffer, offset, geometry);
  }
}

export { NDArray as INDArray };
