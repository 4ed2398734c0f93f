// The workspaces of this realm by id: made on demand, found again, destroyed together.

import { describeValue, ND4JWorkspaceException } from '../core/errors.ts';
import { environment, print } from '../core/platform.ts';
import { runtime } from '../wasm/runtime.ts';
import { WorkspaceConfiguration, type WorkspaceConfigurationOptions } from './configuration.ts';
import { scope, workspaces } from './currentWorkspace.ts';
import { DummyWorkspace } from './dummyWorkspace.ts';
import { formatBytes } from './heap.ts';
import { HeldWorkspace } from './heldWorkspace.ts';
import { memoryManager } from './memoryManager.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';
import { Nd4jWorkspace } from './workspace.ts';

/**
 * Normal; every allocation spills and nothing is learnt; new workspaces are dummies and arrays are detached.
 * @see org.nd4j.linalg.api.memory.enums.DebugMode
 */
export const DebugMode = {
  DISABLED: 'DISABLED',
  SPILL_EVERYTHING: 'SPILL_EVERYTHING',
  BYPASS_EVERYTHING: 'BYPASS_EVERYTHING',
} as const;
export type DebugMode = keyof typeof DebugMode;

const DEFAULT_ID = 'DefaultWorkspace';
type Configuration = WorkspaceConfiguration | WorkspaceConfigurationOptions;

/**
 * Makes and finds workspaces. "Thread" in ND4J's names is the realm here: the main thread or one worker.
 * @see org.nd4j.linalg.api.memory.MemoryWorkspaceManager
 */
export class MemoryWorkspaceManager {
  #debugMode: DebugMode = 'DISABLED';
  #default = new WorkspaceConfiguration();
  #counter = 0;
  #isFresh = true;

  /** `Workspace_<n>`, a new n each time. */
  getUUID(): string {
    return `Workspace_${++this.#counter}`;
  }

  /** The debug mode; at the start what ND4J_BYPASS_WS, ND4J_SPILL_WS or ND4J_WORKSPACES_DEBUG say (Node). */
  getDebugMode(): DebugMode {
    this.#readEnvironment();
    return this.#debugMode;
  }

  /** Applies to all workspaces (SPILL_EVERYTHING) or to those made from now on (BYPASS_EVERYTHING). null is DISABLED. @throws {TypeError} */
  setDebugMode(mode: DebugMode | null): void {
    const checked = mode ?? 'DISABLED';
    if (!Object.hasOwn(DebugMode, checked)) {
      throw new TypeError(
        `Unknown debug mode ${describeValue(mode)}: needed is one of ${Object.keys(DebugMode).join(', ')}`,
      );
    }
    this.#isFresh = false;
    this.#debugMode = checked;
    runtime().kernels.arenaSpillEverything(checked === 'SPILL_EVERYTHING' ? 1 : 0);
  }

  /** Records from now on where arrays are made and where scopes begin and end, for the messages of leaks. Costs microseconds each. */
  setStackTraces(on: boolean): void {
    scope.stackTraces = on;
  }

  /** For all calls without a configuration; existing workspaces keep theirs. */
  setDefaultWorkspaceConfiguration(configuration: Configuration): void {
    this.#default = WorkspaceConfiguration.of(configuration);
  }

  /** A new workspace under the id. A former one of that id stays usable by whoever has it, and is freed with its last handle. */
  createNewWorkspace(configuration: Configuration = this.#default, id = DEFAULT_ID): MemoryWorkspace {
    const workspace =
      this.getDebugMode() === 'BYPASS_EVERYTHING'
        ? new DummyWorkspace()
        : new Nd4jWorkspace(configuration, checkId(id));
    workspaces.set(id, workspace);
    return workspace;
  }

