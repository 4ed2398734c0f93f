// One process of checks.bench.ts: the best microseconds of a 4×4 add with the bundle given.

const CALLS = 4_000;
const { Nd4j } = await import(process.argv[2] as string);
const a = Nd4j.ones(4, 4);
const b = Nd4j.ones(4, 4);
const configuration = { initialSize: 1 << 20, policyLearning: 'NONE', policyAllocation: 'STRICT' };
const workspace = Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(configuration, 'CHECKS');
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < 400; round++) {
  workspace.notifyScopeEntered();
  const start = performance.now();
  for (let call = 0; call < CALLS; call++) a.add(b);
  best = Math.min(best, performance.now() - start);
  workspace.close();
}
console.log((best * 1000) / CALLS);
