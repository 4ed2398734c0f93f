// The workspaces guide, sentence by sentence: workspaces of ND4J, their destruction and their exceptions.

import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { type INDArray, ND4JIllegalStateException, Nd4j, WorkspaceConfiguration } from '../../src/index.ts';
import { allocated, batch, detachedArrays, expectNothingOpen, iterator, network } from '../support/guideNetwork.ts';

const manager = Nd4j.getWorkspaceManager();
const learning = WorkspaceConfiguration.builder().policyLearning('FIRST_LOOP').policyAllocation('STRICT').build();
afterEach(() => {
  expectNothingOpen();
  manager.destroyAllWorkspacesForCurrentThread();
});

describe('ND4J offers an additional memory-management model: workspaces', () => {
  test('that allows you to reuse memory for cyclic workloads without the garbage collector', () => {
    const before = detachedArrays();
    const used: number[] = [];
    const addresses = new Set<number>();
    for (let cycle = 0; cycle < 10; cycle++) {
      using _scope = manager.getAndActivateWorkspace(learning, 'CYCLE');
      const array = Nd4j.ones(1000);
      array.add(1).muli(cycle);
      if (cycle > 0) addresses.add(array.data().address);
      used.push(allocated());
    }
    expect(addresses.size).toBe(1);
    expect(new Set(used.slice(1)).size).toBe(1);
    expect(detachedArrays()).toBe(before);
  });

  test("at the end of the workspace loop, all INDArrays' memory content is invalidated", () => {
    const kept: INDArray[] = [];
    {
      using _scope = manager.getAndActivateWorkspace(learning, 'LOOP');
      const array = Nd4j.create([
        [1, 2],
        [3, 4],
      ]);
      kept.push(array, array.getRow(0), array.transpose(), array.add(1), array.sum(0));
    }
    for (const array of kept) {
      expect(array.isAttached()).toBe(true);
      expect(array.isInScope()).toBe(false);
      expect(() => array.add(1)).toThrow(/leaked workspace pointer from workspace \[LOOP\]/);
      expect(() => array.getDouble(0)).toThrow(/leaked workspace pointer from workspace \[LOOP\]/);
      expect(() => array.sumNumber()).toThrow(/leaked workspace pointer from workspace \[LOOP\]/);
    }
  });

  test('you can do what you need within a workspace (or spaces)', () => {
    const outer = manager.getAndActivateWorkspace(learning, 'OUTER');
    const a = Nd4j.ones(4);
    const inner = manager.getAndActivateWorkspace(learning, 'INNER');
    const b = a.add(1);
    expect([a, b].map((each) => each.data().getParentWorkspace()?.getId())).toEqual(['OUTER', 'INNER']);
    const moved = b.leverageTo('OUTER');
    inner.close();
    expect(moved.add(a).toDoubleVector()).toEqual(Float64Array.of(3, 3, 3, 3));
    outer.close();
  });
});

