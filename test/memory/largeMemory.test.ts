// Addresses above 2 GiB: an arena and arrays that reach there. The pages are reserved, and only those written are touched.

import { afterAll, describe, expect, test } from 'vitest';
import { DOUBLE, FLOAT } from '../../src/core/dataType.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

const GIB = 2 ** 30;
afterAll(() => resetMemory());

describe('memory above 2 GiB', () => {
  test('an arena of 3 GiB serves arrays at its far end', () => {
    const workspace = workspaceManager.getAndActivateWorkspace(
      { initialSize: 3 * GIB, policyLearning: 'NONE', policyAllocation: 'STRICT' },
      'HUGE',
    );
    expect(workspace.getCurrentSize()).toBe(3 * GIB);
    const far = DataBuffer.allocate(FLOAT, (2.75 * GIB) / 4, false);
    const array = zeros('DOUBLE', 1000);
    expect(far.address).toBeLessThan(GIB);
    expect(array.buffer.address).toBeGreaterThan(2.5 * GIB);
    expect(workspace.getCurrentOffset()).toBe(2.75 * GIB + 8000);
    array.assign(1.5);
    expect(sumOf(array)).toBe(1500);
    const copied = array.dup();
    expect(copied.buffer.address).toBe(array.buffer.address + 8000);
    expect(sumOf(copied)).toBe(1500);
    const out = array.detach();
    workspace.close();
    expect(sumOf(out)).toBe(1500);
    workspace.destroyWorkspace();
    expect(runtime().kernels.heapUsed()).toBeLessThan(2 ** 20);
  });

  test('the freed arena serves a detached array of 2.5 GiB, element by element up to its end', () => {
    const before = runtime().memory.byteLength;
    const buffer = DataBuffer.allocate(DOUBLE, (2.5 * GIB) / 8, false);
    const array = new NDArray(buffer, 0, denseGeometry([buffer.length]));
    array.putScalar(buffer.length - 1, 42);
    expect(array.getDouble(-1)).toBe(42);
    expect(runtime().memory.byteLength).toBe(before);
    array.close();
  });
});
