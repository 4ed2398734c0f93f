// The two figures of onnxruntime-web: the bare operator (the slope between several copies in one model and one), and a whole session.run.

import type * as Ort from 'onnxruntime-web';
import type { Prepared } from '../../harness/subject.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import { isConstant, type Operator, repeated, single } from './model.ts';

const DOUBLE = 11;
const FLOAT = 1;

/** Optimization is off: it would drop copies of one computation. One thread, no parallel execution. */
const OPTIONS: Ort.InferenceSession.SessionOptions = {
  executionProviders: ['wasm'],
  graphOptimizationLevel: 'disabled',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
};
const LEAST_OPERATIONS = 2e7;

/** Copies enough for a slope well above the noise, few enough for large operators. */
const copiesOf = (operations: number): number => Math.max(2, Math.min(40, Math.round(LEAST_OPERATIONS / operations)));

export interface OperatorCase {
  readonly operator: Operator;
  readonly feeds: Inputs;
  /** About how many operations one call takes. */
  readonly operations: number;
}

export async function prepareOperator(
  ort: typeof Ort,
  { operator, feeds, operations }: OperatorCase,
  variant: string,
): Promise<Prepared> {
  const isDouble = operator.inputs.some(({ values, name }) => (values ?? feeds[name]) instanceof Float64Array);
  const type = isDouble ? DOUBLE : FLOAT;
  const tensors = Object.fromEntries(
    operator.inputs
      .filter((each) => !isConstant(each))
      .map(({ name, shape }) => [
        name,
        new ort.Tensor(isDouble ? 'float64' : 'float32', feeds[name] as Float32Array, [...shape]),
      ]),
  );
  const whole = await ort.InferenceSession.create(single(operator, type), OPTIONS);
  const result = async (): Promise<ArrayLike<number>> => (await whole.run(tensors)).out?.data as Float32Array;
  if (variant === 'session') return { run: () => whole.run(tensors), result, dispose: () => void whole.release() };
  const copies = copiesOf(operations);
  const many = await ort.InferenceSession.create(repeated(operator, copies + 1, type), OPTIONS);
  const one = await ort.InferenceSession.create(repeated(operator, 1, type), OPTIONS);
  return {
    run: () => many.run(tensors),
    slope: { once: () => one.run(tensors), copies },
    result,
    dispose: () => {
      for (const session of [whole, many, one]) void session.release();
    },
  };
}
