// MMAP workspaces. WebAssembly cannot map a file into its memory, so the arena is filled from the file when the workspace is made and
// written back when it is destroyed; between the two the file is not touched. Without a file name the contents live in memory alone.

import {
  ND4JException,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  UnsupportedOperationException,
} from '../core/errors.ts';
import { type HostFiles, hostFiles } from '../core/platform.ts';
import { runtime } from '../wasm/runtime.ts';
import type { WorkspaceConfiguration } from './configuration.ts';

/** Files grow by whole chunks, as ND4J's do. */
const CHUNK = 16384;

/** The file behind an MMAP workspace, or the temporary contents of one without a file. */
export class MappedFile {
  /** Bytes of the arena: initialSize, or the length of the file. */
  readonly size: number;
  readonly #path: string | null;
  readonly #files: HostFiles | undefined;

  /** @throws {ND4JIllegalArgumentException | ND4JIllegalStateException | UnsupportedOperationException} */
  constructor({ policyLearning, tempFilePath, initialSize }: WorkspaceConfiguration) {
    if (policyLearning !== 'NONE') {
      throw new ND4JIllegalArgumentException(
        `Workspace backed by memory-mapped file can't have LearningPolicy defined\nFound: policyLearning ${policyLearning}; needed is NONE.`,
      );
    }
    this.#path = tempFilePath;
    if (tempFilePath === null) {
      if (initialSize === 0) {
        throw new ND4JIllegalStateException(
          'MMAP target file path should be non-null or workspace initialSize should be >0 for temp file',
        );
      }
      this.size = initialSize;
      return;
    }
    this.#files = hostFiles();
    if (this.#files === undefined) {
      throw new UnsupportedOperationException(
        `Cannot keep a workspace in file "${tempFilePath}": this host has no files\nUse policyLocation RAM, or MMAP without tempFilePath.`,
      );
    }
    const length = this.#files.size(tempFilePath) ?? 0;
    if (length < initialSize) lengthen(this.#files, tempFilePath, initialSize);
    this.size = initialSize > 0 ? initialSize : length;
    if (this.size === 0) throw new ND4JIllegalStateException('Memory-mapped file should have positive length.');
  }

  /** Fills the arena at `base` from the file. */
  load(base: number): void {
    if (this.#path !== null) this.#files?.read(this.#path, this.#window(base));
  }

  /** Writes the arena back. */
  store(base: number): void {
    if (this.#path !== null) this.#files?.write(this.#path, this.#window(base), this.size);
  }

  #window(base: number): Uint8Array {
    return new Uint8Array(runtime().memory.memory.buffer, base, this.size);
  }
}

/** Makes the file, or extends it with zeros. (ND4J overwrites a file that is too short.) */
function lengthen(files: HostFiles, path: string, least: number): void {
  try {
    files.write(path, new Uint8Array(0), Math.ceil(least / CHUNK) * CHUNK);
  } catch (cause) {
    throw new ND4JException(`MMAP failed\nCannot make ${least} bytes of file "${path}": ${String(cause)}`, { cause });
  }
}
