// The numbers of a workspace, read from its control block in linear memory.

import { type CountField, readCount, readSize, type SizeField } from './arenaControl.ts';

/** The getters of MemoryWorkspace that are one field of the control block each. */
export abstract class WorkspaceNumbers {
  constructor(
    /** @internal Address of the control block. */
    readonly control: number,
  ) {}

  /** @internal */
  size(field: SizeField): number {
    return readSize(this.control, field);
  }
  /** @internal */
  count(field: CountField): number {
    return readCount(this.control, field);
  }

  getCurrentSize(): number {
    return this.size('currentSize');
  }
  getCurrentOffset(): number {
    return this.size('offset');
  }
  getHostOffset(): number {
    return this.size('offset');
  }
  getDeviceOffset(): number {
    return this.size('offset');
  }
  getPrimaryOffset(): number {
    return this.size('offset');
  }
  getSpilledSize(): number {
    return this.size('spilledSize');
  }
  getNumberOfExternalAllocations(): number {
    return this.count('externalCount');
  }
  getPinnedSize(): number {
    return this.size('pinnedSize');
  }
  getNumberOfPinnedAllocations(): number {
    return this.count('pinnedCount');
  }
  getInitialBlockSize(): number {
    return this.size('initialBlockSize');
  }
  getStepNumber(): number {
    return this.count('stepsCount');
  }
  getCyclesCount(): number {
    return this.count('cyclesCount');
  }
  getThisCycleAllocations(): number {
    return this.size('cycleAllocations');
  }
  getLastCycleAllocations(): number {
    return this.size('lastCycleAllocations');
  }
  getMaxCycleAllocations(): number {
    return this.size('maxCycle');
  }
}
