import { expect, test } from 'vitest';
import { addressOf } from '../../src/memory/view.ts';
import { Reduce } from '../../src/ops/reduceCodes.ts';
import { writePlan } from '../../src/ops/reducePlan.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { emptyOf, type Layout, noise, release, viewOf } from '../support/views.ts';

const LAYOUTS: Layout[] = [{}, { order: 'f' }, { strides: [2200, 2] }];

test.each(Object.entries(Reduce))('reduce of %s touches no scratch beyond reduceScratchBytes', (_, op) => {
  const { kernels, memory } = runtime();
  const bytes = kernels.reduceScratchBytes();
  const scratch = kernels.heapAllocate(bytes + 64) >>> 0;
  kernels.fillBytes(scratch + bytes, 0x5a, 64);
  for (const type of ['FLOAT', 'DOUBLE', 'INT'] as const) {
    for (const layout of LAYOUTS) {
      for (const dimension of [0, 1]) {
        const x = viewOf(type, noise(5 * 1023), [5, 1023], layout);
        const out = emptyOf('DOUBLE', [dimension === 0 ? 1023 : 5]);
        writePlan(memory.u32, scratch >>> 2, op, out, addressOf(out), out.buffer.info, x, x, [dimension]);
        kernels.reduce(scratch, 1, 0, 0);
        release(x, out);
      }
    }
  }
  expect(memory.u8.slice(scratch + bytes, scratch + bytes + 64)).toEqual(new Uint8Array(64).fill(0x5a));
  kernels.heapFree(scratch);
});
