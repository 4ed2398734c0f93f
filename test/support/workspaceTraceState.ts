// The state of a workspace under the names of the recorded traces.

import type { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import type { TraceReplay } from './workspaceTrace.ts';

const ZERO_STATE = {
  currentSize: 0,
  hostOffset: 0,
  deviceOffset: 0,
  cycleAllocations: 0,
  lastCycleAllocations: 0,
  maxCycle: 0,
  spilledAllocationsSize: 0,
  pinnedAllocationsSize: 0,
  externalCount: 0,
  pinnedCount: 0,
  cyclesCount: 0,
  stepsCount: 0,
  initialBlockSize: 0,
  generationId: 0,
  tagScope: 0,
  trimmedStep: 0,
  disabledCounter: 0,
  isOpen: false,
  isInit: false,
  isOver: false,
  isUsed: true,
  isBorrowed: false,
  resetPlanned: false,
  trimmedMode: false,
  isDebug: false,
  stepsNumber: 1,
  externalList: 0,
  previousWorkspace: null,
  borrowingWorkspace: null,
};
export type WorkspaceState = Record<keyof typeof ZERO_STATE, unknown>;

/** What the files leave out of a workspace's first state. */
export function initialState(): WorkspaceState {
  return { ...ZERO_STATE };
}

/** A workspace's state under the names of the files. */
export function stateOf(workspace: Nd4jWorkspace, replay: TraceReplay): WorkspaceState {
  return {
    currentSize: workspace.getCurrentSize(),
    hostOffset: workspace.getHostOffset(),
    deviceOffset: workspace.getDeviceOffset(),
    cycleAllocations: workspace.getThisCycleAllocations(),
    lastCycleAllocations: workspace.getLastCycleAllocations(),
    maxCycle: workspace.getMaxCycleAllocations(),
    spilledAllocationsSize: workspace.getSpilledSize(),
    pinnedAllocationsSize: workspace.getPinnedSize(),
    externalCount: workspace.getNumberOfExternalAllocations(),
    pinnedCount: workspace.getNumberOfPinnedAllocations(),
    cyclesCount: workspace.getCyclesCount(),
    stepsCount: workspace.getStepNumber(),
    initialBlockSize: workspace.getInitialBlockSize(),
    generationId: workspace.getGenerationId(),
    tagScope: workspace.count('tagScope'),
    trimmedStep: workspace.count('trimmedStep'),
    disabledCounter: workspace.count('disabledCounter'),
    isOpen: workspace.count('isOpen') !== 0,
    isInit: workspace.count('isInit') !== 0,
    isOver: workspace.count('isOver') !== 0,
    isUsed: workspace.count('isUsed') !== 0,
    isBorrowed: workspace.isBorrowed,
    resetPlanned: workspace.count('resetPlanned') !== 0,
    trimmedMode: workspace.count('trimmedMode') !== 0,
    isDebug: workspace.isDebug,
    stepsNumber: workspace.count('stepsNumber'),
    externalList: workspace.count('externalListLength'),
    previousWorkspace: replay.label(workspace.getParentWorkspace()),
    borrowingWorkspace: replay.label(workspace.borrowingWorkspace),
  };
}
