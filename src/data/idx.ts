// IDX files (the format of MNIST): a magic number with type and rank, big-endian sizes, then the elements.

import type { DataType, TypedArray } from '../core/dataType.ts';
import { describeValue, formatShape, ND4JIllegalArgumentException } from '../core/errors.ts';
import { MAX_RANK } from '../core/geometry.ts';
import { Nd4j } from '../ndarray/nd4j.ts';
import type { INDArray } from '../ndarray/ndarray.ts';
import { DataSet } from './dataSet.ts';

type ReadElement = (view: DataView, at: number) => number;
interface IdxType {
  readonly dataType: DataType;
  readonly bytes: number;
  readonly read: ReadElement;
  readonly create: (length: number) => Exclude<TypedArray, BigInt64Array | BigUint64Array>;
}

const TYPES: Readonly<Record<number, IdxType>> = {
  8: { dataType: 'UBYTE', bytes: 1, read: (view, at) => view.getUint8(at), create: (n) => new Uint8Array(n) },
  9: { dataType: 'BYTE', bytes: 1, read: (view, at) => view.getInt8(at), create: (n) => new Int8Array(n) },
  11: { dataType: 'SHORT', bytes: 2, read: (view, at) => view.getInt16(at), create: (n) => new Int16Array(n) },
  12: { dataType: 'INT', bytes: 4, read: (view, at) => view.getInt32(at), create: (n) => new Int32Array(n) },
  13: { dataType: 'FLOAT', bytes: 4, read: (view, at) => view.getFloat32(at), create: (n) => new Float32Array(n) },
  14: { dataType: 'DOUBLE', bytes: 8, read: (view, at) => view.getFloat64(at), create: (n) => new Float64Array(n) },
};

/** The contents of an IDX file, outside of any workspace. */
export interface IdxContents {
  readonly shape: number[];
  readonly dataType: DataType;
  /** Elements in 'c' order. */
  readonly data: Exclude<TypedArray, BigInt64Array | BigUint64Array>;
}

/**
 * Parses the bytes of an IDX file (not gzipped). Sizes are checked against the bytes before anything is allocated.
 * @throws {ND4JIllegalArgumentException} when the bytes are no IDX file, or end too early or too late.
 * @see http://yann.lecun.com/exdb/mnist/
 */
export function parseIdx(bytes: Uint8Array): IdxContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 ? TYPES[bytes[2] as number] : undefined;
  if (type === undefined) {
    const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b ? ' (these bytes are gzipped: decompress them first)' : '';
    throw new ND4JIllegalArgumentException(
      `Cannot read IDX: found first bytes ${formatShape(bytes.subarray(0, 4))}, needed are 0, 0, a type of 8, 9 or 11 to 14, and the rank${gzip}`,
    );
  }
  const rank = bytes[3] as number;
  const header = 4 + 4 * rank;
  if (rank === 0 || rank > MAX_RANK || bytes.length < header) {
    throw new ND4JIllegalArgumentException(
      `Cannot read IDX: found rank ${rank} in ${bytes.length} bytes, needed is a rank of 1 to ${MAX_RANK} and ${header} bytes of header`,
    );
  }
  const shape = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const length = shape.reduce((product, size) => product * size, 1);
  if (header + length * type.bytes !== bytes.length) {
    throw new ND4JIllegalArgumentException(
      `Cannot read IDX: shape ${formatShape(shape)} of ${type.dataType} needs ${header + length * type.bytes} bytes, found ${bytes.length}`,
    );
  }
  const data = type.create(length);
  for (let i = 0; i < length; i++) data[i] = type.read(view, header + i * type.bytes);
  return { shape, dataType: type.dataType, data };
}

/** An IDX file as an array of its own type, in the current workspace or on the heap. @throws {ND4JIllegalArgumentException} */
export function readIdx(bytes: Uint8Array): INDArray {
  const { shape, data } = parseIdx(bytes);
  return Nd4j.create(data, shape);
}

/**
 * Images and labels in IDX as a DataSet: features [N, H·W] FLOAT of pixel / 255, labels [N, classes] one-hot.
 * @throws {ND4JIllegalArgumentException} when the numbers of images and labels differ, or a label is not below `classes`.
 * @see org.deeplearning4j.datasets.iterator.impl.MnistDataSetIterator
 */
export function readIdxImages(images: Uint8Array, labels: Uint8Array, classes = 10): DataSet {
  const pixels = parseIdx(images);
  const targets = parseIdx(labels);
  const count = pixels.shape[0] as number;
  if (targets.shape.length !== 1 || targets.shape[0] !== count) {
    throw new ND4JIllegalArgumentException(
      `Cannot join images of shape ${formatShape(pixels.shape)} with labels of shape ${formatShape(targets.shape)}: needed is one label per image, shape [${count}]`,
    );
  }
  const oneHot = new Float32Array(count * classes);
  for (let row = 0; row < count; row++) {
    const label = targets.data[row] as number;
    if (!(label >= 0 && label < classes)) {
      throw new ND4JIllegalArgumentException(
        `Label ${describeValue(label)} of image ${row} is outside 0 to ${classes - 1}: needed are ${classes} classes`,
      );
    }
    oneHot[row * classes + label] = 1;
  }
  const scaled = Float32Array.from(pixels.data, (pixel) => pixel / 255);
  return new DataSet(
    Nd4j.create(scaled, [count, scaled.length / Math.max(count, 1)]),
    Nd4j.create(oneHot, [count, classes]),
  );
}
