// Owner of the module's WebAssembly.Memory. Typed windows over all of it are cached and renewed only after a growth.
// Addresses are byte offsets below 2³², always unsigned: whatever comes out of a kernel as an address goes through `>>> 0`.

import type { DataTypeInfo, TypedArray } from '../core/dataType.ts';

export class LinearMemory {
  #buffer: ArrayBuffer;
  #u8: Uint8Array;
  #i32: Int32Array;
  #u32: Uint32Array;
  #f32: Float32Array;
  #f64: Float64Array;

  constructor(readonly memory: WebAssembly.Memory) {
    this.#buffer = memory.buffer;
    this.#u8 = new Uint8Array(this.#buffer);
    this.#i32 = new Int32Array(this.#buffer);
    this.#u32 = new Uint32Array(this.#buffer);
    this.#f32 = new Float32Array(this.#buffer);
    this.#f64 = new Float64Array(this.#buffer);
  }

  /** Bytes of linear memory; grows, never shrinks. */
  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  // A detached window has length 0: one compare finds a growth wherever it happened.
  get u8(): Uint8Array {
    if (this.#u8.length === 0) this.#renew();
    return this.#u8;
  }
  get i32(): Int32Array {
    if (this.#i32.length === 0) this.#renew();
    return this.#i32;
  }
  get u32(): Uint32Array {
    if (this.#u32.length === 0) this.#renew();
    return this.#u32;
  }
  get f32(): Float32Array {
    if (this.#f32.length === 0) this.#renew();
    return this.#f32;
  }
  get f64(): Float64Array {
    if (this.#f64.length === 0) this.#renew();
    return this.#f64;
  }

  /** A window of `length` elements at `address`, of the type's own typed array; lives until memory grows. */
  window(info: DataTypeInfo, address: number, length: number): TypedArray {
    return new info.Window(this.memory.buffer as ArrayBuffer, address, length);
  }

  #renew(): void {
    this.#buffer = this.memory.buffer;
    this.#u8 = new Uint8Array(this.#buffer);
    this.#i32 = new Int32Array(this.#buffer);
    this.#u32 = new Uint32Array(this.#buffer);
    this.#f32 = new Float32Array(this.#buffer);
    this.#f64 = new Float64Array(this.#buffer);
  }
}
