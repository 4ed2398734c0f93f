import { expect, test } from 'vitest';
import { runtime } from '../../src/wasm/runtime.ts';

test.each([
  [0, 4],
  [1, 8],
])('softmax and softmaxBackward of compute type %i touch two rows of scratch at most', (compute, width) => {
  const { kernels } = runtime();
  for (const n of [1, 3, 5, 600]) {
    const bytes = 2 * (n * width + 16);
    const scratch = kernels.heapAllocate(bytes + 64) >>> 0;
    const x = kernels.heapAllocate(n * 2 * 3 * width) >>> 0;
    kernels.fillBytes(x, 0, n * 2 * 3 * width);
    kernels.fillBytes(scratch + bytes, 0x5a, 64);
    // Rows of every second element, so that they are gathered.
    kernels.softmax(compute, 0, x, x, 3, n, 2 * n, 2, 2 * n, 2, scratch);
    kernels.softmaxBackward(compute, 1, x, x, x, 3, n, 2 * n, 2, 2 * n, 2, 2 * n, 2, scratch);
    expect(runtime().memory.u8.slice(scratch + bytes, scratch + bytes + 64)).toEqual(new Uint8Array(64).fill(0x5a));
    kernels.heapFree(scratch);
    kernels.heapFree(x);
  }
});
