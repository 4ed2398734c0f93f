import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Condition, Reduce } from '../../src/ops/reduceCodes.ts';

const source = readFileSync(new URL('../../assembly/kernels/reduceCodes.ts', import.meta.url), 'utf8');

/** Names of an enum of the kernels, in the order of their numbers. */
function namesOf(name: string): string[] {
  const body = new RegExp(`enum ${name} {([^}]*)}`).exec(source)?.[1] ?? '';
  return body
    .replace(/\/\/.*$/gm, '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

test.each([
  ['Reduce', Reduce],
  ['Condition', Condition],
] as const)('numbers of %s are the same in ops and kernels', (name, codes) => {
  expect(Object.entries(codes)).toEqual(namesOf(name).map((each, number) => [each, number]));
});
