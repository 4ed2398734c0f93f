// Casts between data types by exact arithmetic on bigints and doubles: the oracle of assembly/memory/convert.ts.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';

/** Value of an element: a number, exact for every type but LONG and UINT64, which are bigints. */
export type Element = number | bigint;

const WIDTHS: Partial<Record<DataType, [bits: number, signed: boolean]>> = {
  LONG: [64, true],
  INT: [32, true],
  SHORT: [16, true],
  BYTE: [8, true],
  UBYTE: [8, false],
  UINT16: [16, false],
  UINT32: [32, false],
  UINT64: [64, false],
};

/** Rounds to `digits` binary digits with the smallest exponent `lowest`, halves to even, above `largest` to infinity. */
function roundTo(value: number, digits: number, lowest: number, largest: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), lowest);
  const unit = 2 ** (exponent - digits);
  const scaled = value / unit;
  const low = Math.floor(scaled);
  const up = scaled - low > 0.5 || (scaled - low === 0.5 && low % 2 !== 0);
  const rounded = (up ? low + 1 : low) * unit;
  return Math.abs(rounded) > largest ? Math.sign(value) * Infinity : rounded;
}

/** Truncation as x86 does it: out of range and NaN give the smallest integer of `bits`. */
function truncate(value: number, bits: number): bigint {
  const limit = 2 ** (bits - 1);
  const whole = Math.trunc(value);
  return whole >= -limit && whole < limit ? BigInt(whole) : -(1n << BigInt(bits - 1));
}

function toInteger(value: Element, type: DataType): bigint {
  const [bits, signed] = WIDTHS[type] as [number, boolean];
  const wrap = signed ? BigInt.asIntN : BigInt.asUintN;
  if (typeof value === 'bigint') return wrap(bits, value);
  const machine = bits === 64 ? 64 : 32;
  const half = 2 ** (machine - 1);
  // Unsigned types of a machine word subtract half of their range first.
  if (!signed && bits >= 32 && value >= half) {
    return wrap(bits, truncate(value - half, machine) ^ (1n << BigInt(machine - 1)));
  }
  return wrap(bits, truncate(value, machine));
}

/** `value` of type `from` as an element of type `to`. */
export function cast(value: Element, from: DataType, to: DataType): Element {
  const exact = WIDTHS[from] ? BigInt(value) : Number(value);
  if (to === 'BOOL') return Number(exact) !== 0 ? 1 : 0;
  if (WIDTHS[to]) {
    const whole = toInteger(from === 'BOOL' ? BigInt(value) : exact, to);
    return dataTypeInfo(to).width === 8 ? whole : Number(whole);
  }
  const number = Number(exact);
  if (to === 'DOUBLE') return number;
  const float = Math.fround(number);
  if (to === 'FLOAT') return float;
  return to === 'HALF' ? roundTo(float, 10, -14, 65504) : roundTo(float, 7, -126, 3.3895313892515355e38);
}
