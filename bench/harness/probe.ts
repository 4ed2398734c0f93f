// The probe inside a subject: how fast the core is right now, by a loop that touches registers only.

/** What probe/probe.ts exports. */
export interface ProbeExports {
  peak32(turns: number, x: number, y: number): number;
  peak64(turns: number, x: number, y: number): number;
  copyVectors(to: number, from: number, bytes: number): void;
  copyBulk(to: number, from: number, bytes: number): void;
  reserve(bytes: number): number;
}

/** About 0.2 ms at 50 GFLOP/s. */
const TURNS = 100_000;
/** Calls after which the engine has optimized the loop. */
const WARM_UP = 200;

/** @throws when the engine lacks what the module uses */
export function instantiateProbe(base64: string): ProbeExports {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as unknown as ProbeExports;
}

export type Probe = () => number;

/** A warm probe: each call gives its milliseconds. */
export function makeProbe(base64: string): Probe {
  const loop = instantiateProbe(base64);
  const probe = (): number => {
    const start = performance.now();
    loop.peak32(TURNS, 0.99, 0.01);
    return performance.now() - start;
  };
  for (let i = 0; i < WARM_UP; i++) probe();
  return probe;
}
