import { afterEach, describe, expect, test, vi } from 'vitest';
import { yieldToHost } from '../../src/core/platform.ts';
import { collector } from '../../src/memory/collection.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { MemoryManager, memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => {
  resetMemory();
  memoryManager.togglePeriodicGc(false);
  memoryManager.setAutoGcWindow(100);
  vi.restoreAllMocks();
});

/** Lets the host run finalization callbacks. */
async function settle(turns = 10): Promise<void> {
  for (let i = 0; i < turns; i++) await yieldToHost();
}

describe('the memory manager', () => {
  test('answers the questions that DL4J was asked', () => {
    const manager = new MemoryManager();
    expect(manager.getAutoGcWindow()).toBe(100);
    expect(manager.isPeriodicGcActive()).toBe(false);
    expect(manager.getOccasionalGcFrequency()).toBe(0);
    expect(manager.getAverageLoopTime()).toBe(0);
    expect(manager.getBandwidthUse()).toBeNull();
    expect(() => manager.collect()).toThrow("This method isn't implemented yet");
    manager.setAutoGcWindow(5000);
    expect(manager.getAutoGcWindow()).toBe(5000);
    manager.setOccasionalGcFrequency(7);
    expect(manager.getOccasionalGcFrequency()).toBe(7);
    manager.notifyScopeEntered();
    manager.notifyScopeLeft();
    manager.purgeCaches();
    manager.releaseCurrentContext();
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a window of %d', (milliseconds) => {
    expect(() => memoryManager.setAutoGcWindow(milliseconds)).toThrow(RangeError);
    expect(memoryManager.getAutoGcWindow()).toBe(100);
  });

  test.each([-1, 0.5, Number.NaN])('refuses a frequency of %d', (frequency) => {
    expect(() => memoryManager.setOccasionalGcFrequency(frequency)).toThrow(RangeError);
  });

  test('togglePeriodicGc(true) collects every window, and togglePeriodicGc(false) stops that', async () => {
    memoryManager.setAutoGcWindow(5);
    memoryManager.togglePeriodicGc(true);
    expect(memoryManager.isPeriodicGcActive()).toBe(true);
    const start = memoryManager.getLastGcTime();
    for (let i = 0; i < 100 && memoryManager.getLastGcTime() === start; i++) {
      zeros('FLOAT', 4);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(memoryManager.getLastGcTime()).toBeGreaterThan(start);
    memoryManager.togglePeriodicGc(false);
    expect(memoryManager.isPeriodicGcActive()).toBe(false);
    const stopped = memoryManager.getLastGcTime();
    zeros('FLOAT', 4);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(memoryManager.getLastGcTime()).toBe(stopped);
  });

  test('invokeGcOccasionally() collects every n-th call, and measures the loop', () => {
    const manager = new MemoryManager();
    const collect = vi.spyOn(manager, 'invokeGc').mockImplementation(() => undefined);
    manager.setAutoGcWindow(0);
    manager.setOccasionalGcFrequency(5);
    manager.toggleAveraging(true);
    for (let i = 0; i < 20; i++) manager.invokeGcOccasionally();
    expect(collect).toHaveBeenCalledTimes(4);
    expect(manager.getAverageLoopTime()).toBeGreaterThanOrEqual(0);
    manager.toggleAveraging(false);
    expect(manager.getAverageLoopTime()).toBe(0);
  });

  test('counts the bytes of arrays, workspaces and blocks by hand, and sees them go', () => {
    const before = memoryManager.getMemoryUse();
    const array = zeros('DOUBLE', 1000);
    expect(memoryManager.getMemoryUse().detached).toBe(before.detached + 8000);
    expect(memoryManager.getMemoryUse().detachedBlocks).toBe(before.detachedBlocks + 1);
    const block = memoryManager.allocate(100);
    expect(
      runtime()
        .memory.u8.subarray(block, block + 100)
        .every((byte) => byte === 0),
    ).toBe(true);
    memoryManager.release(block);
    array.close();
    workspaceManager.createNewWorkspace({ initialSize: 10240, policyAllocation: 'STRICT' }, 'COUNTED');
    expect(memoryManager.allocatedMemory()).toBeGreaterThanOrEqual(before.used + 10240 + 1024);
    workspaceManager.destroyAllWorkspacesForCurrentThread();
    expect(memoryManager.allocatedMemory()).toBeLessThan(before.used + 1024);
    expect(memoryManager.getMemoryUse().linearMemory).toBe(runtime().memory.byteLength);
  });

  test('makes a workspace current by hand, and scopes out', () => {
    const workspace = workspaceManager.createNewWorkspace({ initialSize: 1024 }, 'HAND');
    memoryManager.setCurrentWorkspace(workspace);
    expect(memoryManager.getCurrentWorkspace()).toBe(workspace);
    const dummy = memoryManager.scopeOutOfWorkspaces();
    expect(memoryManager.getCurrentWorkspace()).toBeNull();
    expect(zeros('FLOAT', 1).isAttached()).toBe(false);
    memoryManager.setCurrentWorkspace(dummy);
    expect(memoryManager.getCurrentWorkspace()).toBeNull();
    dummy.close();
    expect(memoryManager.getCurrentWorkspace()).toBe(workspace);
    memoryManager.setCurrentWorkspace(null);
  });
});

describe('arrays outside workspaces', () => {
  test('give their memory back when their handles die, views included', async () => {
    memoryManager.invokeGc();
    await settle();
    const before = { ...heapUse };
    for (let i = 0; i < 1000; i++) {
      const array = zeros('FLOAT', 256);
      array.viewOf(10, array.geometry);
      if (i % 2 === 0) array.close();
    }
    const kept = zeros('FLOAT', 256).dup();
    memoryManager.invokeGc();
    await settle(20);
    expect(heapUse.blocks - before.blocks).toBeLessThan(50);
    expect(collector.collectedBlocks).toBeGreaterThan(400);
    expect(kept.getDouble(0)).toBe(0);
  });

  test('a view keeps its owner alive', async () => {
    const view = ((): ReturnType<typeof zeros> => {
      const owner = zeros('FLOAT', 64);
      owner.putScalar(63, 9);
      return owner.reshape(8, 8);
    })();
    memoryManager.invokeGc();
    await settle();
    expect(view.getDouble(7, 7)).toBe(9);
  });

  test('a million temporary arrays keep the heap bounded when the loop yields', async () => {
    let peak = 0;
    for (let i = 0; i < 1_000_000; i++) {
      zeros('FLOAT', 1024);
      if (i % 1000 === 0) {
        peak = Math.max(peak, heapUse.bytes);
        await yieldToHost();
      }
    }
    expect(peak).toBeLessThan(1.5 * 2 ** 30);
    expect(runtime().memory.byteLength).toBeLessThan(3 * 2 ** 30);
  });

  test('a loop that never yields is warned once, with the remedy', async () => {
    await settle();
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const kept: unknown[] = [];
    for (let i = 0; i < 1700; i++) kept.push(zeros('FLOAT', 2 ** 18));
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toMatch(
      /GiB are held by \d+ arrays outside workspaces[\s\S]*getAndActivateWorkspace[\s\S]*close\(\)/,
    );
  });
});

describe('workspaces', () => {
  test('give their memory back when they are unreachable', async () => {
    const before = runtime().kernels.heapUsed();
    for (let i = 0; i < 50; i++) workspaceManager.createNewWorkspace({ initialSize: 2 ** 20 }, 'SAME').getId();
    expect(runtime().kernels.heapUsed()).toBeGreaterThan(before + 50 * 2 ** 20);
    await settle();
    memoryManager.invokeGc();
    await settle(20);
    expect(runtime().kernels.heapUsed()).toBeLessThan(before + 5 * 2 ** 20);
  });
});
