import { describe, expect, test } from 'vitest';
import { parseArguments, UsageError, usage } from '../arguments.ts';

const KNOWN = ['gemm', 'reduce', 'mlp'];

describe('parseArguments()', () => {
  test('takes all suites when none is named, in their own order otherwise', () => {
    expect(parseArguments([], KNOWN).suites).toEqual(KNOWN);
    expect(parseArguments(['mlp', 'gemm'], KNOWN).suites).toEqual(['gemm', 'mlp']);
    expect(parseArguments(['mlp', 'mlp'], KNOWN).suites).toEqual(['mlp']);
  });

  test('reads options before and after names', () => {
    const found = parseArguments(['--quick', 'gemm', '--relaxed', '--browser', '--ours'], KNOWN);
    expect(found).toEqual({
      suites: ['gemm'],
      isQuick: true,
      isRelaxed: true,
      isBrowser: true,
      isOursOnly: true,
      isReportOnly: false,
      isHelp: false,
    });
  });

  test('names an unknown suite and the known ones', () => {
    expect(() => parseArguments(['gem', 'mlp'], KNOWN)).toThrow(
      new UsageError('Unknown suite "gem": choose from gemm, reduce, mlp'),
    );
  });

  test('names an unknown option', () => {
    expect(() => parseArguments(['--quik'], KNOWN)).toThrow(/--quik.*--help/);
    expect(() => parseArguments(['--quick=3'], KNOWN)).toThrow(UsageError);
  });

  test('refuses suites with --report', () => {
    expect(() => parseArguments(['--report', 'gemm'], KNOWN)).toThrow(/takes no suites/);
    expect(parseArguments(['--report'], KNOWN).isReportOnly).toBe(true);
  });
});

test('usage() names every suite and option', () => {
  for (const word of [...KNOWN, '--quick', '--relaxed', '--browser', '--ours', '--report'])
    expect(usage(KNOWN)).toContain(word);
});
