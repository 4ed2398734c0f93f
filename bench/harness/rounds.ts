// Runs suites: for every case each participant makes ready and is checked, then all are sampled in turn, round after round, so that the
// noise of the machine hits all alike.

import type { TaskName } from '../tasks/tasks.ts';
import { type Connection, Crashed } from './connection.ts';
import type { Sample } from './sampling.ts';
import { type Reply, type Request, shortened } from './serve.ts';
import { fastestProbe, isQuiet } from './statistics.ts';
import type { SubjectOptions } from './subject.ts';
import type { Participant, SubjectProcess } from './subjects.ts';
import type { Case } from './suite.ts';

/** How long to look: at most `longestMs` a case and participant, until `quietSamples` lie between quiet probes. */
export interface Pace {
  readonly warmUpMs: number;
  readonly sliceMs: number;
  readonly fewestRounds: number;
  readonly quietSamples: number;
  readonly longestMs: number;
}

export const FULL: Pace = { warmUpMs: 200, sliceMs: 50, fewestRounds: 8, quietSamples: 20, longestMs: 1500 };
export const QUICK: Pace = { warmUpMs: 60, sliceMs: 25, fewestRounds: 3, quietSamples: 5, longestMs: 250 };

/** What came of one participant in one case. */
export interface Outcome {
  readonly participant: string;
  readonly samples: readonly Sample[];
  /** Why there are no samples. */
  readonly failure?: { readonly kind: 'cannot' | 'crashed'; readonly message: string };
}

export type Launch = (subject: SubjectProcess) => Promise<Connection>;

/** The processes of a run, started when first needed. */
export class Field {
  readonly facts = new Map<string, Readonly<Record<string, string>>>();
  readonly #connections = new Map<string, Connection>();
  readonly #refusals = new Map<string, string>();
  #fastest = Number.POSITIVE_INFINITY;

  constructor(
    private readonly processes: readonly SubjectProcess[],
    private readonly launch: Launch,
    private readonly options: Omit<SubjectOptions, 'isRelaxed'>,
    private readonly pace: Pace,
  ) {}

  /** Milliseconds of the fastest probe so far. */
  get fastest(): number {
    return this.#fastest;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((each) => each.close()));
    this.#connections.clear();
  }

  async measure(each: Case, participants: readonly Participant[]): Promise<Outcome[]> {
    const racers: Racer[] = [];
    for (const participant of participants) racers.push(await this.#prepare(each, participant));
    const start = performance.now();
    const running = (): Racer[] => racers.filter(({ failure }) => failure === undefined);
    for (let round = 0; !this.#isEnough(running(), round, performance.now() - start); round++) {
      for (const racer of running()) await this.#sample(racer);
    }
    for (const racer of running()) await this.#release(racer);
    return racers.map(({ participant, samples, failure }) => ({
      participant: participant.name,
      samples,
      ...(failure && { failure }),
    }));
  }

  #isEnough(running: readonly Racer[], round: number, elapsed: number): boolean {
    if (running.length === 0) return true;
    if (elapsed > this.pace.longestMs * running.length) return round > 0;
    if (round < this.pace.fewestRounds) return false;
    return running.every(
      ({ samples }) => samples.filter((sample) => isQuiet(sample, this.#fastest)).length >= this.pace.quietSamples,
    );
  }

  async #prepare(each: Case, participant: Participant): Promise<Racer> {
    const racer: Racer = { participant, samples: [] };
    const request: Request = {
      type: 'prepare',
      task: each.task as TaskName,
      parameters: each.parameters,
      variant: participant.variant,
      warmUpMs: this.pace.warmUpMs,
    };
    await this.#attempt(racer, request);
    return racer;
  }

  async #sample(racer: Racer): Promise<void> {
    const { variant } = racer.participant;
    const reply = await this.#attempt(racer, { type: 'sample', variant, milliseconds: this.pace.sliceMs });
    if (reply?.type !== 'samples') return;
    racer.samples.push(...reply.samples);
    this.#fastest = Math.min(this.#fastest, fastestProbe(reply.samples));
  }

  #release(racer: Racer): Promise<Reply | undefined> {
    return this.#attempt(racer, { type: 'release', variant: racer.participant.variant });
  }

  /** Asks; a refusal or a crash ends the racer's part in this case and nothing else. */
  async #attempt(racer: Racer, request: Request): Promise<Reply | undefined> {
    try {
      const connection = await this.#connectionOf(racer.participant.process);
      const reply = await connection.ask(request);
      if (reply.type !== 'failed') return reply;
      racer.failure = { kind: 'cannot', message: reply.message };
    } catch (error) {
      racer.failure = { kind: error instanceof Crashed ? 'crashed' : 'cannot', message: shortened(error) };
      if (error instanceof Crashed) this.#connections.delete(racer.participant.process);
    }
    return undefined;
  }

  async #connectionOf(name: string): Promise<Connection> {
    const refusal = this.#refusals.get(name);
    if (refusal !== undefined) throw new Error(refusal);
    const open = this.#connections.get(name);
    if (open) return open;
    const subject = this.processes.find((each) => each.name === name) as SubjectProcess;
    try {
      const connection = await this.launch(subject);
      this.#connections.set(name, connection);
      const reply = await connection.ask({ type: 'start', options: { ...this.options, isRelaxed: subject.isRelaxed } });
      if (reply.type === 'failed') throw new Error(reply.message);
      if (reply.type === 'started') this.facts.set(name, reply.facts);
      return connection;
    } catch (error) {
      this.#refusals.set(name, shortened(error));
      throw error;
    }
  }
}

interface Racer {
  readonly participant: Participant;
  readonly samples: Sample[];
  failure?: { readonly kind: 'cannot' | 'crashed'; readonly message: string };
}
