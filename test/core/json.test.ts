import { describe, expect, test } from 'vitest';
import { formatJson, parseJson } from '../../src/core/json.ts';

describe('parseJson()', () => {
  test('reads every kind of value', () => {
    const value = parseJson(' {"a" : [1, -2.5e-3, true, false, null, "x\\u00e9\\n"], "b":{}, "c":[]} ');
    expect(value).toEqual(
      new Map<string, unknown>([
        ['a', [1, -0.0025, true, false, null, 'xé\n']],
        ['b', new Map()],
        ['c', []],
      ]),
    );
  });

  test('keeps the order of names that look like integers', () => {
    expect([...(parseJson('{"10":1,"2":2,"a":3,"1":4}') as Map<string, unknown>).keys()]).toEqual([
      '10',
      '2',
      'a',
      '1',
    ]);
  });

  test('keeps all digits of 64-bit integers', () => {
    expect(parseJson('[9223372036854775807, -9007199254740993, 9007199254740991]')).toEqual([
      9223372036854775807n,
      -9007199254740993n,
      9007199254740991,
    ]);
  });

  test('takes NaN and Infinity as bare words', () => {
    expect(parseJson('[NaN, Infinity, -Infinity]')).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  test('keeps __proto__ as a name like any other', () => {
    const value = parseJson('{"__proto__":{"polluted":1}}') as Map<string, unknown>;
    expect([...value.keys()]).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ['{"a":1', 'line 1, column 7: found the end, needed is "," or "}"'],
    ['{"a"\n 1}', 'line 2, column 2: found "1}", needed is ":"'],
    ['[1,]', 'column 4: found "]", needed is a value'],
    ['{a:1}', 'needed is a name in quotes'],
    ['"abc', 'needed is a closing quote'],
    ['"a\\x"', 'needed is a string without bad escapes or control characters'],
    ['01', 'column 2: found "1", needed is the end of the text'],
    ['', 'found the end, needed is a value'],
  ])('refuses %j, naming the place', (text, message) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
    expect(() => parseJson(text)).toThrow(message);
  });

  test('refuses nesting that would exhaust the stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow('needed is at most 200 nested levels');
  });
});

describe('formatJson()', () => {
  test('writes what parseJson() reads back', () => {
    const text = '{"a":[1,{"b":"q\\"\\\\"}],"10":9223372036854775807,"2":-0.0,"e":{},"f":[],"g":1e-10}';
    const value = parseJson(text);
    expect(parseJson(formatJson(value))).toEqual(value);
    expect(Object.is(parseJson(formatJson(parseJson('-0.0'))) as number, -0)).toBe(true);
  });

  test('writes NaN and Infinity as strings, as Jackson does', () => {
    expect(formatJson([Number.NaN, Number.NEGATIVE_INFINITY])).toBe('[ "NaN", "-Infinity" ]');
  });
});
