import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Binary, Unary } from '../../src/ops/codes.ts';

const source = readFileSync(new URL('../../assembly/kernels/codes.ts', import.meta.url), 'utf8');

function enumOf(name: string): Record<string, number> {
  const body = new RegExp(`export enum ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? '';
  const names = body.split(',').map((each) => each.trim());
  return Object.fromEntries(names.filter(Boolean).map((each, code) => [each, code]));
}

test('operators have the same numbers in AssemblyScript and TypeScript', () => {
  expect(Object.keys(Binary).length).toBeGreaterThan(40);
  expect({ ...Binary }).toEqual(enumOf('Binary'));
  expect({ ...Unary }).toEqual(enumOf('Unary'));
});
