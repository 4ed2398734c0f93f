// Where files come from and go to: paths in Node, bytes everywhere.

import { DataInputStream, DataOutputStream } from '../../core/dataStream.ts';
import { describeValue, ND4JIllegalStateException, UnsupportedOperationException } from '../../core/errors.ts';
import { type HostFiles, hostFiles } from '../../core/platform.ts';

/** A file's path or file URL (Node), or its bytes. */
export type FileSource = string | URL | Uint8Array | ArrayBuffer;
/** A file's path or file URL (Node). */
export type FilePath = string | URL;
/** What takes bytes: a `DataOutputStream`, a writable stream of Node. */
export interface ByteSink {
  write(bytes: Uint8Array): unknown;
}

/** The bytes of a source. @throws {ND4JIllegalStateException} naming the file that cannot be read. */
export function bytesFrom(source: FileSource): Uint8Array {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  const files = filesFor('read', source);
  try {
    return files.readAll(source);
  } catch (cause) {
    throw new ND4JIllegalStateException(`Cannot read "${source}": ${(cause as Error).message}`, { cause });
  }
}

/** Reads one thing out of a source. @throws {ND4JIllegalStateException} naming the source, also when bytes are left behind. */
export function readWhole<Result>(source: FileSource, read: (input: DataInputStream) => Result): Result {
  const input = new DataInputStream(bytesFrom(source));
  const result = read(input);
  if (input.available() > 0) {
    throw new ND4JIllegalStateException(
      `Found ${input.available()} bytes behind the array, which ends at byte ${input.position}: a DataInputStream gives several arrays`,
    );
  }
  return result;
}

/** Puts bytes into a file that appears complete or not at all, or into a sink. @throws {ND4JIllegalStateException} naming the file. */
export function deliver(target: FilePath | ByteSink, bytes: Uint8Array): void {
  if (typeof target === 'object' && target !== null && 'write' in target) {
    target.write(bytes);
    return;
  }
  const files = filesFor('write', target);
  try {
    files.replace(target, bytes);
  } catch (cause) {
    throw new ND4JIllegalStateException(`Cannot write "${target}": ${(cause as Error).message}`, { cause });
  }
}

/** Lets `write` fill a sink directly when it is a data stream, else collects first. */
export function writeThrough(target: ByteSink, write: (out: DataOutputStream) => void): void {
  if (target instanceof DataOutputStream) {
    write(target);
    return;
  }
  deliver(target, collected(write));
}

/** What `write` writes, as bytes. */
export function collected(write: (out: DataOutputStream) => void): Uint8Array {
  const out = new DataOutputStream();
  write(out);
  return out.toByteArray();
}

function filesFor(verb: string, path: unknown): HostFiles {
  if (!(typeof path === 'string' || path instanceof URL))
    throw new TypeError(`Cannot ${verb} ${describeValue(path)}: needed is a path, a file URL or bytes`);
  const files = hostFiles();
  if (files !== undefined) return files;
  throw new UnsupportedOperationException(
    `Cannot ${verb} "${path}": this host has no files: use bytes, or a DataOutputStream`,
  );
}
