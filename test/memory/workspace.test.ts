import { afterEach, describe, expect, test, vi } from 'vitest';
import { ND4JIllegalStateException, ND4JWorkspaceException } from '../../src/core/errors.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

const made: Nd4jWorkspace[] = [];
afterEach(() => {
  resetMemory(made);
  made.length = 0;
  vi.restoreAllMocks();
});
function workspace(options: ConstructorParameters<typeof Nd4jWorkspace>[0] = {}, id = 'W'): Nd4jWorkspace {
  const each = new Nd4jWorkspace(options, id);
  made.push(each);
  return each;
}
const ring = (options = {}): Nd4jWorkspace =>
  workspace({ policyReset: 'ENDOFBUFFER_REACHED', overallocationLimit: 3, ...options }, 'RING');

describe('a workspace', () => {
  test('describes itself', () => {
    const each = workspace({ initialSize: 1000, policyAllocation: 'STRICT' }, 'NAME');
    expect(String(each)).toBe("Nd4jWorkspace{id='NAME', currentSize=1000}");
    expect([each.getId(), each.getThreadId(), each.getDeviceId(), each.getWorkspaceType()]).toEqual([
      'NAME',
      0,
      0,
      'SCOPED',
    ]);
    expect(each.getWorkspaceConfiguration().initialSize).toBe(1000);
    expect(ring().getWorkspaceType()).toBe('CIRCULAR');
  });

  test('zeroes memory that is asked for zeroed, however often it was used', () => {
    const each = workspace({ initialSize: 4096, policyLearning: 'NONE' });
    for (let i = 0; i < 3; i++) each.run(() => expect(sumOf(zeros('DOUBLE', 100).assign(i))).toBe(100 * i));
    each.run(() => expect(sumOf(zeros('DOUBLE', 100))).toBe(0));
  });

  test('gives the same addresses cycle after cycle, and nothing to the heap once it has learnt', () => {
    const each = workspace();
    const cycle = (): number[] => each.run(() => [zeros('FLOAT', 10), zeros('DOUBLE', 7)].map((a) => a.buffer.address));
    cycle();
    const first = cycle();
    const used = runtime().kernels.heapUsed();
    for (let i = 0; i < 100; i++) expect(cycle()).toEqual(first);
    expect(runtime().kernels.heapUsed()).toBe(used);
  });

  test('makes arrays invalid when it closes, and does not make them valid when it opens again', () => {
    const each = workspace({ initialSize: 4096 });
    const old = each.run(() => counting(3));
    expect(() => sumOf(old)).toThrow(ND4JIllegalStateException);
    each.run(() => {
      expect(old.isInScope()).toBe(true);
      expect(() => sumOf(old)).toThrow('leaked workspace pointer from workspace [W]');
      expect(() => sumOf(old)).toThrow('was made in generation 1 of [W]; generation 2 is open now');
    });
  });

  test.each([
    ['destroyWorkspace()', (each: Nd4jWorkspace) => each.destroyWorkspace()],
    ['initializeWorkspace() that reallocates', (each: Nd4jWorkspace) => each.initializeWorkspace()],
  ])('%s while open makes the arrays of that cycle invalid', (_, change) => {
    const each = workspace({ initialSize: 64, policySpill: 'REALLOCATE', policyAllocation: 'STRICT' });
    each.notifyScopeEntered();
    const array = counting(4);
    counting(100);
    change(each);
    expect(() => sumOf(array)).toThrow(
      'the memory of that generation was freed by destroyWorkspace() or initializeWorkspace()',
    );
    expect(sumOf(counting(3))).toBe(6);
    each.close();
  });

  test('refuses to be entered while open and not current, closed twice, or closed out of order, and stays as it was', () => {
    const [a, b] = [workspace({ initialSize: 1024 }, 'A'), workspace({ initialSize: 1024 }, 'B')];
    a.notifyScopeEntered();
    const array = counting(3);
    b.notifyScopeEntered();
    expect(() => a.notifyScopeEntered()).toThrow('Cannot enter workspace [A]: it is open already, and [B] is current');
    expect(() => a.close()).toThrow('Cannot close workspace [A]: workspace [B], opened later, is still open');
    expect(sumOf(array)).toBe(6);
    expect(scope.current).toBe(b);
    b.close();
    a.close();
    expect(() => a.close()).toThrow(ND4JWorkspaceException);
    expect(() => a.close()).toThrow('Cannot close workspace [A]: it is not open (closed twice, or never entered)');
    expect([a.getCyclesCount(), a.getGenerationId(), scope.current]).toEqual([1, 1, null]);
  });

  test('overlaps with others after setPreviousWorkspace()', () => {
    const [a, b] = [workspace({ initialSize: 1024 }, 'A'), workspace({ initialSize: 1024 }, 'B')];
    a.notifyScopeEntered();
    b.notifyScopeEntered();
    a.setPreviousWorkspace(null);
    b.setPreviousWorkspace(null);
    const array = counting(3);
    a.close();
    expect(sumOf(array)).toBe(6);
    b.close();
    expect(scope.entries).toEqual([]);
  });

  test('ends nested scopes and borrows of any order by the last one first', () => {
    const [a, b] = [workspace({ initialSize: 1024 }, 'A'), workspace({ initialSize: 1024 }, 'B')];
    const currents: (string | undefined)[] = [];
    const note = (): void => void currents.push(scope.current?.getId());
    a.notifyScopeEntered().notifyScopeEntered();
    b.notifyScopeEntered();
    a.notifyScopeBorrowed();
    for (const each of [a, b, a, a]) {
      note();
      each.close();
    }
    note();
    expect(currents).toEqual(['A', 'B', 'A', 'A', undefined]);
  });

  test('toggled off, takes memory from the heap until it closes, warns every ten allocations, and turns on again', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const each = workspace({ initialSize: 4096, policyLearning: 'NONE' });
    const used = runtime().kernels.heapUsed();
    for (let cycle = 0; cycle < 3; cycle++) {
      each.notifyScopeEntered();
      each.toggleWorkspaceUse(false);
      for (let i = 0; i < 20; i++) expect(zeros('FLOAT', 64).isAttached()).toBe(true);
      expect(each.getCurrentOffset()).toBe(0);
      each.close();
    }
    expect(runtime().kernels.heapUsed()).toBe(used);
    expect(warn.mock.calls.map(([text]) => text)).toEqual(
      Array.from({ length: 3 }, () => [
        "Workspace was turned off, and wasn't enabled after 10 allocations [W]",
        "Workspace was turned off, and wasn't enabled after 20 allocations [W]",
        "Workspace was turned off, and wasn't ever turned on back again [W]",
      ]).flat(),
    );
    each.run(() => expect(each.getCurrentOffset()).toBe(0));
  });

  test('full and not allowed to spill, says what was asked and what is left', () => {
    const each = workspace({
      initialSize: 128,
      policyAllocation: 'STRICT',
      policySpill: 'FAIL',
      policyLearning: 'NONE',
    });
    each.run(() => {
      zeros('FLOAT', 8);
      expect(() => zeros('FLOAT', 100)).toThrow(
        "Can't allocate memory: Workspace is full\nWorkspace [W] has 96 of 128 bytes left, 400 were asked for, and policySpill is FAIL.",
      );
      expect(zeros('FLOAT', 24).isAttached()).toBe(true);
    });
  });

  test('records where arrays are made and scopes end after enableDebug(true) or setStackTraces(true)', () => {
    const each = workspace({ initialSize: 1024 });
    each.enableDebug(true);
    const array = each.run(() => counting(3));
    const message = messageOf(() => sumOf(array));
    expect(message).toMatch(
      /The array was made\n[\s\S]*workspace\.test\.ts[\s\S]*Its workspace was closed last\n[\s\S]*workspace\.test\.ts/,
    );
    each.enableDebug(false);
    workspaceManager.setStackTraces(true);
    const traced = workspace({ initialSize: 1024 }, 'T');
    expect(messageOf(() => sumOf(traced.run(() => counting(3))))).toContain('The array was made');
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('a circular workspace', () => {
  /** The array of each cycle of 100 doubles, and which of all so far are still valid. */
  function cycles(each: Nd4jWorkspace, count: number, valid: (arrays: NDArray[], cycle: number) => void): void {
    const arrays: NDArray[] = [];
    for (let cycle = 0; cycle < count; cycle++) {
      each.run(() => arrays.push(zeros('DOUBLE', 100).assign(cycle)));
      valid(arrays, cycle);
    }
  }

  test('keeps arrays valid after close, until their memory is handed out again', () => {
    const each = ring();
    cycles(each, 30, (arrays, cycle) => {
      arrays.forEach((array, i) => {
        // Cycle 0 is external until the buffer wraps; four blocks then follow each other.
        const isValid = i === 0 ? cycle < 5 : cycle - i < 4;
        expect(array.buffer.isUsable, `array ${i} in cycle ${cycle}`).toBe(isValid);
        if (isValid) expect(array.getDouble(99)).toBe(i);
      });
    });
  });

  test('says what happened to an array that was overwritten', () => {
    const each = ring();
    let first: NDArray | undefined;
    cycles(each, 10, (arrays) => {
      first = arrays[1];
    });
    expect(messageOf(() => sumOf(first as NDArray))).toBe(
      [
        'Op [getDouble] X argument uses leaked workspace pointer from workspace [RING]',
        'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic',
        'The array of shape [100], DOUBLE, was made in generation 2 of [RING]; since then its memory in the circular buffer was handed out again, or freed because the buffer was rebuilt or destroyed.',
        'Open workspaces: [], current: none.',
        'Remedy: call detach() on it (or leverageTo() an outer workspace) before the scope of [RING] ends, and keep the result.',
      ].join('\n'),
    );
    expect(messageOf(() => (first as NDArray).detach())).toContain(
      'Cannot detach INDArray: Array uses overwritten memory of circular workspace RING\nAll open workspaces: []',
    );
  });

  test('without blocks wraps by what fits, and knows which arrays that overwrites', () => {
    const each = ring({ initialSize: 8000, policyAllocation: 'STRICT', policyLearning: 'NONE' });
    cycles(each, 40, (arrays, cycle) => {
      for (const [i, array] of arrays.entries()) {
        expect(array.buffer.isUsable, `array ${i} in cycle ${cycle}`).toBe(cycle - i < 10);
      }
    });
  });

  test('keeps pinned arrays valid until they are freed', () => {
    const each = ring();
    each.run(() => zeros('DOUBLE', 100));
    const pinned = each.run(() => zeros('DOUBLE', 1000).assign(1));
    expect(each.getNumberOfPinnedAllocations()).toBe(1);
    for (let i = 0; i < 40; i++) {
      const isFreed = each.getNumberOfPinnedAllocations() === 0;
      expect(pinned.buffer.isUsable).toBe(!isFreed);
      each.run(() => zeros('DOUBLE', 100));
    }
    expect(pinned.buffer.isUsable).toBe(false);
  });

  test('invalidates everything when it is destroyed or rebuilt, and nothing of the new buffer', () => {
    const each = ring();
    each.run(() => zeros('DOUBLE', 100));
    const old = each.run(() => counting(100));
    each.destroyWorkspace();
    expect(old.buffer.isUsable).toBe(false);
    const grown = ring({ policySpill: 'REALLOCATE' });
    const arrays: NDArray[] = [];
    for (let i = 0; i < 40; i++) {
      const size = grown.getCurrentSize();
      grown.run(() => arrays.push(zeros('DOUBLE', i < 2 ? 100 : 300)));
      if (i > 2 && size !== grown.getCurrentSize()) {
        expect(arrays[1]?.buffer.isUsable).toBe(false);
        return;
      }
      expect(arrays.at(-1)?.buffer.isUsable).toBe(true);
    }
    expect.unreachable('the buffer was never rebuilt');
  });

  test('full in the middle of a block it cannot hold, throws instead of recursing', () => {
    const each = ring({ initialSize: 1024, policyAllocation: 'STRICT', policyLearning: 'NONE' });
    each.run(() => {
      const array = counting(3);
      expect(() => zeros('DOUBLE', 1000)).toThrow("Can't allocate memory: Workspace is full");
      expect(sumOf(array)).toBe(6);
    });
  });
});
