import { Nd4j } from 'ndarena';
import { garbageOf } from '../../harness/garbage.ts';
import type { Maker, Prepared } from '../../harness/subject.ts';
import type { DispatchParameters } from '../../tasks/dispatch.ts';
import { toNumbers } from './workspace.ts';

const CONFIGURATION = { initialSize: 1 << 20, policyLearning: 'NONE', policyAllocation: 'STRICT' } as const;
/** Additions in one scope: entering it is a case of its own. */
const REPEATS = 500;

export const dispatch: Maker<'dispatch'> = (parameters, { a: left, b: right }) => {
  const a = Nd4j.create(left as Float32Array, [...parameters.shape]);
  const b = Nd4j.create(right as Float32Array, [...parameters.shape]);
  const { operation, chain = 1, memory } = parameters;
  if (memory === 'in place') {
    return { run: () => a.addi(b), result: () => toNumbers(a.addi(b)) };
  }
  if (memory === 'heap') return { run: () => a.add(b).close(), result: () => toNumbers(a.add(b)) };
  const body = operation === 'scope' ? () => a : chained(a, b, chain);
  return scoped(body, operation);
};

function chained(a: Operand, b: Operand, length: number): () => Operand {
  if (length === 1) return () => a.add(b);
  return () => {
    let sum = a;
    for (let i = 0; i < length; i++) sum = sum.add(b);
    return sum;
  };
}

type Operand = ReturnType<typeof Nd4j.create>;

function scoped(body: () => Operand, operation: DispatchParameters['operation']): Prepared {
  const manager = Nd4j.getWorkspaceManager();
  const workspace = manager.getWorkspaceForCurrentThread(CONFIGURATION, 'DISPATCH');
  const repeats = operation === 'scope' ? 1 : REPEATS;
  const run = (): void => {
    workspace.notifyScopeEntered();
    for (let i = 0; i < repeats; i++) body();
    workspace.close();
  };
  const result = (): ArrayLike<number> => {
    workspace.notifyScopeEntered();
    try {
      return toNumbers(body());
    } finally {
      workspace.close();
    }
  };
  return {
    run,
    repeats,
    result,
    dispose: () => manager.destroyWorkspace(workspace),
    ...(operation === 'garbage' && { fact: () => garbageOf(run, repeats) }),
  };
}
