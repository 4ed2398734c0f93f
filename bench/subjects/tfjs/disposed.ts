import type * as tf from '@tensorflow/tfjs';
import type { Prepared } from '../../harness/subject.ts';

/** A case whose body makes one tensor, which is disposed of at once. */
export function disposed(body: () => tf.Tensor, operands: readonly tf.Tensor[]): Prepared {
  return {
    run: () => body().dispose(),
    result: () => {
      const tensor = body();
      const values = tensor.dataSync();
      tensor.dispose();
      return values;
    },
    dispose: () => {
      for (const operand of operands) operand.dispose();
    },
  };
}