describe('if you want to get an INDArray out of it, you just call INDArray.detach()', () => {
  test("and you'll get an independent INDArray copy", () => {
    const workspace = manager.getAndActivateWorkspace(learning, 'LOOP');
    const inside = Nd4j.linspace(1, 6, 6).reshape(2, 3);
    const copy = inside.detach();
    expect(copy).not.toBe(inside);
    expect(copy.isAttached()).toBe(false);
    expect(copy.shape()).toEqual([2, 3]);
    inside.assign(-1);
    copy.muli(2);
    expect(inside.minNumber()).toBe(-1);
    expect(inside.maxNumber()).toBe(-1);
    workspace.close();
    expect(copy.toArray()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
  });

  test('whose content survives later cycles that overwrite the memory of the workspace', () => {
    const results: INDArray[] = [];
    for (let cycle = 0; cycle < 5; cycle++) {
      using _scope = manager.getAndActivateWorkspace(learning, 'LOOP');
      results.push(Nd4j.valueArrayOf([64], cycle).detach());
      Nd4j.valueArrayOf([64], -cycle);
    }
    expect(results.map((each) => [each.minNumber(), each.maxNumber()])).toEqual(
      results.map((_, cycle) => [cycle, cycle]),
    );
  });

  test('outside of workspaces it gives the very array', () => {
    const array = Nd4j.ones(3);
    expect(array.detach()).toBe(array);
    using _scope = manager.getAndActivateWorkspace(learning, 'LOOP');
    expect(array.detach()).toBe(array);
    expect(array.isAttached()).toBe(false);
  });

  test('and a view is detached as an array of its own', () => {
    const workspace = manager.getAndActivateWorkspace(learning, 'LOOP');
    const column = Nd4j.create([
      [1, 2],
      [3, 4],
    ]).getColumn(1);
    const copy = column.detach();
    workspace.close();
    expect(Array.from(copy.toDoubleVector())).toEqual([2, 4]);
    expect(copy.isView()).toBe(false);
  });
});

describe('Workspace Destruction: release all workspaces created out of your control', () => {
  test('destroyAllWorkspacesForCurrentThread() destroys all workspaces created within the calling thread and returns the memory', () => {
    const before = allocated();
    for (const id of ['A', 'B', 'C']) manager.createNewWorkspace({ initialSize: 2 ** 20 }, id);
    expect(manager.getAllWorkspacesIdsForCurrentThread().sort()).toEqual(['A', 'B', 'C']);
    expect(allocated()).toBeGreaterThan(before + 3 * 2 ** 20);
    manager.destroyAllWorkspacesForCurrentThread();
    expect(manager.getAllWorkspacesIdsForCurrentThread()).toEqual([]);
    expect(allocated() - before).toBeLessThan(1024);
  });

  test('e.g. during evaluation or training: a network goes on with the same numbers, in new workspaces', async () => {
    const [disturbed, undisturbed] = [network(), network()];
    for (let step = 0; step < 6; step++) {
      disturbed.fit(batch(step));
      manager.destroyAllWorkspacesForCurrentThread();
      undisturbed.fit(batch(step));
    }
    expect(manager.getAllWorkspacesIdsForCurrentThread()).not.toEqual([]);
    await disturbed.evaluate(iterator(2));
    manager.destroyAllWorkspacesForCurrentThread();
    await disturbed.evaluate(iterator(2));
    expect(disturbed.params().equals(undisturbed.params())).toBe(true);
    disturbed.close();
    undisturbed.close();
  });

  test('a thread sees and destroys only its own workspaces', async () => {
    manager.createNewWorkspace({ initialSize: 1024 }, 'MINE');
    const source = new URL('../../src/index.ts', import.meta.url).href;
    const code = `
      const { parentPort } = require('node:worker_threads');
      (async () => {
        const { register } = await import('tsx/esm/api');
        register();
        const { Nd4j } = await import(${JSON.stringify(source)});
        const manager = Nd4j.getWorkspaceManager();
        const seen = [manager.getAllWorkspacesIdsForCurrentThread()];
        manager.createNewWorkspace({ initialSize: 1024 }, 'THEIRS');
        seen.push(manager.getAllWorkspacesIdsForCurrentThread());
        manager.destroyAllWorkspacesForCurrentThread();
        seen.push(manager.getAllWorkspacesIdsForCurrentThread());
        parentPort.postMessage(seen);
      })();`;
    const worker = new Worker(code, { eval: true, execArgv: [] });
    const seen = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(seen).toEqual([[], ['THEIRS'], []]);
    expect(manager.getAllWorkspacesIdsForCurrentThread()).toEqual(['MINE']);
  });
});

describe('Workspace Exceptions: if workspaces are used incorrectly, you may see an error message', () => {
  const GUIDE = 'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic';

  test('ND4JIllegalStateException: Op [set] Y argument uses leaked workspace pointer from workspace [LOOP_EXTERNAL]', () => {
    const leaked = manager.getWorkspaceForCurrentThread(learning, 'LOOP_EXTERNAL').run(() => Nd4j.ones(4));
    const target = Nd4j.zeros(4);
    let error: unknown;
    try {
      target.assign(leaked);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ND4JIllegalStateException);
    expect(String(error).split('\n').slice(0, 2)).toEqual([
      'ND4JIllegalStateException: Op [set] Y argument uses leaked workspace pointer from workspace [LOOP_EXTERNAL]',
      GUIDE,
    ]);
    expect(target.sumNumber()).toBe(0);
  });

  test('the array of an earlier cycle is found while a later one is open, and X is the first operand', () => {
    const leaked = manager.getWorkspaceForCurrentThread(learning, 'LOOP_EXTERNAL').run(() => Nd4j.ones(4));
    using _scope = manager.getAndActivateWorkspace(learning, 'LOOP_EXTERNAL');
    expect(() => leaked.assign(Nd4j.zeros(4))).toThrow(
      /^Op \[set\] X argument uses leaked workspace pointer from workspace \[LOOP_EXTERNAL\]\n[^\n]*workspaces-panic\n[\s\S]*generation 1[\s\S]*generation 2[\s\S]*detach\(\)/,
    );
  });

  test('such as a bug in a data pipeline: features that left their workspace are refused, and nothing has changed', () => {
    const net = network();
    const good = batch(1);
    net.fit(good);
    const before = net.params().dup();
    const leaked = manager.getWorkspaceForCurrentThread(learning, 'PIPELINE').run(() => Nd4j.rand(20, 6));
    for (const wrong of [
      (): unknown => net.fit(leaked, good.getLabels()),
      (): unknown => net.output(leaked),
      (): unknown => net.feedForward(leaked),
      (): unknown => net.predict(leaked),
    ]) {
      expect(wrong).toThrow(/X argument uses leaked workspace pointer from workspace \[PIPELINE\]/);
      expectNothingOpen();
    }
    expect(net.params().equals(before)).toBe(true);
    expect(net.getIterationCount()).toBe(1);
    net.close();
  });
});
