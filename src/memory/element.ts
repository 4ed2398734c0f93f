// Single elements of a buffer, read and written through typed windows without a kernel call, and walks over the elements of a view.

import type { DataTypeInfo } from '../core/dataType.ts';
import { bfloat16FromNumber, bfloat16ToNumber, halfFromNumber, halfToNumber } from '../core/float16.ts';
import { runtime } from '../wasm/runtime.ts';
import type { DataBuffer } from './buffer.ts';
import type { ArrayView } from './view.ts';

const WORD = 4294967296;

/** The element as a number; LONG and UINT64 as bigint. */
export function readElement(buffer: DataBuffer, index: number): number | bigint {
  const { info, address } = buffer;
  if (info.width < 8 || info.isFloating) return readNumber(buffer, index);
  const { u32 } = runtime().memory;
  const at = (address >>> 2) + index * 2;
  const bits = (BigInt(u32[at + 1] as number) << 32n) | BigInt(u32[at] as number);
  return info.name === 'LONG' ? BigInt.asIntN(64, bits) : bits;
}

/** The element as a number; 64-bit integers beyond ±2⁵³ are rounded. BOOL is 0 or 1. */
export function readNumber(buffer: DataBuffer, index: number): number {
  const { memory } = runtime();
  const { info, address } = buffer;
  switch (info.name) {
    case 'FLOAT':
      return memory.f32[(address >>> 2) + index] as number;
    case 'DOUBLE':
      return memory.f64[address / 8 + index] as number;
    case 'INT':
      return memory.i32[(address >>> 2) + index] as number;
    case 'UINT32':
      return memory.u32[(address >>> 2) + index] as number;
    case 'LONG':
    case 'UINT64': {
      const at = (address >>> 2) + index * 2;
      const high = info.name === 'LONG' ? memory.i32[at + 1] : memory.u32[at + 1];
      return (high as number) * WORD + (memory.u32[at] as number);
    }
    case 'BYTE':
      return ((memory.u8[address + index] as number) << 24) >> 24;
    case 'UBYTE':
    case 'BOOL':
      return memory.u8[address + index] as number;
    default:
      return fromBits16(info, readBits16(memory.u8, address + index * 2));
  }
}

/** Writes a number as the buffer's type: integers truncate and wrap as in a cast, BOOL is value ≠ 0. */
export function writeElement(buffer: DataBuffer, index: number, value: number | bigint | boolean): void {
  const { memory } = runtime();
  const { info, address } = buffer;
  switch (info.name) {
    case 'FLOAT':
      memory.f32[(address >>> 2) + index] = Number(value);
      break;
    case 'DOUBLE':
      memory.f64[address / 8 + index] = Number(value);
      break;
    case 'INT':
    case 'UINT32':
      memory.i32[(address >>> 2) + index] = wholeBits(value);
      break;
    case 'LONG':
    case 'UINT64': {
      const at = (address >>> 2) + index * 2;
      if (typeof value === 'bigint') {
        memory.u32[at] = Number(BigInt.asUintN(32, value));
        memory.u32[at + 1] = Number(BigInt.asUintN(32, value >> 32n));
      } else {
        // Storing into an integer window takes the value modulo 2³², exactly.
        const number = whole(Number(value));
        memory.u32[at] = number;
        memory.u32[at + 1] = Math.floor(number / WORD);
      }
      break;
    }
    case 'BOOL':
      memory.u8[address + index] = value ? 1 : 0;
      break;
    case 'BYTE':
    case 'UBYTE':
      memory.u8[address + index] = wholeBits(value);
      break;
    default: {
      const bits = toBits16(info, value);
      memory.u8[address + index * 2] = bits;
      memory.u8[address + index * 2 + 1] = bits >>> 8;
    }
  }
}

function readBits16(u8: Uint8Array, at: number): number {
  return (u8[at] as number) | ((u8[at + 1] as number) << 8);
}

function fromBits16(info: DataTypeInfo, bits: number): number {
  if (info.name === 'HALF') return halfToNumber(bits);
  if (info.name === 'BFLOAT16') return bfloat16ToNumber(bits);
  return info.name === 'SHORT' ? (bits << 16) >> 16 : bits;
}

function toBits16(info: DataTypeInfo, value: number | bigint | boolean): number {
  if (info.name === 'HALF') return halfFromNumber(Number(value));
  if (info.name === 'BFLOAT16') return bfloat16FromNumber(Number(value));
  return wholeBits(value);
}

/** Without the fraction; 0 for NaN and infinities. */
function whole(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}

/** The low 32 bits of the whole number. */
function wholeBits(value: number | bigint | boolean): number {
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  return whole(Number(value)) % WORD;
}

/** Calls `visit` with the buffer index and the position of each element, in 'c' order of the indices. */
export function forEachElement(view: ArrayView, visit: (index: number, position: number) => void): void {
  const { shape, strides, length } = view.geometry;
  const rank = shape.length;
  if (length === 0) return;
  const counters = new Array<number>(rank).fill(0);
  let index = view.offset;
  for (let position = 0; ; ) {
    visit(index, position);
    if (++position === length) return;
    for (let dimension = rank - 1; dimension >= 0; dimension--) {
      const stride = strides[dimension] as number;
      const next = (counters[dimension] as number) + 1;
      if (next < (shape[dimension] as number)) {
        counters[dimension] = next;
        index += stride;
        break;
      }
      counters[dimension] = 0;
      index -= stride * (next - 1);
    }
  }
}
