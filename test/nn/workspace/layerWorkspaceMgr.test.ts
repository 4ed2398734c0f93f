// LayerWorkspaceMgr: where each purpose lives (rows LM-01 to LM-09 of DL4J's behaviour), and what else it offers.

import { beforeEach, describe, expect, test } from 'vitest';
import {
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  ND4JWorkspaceException,
  UnsupportedOperationException,
} from '../../../src/core/errors.ts';
import { WorkspaceConfiguration } from '../../../src/memory/configuration.ts';
import { scope } from '../../../src/memory/currentWorkspace.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { ArrayType, arrayTypes } from '../../../src/nn/workspace/arrayType.ts';
import { LayerWorkspaceMgr } from '../../../src/nn/workspace/layerWorkspaceMgr.ts';
import { floats, numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';

const configuration = new WorkspaceConfiguration({
  initialSize: 4096,
  policyAllocation: 'STRICT',
  policyLearning: 'NONE',
});

function managerOf(): LayerWorkspaceMgr {
  return LayerWorkspaceMgr.builder()
    .with('ACTIVATIONS', 'W', configuration)
    .with('INPUT', 'V', configuration)
    .noWorkspaceFor('FF_WORKING_MEM')
    .build();
}
const ownerOf = (array: INDArray): string | null => array.buffer.workspace?.getId() ?? null;

/** Runs with W and V open; W was opened first. */
function withBoth(body: (manager: LayerWorkspaceMgr, inW: INDArray, inV: INDArray) => void): void {
  const manager = managerOf();
  using _scopes = manager.notifyScopeEntered('ACTIVATIONS', 'INPUT');
  body(
    manager,
    manager.create('ACTIVATIONS', 'FLOAT', 2, 3).assign(1),
    manager.create('INPUT', 'FLOAT', 2, 3).assign(2),
  );
}

beforeEach(() => resetMemory());

describe('LayerWorkspaceMgr', () => {
  test('LM-01: makes arrays in the type’s workspace, detached for scoped-out types', () => {
    withBoth((manager) => {
      expect(ownerOf(manager.create('ACTIVATIONS', 'FLOAT', 2, 3))).toBe('W');
      expect(ownerOf(manager.create(ArrayType.FF_WORKING_MEM, 'DOUBLE', [2, 3], 'f'))).toBeNull();
      expect(manager.create('ACTIVATIONS', 'DOUBLE', [2, 3], 'f').ordering()).toBe('f');
      expect(numbers(manager.create('INPUT', 'FLOAT', 2))).toEqual([0, 0]);
      expect(manager.createUninitialized('INPUT', 'FLOAT', [2, 2]).shape()).toEqual([2, 2]);
    });
  });

  test('LM-02: names the type without configuration, and the workspace that is not open', () => {
    const manager = managerOf();
    expect(() => manager.create('BP_WORKING_MEM', 'FLOAT', 2)).toThrow(
      new ND4JWorkspaceException('No workspace configuration has been provided for arrayType: BP_WORKING_MEM'),
    );
    expect(() => manager.create('ACTIVATIONS', 'FLOAT', 2)).toThrow(
      new ND4JWorkspaceException('Workspace "W" for array type ACTIVATIONS is not open'),
    );
    manager.setConfiguration('BP_WORKING_MEM', configuration);
    expect(() => manager.create('BP_WORKING_MEM', 'FLOAT', 2)).toThrow(
      'No workspace name has been provided for arrayType: BP_WORKING_MEM',
    );
  });

  test('LM-03: leverageTo() copies only what is attached elsewhere', () => {
    withBoth((manager, inW, inV) => {
      const detached = floats([1, 2]);
      expect(manager.leverageTo('ACTIVATIONS', detached)).toBe(detached);
      expect(manager.leverageTo('BP_WORKING_MEM', detached)).toBe(detached);
      expect(manager.leverageTo('ACTIVATIONS', inW)).toBe(inW);
      const copy = manager.leverageTo('ACTIVATIONS', inV);
      expect([ownerOf(copy), numbers(copy)]).toEqual(['W', [2, 2, 2, 2, 2, 2]]);
      expect(ownerOf(manager.leverageTo('FF_WORKING_MEM', inW))).toBeNull();
      expect(() => manager.leverageTo('ACTIVATIONS', null as never)).toThrow(TypeError);
    });
  });

  describe('LM-04: validateArrayLocation()', () => {
    const places = ['detached', 'in W', 'in V'] as const;
    for (const type of ['ACTIVATIONS', 'FF_WORKING_MEM'] as const) {
      for (const place of places) {
        for (const migrate of [false, true]) {
          for (const mustAttach of [false, true]) {
            test(`of ${type}, ${place}, migrate ${migrate}, error if detached ${mustAttach}`, () => {
              withBoth((manager, inW, inV) => {
                const array = place === 'detached' ? floats([1]) : place === 'in W' ? inW : inV;
                const home = type === 'ACTIVATIONS' ? 'W' : null;
                const call = (): INDArray => manager.validateArrayLocation(type, array, migrate, mustAttach);
                if (ownerOf(array) === home) expect(call()).toBe(array);
                else if (ownerOf(array) === null) {
                  if (mustAttach)
                    expect(call).toThrow('Array of type ACTIVATIONS should be in workspace "W" but is detached');
                  else expect(call()).toBe(array);
                } else if (migrate) expect(ownerOf(call())).toBe(home);
                else
                  expect(call).toThrow(
                    home === null
                      ? `should be detached (no workspace) but is in workspace: ${ownerOf(array)}`
                      : 'should be in workspace "W" but is in workspace "V"',
                  );
              });
            });
          }
        }
      }
    }
  });

  test('LM-05: arrays of an override stay where they are, until another pass', () => {
    withBoth((manager, _inW, inV) => {
      manager.setNoLeverageOverride('V');
      expect(manager.leverageTo('ACTIVATIONS', inV)).toBe(inV);
      expect(manager.validateArrayLocation('ACTIVATIONS', inV, false, true)).toBe(inV);
      manager.letStay([]);
      expect(manager.leverageTo('ACTIVATIONS', inV)).not.toBe(inV);
      manager.letStay([inV]);
      expect(manager.leverageTo('ACTIVATIONS', inV)).toBe(inV);
    });
  });

  test('LM-06: scoping out forgets name and configuration; only setWorkspace() takes the mark off', () => {
    const manager = managerOf();
    manager.setScopedOutFor('ACTIVATIONS');
    expect([
      manager.getWorkspaceName('ACTIVATIONS'),
      manager.getConfiguration('ACTIVATIONS'),
      manager.hasConfiguration('ACTIVATIONS'),
    ]).toEqual([null, null, true]);
    manager.setWorkspaceName('ACTIVATIONS', 'W');
    expect(manager.isScopedOut('ACTIVATIONS')).toBe(true);
    manager.setWorkspace('ACTIVATIONS', 'W', configuration);
    expect(manager.isScopedOut('ACTIVATIONS')).toBe(false);
    expect(
      LayerWorkspaceMgr.builder()
        .noWorkspaceFor('INPUT')
        .with('INPUT', 'W', configuration)
        .build()
        .isScopedOut('INPUT'),
    ).toBe(true);
  });

  test('LM-07: making an array while its workspace is borrowed is refused', () => {
    withBoth((manager, inW) => {
      using _borrowed = manager.notifyScopeBorrowed('ACTIVATIONS');
      expect(() => manager.dup('ACTIVATIONS', inW)).toThrow(
        new ND4JIllegalStateException("Workspace [W]: Can't borrow from borrowed workspace"),
      );
      expect(ownerOf(manager.dup('INPUT', inW))).toBe('V');
    });
  });

  test('LM-08: castTo() copies what is elsewhere, of another type, or what must be copied', () => {
    withBoth((manager, inW, inV) => {
      const detached = floats([1, 2]);
      expect(manager.castTo('ACTIVATIONS', 'FLOAT', detached, false)).toBe(detached);
      expect(manager.castTo('ACTIVATIONS', 'FLOAT', inW, false)).toBe(inW);
      expect(ownerOf(manager.castTo('ACTIVATIONS', 'FLOAT', inV, false))).toBe('W');
      expect(ownerOf(manager.castTo('FF_WORKING_MEM', 'FLOAT', inW, false))).toBeNull();
      expect(manager.castTo('ACTIVATIONS', 'FLOAT', inW, true)).not.toBe(inW);
      const doubled = manager.castTo('ACTIVATIONS', 'DOUBLE', inW, false);
      expect([doubled.dataType(), ownerOf(doubled), numbers(doubled)]).toEqual(['DOUBLE', 'W', [1, 1, 1, 1, 1, 1]]);
    });
  });

  test('LM-09: configurations and names must have the same types', () => {
    expect(() => new LayerWorkspaceMgr([], new Map([['INPUT', configuration]]), new Map())).toThrow(
      ND4JIllegalArgumentException,
    );
    expect(
      () => new LayerWorkspaceMgr([], new Map([['INPUT', configuration]]), new Map([['ACTIVATIONS', 'W']])),
    ).toThrow('Keys for config may and workspace names must match');
  });
});

describe('scopes', () => {
  test('several types open in order and close in reverse', () => {
    const manager = managerOf();
    const scopes = manager.notifyScopeEntered('ACTIVATIONS', 'INPUT', 'FF_WORKING_MEM');
    expect(scope.current).toBeNull();
    expect([
      manager.isWorkspaceOpen('ACTIVATIONS'),
      manager.isWorkspaceOpen('INPUT'),
      manager.isWorkspaceOpen('FF_WORKING_MEM'),
    ]).toEqual([true, true, true]);
    scopes.close();
    scopes.close();
    expect([manager.isWorkspaceOpen('ACTIVATIONS'), scope.current, scope.entries.length]).toEqual([false, null, 0]);
  });

  test('nothing opens when one of several types has no workspace', () => {
    const manager = managerOf();
    expect(() => manager.notifyScopeEntered('ACTIVATIONS', 'FF_CACHE')).toThrow('FF_CACHE');
    expect(scope.entries).toEqual([]);
  });

  test('the assertions name type, workspace and message', () => {
    const manager = managerOf();
    expect(() => manager.assertOpen('ACTIVATIONS', 'why')).toThrow(
      'expected workspace for array type ACTIVATIONS to be open: why',
    );
    expect(() => manager.assertCurrentWorkspace('ACTIVATIONS')).toThrow(
      'expected current workspace to be "W" (for array type ACTIVATIONS) - actual current workspace is null',
    );
    withBoth((open) => {
      expect(() => open.assertNotOpen('INPUT', 'why')).toThrow(
        'expected workspace for array type INPUT to not be open: why',
      );
      open.assertCurrentWorkspace('INPUT', 'is it');
    });
    manager.assertOpen('FF_WORKING_MEM', 'scoped out');
    manager.assertNotOpen('FF_WORKING_MEM', 'scoped out');
  });
});

describe('managers without workspaces', () => {
  test('make everything detached, inside of a workspace too', () => {
    withBoth(() => {
      const none = LayerWorkspaceMgr.noWorkspaces();
      for (const type of arrayTypes) expect(ownerOf(none.create(type, 'FLOAT', 2))).toBeNull();
    });
  });

  test('the shared one cannot be given a workspace', () => {
    const shared = LayerWorkspaceMgr.noWorkspacesImmutable();
    expect(LayerWorkspaceMgr.noWorkspacesImmutable()).toBe(shared);
    expect(() => shared.setWorkspace('INPUT', 'W', configuration)).toThrow(UnsupportedOperationException);
    expect(() => shared.setNoLeverageOverride('W')).toThrow(UnsupportedOperationException);
    expect(() => shared.setHelperWorkspace('key', 1)).toThrow(UnsupportedOperationException);
    shared.setScopedOutFor('INPUT');
  });

  test('scratch by key is kept and can be shared', () => {
    const manager = LayerWorkspaceMgr.noWorkspaces();
    expect(manager.getHelperWorkspace(LayerWorkspaceMgr.CUDNN_WORKSPACE_KEY)).toBeUndefined();
    manager.setHelperWorkspace(LayerWorkspaceMgr.CUDNN_WORKSPACE_KEY, 7);
    const other = LayerWorkspaceMgr.noWorkspaces(manager.getHelperWorkspacePointers());
    expect(other.getHelperWorkspace<number>('CUDNN_WORKSPACE')).toBe(7);
  });
});

describe('the builder', () => {
  test('gives the default workspace to what has none and is not scoped out', () => {
    const built = LayerWorkspaceMgr.builder()
      .with('INPUT', 'W', configuration)
      .noWorkspaceFor('ACTIVATIONS')
      .defaultWorkspace('D', configuration)
      .build();
    expect([
      built.getWorkspaceName('INPUT'),
      built.getWorkspaceName('ACTIVATIONS'),
      built.getWorkspaceName('FF_CACHE'),
    ]).toEqual(['W', null, 'D']);
    const none = LayerWorkspaceMgr.builder().with('INPUT', 'W', configuration).defaultNoWorkspace().build();
    expect(arrayTypes.filter((type) => none.isScopedOut(type))).toEqual(arrayTypes.filter((type) => type !== 'INPUT'));
  });
});
