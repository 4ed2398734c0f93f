// The subject's side of the conversation: requests in, replies out. How they travel is the business of nodeMain.ts and pageMain.ts.

import { TASKS, type TaskName } from '../tasks/tasks.ts';
import { check } from './check.ts';
import { makeProbe, type Probe } from './probe.ts';
import { type Sample, type Timing, takeSamples, warmUp } from './sampling.ts';
import { Cannot, type Maker, type Prepared, type Subject, type SubjectOptions } from './subject.ts';

export type Request =
  | { readonly type: 'start'; readonly options: SubjectOptions }
  | {
      readonly type: 'prepare';
      readonly task: TaskName;
      readonly parameters: unknown;
      readonly variant: string;
      readonly warmUpMs: number;
    }
  | { readonly type: 'sample'; readonly variant: string; readonly milliseconds: number }
  | { readonly type: 'release'; readonly variant: string };

export type Reply =
  | { readonly type: 'started'; readonly facts: Readonly<Record<string, string>> }
  | { readonly type: 'prepared' }
  | { readonly type: 'samples'; readonly samples: readonly Sample[] }
  | { readonly type: 'released' }
  | { readonly type: 'failed'; readonly isCannot: boolean; readonly message: string };

export type Handler = (request: Request) => Promise<Reply>;

/** Answers requests for a subject; whatever it throws becomes a reply. */
export function handlerOf(subject: Subject): Handler {
  const ready = new Map<string, { prepared: Prepared; timing: Timing }>();
  let probe: Probe = () => 0;

  async function prepare(request: Request & { type: 'prepare' }): Promise<Reply> {
    const maker = subject.makers[request.task] as Maker<TaskName> | undefined;
    if (maker === undefined) throw new Cannot('has no such operation');
    const task = TASKS[request.task];
    const inputs = task.inputs(request.parameters as never);
    const prepared = await maker(request.parameters as never, inputs, request.variant);
    try {
      // A fact is no computation of the task.
      if (prepared.fact === undefined) {
        check(await prepared.result(), task.reference(request.parameters as never, inputs));
      }
      const timing = prepared.fact ? { calls: 1, isAsync: false } : await warmUp(prepared, request.warmUpMs);
      ready.set(request.variant, { prepared, timing });
    } catch (error) {
      prepared.dispose?.();
      throw error;
    }
    return { type: 'prepared' };
  }

  async function handle(request: Request): Promise<Reply> {
    if (request.type === 'start') {
      probe = makeProbe(request.options.probe.simd);
      return { type: 'started', facts: await subject.start(request.options) };
    }
    if (request.type === 'prepare') return prepare(request);
    const found = ready.get(request.variant);
    if (found === undefined) throw new Error(`nothing is prepared as "${request.variant}"`);
    if (request.type === 'sample') {
      return { type: 'samples', samples: await takeSamples(found.prepared, found.timing, probe, request.milliseconds) };
    }
    ready.delete(request.variant);
    found.prepared.dispose?.();
    (globalThis as { gc?: () => void }).gc?.();
    return { type: 'released' };
  }

  return (request) =>
    handle(request).catch((error: unknown) => ({
      type: 'failed',
      isCannot: error instanceof Cannot,
      message: shortened(error),
    }));
}

/** The first line of an error that says something, at most 160 characters. */
export function shortened(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const [first = '', second = ''] = text.trim().split('\n');
  const line = first.endsWith(':') ? `${first} ${second}`.trim() : first;
  return line.length <= 160 ? line : `${line.slice(0, 159)}…`;
}
