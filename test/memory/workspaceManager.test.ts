import { afterEach, describe, expect, test, vi } from 'vitest';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { DummyWorkspace } from '../../src/memory/dummyWorkspace.ts';
import { type DebugMode, MemoryWorkspaceManager, workspaceManager } from '../../src/memory/workspaceManager.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => {
  resetMemory();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('the workspace manager', () => {
  test('counts its identifiers', () => {
    const manager = new MemoryWorkspaceManager();
    expect([manager.getUUID(), manager.getUUID()]).toEqual(['Workspace_1', 'Workspace_2']);
  });

  test('getWorkspaceForCurrentThread() makes a workspace once, and ignores another configuration later', () => {
    const first = workspaceManager.getWorkspaceForCurrentThread(
      { initialSize: 1000, policyAllocation: 'STRICT' },
      'ONE',
    );
    expect(workspaceManager.getWorkspaceForCurrentThread({ initialSize: 5000 }, 'ONE')).toBe(first);
    expect(workspaceManager.getWorkspaceForCurrentThread('ONE')).toBe(first);
    expect(first.getCurrentSize()).toBe(1000);
    expect(workspaceManager.getWorkspaceForCurrentThread().getId()).toBe('DefaultWorkspace');
    expect(workspaceManager.getAllWorkspacesIdsForCurrentThread()).toEqual(['ONE', 'DefaultWorkspace']);
    expect(workspaceManager.getAllWorkspacesForCurrentThread()[0]).toBe(first);
  });

  test('setDefaultWorkspaceConfiguration() serves the calls without a configuration', () => {
    workspaceManager.setDefaultWorkspaceConfiguration({ initialSize: 2048, policyAllocation: 'STRICT' });
    expect(workspaceManager.createNewWorkspace().getCurrentSize()).toBe(2048);
    using named = workspaceManager.getAndActivateWorkspace('NAMED');
    expect(named.getCurrentSize()).toBe(2048);
  });

  test('createNewWorkspace() replaces the id and leaves the former workspace usable', () => {
    const former = workspaceManager.createNewWorkspace({ initialSize: 1024 }, 'ID');
    const latter = workspaceManager.createNewWorkspace({ initialSize: 1024 }, 'ID');
    expect(workspaceManager.findWorkspace('ID')).toBe(latter);
    expect(former.run(() => zeros('FLOAT', 1).isAttached())).toBe(true);
    expect(former.getUniqueId()).not.toBe(latter.getUniqueId());
    expect(former.getUniqueId()).toBe(former.getUniqueId());
  });

  test('setWorkspaceForCurrentThread() without an id registers under DefaultWorkspace, as ND4J does', () => {
    const workspace = workspaceManager.createNewWorkspace({}, 'MINE');
    workspaceManager.setWorkspaceForCurrentThread(workspace);
    expect(workspaceManager.getWorkspaceForCurrentThread()).toBe(workspace);
    workspaceManager.destroyWorkspace();
    expect(workspaceManager.checkIfWorkspaceExists('DefaultWorkspace')).toBe(false);
    expect(workspaceManager.checkIfWorkspaceExists('MINE')).toBe(true);
  });

  test('knows what exists and what is open', () => {
    expect(workspaceManager.anyWorkspaceActiveForCurrentThread()).toBe(false);
    const workspace = workspaceManager.getAndActivateWorkspace({}, 'OPEN');
    expect(workspaceManager.checkIfWorkspaceExistsAndActive('OPEN')).toBe(true);
    expect(workspaceManager.checkIfWorkspaceExistsAndActive('NONE')).toBe(false);
    expect(workspaceManager.anyWorkspaceActiveForCurrentThread()).toBe(true);
    workspace.close();
    expect(workspaceManager.checkIfWorkspaceExistsAndActive('OPEN')).toBe(false);
    expect(workspaceManager.checkIfWorkspaceExists('OPEN')).toBe(true);
  });

  test('destroyAllWorkspacesForCurrentThread() leaves no ids, and open ones open but empty', () => {
    const open = workspaceManager.getAndActivateWorkspace({ initialSize: 4096 }, 'OPEN');
    const array = zeros('FLOAT', 4);
    workspaceManager.createNewWorkspace({ initialSize: 4096 }, 'CLOSED');
    workspaceManager.destroyAllWorkspacesForCurrentThread();
    expect(workspaceManager.getAllWorkspacesIdsForCurrentThread()).toEqual([]);
    expect(open.getCurrentSize()).toBe(0);
    expect(scope.current).toBe(open);
    expect(array.buffer.isUsable).toBe(false);
    open.close();
    workspaceManager.destroyWorkspace(null);
    workspaceManager.destroyWorkspace(new DummyWorkspace());
  });

  test('scopeOutOfWorkspaces() detaches until its close', () => {
    expect(workspaceManager.scopeOutOfWorkspaces()).toBeInstanceOf(DummyWorkspace);
    using workspace = workspaceManager.getAndActivateWorkspace({}, 'OUTER');
    {
      using out = workspaceManager.scopeOutOfWorkspaces();
      expect(out).toBe(workspace);
      expect(zeros('FLOAT', 1).isAttached()).toBe(false);
    }
    expect(scope.current).toBe(workspace);
  });

  test('a scope-out in a nested scope ends with its own close, not with the nested scope', () => {
    using workspace = workspaceManager.getAndActivateWorkspace({}, 'OUTER');
    using _nested = workspace.notifyScopeEntered();
    workspaceManager.scopeOutOfWorkspaces().close();
    expect(scope.current).toBe(workspace);
  });

  test('prints the statistics as ND4J does', () => {
    workspaceManager.createNewWorkspace({ initialSize: 10485760, policyAllocation: 'STRICT' }, 'WS_A');
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    workspaceManager.printAllocationStatisticsForCurrentThread();
    expect(print.mock.calls[0]?.[0]).toBe(
      [
        'Workspace statistics: ---------------------------------',
        'Number of workspaces in current thread: 1',
        'Workspace name: Allocated / external (spilled) / external (pinned)',
        'WS_A:                      10.00 MiB /    .00 B /    .00 B (   10485760 /           0 /           0)',
      ].join('\n'),
    );
  });
});

