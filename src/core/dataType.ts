// Data types: names, codes shared with the kernels, widths, and which type an operation on two types gives.

import { describeValue } from './errors.ts';

/** Element types by DL4J's names. Every argument of this type also accepts the name as a string. @see org.nd4j.linalg.api.buffer.DataType */
export const DataType = {
  FLOAT: 'FLOAT',
  DOUBLE: 'DOUBLE',
  LONG: 'LONG',
  INT: 'INT',
  SHORT: 'SHORT',
  BYTE: 'BYTE',
  UBYTE: 'UBYTE',
  BOOL: 'BOOL',
  HALF: 'HALF',
  BFLOAT16: 'BFLOAT16',
  UINT16: 'UINT16',
  UINT32: 'UINT32',
  UINT64: 'UINT64',
} as const;
export type DataType = keyof typeof DataType;

/** Typed-array window on elements; HALF and BFLOAT16 show their 16 bits. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;
type TypedArrayConstructor = {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): TypedArray;
  new (length: number): TypedArray;
};

/** In which arithmetic a type computes: float32, float64 or 64-bit integers. The codes are the kernels'. */
export const COMPUTE_F32 = 0;
export const COMPUTE_F64 = 1;
export const COMPUTE_I64 = 2;

/** What the package knows of one element type. One frozen object per type: compare by identity. */
export interface DataTypeInfo {
  readonly name: DataType;
  /** Number of the type in the kernels (assembly/simd/lanes.ts). */
  readonly code: number;
  /** Bytes of one element. */
  readonly width: number;
  /** log2(width): byte address = element index << shift. */
  readonly shift: number;
  /** FLOAT, DOUBLE, HALF or BFLOAT16. */
  readonly isFloating: boolean;
  /** COMPUTE_F32 for FLOAT, HALF and BFLOAT16; COMPUTE_F64 for DOUBLE; COMPUTE_I64 for the rest. */
  readonly compute: number;
  readonly Window: TypedArrayConstructor;
}

const rows: [DataType, number, number, TypedArrayConstructor][] = [
  ['FLOAT', 4, COMPUTE_F32, Float32Array],
  ['DOUBLE', 8, COMPUTE_F64, Float64Array],
  ['LONG', 8, COMPUTE_I64, BigInt64Array],
  ['INT', 4, COMPUTE_I64, Int32Array],
  ['SHORT', 2, COMPUTE_I64, Int16Array],
  ['BYTE', 1, COMPUTE_I64, Int8Array],
  ['UBYTE', 1, COMPUTE_I64, Uint8Array],
  ['BOOL', 1, COMPUTE_I64, Uint8Array],
  ['HALF', 2, COMPUTE_F32, Uint16Array],
  ['BFLOAT16', 2, COMPUTE_F32, Uint16Array],
  ['UINT16', 2, COMPUTE_I64, Uint16Array],
  ['UINT32', 4, COMPUTE_I64, Uint32Array],
  ['UINT64', 8, COMPUTE_I64, BigUint64Array],
];

const infos: readonly DataTypeInfo[] = rows.map(([name, width, compute, Window], code) =>
  Object.freeze({ name, code, width, shift: Math.log2(width), isFloating: compute !== COMPUTE_I64, compute, Window }),
);
const byName = new Map<string, DataTypeInfo>(infos.map((info) => [info.name, info]));

function named(name: DataType): DataTypeInfo {
  return dataTypeInfo(name);
}

/** @throws {TypeError} when `type` is not the name of a data type. */
export function dataTypeInfo(type: DataType): DataTypeInfo {
  const info = byName.get(type);
  if (info === undefined) {
    throw new TypeError(`Unknown data type ${describeValue(type)}: needed is one of ${[...byName.keys()].join(', ')}`);
  }
  return info;
}

export const FLOAT = named('FLOAT');
export const DOUBLE = named('DOUBLE');
export const LONG = named('LONG');
export const INT = named('INT');
export const BOOL = named('BOOL');

/**
 * The type of `left op right`: equal types stay, floating wins over integer, otherwise the left one
 * (two floating types or two integer types).
 */
export function promoteTypes(left: DataTypeInfo, right: DataTypeInfo): DataTypeInfo {
  if (left === right || left.isFloating || !right.isFloating) return left;
  return right;
}
