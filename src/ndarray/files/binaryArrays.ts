// The binary form of arrays that Nd4j.write makes and every release of ND4J reads: shape information, then the elements, all big-endian.

import { gunzipSync } from 'fflate';
import { DataInputStream, type DataOutputStream } from '../../core/dataStream.ts';
import { DataType, type DataTypeInfo, dataTypeInfo } from '../../core/dataType.ts';
import { formatShape, ND4JIllegalStateException, UnsupportedOperationException } from '../../core/errors.ts';
import { checkShape, denseGeometry, EMPTY_SCALAR, Geometry, MAX_RANK, type Order } from '../../core/geometry.ts';
import { DataBuffer } from '../../memory/buffer.ts';
import { type INDArray, NDArray } from '../ndarray.ts';
import { withDenseElements } from './denseElements.ts';
import { bytesOf, copyReversed } from './elements.ts';

/** Bits of the number that stands behind the strides. */
const EMPTY = 8;
const UNSIGNED = 1 << 23;
/** Types by their bits, from bit 11 on; those without a sign have the bit of the signed type of their width, from bit 15 on, and UNSIGNED. */
const SIGNED: readonly DataType[] = ['BFLOAT16', 'HALF', 'FLOAT', 'DOUBLE', 'BYTE', 'SHORT', 'INT', 'LONG', 'BOOL'];
const WITHOUT_SIGN: readonly DataType[] = ['UBYTE', 'UINT16', 'UINT32', 'UINT64'];

function bitsOf(type: DataType): number {
  const at = SIGNED.indexOf(type);
  return at < 0 ? (1 << (15 + WITHOUT_SIGN.indexOf(type))) | UNSIGNED : 1 << (11 + at);
}

/** Character codes of the orders. */
const ORDER_CODES = { c: 99, f: 102 } as const;
/** How releases from 1.0.0-beta4 on call their buffers; earlier names say in how many bytes the length is written. */
const MODE = 'MIXED_DATA_TYPES';
const LONG_LENGTHS = [MODE, 'LONG_SHAPE'];
const INT_LENGTHS = ['JAVACPP', 'DIRECT', 'HEAP'];

function writeHeader(out: DataOutputStream, length: number, type: DataType): void {
  out.writeUTF(MODE);
  out.writeLong(length);
  out.writeUTF(type);
}

/** Appends an array. Arrays that are no views keep 'f' order; all others are written in 'c' order. @see org.nd4j.linalg.factory.Nd4j#write */
export function writeBinary(array: INDArray, out: DataOutputStream): void {
  withDenseElements('write', array, (bytes, geometry) => {
    const { shape, order, length } = geometry;
    const isEmpty = length === 0;
    const strides = isEmpty ? shape.map(() => 0) : geometry.strides;
    const extras = bitsOf(array.info.name) | (isEmpty ? EMPTY : 0);
    const numbers = [
      shape.length,
      ...shape,
      ...strides,
      extras,
      isEmpty && shape.length > 0 ? 0 : 1,
      ORDER_CODES[order],
    ];
    writeHeader(out, numbers.length, 'LONG');
    for (const number of numbers) out.writeLong(number);
    if (geometry.isEmptyScalar) return;
    writeHeader(out, length, array.info.name);
    copyReversed(out.extend(bytes.length), bytes, array.info.width);
  });
}

/** Mode, length and type of the buffer that follows. */
function readHeader(input: DataInputStream): { length: number; type: string } {
  const at = input.position;
  const mode = input.readUTF();
  if (!LONG_LENGTHS.includes(mode) && !INT_LENGTHS.includes(mode)) {
    const names = [...LONG_LENGTHS, ...INT_LENGTHS].join(', ');
    throw broken(`found ${JSON.stringify(mode.slice(0, 40))} at byte ${at}, needed is one of ${names}`);
  }
  const length = LONG_LENGTHS.includes(mode) ? input.readLong() : input.readInt();
  const type = input.readUTF();
  if (!Number.isSafeInteger(length) || length < 0) throw broken(`found a buffer of ${length} elements at byte ${at}`);
  return { length, type };
}

interface ShapeInfo {
  readonly shape: number[];
  readonly strides: number[];
  readonly extras: number;
  readonly order: Order;
}