  /** The workspace of the id, made if need be. A configuration other than that of an existing workspace is ignored. */
  getWorkspaceForCurrentThread(id?: string): MemoryWorkspace;
  getWorkspaceForCurrentThread(configuration: Configuration, id: string): MemoryWorkspace;
  getWorkspaceForCurrentThread(first: string | Configuration = DEFAULT_ID, second?: string): MemoryWorkspace {
    const id = typeof first === 'string' ? first : (second ?? DEFAULT_ID);
    return workspaces.get(id) ?? this.createNewWorkspace(typeof first === 'string' ? this.#default : first, id);
  }

  /** Puts a workspace under an id, by default under `DefaultWorkspace`. */
  setWorkspaceForCurrentThread(workspace: MemoryWorkspace, id = DEFAULT_ID): void {
    workspaces.set(checkId(id), workspace);
  }

  /** Gets or makes the workspace, and enters it. @throws {ND4JWorkspaceException} when it is open and not current. */
  getAndActivateWorkspace(id?: string): MemoryWorkspace;
  getAndActivateWorkspace(configuration: Configuration, id: string): MemoryWorkspace;
  getAndActivateWorkspace(first: string | Configuration = DEFAULT_ID, second?: string): MemoryWorkspace {
    const workspace =
      typeof first === 'string'
        ? this.getWorkspaceForCurrentThread(first)
        : this.getWorkspaceForCurrentThread(first, second ?? DEFAULT_ID);
    return workspace.notifyScopeEntered();
  }

  /**
   * Opens the workspace for an asynchronous task without making it current.
   * @throws {ND4JWorkspaceException} when it is open already, or a dummy (BYPASS_EVERYTHING).
   */
  hold(configuration: Configuration, id: string): HeldWorkspace {
    const workspace = this.getWorkspaceForCurrentThread(configuration, id);
    if (workspace instanceof Nd4jWorkspace) return new HeldWorkspace(workspace);
    throw new ND4JWorkspaceException(
      `Cannot hold workspace [${id}]: debug mode BYPASS_EVERYTHING makes dummies\nsetDebugMode(null) first.`,
    );
  }

  checkIfWorkspaceExists(id: string): boolean {
    return workspaces.has(id);
  }

  checkIfWorkspaceExistsAndActive(id: string): boolean {
    return workspaces.get(id)?.isScopeActive() ?? false;
  }

  anyWorkspaceActiveForCurrentThread(): boolean {
    return [...workspaces.values()].some((each) => each.isScopeActive());
  }

  /** Ids in the order of creation: a copy. */
  getAllWorkspacesIdsForCurrentThread(): string[] {
    return [...workspaces.keys()];
  }

  /** Workspaces in the order of creation: a copy. */
  getAllWorkspacesForCurrentThread(): MemoryWorkspace[] {
    return [...workspaces.values()];
  }

  /** @internal The real workspace of an id. */
  findWorkspace(id: string): Nd4jWorkspace | undefined {
    const found = workspaces.get(id);
    return found instanceof Nd4jWorkspace ? found : undefined;
  }

  /** New arrays are detached until the returned workspace, the current one itself, is closed once. */
  scopeOutOfWorkspaces(): MemoryWorkspace {
    const { current } = scope;
    if (current === null) return new DummyWorkspace();
    current.tagOutOfScopeUse();
    scope.current = null;
    return current;
  }

  /**
   * Frees a workspace's memory and forgets its id; without argument only forgets `DefaultWorkspace`, as ND4J does.
   * Arrays of an open workspace become invalid.
   */
  destroyWorkspace(workspace?: MemoryWorkspace | null): void {
    if (workspace === undefined) workspaces.delete(DEFAULT_ID);
    if (!(workspace instanceof Nd4jWorkspace)) return;
    workspace.destroyWorkspace(true);
    workspaces.delete(workspace.getId());
  }

  /** Destroys every workspace of this realm, open ones included, and collects. */
  destroyAllWorkspacesForCurrentThread(): void {
    for (const each of [...workspaces.values()]) this.destroyWorkspace(each);
    memoryManager.invokeGc();
  }

  /** Size, spilled and pinned bytes of each workspace, as ND4J prints them. */
  getAllocationStatistics(): string {
    const rows = [...workspaces].map(([id, each]) => {
      const sizes = [each.getCurrentSize(), each.getSpilledSize(), each.getPinnedSize()];
      const readable = sizes.map((bytes) => formatBytes(bytes).padStart(8)).join(' / ');
      const raw = sizes.map((bytes) => String(bytes).padStart(11)).join(' / ');
      return `${`${id}:`.padEnd(26)} ${readable} (${raw})`;
    });
    return [
      'Workspace statistics: ---------------------------------',
      `Number of workspaces in current thread: ${workspaces.size}`,
      'Workspace name: Allocated / external (spilled) / external (pinned)',
      ...rows,
    ].join('\n');
  }

  /** Prints getAllocationStatistics(). */
  printAllocationStatisticsForCurrentThread(): void {
    print(this.getAllocationStatistics());
  }

  #readEnvironment(): void {
    if (!this.#isFresh) return;
    this.#isFresh = false;
    const named = environment('ND4J_WORKSPACES_DEBUG')?.toUpperCase();
    if (environment('ND4J_BYPASS_WS')?.toLowerCase() === 'true') this.setDebugMode('BYPASS_EVERYTHING');
    else if (environment('ND4J_SPILL_WS')?.toLowerCase() === 'true') this.setDebugMode('SPILL_EVERYTHING');
    else if (named !== undefined && Object.hasOwn(DebugMode, named)) this.setDebugMode(named as DebugMode);
  }
}

function checkId(id: string): string {
  if (typeof id === 'string' && id.length > 0) return id;
  throw new TypeError(`Invalid workspace id ${describeValue(id)}: needed is a non-empty string`);
}

/** The manager of this realm: what `Nd4j.getWorkspaceManager()` returns. */
export const workspaceManager = new MemoryWorkspaceManager();
