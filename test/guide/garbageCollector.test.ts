// The workspaces guide, sentence by sentence: the garbage collector.

import { afterEach, describe, expect, test } from 'vitest';
import { type INDArray, Nd4j } from '../../src/index.ts';
import { batch, network } from '../support/guideNetwork.ts';

const memory = Nd4j.getMemoryManager();
const MIB = 2 ** 20;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

afterEach(() => {
  memory.togglePeriodicGc(false);
  memory.setAutoGcWindow(100);
  memory.setOccasionalGcFrequency(0);
});

/** Makes arrays of so many MiB, and frees them all at the end. */
function holding(mebibytes: number, check: () => void): void {
  const kept: INDArray[] = [];
  for (let i = 0; i < mebibytes; i++) kept.push(Nd4j.createUninitialized('FLOAT', [MIB / 4]));
  try {
    check();
  } finally {
    for (const each of kept) each.close();
  }
}

describe('you can limit the frequency of GC calls, or disable them', () => {
  test('Nd4j.getMemoryManager().setAutoGcWindow(5000) will limit frequency of gc calls to 5000 milliseconds', () => {
    memory.setAutoGcWindow(5000);
    expect(memory.getAutoGcWindow()).toBe(5000);
    memory.invokeGc();
    const last = memory.getLastGcTime();
    memory.setOccasionalGcFrequency(1);
    for (let i = 0; i < 100; i++) memory.invokeGcOccasionally();
    holding(200, () => expect(memory.getLastGcTime()).toBe(last));
  });

  test('with a window of 0 the same calls and allocations do collect', async () => {
    memory.setAutoGcWindow(0);
    memory.invokeGc();
    const last = memory.getLastGcTime();
    await wait(2);
    holding(200, () => expect(memory.getLastGcTime()).toBeGreaterThan(last));
    const second = memory.getLastGcTime();
    memory.setOccasionalGcFrequency(1);
    await wait(2);
    memory.invokeGcOccasionally();
    expect(memory.getLastGcTime()).toBeGreaterThan(second);
  });

  test('Nd4j.getMemoryManager().togglePeriodicGc(false): OR you could totally disable it', async () => {
    memory.setAutoGcWindow(5);
    memory.togglePeriodicGc(true);
    expect(memory.isPeriodicGcActive()).toBe(true);
    const start = memory.getLastGcTime();
    const kept: INDArray[] = [];
    for (let i = 0; i < 100 && memory.getLastGcTime() === start; i++) {
      kept.push(Nd4j.zeros(100));
      await wait(5);
    }
    expect(memory.getLastGcTime()).toBeGreaterThan(start);
    memory.togglePeriodicGc(false);
    expect(memory.isPeriodicGcActive()).toBe(false);
    const stopped = memory.getLastGcTime();
    kept.push(Nd4j.zeros(100));
    await wait(40);
    expect(memory.getLastGcTime()).toBe(stopped);
    for (const each of kept) each.close();
  });

  test('put that somewhere before your model.fit(...) call: training in workspaces never needs it', () => {
    memory.togglePeriodicGc(false);
    memory.setAutoGcWindow(5000);
    using net = network();
    const data = batch(1);
    net.fit(data);
    const last = memory.getLastGcTime();
    const before = memory.getMemoryUse();
    for (let step = 0; step < 200; step++) net.fit(data);
    expect(memory.getLastGcTime()).toBe(last);
    expect(memory.getMemoryUse().detached).toBe(before.detached);
    expect(memory.getMemoryUse().linearMemory).toBe(before.linearMemory);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a window of %d milliseconds is refused', (milliseconds) => {
    expect(() => memory.setAutoGcWindow(milliseconds)).toThrow(RangeError);
    expect(memory.getAutoGcWindow()).toBe(100);
  });
});
