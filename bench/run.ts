// One run: the suites in rounds, and the record of what came of it.

import type { Arguments } from './arguments.ts';
import { describeCommit, describeMachine, versionsOf } from './environment.ts';
import type { Engine } from './harness/engine.ts';
import { probeModules } from './harness/probeModule.ts';
import { Field, FULL, type Outcome, QUICK } from './harness/rounds.ts';
import { runScript } from './harness/scripts.ts';
import { shortened } from './harness/serve.ts';
import { summarize } from './harness/statistics.ts';
import { isOurs, isPeer, OURS, OURS_RELAXED, PARTICIPANTS, type Participant, PROCESSES } from './harness/subjects.ts';
import type { Case, Fact, ScriptSuite, Suite, TimedSuite } from './harness/suite.ts';
import type { CaseRecord, Entry, RunRecord, SuiteRecord } from './report/record.ts';
import { TASKS } from './tasks/tasks.ts';

/** Called before each case. */
export type Progress = (suite: string, name: string) => void;

export async function runSuites(
  suites: readonly Suite[],
  options: Arguments,
  engine: Engine,
  progress: Progress,
): Promise<RunRecord> {
  const machine = describeMachine();
  const files = engine.files ? { files: engine.files } : {};
  const pace = options.isQuick ? QUICK : FULL;
  const field = new Field(PROCESSES, engine.launch, { probe: probeModules(), ...files }, pace);
  const participants = PARTICIPANTS.filter(({ name }) => takesPart(name, options));
  try {
    const measured: MeasuredSuite[] = [];
    for (const suite of suites) {
      measured.push(
        'script' in suite
          ? { suite, facts: await factsOf(suite, options, progress) }
          : { suite, outcomes: await outcomesOf(suite, field, participants, progress) },
      );
    }
    return {
      date: new Date().toISOString(),
      ...describeCommit(),
      pace: options.isQuick ? 'quick' : 'full',
      engine: engine.name,
      machine,
      subjects: describeSubjects(field),
      suites: measured.map((each) => recordOf(each, field.fastest)),
    };
  } finally {
    await field.close();
  }
}

type MeasuredSuite =
  | { readonly suite: TimedSuite; readonly outcomes: ReadonlyMap<Case, Outcome[]> }
  | { readonly suite: ScriptSuite; readonly facts: readonly Fact[] | Error };

function takesPart(name: string, { isRelaxed, isOursOnly }: Arguments): boolean {
  if (name === OURS_RELAXED) return isRelaxed;
  return !(isOursOnly && isPeer(name));
}

async function outcomesOf(
  suite: TimedSuite,
  field: Field,
  participants: readonly Participant[],
  progress: Progress,
): Promise<Map<Case, Outcome[]>> {
  const outcomes = new Map<Case, Outcome[]>();
  for (const each of suite.cases) {
    progress(suite.name, each.name);
    const { flop, bytes } = TASKS[each.task].work(each.parameters as never);
    const isBounded = flop + bytes > 0;
    outcomes.set(each, await field.measure(each, isBounded ? participants : participants.filter(isNoMachine)));
  }
  return outcomes;
}

async function factsOf(
  suite: ScriptSuite,
  { isBrowser }: Arguments,
  progress: Progress,
): Promise<readonly Fact[] | Error> {
  progress(suite.name, suite.title);
  if (isBrowser) return new Error('needs Node');
  return runScript(suite).catch((error: unknown) => new Error(shortened(error)));
}

const isNoMachine = ({ name }: Participant): boolean => isOurs(name) || isPeer(name);

function recordOf(measured: MeasuredSuite, fastest: number): SuiteRecord {
  const { name, title } = measured.suite;
  if ('facts' in measured) return { name, title, cases: factRecords(measured.suite, measured.facts) };
  return { name, title, cases: [...measured.outcomes].map(([each, outcomes]) => caseRecord(each, outcomes, fastest)) };
}

function caseRecord(each: Case, outcomes: readonly Outcome[], fastest: number): CaseRecord {
  const { name, measure, task, parameters, asked, plain } = each;
  return {
    name,
    measure,
    work: TASKS[task].work(parameters as never),
    ...(asked && { asked }),
    ...(plain && { plain }),
    entries: outcomes.map((outcome) => entryOf(outcome, fastest)),
  };
}

function entryOf({ participant, samples, failure }: Outcome, fastest: number): Entry {
  if (failure) return { subject: participant, failure };
  const { best, median, spread, ...counts } = summarize(samples, fastest);
  if (best <= 0) {
    return { subject: participant, failure: { kind: 'cannot', message: 'too small for a slope: lost in the noise' } };
  }
  return { subject: participant, best: shorter(best), median: shorter(median), spread: shorter(spread), ...counts };
}

/** Six significant digits: more would only make the record longer. */
const shorter = (value: number): number => Number(value.toPrecision(6));

function factRecords({ title }: ScriptSuite, facts: readonly Fact[] | Error): CaseRecord[] {
  if (facts instanceof Error) {
    const failure = { kind: 'cannot', message: facts.message } as const;
    return [{ name: title, measure: 'ratio', entries: [{ subject: OURS, failure }] }];
  }
  return facts.map(({ name, measure, best, median, asked }) => ({
    name,
    measure,
    ...(asked && { asked }),
    entries: [{ subject: OURS, best, median }],
  }));
}

/** Versions from the installed packages, and what the subjects said when they started. */
function describeSubjects(field: Field): RunRecord['subjects'] {
  const started = PROCESSES.filter(({ name }) => field.facts.has(name));
  return Object.fromEntries(
    started.map(({ name, packages }) => [name, { ...versionsOf(packages), ...field.facts.get(name) }]),
  );
}
