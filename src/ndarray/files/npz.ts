// NumPy's files of several arrays (.npz): a zip of .npy files.

import { type UnzipFileInfo, unzipSync } from 'fflate';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import type { INDArray } from '../ndarray.ts';
import { decodeNpy } from './npy.ts';

const EXTENSION = '.npy';

/** The arrays of a .npz file, stored or deflated, by their names. All or none. @throws {ND4JIllegalStateException} saying which of them cannot be read. */
export function decodeNpz(bytes: Uint8Array): Map<string, INDArray> {
  const arrays = new Map<string, INDArray>();
  let name = '';
  try {
    const members = unzipSync(bytes, { filter: ({ name }: UnzipFileInfo) => name.endsWith(EXTENSION) });
    for (name of Object.keys(members))
      arrays.set(name.slice(0, -EXTENSION.length), decodeNpy(members[name] as Uint8Array));
  } catch (cause) {
    for (const array of arrays.values()) if (array.closeable()) array.close();
    const member = name === '' ? '' : ` "${name}"`;
    throw new ND4JIllegalStateException(`Cannot read a .npz file${member}: ${(cause as Error).message}`, { cause });
  }
  return arrays;
}
