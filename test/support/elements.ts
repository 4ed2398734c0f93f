// Elements of any data type, written and read through views.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { bfloat16FromNumber, bfloat16ToNumber, halfFromNumber, halfToNumber } from '../../src/core/float16.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { positions } from './views.ts';

export const ALL_TYPES: readonly DataType[] = [
  'FLOAT',
  'DOUBLE',
  'LONG',
  'INT',
  'SHORT',
  'BYTE',
  'UBYTE',
  'BOOL',
  'HALF',
  'BFLOAT16',
  'UINT16',
  'UINT32',
  'UINT64',
];

/** A dense array with these elements. */
export function arrayOfElements(type: DataType, values: readonly (number | bigint)[]): ArrayView {
  const buffer = DataBuffer.allocateIn(null, dataTypeInfo(type), values.length, true);
  const window = buffer.window() as unknown as (number | bigint)[];
  values.forEach((value, i) => {
    if (type === 'HALF') window[i] = halfFromNumber(Number(value));
    else if (type === 'BFLOAT16') window[i] = bfloat16FromNumber(Number(value));
    else window[i] = value;
  });
  return { buffer, offset: 0, geometry: denseGeometry([values.length]) };
}

/** The elements of a view in 'c' order; LONG and UINT64 as bigints, 16-bit floats decoded. */
export function elementsOf(view: ArrayView): (number | bigint)[] {
  const window = view.buffer.window();
  const type = view.buffer.info.name;
  return positions(view).map((at) => {
    const raw = window[at] as number | bigint;
    if (type === 'HALF') return halfToNumber(Number(raw));
    return type === 'BFLOAT16' ? bfloat16ToNumber(Number(raw)) : raw;
  });
}
