// Nd4j's files: ND4J's binary form, NumPy's files, numbers as text.

import { DataInputStream, type DataOutputStream } from '../core/dataStream.ts';
import { DataType, dataTypeInfo } from '../core/dataType.ts';
import { describeValue } from '../core/errors.ts';
import { defaultTypes } from './defaultTypes.ts';
import { readBinary, writeBinary } from './files/binaryArrays.ts';
import { parseDelimited } from './files/delimitedText.ts';
import { decodeNpy, encodeNpy } from './files/npy.ts';
import { decodeNpz } from './files/npz.ts';
import {
  type ByteSink,
  bytesFrom,
  collected,
  deliver,
  type FilePath,
  type FileSource,
  readWhole,
  writeThrough,
} from './files/places.ts';
import { type INDArray, NDArray } from './ndarray.ts';

function readNumpy(source: FileSource, separator?: string | RegExp): INDArray;
function readNumpy(type: DataType, source: FileSource, separator?: string | RegExp): INDArray;
function readNumpy(...args: readonly unknown[]): INDArray {
  const [first] = args;
  const isTyped = args.length === 3 || (args.length === 2 && typeof first === 'string' && first in DataType);
  const [source, separator = ' '] = (isTyped ? args.slice(1) : args) as [FileSource, (string | RegExp)?];
  const info = isTyped ? dataTypeInfo(first as DataType) : defaultTypes.any;
  if (typeof separator !== 'string' && !(separator instanceof RegExp))
    throw new TypeError(`Invalid separator ${describeValue(separator)}: needed is a text or a regular expression`);
  return parseDelimited(new TextDecoder().decode(bytesFrom(source)), separator, info);
}

function write(array: INDArray, out: ByteSink): void;
function write(out: ByteSink, array: INDArray): void;
function write(first: INDArray | ByteSink, second: INDArray | ByteSink): void {
  const [array, out] = first instanceof NDArray ? [first, second] : [second, first];
  if (typeof (out as ByteSink | undefined)?.write !== 'function')
    throw new TypeError(`Cannot write to ${describeValue(out)}: needed is a DataOutputStream or a writable stream`);
  writeThrough(out as ByteSink, (stream: DataOutputStream) => writeBinary(array as INDArray, stream));
}

/** Bytes that are a whole array in ND4J's binary form. */
function toByteArray(array: INDArray): Uint8Array {
  return collected((out) => writeBinary(array, out));
}

/**
 * The family of files of `Nd4j`. Arrays that are read live in the current workspace, or on the heap when there is none. Paths need Node; bytes go
 * everywhere. A file is written beside its place and then moved there, so it is never seen half-written.
 * @see org.nd4j.linalg.factory.Nd4j
 */
export const nd4jFiles = {
  /** Appends an array to a stream in ND4J's binary form, which every release since 1.0.0-beta4 reads. */
  write,

  /**
   * The next array of a data stream, or the one array that a file or bytes hold, of any release of ND4J from 0.9.1 on.
   * @throws {ND4JIllegalStateException} when there is none, it is cut off, or bytes stand behind it.
   */
  read: (source: DataInputStream | FileSource): INDArray =>
    source instanceof DataInputStream ? readBinary(source) : readWhole(source, readBinary),

  /** An array as bytes in ND4J's binary form. */
  toByteArray,

  /** The array in bytes of `toByteArray`. @throws {ND4JIllegalStateException} */
  fromByteArray: (bytes: Uint8Array | ArrayBuffer): INDArray => readWhole(bytes, readBinary),

  /** Writes an array to a file in ND4J's binary form. @throws {ND4JIllegalStateException} naming the file. */
  saveBinary: (array: INDArray, file: FilePath): void => deliver(file, toByteArray(array)),

  /** The array in a file of `saveBinary`. @throws {ND4JIllegalStateException} */
  readBinary: (file: FileSource): INDArray => readWhole(file, readBinary),

  /** Writes an array as a .npy file for NumPy, whatever its layout. @throws {UnsupportedOperationException} for BFLOAT16. */
  writeAsNumpy: (array: INDArray, target: FilePath | ByteSink): void => deliver(target, encodeNpy(array)),

  /** An array as the bytes of a .npy file. @see writeAsNumpy */
  toNpyByteArray: (array: INDArray): Uint8Array => encodeNpy(array),

  /** The array of a .npy file of NumPy. @throws {ND4JIllegalStateException | UnsupportedOperationException} */
  createFromNpyFile: (file: FileSource): INDArray => decodeNpy(bytesFrom(file)),

  /** The array in the bytes of a .npy file. @see createFromNpyFile */
  createNpyFromByteArray: (bytes: Uint8Array | ArrayBuffer): INDArray => decodeNpy(bytesFrom(bytes)),

  /** The arrays of a .npz file of NumPy, stored or compressed, by their names. All or none. @throws {ND4JIllegalStateException} */
  createFromNpzFile: (file: FileSource): Map<string, INDArray> => decodeNpz(bytesFrom(file)),

  /**
   * A matrix [lines, numbers per line] from a text file, one row per line, of the default type or the one given. Numbers are separated by one
   * space unless another separator is given. @throws {ND4JIllegalStateException} naming the line.
   */
  readNumpy,
} as const;
