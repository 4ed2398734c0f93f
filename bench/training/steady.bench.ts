// Thousands of `fit` calls: heap, memory and workspaces must be the same after iteration 100 and the last, and the JavaScript heap flat.

import { Nd4j } from 'ndarena';
import type { Fact } from '../harness/suite.ts';
import { INPUTS, mlp, OUTPUTS } from '../tasks/mlp.ts';
import { network } from './network.ts';

const ITERATIONS = 10_000;
const BATCH = 64;

interface Snapshot {
  readonly heapBytes: number;
  readonly memoryBytes: number;
  readonly workspaces: string;
  readonly jsHeapBytes: number;
}

function snapshot(): Snapshot {
  (globalThis as { gc?: () => void }).gc?.();
  const workspaces = Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread();
  return {
    heapBytes: Nd4j.getMemoryManager().allocatedMemory(),
    memoryBytes: Nd4j.backendInfo().memoryBytes,
    workspaces: workspaces.map((each) => `${each.getId()} ${each.getCurrentSize()}`).join(', '),
    jsHeapBytes: process.memoryUsage().heapUsed,
  };
}

/** @throws when anything but the JavaScript heap differs between iteration 100 and the last */
export function facts(): Fact[] {
  const { features, labels } = mlp.inputs({ operation: 'fit', batch: BATCH });
  const x = Nd4j.create(features as Float32Array, [BATCH, INPUTS]);
  const y = Nd4j.create(labels as Float32Array, [BATCH, OUTPUTS]);
  const net = network();
  let early: Snapshot | undefined;
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    net.fit(x, y);
    if (iteration === 100) early = snapshot();
  }
  const late = snapshot();
  if (early === undefined) throw new Error('steady needs more than 100 iterations');
  for (const key of ['heapBytes', 'memoryBytes', 'workspaces'] as const) {
    if (early[key] !== late[key]) {
      throw new Error(`${key} changed from ${early[key]} (iteration 100) to ${late[key]} (iteration ${ITERATIONS})`);
    }
  }
  const bytes = (name: string, value: number): Fact => ({ name, measure: 'bytes', best: value, median: value });
  return [
    bytes(`heap after 100 and ${ITERATIONS} fits, equal`, late.heapBytes),
    bytes(`wasm memory after 100 and ${ITERATIONS} fits, equal`, late.memoryBytes),
    bytes(`growth of the JavaScript heap over ${ITERATIONS} fits`, late.jsHeapBytes - early.jsHeapBytes),
  ];
}
