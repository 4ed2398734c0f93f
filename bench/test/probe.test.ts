import { expect, test } from 'vitest';
import { instantiateProbe } from '../harness/probe.ts';
import { probeModules } from '../harness/probeModule.ts';

test('memory to be copied has been written: untouched pages are one page of zeros, which the cache serves', () => {
  const probe = instantiateProbe(probeModules().simd) as ReturnType<typeof instantiateProbe> & {
    memory: WebAssembly.Memory;
  };
  for (const bytes of [4096, 200_000]) {
    const address = probe.reserve(bytes);
    expect(new Uint8Array(probe.memory.buffer, address, bytes).every((byte) => byte !== 0)).toBe(true);
  }
});
