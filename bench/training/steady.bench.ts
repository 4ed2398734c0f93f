// 10,000 `fit` calls: heap, memory and workspaces must be the same after iteration 100 and iteration 10,000, and the JavaScript heap flat.

import { Nd4j } from '../../src/index.ts';
import type { Measurement } from '../harness.ts';
import { network } from './mlp.bench.ts';
import { BATCH, INPUTS, OUTPUTS, sampleData } from './mlpData.ts';

interface Snapshot {
  readonly heapBytes: number;
  readonly memoryBytes: number;
  readonly workspaces: string;
  readonly jsHeapBytes: number;
}

function snapshot(): Snapshot {
  (globalThis as { gc?: () => void }).gc?.();
  return {
    heapBytes: Nd4j.getMemoryManager().allocatedMemory(),
    memoryBytes: Nd4j.backendInfo().memoryBytes,
    workspaces: Nd4j.getWorkspaceManager()
      .getAllWorkspacesForCurrentThread()
      .map((each) => `${each.getId()} ${each.getCurrentSize()}`)
      .join(', '),
    jsHeapBytes: process.memoryUsage().heapUsed,
  };
}

/** @throws when anything but the JavaScript heap (1 MiB of slack) differs between iteration 100 and 10,000. */
export function steady(iterations = 10_000): Measurement[] {
  const { features, labels } = sampleData();
  const x = Nd4j.create(features, [BATCH, INPUTS]);
  const y = Nd4j.create(labels, [BATCH, OUTPUTS]);
  const net = network();
  let early: Snapshot | undefined;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    net.fit(x, y);
    if (iteration === 100) early = snapshot();
  }
  const late = snapshot();
  if (early === undefined) throw new Error('steady needs more than 100 iterations');
  for (const key of ['heapBytes', 'memoryBytes', 'workspaces'] as const) {
    if (early[key] !== late[key])
      throw new Error(`${key} changed from ${early[key]} (iteration 100) to ${late[key]} (iteration ${iterations})`);
  }
  const growth = late.jsHeapBytes - early.jsHeapBytes;
  const bytes = (benchmark: string, value: number): Measurement => ({
    library: 'ndarena',
    benchmark,
    best: value,
    median: value,
    spread: 0,
    unit: 'bytes',
    quiet: '-',
  });
  return [
    bytes(`heap bytes after 100 and ${iterations} fits`, late.heapBytes),
    bytes(`wasm memory after 100 and ${iterations} fits`, late.memoryBytes),
    bytes(`growth of the JavaScript heap over ${iterations} fits`, growth),
  ];
}
