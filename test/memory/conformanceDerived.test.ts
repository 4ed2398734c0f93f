// The derived rows X of the reference, with the numbers of 1.0.0-M2.1; where it is defective, what we do instead.

import { afterEach, expect, test, vi } from 'vitest';
import { ND4JWorkspaceException, Nd4jNoSuchWorkspaceException } from '../../src/core/errors.ts';
import type { WorkspaceConfigurationOptions } from '../../src/memory/configuration.ts';
import type { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { WorkspaceUtils } from '../../src/memory/workspaceUtils.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { current, doubles, enter } from '../support/conformance.ts';
import { counting, sumOf } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => {
  resetMemory();
  vi.restoreAllMocks();
});

const strict = { policyAllocation: 'STRICT' } as const;
const ring = { overallocationLimit: 3, policyReset: 'ENDOFBUFFER_REACHED' } as const;
const make = (conf: WorkspaceConfigurationOptions): Nd4jWorkspace =>
  manager.createNewWorkspace(conf, 'W') as Nd4jWorkspace;

/** The size after each cycle of so many doubles. */
function sizesAfter(conf: WorkspaceConfigurationOptions, ...cycles: number[]): number[] {
  const ws = make(conf);
  return cycles.map((n) => {
    ws.run(() => (n > 0 ? doubles(n) : undefined));
    return ws.getCurrentSize();
  });
}
/** Where an array lies: its offset in the arena, or −1 outside. */
function placeIn(ws: Nd4jWorkspace, array: NDArray): number {
  return array.buffer.position >= 0 ? array.buffer.address - ws.count('base') : -1;
}

test('X-01 REALLOCATE over-allocates the first time only', () => {
  expect(sizesAfter({ policySpill: 'REALLOCATE' }, 125, 250, 500)).toEqual([1331, 2016, 4000]);
});

test('X-02 maxSize bounds the learnt size and the growth', () => {
  expect(sizesAfter({ policySpill: 'REALLOCATE', overallocationLimit: 1, maxSize: 1500 }, 125, 500)).toEqual([
    1500, 1500,
  ]);
});

test('X-03 maxSize wins over minSize', () => {
  expect(sizesAfter({ minSize: 4096, maxSize: 2048, overallocationLimit: 0.5 }, 125)).toEqual([2048]);
});

test('X-04 minSize does not enlarge an initial size', () => {
  expect(make({ ...strict, initialSize: 100, minSize: 4096 }).getCurrentSize()).toBe(100);
});

test('X-05 FAIL counts a refused request as spilled until the workspace is destroyed', () => {
  const ws = make({ ...strict, initialSize: 64, policySpill: 'FAIL' });
  ws.run(() => {
    doubles(6);
    expect(() => doubles(6)).toThrow("Can't allocate memory: Workspace is full");
    expect([ws.getCurrentOffset(), ws.getSpilledSize(), ws.getNumberOfExternalAllocations()]).toEqual([64, 64, 0]);
  });
  expect([ws.getMaxCycleAllocations(), ws.getSpilledSize()]).toEqual([64, 64]);
  ws.destroyWorkspace();
  expect(ws.getSpilledSize()).toBe(0);
});

test('X-06 FAIL without an initial size learns nothing', () => {
  const ws = make({ ...strict, policySpill: 'FAIL' });
  ws.run(() => expect(() => doubles(6)).toThrow('Workspace is full'));
  expect([ws.getCurrentSize(), ws.getMaxCycleAllocations()]).toEqual([0, 0]);
});

test.each([
  ['NONE', 96],
  ['FIRST_LOOP', 0],
] as const)(
  'X-07 after a spill a smaller request still fits; with learning %s %d bytes stay spilled after close',
  (policyLearning, left) => {
    const ws = make({ ...strict, initialSize: 1056, policyLearning });
    ws.run(() => {
      expect(
        [doubles(125), doubles(12), doubles(2)]
          .map((each) => each.buffer.address - ws.count('base'))
          .filter((at) => at >= 0 && at < 1056),
      ).toEqual([0, 1024]);
    });
    expect(ws.getSpilledSize()).toBe(left);
    ws.notifyScopeEntered();
    expect(ws.getSpilledSize()).toBe(0);
    ws.close();
  },
);

test('X-08 EXTERNAL stays without an arena once it is destroyed', () => {
  const ws = make(strict);
  ws.run(() => doubles(125));
  expect(ws.getCurrentSize()).toBe(1024);
  ws.destroyWorkspace();
  for (let i = 0; i < 3; i++) {
    ws.run(() => {
      doubles(125);
      expect(ws.getSpilledSize()).toBe(1024);
    });
    expect(ws.getCurrentSize()).toBe(0);
  }
});

