import * as jax from '@jax-js/jax';
import type { Prepared } from '../../harness/subject.ts';

export type JaxArray = jax.Array;

/** An array of the given shape; waits until the device has it. */
export function array(values: Float32Array | Float64Array, shape: readonly number[]): JaxArray {
  const options = values instanceof Float64Array ? { dtype: jax.numpy.float64 } : {};
  return jax.numpy.array(values as Float32Array<ArrayBuffer>, options).reshape([...shape]);
}

/** A function under jit, called with references to the operands (calls consume them). Every call waits for its result. */
export function jitted(body: (...operands: JaxArray[]) => JaxArray, operands: readonly JaxArray[]): Prepared {
  const compiled = jax.jit(body);
  const call = async (): Promise<JaxArray> => {
    const result = compiled(...operands.map((operand) => operand.ref)) as JaxArray;
    await result.blockUntilReady();
    return result;
  };
  return {
    run: async () => (await call()).dispose(),
    result: async () => (await call()).dataSync() as unknown as ArrayLike<number>,
    dispose: () => {
      for (const operand of operands) operand.dispose();
    },
  };
}
