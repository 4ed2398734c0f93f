// The machine itself, as a subject of every round: its peak in registers, and what copying as many bytes as a case moves takes.

import { instantiateProbe, type ProbeExports } from '../../harness/probe.ts';
import type { Maker, Makers, Prepared, Subject } from '../../harness/subject.ts';
import { TASKS, type TaskName } from '../../tasks/tasks.ts';

/** About 0.4 ms: long beside the grain of a browser's clock. */
const TURNS = 200_000;
const COPIED_BYTES = 30_000_000;
const FLOP_PER_TURN = { float: 96, double: 48 } as const;
const SMALLEST_COPY = 4096;

let plain: ProbeExports;
let relaxed: ProbeExports | undefined;

export const subject: Subject = {
  start: async ({ probe }) => {
    plain = instantiateProbe(probe.simd);
    try {
      relaxed = instantiateProbe(probe.relaxed);
    } catch {
      relaxed = undefined;
    }
    return { peak: relaxed ? 'mul+add or relaxed madd, the faster' : 'mul+add' };
  },
  makers: Object.fromEntries(Object.keys(TASKS).map((name) => [name, makerOf(name as TaskName)])) as Makers,
};

/** Variant 'peak': nanoseconds of one floating-point operation. Variant 'copy': nanoseconds of copying the case's bytes (read + written). */
function makerOf(name: TaskName): Maker<TaskName> {
  return (parameters, _inputs, variant) => {
    const { type, bytes } = TASKS[name].work(parameters as never);
    return variant === 'copy' ? copy(bytes) : peak(type);
  };
}

const fastestOf = (bodies: readonly (() => void)[]): number =>
  Math.min(
    ...bodies.map((body) => {
      body();
      const start = performance.now();
      body();
      return performance.now() - start;
    }),
  );

function peak(type: 'float' | 'double'): Prepared {
  const loops = [plain, relaxed].filter((each) => each !== undefined);
  const bodies = loops.map((each) => () => void (type === 'float' ? each.peak32 : each.peak64)(TURNS, 0.99, 0.01));
  return fact(() => (fastestOf(bodies) * 1e6) / (TURNS * FLOP_PER_TURN[type]));
}

function copy(bytes: number): Prepared {
  const each = Math.max(SMALLEST_COPY, Math.ceil(bytes / 2 / 128) * 128);
  const from = areaOf(2 * each);
  const repeats = Math.max(1, Math.ceil(COPIED_BYTES / (2 * each)));
  const repeated = (body: ProbeExports['copyBulk']) => () => {
    for (let i = 0; i < repeats; i++) body(from + each, from, each);
  };
  const bodies = [repeated(plain.copyVectors), repeated(plain.copyBulk)];
  return fact(() => ((fastestOf(bodies) * 1e6) / repeats) * (bytes / (2 * each)));
}

let area = { address: 0, bytes: 0 };

/** One area serves all cases; it only grows. */
function areaOf(bytes: number): number {
  if (area.bytes < bytes) area = { address: plain.reserve(bytes), bytes };
  return area.address;
}

const fact = (measure: () => number): Prepared => ({ run: measure, result: () => [], fact: measure });