test('X-09 REALLOCATE recovers with the next cycle', () => {
  const ws = make({ ...strict, policySpill: 'REALLOCATE' });
  ws.run(() => doubles(125));
  ws.destroyWorkspace();
  ws.run(() => doubles(125));
  expect(ws.getCurrentSize()).toBe(1024);
  ws.run(() => {
    doubles(125);
    expect([ws.getCurrentOffset(), ws.getSpilledSize()]).toEqual([1024, 0]);
  });
});

test('X-10 OVER_TIME learns on its very cycle only', () => {
  const conf = { policyLearning: 'OVER_TIME', cyclesBeforeInitialization: 3, overallocationLimit: 0.1 } as const;
  expect(sizesAfter(conf, 12, 100, 10, 500, 500)).toEqual([0, 0, 880, 880, 880]);
  expect(sizesAfter(conf, 0, 0, 0, 100, 100)).toEqual([0, 0, 0, 0, 0]);
  const growing = {
    ...conf,
    policySpill: 'REALLOCATE',
    cyclesBeforeInitialization: 2,
    overallocationLimit: 0.02,
  } as const;
  expect(sizesAfter(growing, 125, 125, 250, 250, 62)).toEqual([0, 1044, 2016, 2016, 2016]);
});

test('X-11 a circular workspace goes round', () => {
  const ws = make(ring);
  const places: number[] = [];
  const offsets: number[] = [];
  const externals: number[] = [];
  const steps: number[] = [];
  for (let i = 0; i < 10; i++) {
    places.push(ws.run(() => placeIn(ws, doubles(125))));
    offsets.push(ws.getCurrentOffset());
    externals.push(ws.getNumberOfExternalAllocations());
    steps.push(ws.getStepNumber());
  }
  expect([ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([1336, 5344]);
  expect(places).toEqual([-1, 0, 1336, 2672, 4008, 0, 1336, 2672, 4008, 0]);
  expect(offsets).toEqual([0, 1336, 2672, 4008, 5344, 1336, 2672, 4008, 5344, 1336]);
  expect(externals).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  expect(steps).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
});

test('X-12 a circular workspace is rebuilt for larger elements, and old elements are freed with delay', () => {
  const ws = make({ ...ring, policySpill: 'REALLOCATE' });
  const cycle = (n: number): NDArray => ws.run(() => doubles(n));
  const first = cycle(125);
  cycle(125);
  cycle(375);
  expect(ws.getPinnedSize()).toBe(3008);
  for (let i = 4; i <= 12; i++) {
    cycle(125);
    expect(ws.getNumberOfPinnedAllocations()).toBe(i - 2);
  }
  cycle(125);
  expect([ws.getStepNumber(), ws.getInitialBlockSize(), ws.getCurrentSize(), ws.getCurrentOffset()]).toEqual([
    3, 3912, 15648, 0,
  ]);
  expect(ws.getNumberOfPinnedAllocations()).toBe(8);
  expect(placeIn(ws, cycle(125))).toBe(0);
  for (let i = 15; i <= 17; i++) cycle(125);
  expect([ws.getNumberOfPinnedAllocations(), first.buffer.isUsable]).toEqual([4, true]);
  cycle(125);
  expect([first.buffer.isUsable, ws.getNumberOfExternalAllocations()]).toEqual([false, 0]);
  for (let i = 19; i <= 21; i++) cycle(125);
  expect(ws.getNumberOfPinnedAllocations()).toBe(0);
});

test('X-13 a request larger than a circular arena throws (ND4J recurses without end), and the workspace goes on', () => {
  const ws = make({
    ...strict,
    initialSize: 1024,
    policyReset: 'ENDOFBUFFER_REACHED',
    policySpill: 'FAIL',
    policyLearning: 'NONE',
  });
  ws.run(() => {
    doubles(100);
    expect(() => ws.alloc(2048)).toThrow("Can't allocate memory: Workspace is full");
    expect([ws.getCurrentOffset(), sumOf(counting(4))]).toEqual([0, 10]);
  });
});

test('X-14 nested in itself a workspace goes on; around another it refuses (ND4J resets it)', () => {
  const conf = { ...strict, initialSize: 1024, policyLearning: 'NONE' };
  {
    using a = enter(conf, 'A');
    using _again = enter(conf, 'A');
    expect(a.getGenerationId()).toBe(1);
  }
  using a = enter(conf, 'A');
  const array = counting(3);
  using _b = enter(conf, 'B');
  expect(() => enter(conf, 'A')).toThrow(ND4JWorkspaceException);
  expect(() => enter(conf, 'A')).toThrow('Cannot enter workspace [A]: it is open already, and [B] is current');
  expect([a.getGenerationId(), sumOf(array), current()]).toEqual([2, 6, 'B']);
});

test('X-15 a borrowed workspace cannot be borrowed', () => {
  using a = enter({ initialSize: 1024 }, 'A');
  using _borrowed = a.notifyScopeBorrowed();
  expect(() => a.notifyScopeBorrowed()).toThrow("Workspace [A]: Can't borrow from borrowed workspace");
});

test('X-16 leverageTo() an unknown id gives the array itself, or an error if it must exist', () => {
  using _a = enter({ initialSize: 1024 }, 'A');
  const array = counting(3);
  expect(array.leverageTo('NONE')).toBe(array);
  expect(() => array.leverageTo('NONE', true)).toThrow(Nd4jNoSuchWorkspaceException);
  expect(() => array.leverageTo('NONE', true)).toThrow(/^NONE$/);
});

test('X-17 migrate() copies also what is there already', () => {
  using a = enter({ initialSize: 1024 }, 'A');
  const array = counting(3);
  const offset = a.getCurrentOffset();
  const migrated = array.migrate();
  expect([migrated === array, sumOf(migrated), a.getCurrentOffset()]).toEqual([false, 6, offset + 32]);
});

test('X-18 an outdated array is "in scope", and panics in an operation', () => {
  const conf = { initialSize: 1024 };
  let array: NDArray;
  {
    using _a = enter(conf, 'A');
    array = counting(3);
  }
  using _a = enter(conf, 'A');
  expect(array.isInScope()).toBe(true);
  expect(() => array.add(1)).toThrow('generation 2 is open now');
});

test('X-19 the check cannot be turned off: debug modes and traces leave it on', () => {
  const array = manager.createNewWorkspace({ initialSize: 1024 }, 'A').run(() => counting(3));
  for (const mode of ['SPILL_EVERYTHING', 'BYPASS_EVERYTHING', 'DISABLED'] as const) {
    manager.setDebugMode(mode);
    expect(() => array.add(1)).toThrow('leaked workspace pointer');
  }
});

test('X-20 arrays of a circular workspace work after its close, until they are overwritten', () => {
  const ws = make(ring);
  ws.run(() => doubles(3));
  const array = ws.run(() => counting(3));
  expect(sumOf(array.add(1))).toBe(9);
  for (let i = 0; i < 4; i++) ws.run(() => doubles(3));
  expect(() => array.add(1)).toThrow('its memory in the circular buffer was handed out again');
});

test('X-21 an existing id keeps its configuration', () => {
  using _first = enter({ ...strict, initialSize: 1024 }, 'SHARED');
  expect(manager.getWorkspaceForCurrentThread({ ...strict, initialSize: 4096 }, 'SHARED').getCurrentSize()).toBe(1024);
});

test('X-22 assertNoWorkspacesOpen() names the open ones', () => {
  using _b = enter({}, 'B');
  using _a = enter({}, 'A');
  expect(() => WorkspaceUtils.assertNoWorkspacesOpen('m')).toThrow(/^m - Open\/active workspaces: \[A, B\]$/);
  expect(() => WorkspaceUtils.assertNoWorkspacesOpen('m', true)).toThrow(ND4JWorkspaceException);
  using _out = manager.scopeOutOfWorkspaces();
  WorkspaceUtils.assertNoWorkspacesOpen('m', true);
  expect(() => WorkspaceUtils.assertOpenAndActive('C', 'needs C')).toThrow(/^needs C$/);
  expect(() => WorkspaceUtils.assertOpenActiveAndCurrent('C', 'm')).toThrow(/^m - workspace is not open and active$/);
  expect(() => WorkspaceUtils.assertOpenActiveAndCurrent('A', 'm')).toThrow(
    /^m - not the current workspace \(current workspace: null$/,
  );
});

test('X-23 the statistics show sizes for people and in bytes', () => {
  make({ ...strict, initialSize: 10485760 });
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  manager.printAllocationStatisticsForCurrentThread();
  expect(print.mock.calls[0]?.[0]).toMatch(
    /^Workspace statistics: -{33}\n[\s\S]*W: +10\.00 MiB \/ +\.00 B \/ +\.00 B \( +10485760 \//,
  );
});

test('X-28 scopes overlap after setPreviousWorkspace(), whichever closes first', () => {
  const conf = { initialSize: 1024, policyLearning: 'NONE' };
  const [a, b] = [enter(conf, 'A'), enter(conf, 'B')];
  b.setPreviousWorkspace(null);
  const array = counting(3);
  a.close();
  expect([current(), sumOf(array)]).toEqual([null, 6]);
  b.close();
  expect([a.isScopeActive(), b.isScopeActive(), current()]).toEqual([false, false, null]);
});
