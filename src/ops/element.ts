// Single elements of a buffer, read and written through typed windows without a kernel call.

import { type DataTypeInfo, COMPUTE_I64 } from '../core/dataType.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { runtime } from '../wasm/runtime.ts';
import { bfloat16FromNumber, bfloat16ToNumber, halfFromNumber, halfToNumber } from './float16.ts';

/** The element as a number; LONG and UINT64 as bigint. */
export function readElement(buffer: DataBuffer, index: number): number | bigint {
  const { memory } = runtime();
  const { info, address } = buffer;
  switch (info.name) {
    case 'FLOAT':
      return memory.f32[(address >>> 2) + index] as number;
    case 'DOUBLE':
      return memory.f64[address / 8 + index] as number;
    case 'INT':
      return memory.i32[(address >>> 2) + index] as number;
    case 'HALF':
      return halfToNumber(memory.window(info, address + index * 2, 1)[0] as number);
    case 'BFLOAT16':
      return bfloat16ToNumber(memory.window(info, address + index * 2, 1)[0] as number);
    default:
      return memory.window(info, address + index * info.width, 1)[0] as number | bigint;
  }
}

/** Writes a number as the buffer's type: integers truncate and wrap as in a cast, BOOL is value ≠ 0. */
export function writeElement(buffer: DataBuffer, index: number, value: number | bigint | boolean): void {
  const { memory } = runtime();
  const { info, address } = buffer;
  if (info.name === 'FLOAT') memory.f32[(address >>> 2) + index] = Number(value);
  else if (info.name === 'DOUBLE') memory.f64[address / 8 + index] = Number(value);
  else (memory.window(info, address + index * info.width, 1) as unknown as (number | bigint)[])[0] = encode(info, value);
}

function encode(info: DataTypeInfo, value: number | bigint | boolean): number | bigint {
  if (info.name === 'HALF') return halfFromNumber(Number(value));
  if (info.name === 'BFLOAT16') return bfloat16FromNumber(Number(value));
  if (info.name === 'BOOL') return value ? 1 : 0;
  const wide = info.compute === COMPUTE_I64 && info.width === 8;
  if (typeof value === 'bigint') return wide ? value : Number(BigInt.asIntN(32, value));
  const whole = Number.isFinite(Number(value)) ? Math.trunc(Number(value)) : 0;
  return wide ? BigInt(whole) : whole;
}
