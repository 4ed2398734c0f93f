import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNodeProcess } from '../harness/nodeProcess.ts';
import { probeModules } from '../harness/probeModule.ts';
import { Field, type Pace } from '../harness/rounds.ts';
import type { SubjectProcess } from '../harness/subjects.ts';
import { type Case, row } from '../harness/suite.ts';
import { ENDS, IS_WRONG, REFUSES, THROWS_LATER } from './support/fragileSubject.ts';

const PACE: Pace = { warmUpMs: 1, sliceMs: 2, fewestRounds: 2, quietSamples: 0, longestMs: 200 };
const subject = (name: string): SubjectProcess => ({
  name,
  module: '../test/support/fragileSubject.ts',
  packages: [],
  isRelaxed: false,
});
const missing: SubjectProcess = { ...subject('missing'), module: 'nowhere.ts' };
const of = (m: number): Case =>
  row({ name: `${m}`, task: 'matmul', parameters: { m, k: 4, n: 4 }, measure: 'GFLOP/s' });
const alone = (name: string) => ({ name, process: name, variant: '' });

describe('a field of subjects in processes', () => {
  let field: Field;
  beforeAll(() => {
    field = new Field([subject('one'), subject('two'), missing], startNodeProcess, { probe: probeModules() }, PACE);
  });
  afterAll(() => field.close());
  const measure = async (m: number, ...names: string[]) => await field.measure(of(m), names.map(alone));

  test('samples every subject in every round, between probes', async () => {
    const outcomes = await measure(8, 'one', 'two');
    expect(outcomes.map(({ participant }) => participant)).toEqual(['one', 'two']);
    for (const { samples, failure } of outcomes) {
      expect(failure).toBeUndefined();
      expect(samples.length).toBeGreaterThanOrEqual(2);
      for (const [time, before, after] of samples) expect(Math.min(time, before, after)).toBeGreaterThan(0);
    }
    expect(field.facts.get('one')).toEqual({ mode: 'fragile' });
    expect(field.fastest).toBeLessThan(100);
  });

  test('shows a refusal by its first line, and times no wrong result', async () => {
    const [refused] = await measure(REFUSES, 'one');
    expect(refused).toMatchObject({ samples: [], failure: { kind: 'cannot', message: 'refuses' } });
    const [wrong] = await measure(IS_WRONG, 'one');
    expect(wrong?.failure?.message).toMatch(/^wrong result: element 0 is 7 instead of/);
  });

  test('shows an error in the middle of the timing', async () => {
    const [outcome] = await measure(THROWS_LATER, 'one');
    expect(outcome?.failure).toEqual({ kind: 'cannot', message: 'broken' });
  });

  test('shows a process that ended, and starts it again for the next case', async () => {
    const [ended] = await measure(ENDS, 'one');
    expect(ended?.failure).toEqual({ kind: 'crashed', message: 'ended with code 3' });
    const [again] = await measure(8, 'one');
    expect(again?.failure).toBeUndefined();
  });

  test('goes on without a subject that cannot be built', async () => {
    const [absent, present] = await measure(8, 'missing', 'two');
    expect(absent?.failure?.kind).toBe('cannot');
    expect(absent?.failure?.message).toMatch(/nowhere/);
    expect(present?.failure).toBeUndefined();
  });
});
