// WorkspaceConfiguration: how large a workspace is, how it learns that, and what happens to what does not fit.

import { describeValue, ND4JIllegalArgumentException } from '../core/errors.ts';

/** Whether `overallocationLimit` is added to the learnt size. @see org.nd4j.linalg.api.memory.enums.AllocationPolicy */
export const AllocationPolicy = { STRICT: 'STRICT', OVERALLOCATE: 'OVERALLOCATE' } as const;
export type AllocationPolicy = keyof typeof AllocationPolicy;

/** When the size is learnt: after the first cycle, after `cyclesBeforeInitialization` cycles, never. @see org.nd4j.linalg.api.memory.enums.LearningPolicy */
export const LearningPolicy = { FIRST_LOOP: 'FIRST_LOOP', OVER_TIME: 'OVER_TIME', NONE: 'NONE' } as const;
export type LearningPolicy = keyof typeof LearningPolicy;

/** What does not fit goes to the heap; goes to the heap and the arena grows afterwards; throws. @see org.nd4j.linalg.api.memory.enums.SpillPolicy */
export const SpillPolicy = { EXTERNAL: 'EXTERNAL', REALLOCATE: 'REALLOCATE', FAIL: 'FAIL' } as const;
export type SpillPolicy = keyof typeof SpillPolicy;

/** Every cycle starts at offset 0, or the workspace is a circular buffer. @see org.nd4j.linalg.api.memory.enums.ResetPolicy */
export const ResetPolicy = { BLOCK_LEFT: 'BLOCK_LEFT', ENDOFBUFFER_REACHED: 'ENDOFBUFFER_REACHED' } as const;
export type ResetPolicy = keyof typeof ResetPolicy;

/** Linear memory, or linear memory that is filled from a file and written back to it. @see org.nd4j.linalg.api.memory.enums.LocationPolicy */
export const LocationPolicy = { RAM: 'RAM', MMAP: 'MMAP' } as const;
export type LocationPolicy = keyof typeof LocationPolicy;

/** Of devices with memory of their own; without effect here. @see org.nd4j.linalg.api.memory.enums.MirroringPolicy */
export const MirroringPolicy = { FULL: 'FULL', HOST_ONLY: 'HOST_ONLY' } as const;
export type MirroringPolicy = keyof typeof MirroringPolicy;

/** The fields of a WorkspaceConfiguration, all optional. Sizes are bytes. */
export interface WorkspaceConfigurationOptions {
  /** Default OVERALLOCATE. */
  policyAllocation?: AllocationPolicy;
  /** Default EXTERNAL. */
  policySpill?: SpillPolicy;
  /** Default FULL. */
  policyMirroring?: MirroringPolicy;
  /** Default FIRST_LOOP. */
  policyLearning?: LearningPolicy;
  /** Default BLOCK_LEFT. */
  policyReset?: ResetPolicy;
  /** Default RAM. */
  policyLocation?: LocationPolicy;
  /** File of an MMAP workspace; without one its contents live as long as the workspace. */
  tempFilePath?: string | null;
  /** Bytes allocated at once. Default 0. */
  initialSize?: number;
  /** Least size that learning gives. Default 0. */
  minSize?: number;
  /** Upper bound of the size, stronger than minSize; 0 is none. Default 0. */
  maxSize?: number;
  /** Cycle after which OVER_TIME learns. Default 0, which is never. */
  cyclesBeforeInitialization?: number;
  /** What OVERALLOCATE adds, as a fraction: 0.3 is 30 %. Circular workspaces: number of blocks beyond the first, at least 1. Default 0.3. */
  overallocationLimit?: number;
  /** Kept for configurations of DL4J; nothing reads it. Default 2. */
  stepsNumber?: number;
}

/** No arena can be larger than what WebAssembly addresses. */
const ADDRESS_SPACE = 2 ** 32;

const policies = {
  policyAllocation: AllocationPolicy,
  policySpill: SpillPolicy,
  policyMirroring: MirroringPolicy,
  policyLearning: LearningPolicy,
  policyReset: ResetPolicy,
  policyLocation: LocationPolicy,
} as const;

/** Largest accepted value of each number, and whether fractions are accepted. */
const numbers = {
  initialSize: [ADDRESS_SPACE, false],
  minSize: [ADDRESS_SPACE, false],
  maxSize: [Number.MAX_SAFE_INTEGER, false],
  cyclesBeforeInitialization: [2 ** 31 - 1, false],
  overallocationLimit: [1e6, true],
  stepsNumber: [2 ** 31 - 1, false],
} as const;

/**
 * How a workspace gets its size and what it does when that does not suffice. Immutable.
 *
 * ```ts
 * new WorkspaceConfiguration({ initialSize: 10 * 1024 * 1024, policyLearning: 'NONE' });
 * WorkspaceConfiguration.builder().initialSize(10 * 1024 * 1024).policyLearning(LearningPolicy.NONE).build();
 * ```
 *
 * @see org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration
 */
export class WorkspaceConfiguration {
  readonly policyAllocation: AllocationPolicy;
  readonly policySpill: SpillPolicy;
  readonly policyMirroring: MirroringPolicy;
  readonly policyLearning: LearningPolicy;
  readonly policyReset: ResetPolicy;
  readonly policyLocation: LocationPolicy;
  readonly tempFilePath: string | null;
  readonly initialSize: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly cyclesBeforeInitialization: number;
  readonly overallocationLimit: number;
  readonly stepsNumber: number;

