// HALF (IEEE 754 binary16) and BFLOAT16 bit patterns to and from numbers, rounding to nearest even.

import type { DataTypeInfo } from './dataType.ts';

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

export function bfloat16ToNumber(bits: number): number {
  u32[0] = bits << 16;
  return f32[0] as number;
}

export function bfloat16FromNumber(value: number): number {
  f32[0] = value;
  const bits = u32[0] as number;
  if (Number.isNaN(value)) return (bits >>> 16) | 0x40;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

export function halfFromNumber(value: number): number {
  f32[0] = value;
  const sign = ((u32[0] as number) >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  const fraction = roundEven(size * 2 ** (10 - exponent));
  return sign | (((exponent + 15) << 10) + (fraction - 1024));
}

function roundEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/** The nearest number that a floating type has. */
export function roundTo(info: DataTypeInfo, value: number): number {
  if (info.name === 'DOUBLE') return value;
  if (info.name === 'HALF') return halfToNumber(halfFromNumber(value));
  return info.name === 'BFLOAT16' ? bfloat16ToNumber(bfloat16FromNumber(value)) : Math.fround(value);
}
