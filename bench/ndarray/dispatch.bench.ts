// The façade's price: operations on arrays so small that the arithmetic is nothing.

import { Nd4j } from '../../src/index.ts';
import { expectClose, type Measurement, measure } from '../harness.ts';

const CALLS = 2_000;

export function dispatch(): Measurement[] {
  const manager = Nd4j.getWorkspaceManager();
  const configuration = { initialSize: 4 * 1024 * 1024, policyLearning: 'NONE', policyAllocation: 'STRICT' } as const;
  const a = Nd4j.create(
    Float32Array.from({ length: 16 }, (_, i) => i),
    [4, 4],
  );
  const b = Nd4j.create(
    Float32Array.from({ length: 16 }, (_, i) => 2 * i),
    [4, 4],
  );
  const c = Nd4j.create([1]);
  expectClose(
    a.add(b).ravel().toDoubleVector(),
    Float64Array.from({ length: 16 }, (_, i) => 3 * i),
    0,
    'add of two 4×4 arrays',
  );

  const inWorkspace = (benchmark: string, body: () => void): Measurement =>
    measure(
      'ndarena',
      benchmark,
      () => {
        const workspace = manager.getAndActivateWorkspace(configuration, 'BENCH');
        for (let call = 0; call < CALLS; call++) body();
        workspace.close();
      },
      { calls: 1, unit: 'µs' },
    );
  const perCall = (each: Measurement): Measurement => ({
    ...each,
    best: each.best / CALLS,
    median: each.median / CALLS,
  });
  const scope = manager.getWorkspaceForCurrentThread(configuration, 'SCOPE');
  return [
    perCall(inWorkspace('add of two 4×4 arrays in a workspace', () => void a.add(b))),
    perCall(inWorkspace('add of two 1-element arrays in a workspace', () => void c.add(c))),
    measure('ndarena', 'addi of two 4×4 arrays', () => void a.addi(b), { calls: CALLS, unit: 'µs' }),
    measure('ndarena', 'add and close of two 4×4 arrays on the heap', () => a.add(b).close(), {
      calls: CALLS,
      unit: 'µs',
    }),
    measure(
      'ndarena',
      'entering and leaving a scope',
      () => {
        scope.notifyScopeEntered();
        scope.close();
      },
      { calls: CALLS, unit: 'µs' },
    ),
  ];
}