  /** @throws {TypeError} for an unknown field or policy. @throws {ND4JIllegalArgumentException} for a number out of range. */
  constructor(options: WorkspaceConfigurationOptions = {}) {
    check(options);
    this.policyAllocation = options.policyAllocation ?? 'OVERALLOCATE';
    this.policySpill = options.policySpill ?? 'EXTERNAL';
    this.policyMirroring = options.policyMirroring ?? 'FULL';
    this.policyLearning = options.policyLearning ?? 'FIRST_LOOP';
    this.policyReset = options.policyReset ?? 'BLOCK_LEFT';
    this.policyLocation = options.policyLocation ?? 'RAM';
    this.tempFilePath = options.tempFilePath ?? null;
    this.initialSize = options.initialSize ?? 0;
    this.minSize = options.minSize ?? 0;
    this.maxSize = options.maxSize ?? 0;
    this.cyclesBeforeInitialization = options.cyclesBeforeInitialization ?? 0;
    this.overallocationLimit = options.overallocationLimit ?? 0.3;
    this.stepsNumber = options.stepsNumber ?? 2;
  }

  static builder(): WorkspaceConfigurationBuilder {
    return new WorkspaceConfigurationBuilder();
  }

  /** The configuration itself, or one made of a plain object. */
  static of(given: WorkspaceConfiguration | WorkspaceConfigurationOptions): WorkspaceConfiguration {
    return given instanceof WorkspaceConfiguration ? given : new WorkspaceConfiguration(given);
  }

  /** Same values in all fields. */
  equals(other: unknown): boolean {
    return other instanceof WorkspaceConfiguration && other.toString() === this.toString();
  }

  /** A builder with this configuration's values. */
  toBuilder(): WorkspaceConfigurationBuilder {
    return new WorkspaceConfigurationBuilder(this);
  }

  toString(): string {
    const limit = Number.isInteger(this.overallocationLimit)
      ? this.overallocationLimit.toFixed(1)
      : String(this.overallocationLimit);
    return `WorkspaceConfiguration(policyAllocation=${this.policyAllocation}, policySpill=${this.policySpill}, policyMirroring=${this.policyMirroring}, policyLearning=${this.policyLearning}, policyReset=${this.policyReset}, policyLocation=${this.policyLocation}, tempFilePath=${this.tempFilePath}, initialSize=${this.initialSize}, minSize=${this.minSize}, maxSize=${this.maxSize}, cyclesBeforeInitialization=${this.cyclesBeforeInitialization}, overallocationLimit=${limit}, stepsNumber=${this.stepsNumber})`;
  }
}

function check(options: WorkspaceConfigurationOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (name in policies) {
      const allowed = policies[name as keyof typeof policies];
      if (typeof value !== 'string' || !Object.hasOwn(allowed, value)) {
        throw new TypeError(
          `Invalid ${name} ${describeValue(value)} of a WorkspaceConfiguration: needed is ${Object.keys(allowed).join(' or ')}`,
        );
      }
    } else if (name in numbers) {
      const [most, fractions] = numbers[name as keyof typeof numbers];
      const fits = typeof value === 'number' && value >= 0 && value <= most && (fractions || Number.isInteger(value));
      if (!fits) {
        throw new ND4JIllegalArgumentException(
          `Invalid ${name} ${describeValue(value)} of a WorkspaceConfiguration: needed is ${fractions ? 'a number' : 'an integer'} from 0 to ${most}`,
        );
      }
    } else if (name !== 'tempFilePath') {
      throw new TypeError(
        `Unknown field ${describeValue(name)} of a WorkspaceConfiguration: known are ${[...Object.keys(policies), 'tempFilePath', ...Object.keys(numbers)].join(', ')}`,
      );
    } else if (value !== null && (typeof value !== 'string' || value === '')) {
      throw new TypeError(
        `Invalid tempFilePath ${describeValue(value)} of a WorkspaceConfiguration: needed is a file name`,
      );
    }
  }
}

/** DL4J's builder of a WorkspaceConfiguration; every setter returns the builder. */
export class WorkspaceConfigurationBuilder {
  #options: WorkspaceConfigurationOptions;

  constructor(options: WorkspaceConfigurationOptions = {}) {
    this.#options = { ...options };
  }

  #set(options: WorkspaceConfigurationOptions): this {
    check(options);
    Object.assign(this.#options, options);
    return this;
  }

  policyAllocation(policy: AllocationPolicy): this {
    return this.#set({ policyAllocation: policy });
  }
  policySpill(policy: SpillPolicy): this {
    return this.#set({ policySpill: policy });
  }
  policyMirroring(policy: MirroringPolicy): this {
    return this.#set({ policyMirroring: policy });
  }
  policyLearning(policy: LearningPolicy): this {
    return this.#set({ policyLearning: policy });
  }
  policyReset(policy: ResetPolicy): this {
    return this.#set({ policyReset: policy });
  }
  policyLocation(policy: LocationPolicy): this {
    return this.#set({ policyLocation: policy });
  }
  tempFilePath(path: string | null): this {
    return this.#set({ tempFilePath: path });
  }
  initialSize(bytes: number): this {
    return this.#set({ initialSize: bytes });
  }
  minSize(bytes: number): this {
    return this.#set({ minSize: bytes });
  }
  maxSize(bytes: number): this {
    return this.#set({ maxSize: bytes });
  }
  cyclesBeforeInitialization(cycles: number): this {
    return this.#set({ cyclesBeforeInitialization: cycles });
  }
  overallocationLimit(fraction: number): this {
    return this.#set({ overallocationLimit: fraction });
  }
  stepsNumber(steps: number): this {
    return this.#set({ stepsNumber: steps });
  }

  build(): WorkspaceConfiguration {
    return new WorkspaceConfiguration(this.#options);
  }
}