function readShapeInfo(input: DataInputStream): ShapeInfo {
  const { length, type } = readHeader(input);
  if ((type !== 'LONG' && type !== 'INT') || length < 4 || length > 2 * MAX_RANK + 4)
    throw broken(`found ${length} elements of type ${type} for shape and strides, needed are 4 to 68 of LONG or INT`);
  const numbers = Array.from({ length }, () => (type === 'LONG' ? input.readLong() : input.readInt()));
  const rank = numbers[0] as number;
  if (length !== 2 * rank + 4) throw broken(`found ${length} numbers for rank ${rank}, needed are ${2 * rank + 4}`);
  const [extras, , order] = numbers.slice(1 + 2 * rank) as [number, number, number];
  const shape = numbers.slice(1, 1 + rank);
  checkShape(shape, 'shape in the file');
  return { shape, strides: numbers.slice(1 + rank, 1 + 2 * rank), extras, order: order === ORDER_CODES.f ? 'f' : 'c' };
}

/** The strides decide, not the order: releases before M2.1 wrote the memory of transposed arrays as it was. */
function geometryOf({ shape, strides, order }: ShapeInfo, length: number): Geometry {
  const dense = denseGeometry(shape, order);
  if (dense.length === 0) return dense;
  const last = strides.reduce((sum, stride, dimension) => sum + stride * ((shape[dimension] as number) - 1), 0);
  if (strides.some((stride) => stride < 0) || last >= length) {
    throw broken(
      `shape ${formatShape(shape)} with strides ${formatShape(strides)} reaches beyond the ${length} elements that are there`,
    );
  }
  const isUsual = strides.every((stride, dimension) => stride === dense.strides[dimension]);
  return isUsual ? dense : new Geometry(Object.freeze(shape), Object.freeze(strides), order);
}

/** The type of an array without a buffer of elements. */
function typeOf(extras: number): DataTypeInfo {
  const name = [...WITHOUT_SIGN, ...SIGNED].find((type) => (extras & bitsOf(type)) === bitsOf(type));
  return dataTypeInfo(name ?? 'FLOAT');
}

/** The stream of the buffer that ND4J's GZIP compressor packed: header and elements again. */
function unpack(input: DataInputStream): DataInputStream {
  const algorithm = input.readUTF();
  const length = input.readLong();
  input.readBytes(20, 'lengths and type of what was compressed');
  if (algorithm !== 'GZIP') {
    throw new UnsupportedOperationException(`Cannot read elements compressed by ${algorithm}: needed is GZIP`);
  }
  const packed = input.readBytes(length, `${length} compressed bytes`);
  try {
    return new DataInputStream(gunzipSync(packed));
  } catch (cause) {
    throw broken(`its compressed elements cannot be unpacked: ${(cause as Error).message}`);
  }
}

function supportedType(name: string): DataTypeInfo {
  if (name in DataType) return dataTypeInfo(name as DataType);
  throw new UnsupportedOperationException(`Cannot read elements of type ${name}`);
}

/**
 * The next array of a stream, in the current workspace or on the heap, of the file's own type, whichever release wrote it.
 * Sizes are compared with what the stream holds before memory is taken.
 * @throws {ND4JIllegalStateException} when the stream holds no array, or ends within it.
 * @throws {UnsupportedOperationException} for texts and lossy compression.
 */
export function readBinary(input: DataInputStream): INDArray {
  const shapeInfo = readShapeInfo(input);
  const isEmpty = (shapeInfo.extras & EMPTY) !== 0;
  if (isEmpty && shapeInfo.shape.length === 0)
    return new NDArray(DataBuffer.allocate(typeOf(shapeInfo.extras), 0, false), 0, EMPTY_SCALAR);
  let source = input;
  let header = readHeader(source);
  if (header.type === 'COMPRESSED') {
    source = unpack(source);
    header = readHeader(source);
  }
  const { length, type } = header;
  const info = supportedType(type);
  const elements = source.readBytes(length * info.width, `${length} elements of type ${type}`);
  const geometry = geometryOf(shapeInfo, length);
  const buffer = DataBuffer.allocate(info, length, false);
  copyReversed(bytesOf(buffer), elements, info.width);
  return new NDArray(buffer, 0, geometry);
}

function broken(found: string): Error {
  return new ND4JIllegalStateException(`These bytes are no array that Nd4j.write made: ${found}`);
}
