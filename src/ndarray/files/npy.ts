// NumPy's files of one array (.npy): a header that is a Python dictionary, then the elements.

import { DataInputStream } from '../../core/dataStream.ts';
import { type DataType, type DataTypeInfo, dataTypeInfo } from '../../core/dataType.ts';
import { ND4JIllegalStateException, UnsupportedOperationException } from '../../core/errors.ts';
import { checkShape, naturalGeometry, type Order } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { type INDArray, NDArray } from '../ndarray.ts';
import { withDenseElements } from './denseElements.ts';
import { bytesOf, copyReversed } from './elements.ts';

const MAGIC = '\x93NUMPY';
/** Magic, version, length of the header. */
const PREFIX = 10;
/** What stands in front of the elements fills a multiple of this. */
const ALIGNMENT = 64;

const TYPES: Readonly<Record<string, DataType>> = {
  f2: 'HALF',
  f4: 'FLOAT',
  f8: 'DOUBLE',
  i1: 'BYTE',
  i2: 'SHORT',
  i4: 'INT',
  i8: 'LONG',
  u1: 'UBYTE',
  u2: 'UINT16',
  u4: 'UINT32',
  u8: 'UINT64',
  b1: 'BOOL',
};

/** NumPy's name of a type, with its byte order. */
function descriptionOf(info: DataTypeInfo): string {
  const name = Object.keys(TYPES).find((key) => TYPES[key] === info.name);
  if (name === undefined) {
    throw new UnsupportedOperationException(
      `NumPy's files have no type for ${info.name}: castTo(DataType.FLOAT) keeps every value`,
    );
  }
  return `${info.width === 1 ? '|' : '<'}${name}`;
}

/**
 * An array as the bytes of a .npy file of version 1.0. Arrays that are no views keep 'f' order and say so; all others are written in 'c' order.
 * @throws {UnsupportedOperationException} for BFLOAT16, which NumPy does not have.
 */
export function encodeNpy(array: INDArray): Uint8Array {
  return withDenseElements('writeAsNumpy', array, (elements, { shape, order, isDenseC }) => {
    const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
    const isFortran = order === 'f' && !isDenseC ? 'True' : 'False';
    const header = `{'descr': '${descriptionOf(array.info)}', 'fortran_order': ${isFortran}, 'shape': ${sizes}, }`;
    const length = Math.ceil((PREFIX + header.length + 1) / ALIGNMENT) * ALIGNMENT;
    const bytes = new Uint8Array(length + elements.length);
    const text = `${MAGIC}\x01\x00  ${header.padEnd(length - PREFIX - 1)}\n`;
    for (let index = 0; index < length; index++) bytes[index] = text.charCodeAt(index);
    new DataView(bytes.buffer).setUint16(8, length - PREFIX, true);
    bytes.set(elements, length);
    return bytes;
  });
}

interface NpyHeader {
  readonly info: DataTypeInfo;
  readonly isBigEndian: boolean;
  readonly order: Order;
  readonly shape: number[];
}

function readHeader(input: DataInputStream): NpyHeader {
  const text = (length: number, what: string): string => String.fromCharCode(...input.readBytes(length, what)); // one character per byte
  if (text(6, "NumPy's magic number") !== MAGIC)
    throw broken('its first bytes are not those of a .npy file (0x93, "NUMPY")');
  const [major] = input.readBytes(2, 'the version') as unknown as [number];
  const sized = input.readBytes(major === 1 ? 2 : 4, 'the length of the header');
  const header = text(
    sized.reduce((sum, byte, index) => sum + byte * 256 ** index, 0),
    'the header',
  );
  const part = (pattern: RegExp, key: string): string => {
    const found = pattern.exec(header)?.[1];
    if (found === undefined) throw broken(`its header has no plain '${key}': ${header.trim()}`);
    return found;
  };
  const description = part(/'descr':\s*'([^']*)'/, 'descr');
  const name = TYPES[description.slice(1)];
  if (name === undefined || !'<>|='.includes(description[0] as string)) {
    const known = Object.keys(TYPES).join(', ');
    throw new UnsupportedOperationException(`Cannot read NumPy's type '${description}': needed is one of ${known}`);
  }
  const shape = part(/'shape':\s*\(([^)]*)\)/, 'shape')
    .split(',')
    .map((size) => size.trim());
  return {
    info: dataTypeInfo(name),
    isBigEndian: description[0] === '>',
    order: part(/'fortran_order':\s*(True|False)/, 'fortran_order') === 'True' ? 'f' : 'c',
    shape: shape.filter((size) => size !== '').map(Number),
  };
}

/**
 * The array of a .npy file of any version, in the current workspace or on the heap.
 * @throws {ND4JIllegalStateException} when the bytes are no such file, or too few or too many.
 * @throws {UnsupportedOperationException} for complex numbers, texts, dates, records and objects.
 */
export function decodeNpy(bytes: Uint8Array): INDArray {
  const input = new DataInputStream(bytes);
  const { info, isBigEndian, order, shape } = readHeader(input);
  checkShape(shape, 'shape in the file');
  const geometry = naturalGeometry(shape, order);
  const needed = geometry.length * info.width;
  if (input.available() !== needed)
    throw broken(`its header announces ${needed} bytes of elements, found are ${input.available()}`);
  const elements = input.readBytes(needed, 'the elements');
  const buffer = DataBuffer.allocate(info, geometry.length, false);
  copyReversed(bytesOf(buffer), elements, isBigEndian ? info.width : 1);
  return new NDArray(buffer, 0, geometry);
}

function broken(found: string): Error {
  return new ND4JIllegalStateException(`Cannot read a NumPy array: ${found}`);
}
