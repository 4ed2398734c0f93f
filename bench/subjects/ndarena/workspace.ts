// Results live in a workspace that is entered once a call, as a training loop does: memory is reused, nothing is collected.

import { type INDArray, Nd4j } from 'ndarena';
import type { Prepared } from '../../harness/subject.ts';

const CONFIGURATION = { initialSize: 0, policyLearning: 'FIRST_LOOP', policyAllocation: 'STRICT' } as const;

/** A case whose body makes its result in the current workspace. `operands` are closed at the end. */
export function inWorkspace(body: () => INDArray, operands: readonly INDArray[]): Prepared {
  const workspace = Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(CONFIGURATION, 'BENCH');
  const scoped = <T>(use: (result: INDArray) => T): T => {
    workspace.notifyScopeEntered();
    try {
      return use(body());
    } finally {
      workspace.close();
    }
  };
  return {
    run: () => {
      workspace.notifyScopeEntered();
      body();
      workspace.close();
    },
    result: () => scoped(toNumbers),
    dispose: () => {
      Nd4j.getWorkspaceManager().destroyWorkspace(workspace);
      for (const operand of operands) operand.close();
    },
  };
}

/** All elements in 'c' order. */
export function toNumbers(array: INDArray): ArrayLike<number> {
  return Array.from(array.ravel('c').toDoubleVector());
}
