// Reversal of all elements.

import { checkArgument } from '../memory/validity.ts';
import { copy } from '../ops/layout.ts';
import type { INDArray } from './ndarray.ts';
import { freshGeometry, releaseTemporary, temporaryCopy } from './operands.ts';

/** The elements in reversed 'c' order, in a new array of x's order or in x itself. */
export function reverseElements(name: string, x: INDArray, dup: boolean): INDArray {
  checkArgument(name, 'X', x);
  const reversed = temporaryCopy(x, x.info, 'c');
  reversed.buffer.window().reverse();
  const result = dup ? x.allocate(x.info, freshGeometry(x.geometry)) : x;
  copy(result, reversed);
  releaseTemporary(reversed);
  return result;
}
