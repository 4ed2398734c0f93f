// Elements between files and linear memory, which is little-endian.

import type { DataBuffer } from '../../memory/buffer.ts';

/** The bytes of all elements of a buffer: a window that the next allocation may invalidate. */
export function bytesOf(buffer: DataBuffer): Uint8Array {
  const { buffer: memory, byteOffset, byteLength } = buffer.window();
  return new Uint8Array(memory, byteOffset, byteLength);
}

/** Copies elements of `width` bytes each, the bytes of every element in reverse. Both have the same length. */
export function copyReversed(target: Uint8Array, source: Uint8Array, width: number): void {
  if (width === 1) {
    target.set(source);
    return;
  }
  for (let element = 0; element < source.length; element += width) {
    for (let byte = 0; byte < width; byte++) target[element + byte] = source[element + width - 1 - byte] as number;
  }
}