describe('debug modes', () => {
  test.each([
    ['ND4J_BYPASS_WS', 'true', 'BYPASS_EVERYTHING'],
    ['ND4J_SPILL_WS', 'TRUE', 'SPILL_EVERYTHING'],
    ['ND4J_WORKSPACES_DEBUG', 'spill_everything', 'SPILL_EVERYTHING'],
    ['ND4J_WORKSPACES_DEBUG', 'BYPASS_EVERYTHING', 'BYPASS_EVERYTHING'],
    ['ND4J_WORKSPACES_DEBUG', 'nonsense', 'DISABLED'],
    ['ND4J_SPILL_WS', 'false', 'DISABLED'],
  ])('%s=%s starts in %s', (name, value, mode) => {
    vi.stubEnv(name, value);
    const manager = new MemoryWorkspaceManager();
    expect(manager.getDebugMode()).toBe(mode);
    manager.setDebugMode(null);
    expect(manager.getDebugMode()).toBe('DISABLED');
  });

  test('setDebugMode() refuses an unknown mode', () => {
    expect(() => workspaceManager.setDebugMode('ALL' as DebugMode)).toThrow(
      'Unknown debug mode "ALL": needed is one of DISABLED, SPILL_EVERYTHING, BYPASS_EVERYTHING',
    );
  });

  test('BYPASS_EVERYTHING makes dummies: arrays are detached, statistics work, hold refuses', () => {
    workspaceManager.setDebugMode('BYPASS_EVERYTHING');
    using workspace = workspaceManager.getAndActivateWorkspace({ initialSize: 1000 }, 'DUMMY');
    expect(workspace.getWorkspaceType()).toBe('DUMMY');
    expect(zeros('FLOAT', 4).isAttached()).toBe(false);
    expect(workspaceManager.getAllocationStatistics()).toContain('DUMMY:');
    expect(() => workspaceManager.hold({}, 'HELD')).toThrow('Cannot hold workspace [HELD]');
  });
});

describe('a dummy workspace', () => {
  test('has nothing, and refuses to allocate', () => {
    const dummy = new DummyWorkspace();
    expect([dummy.getId(), dummy.getUniqueId(), dummy.getWorkspaceConfiguration(), dummy.getParentWorkspace()]).toEqual(
      [null, null, null, null],
    );
    expect([dummy.getThreadId(), dummy.getGenerationId(), dummy.getCurrentSize(), dummy.isScopeActive()]).toEqual([
      -1,
      0,
      0,
      false,
    ]);
    expect(() => dummy.alloc()).toThrow("DummyWorkspace shouldn't be used for allocation");
  });

  test('closed without being entered, changes nothing (ND4J leaves no workspace current)', () => {
    using workspace = workspaceManager.getAndActivateWorkspace({}, 'CURRENT');
    new DummyWorkspace().close();
    expect(scope.current).toBe(workspace);
    const out = new DummyWorkspace().notifyScopeBorrowed();
    expect(scope.current).toBeNull();
    out.close();
    expect(scope.current).toBe(workspace);
    expect(new DummyWorkspace().run(() => scope.current)).toBeNull();
  });
});
