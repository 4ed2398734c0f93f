// Results on their way into arrays that the caller gave for them.

import { ND4JIllegalStateException } from '../../core/errors.ts';
import { copy } from '../../ops/layout.ts';
import { requireResult } from '../arithmetic.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';

type Given = INDArray | null | undefined;

/**
 * Copies each result into the array given for it, unless it is there already; results without one are kept. All shapes and types are compared
 * before the first copy. @throws {ND4JIllegalStateException} for arrays of another shape or type, or too many
 */
export function delivered(
  name: string,
  results: readonly INDArray[],
  outputs: readonly Given[],
  inputs: readonly Given[],
): INDArray[] {
  const isOwn = (each: INDArray): boolean => ![...inputs, ...outputs].some((other) => other?.buffer === each.buffer);
  const owned = results.filter(isOwn);
  try {
    if (outputs.length > results.length) {
      throw new ND4JIllegalStateException(
        `Cannot execute ${name} into ${outputs.length} outputs: it has ${results.length} with these arguments`,
      );
    }
    results.forEach((result, i) => {
      const out = outputs[i];
      if (out && out !== result) requireResult(name, out, result.geometry.shape, result.info);
    });
  } catch (error) {
    for (const each of owned) releaseTemporary(each);
    throw error;
  }
  return results.map((result, i) => {
    const out = outputs[i];
    if (!out || out === result) return result;
    copy(out, result);
    if (owned.includes(result)) releaseTemporary(result);
    return out;
  });
}
