// Memory of an operation that makes several arrays.

import { Temporaries } from '../../ops/temporaries.ts';
import type { INDArray } from '../ndarray.ts';

/** Runs with temporary memory of x's type; arrays that `make` gave are closed again when the body throws. */
export function working<T>(
  x: INDArray,
  body: (memory: Temporaries, make: (shape: readonly number[]) => INDArray) => T,
): T {
  const memory = new Temporaries(x.info);
  const made: INDArray[] = [];
  try {
    return body(memory, (shape) => {
      const array = x.allocateDense(x.info, shape);
      made.push(array);
      return array;
    });
  } catch (error) {
    for (const each of made) if (!each.buffer.isAttached) each.close();
    throw error;
  } finally {
    memory.release();
  }
}
