// Heap arrays for the time of one operation.

import type { DataTypeInfo } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { copy } from './layout.ts';

/** Bytes behind each array that a kernel may read, or write back as they were. */
const SLACK_BYTES = 16;

/** Arrays of one type that live until `release`. */
export class Temporaries {
  readonly #owned: DataBuffer[] = [];

  constructor(readonly info: DataTypeInfo) {}

  /** A dense 'c' array. */
  make(shape: readonly number[], zeroed = false): ArrayView {
    const geometry = denseGeometry(shape);
    const length = geometry.length + Math.ceil(SLACK_BYTES / this.info.width);
    const buffer = DataBuffer.allocateDetached(this.info, length, zeroed);
    this.#owned.push(buffer);
    return { buffer, offset: 0, geometry };
  }

  /** A dense 'c' copy. */
  copyOf(x: ArrayView): ArrayView {
    const made = this.make(x.geometry.shape);
    copy(made, x);
    return made;
  }

  release(): void {
    for (const buffer of this.#owned) buffer.close();
    this.#owned.length = 0;
  }
}
