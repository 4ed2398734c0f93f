import { expect, test } from 'vitest';
import { runtime } from '../../src/wasm/runtime.ts';

const GUARD = 64;

/** [channels, outputs, input, kernel, stride, padding] of square images. */
const SIZES = [
  [1, 1, 1, 1, 1, 0],
  [3, 17, 9, 3, 1, 1],
  [50, 131, 12, 3, 2, 1],
  [390, 5, 7, 1, 1, 0],
  [2, 400, 35, 5, 1, 2],
  [1, 3, 6, 2, 3, 0],
  [16, 20, 24, 3, 1, 1],
  [13, 12, 33, 3, 1, 2],
  [12, 31, 18, 3, 1, 0],
] as const;

/** Modes of the kernel: forward, data, weights, patches and back; then by channel. */
const MODES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

test.each([0, 1])(
  'convolutions of compute type %i write neither beyond their result nor beyond convolutionScratchBytes',
  (compute) => {
    const { kernels } = runtime();
    const width = compute === 0 ? 4 : 8;
    for (const [channels, outputs, size, kernel, stride, padding] of SIZES) {
      const out = Math.floor((size + 2 * padding - kernel) / stride) + 1;
      const geometry = kernels.heapAllocate(76) >>> 0;
      const words = [
        channels,
        1,
        size,
        size,
        1,
        kernel,
        kernel,
        1,
        stride,
        stride,
        0,
        padding,
        padding,
        1,
        1,
        1,
        1,
        out,
        out,
      ];
      runtime().memory.i32.set(words, geometry / 4);
      for (const mode of MODES) {
        const isPatches = mode === 3 || mode === 4;
        const rows = isPatches ? channels * kernel * kernel : mode > 4 ? 2 * channels : outputs;
        const lengths = [
          2 * rows * out * out,
          2 * channels * size * size,
          rows * (mode > 4 ? 1 : channels) * kernel * kernel,
        ];
        const scratch = kernels.convolutionScratchBytes(mode, compute, geometry, rows, 2);
        const bytes = [...lengths.map((length) => length * width), scratch];
        const blocks = bytes.map((each) => kernels.heapAllocate(each + GUARD) >>> 0) as [
          number,
          number,
          number,
          number,
        ];
        const { u8 } = runtime().memory;
        for (const [i, at] of blocks.entries())
          u8.fill(0, at, at + (bytes[i] as number)).fill(
            0x5a,
            at + (bytes[i] as number),
            at + (bytes[i] as number) + GUARD,
          );
        kernels.convolution(mode, compute, blocks[0], blocks[1], blocks[2], 0, geometry, rows, 2, blocks[3]);
        for (const [i, at] of blocks.entries()) {
          const guard = u8.slice(at + (bytes[i] as number), at + (bytes[i] as number) + GUARD);
          expect(guard, `mode ${mode}, block ${i}, ${words}`).toEqual(new Uint8Array(GUARD).fill(0x5a));
          kernels.heapFree(at);
        }
      }
      kernels.heapFree(geometry);
    }
  },
);

test('scratch stays below 8 MiB for a batch of any size and an image of any size', () => {
  const { kernels, memory } = runtime();
  const geometry = kernels.heapAllocate(76) >>> 0;
  memory.i32.set([64, 1, 4096, 4096, 1, 3, 3, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 4096, 4096], geometry / 4);
  for (const mode of MODES) expect(kernels.convolutionScratchBytes(mode, 0, geometry, 64, 1)).toBeLessThan(2 ** 23);
  kernels.heapFree(geometry);
});
