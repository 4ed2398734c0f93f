// Numbers as java.text.DecimalFormat prints them: the shortest digits that identify the double, rounded half to even by its exact value.

import { describeValue } from './errors.ts';

/** The part of Java's patterns that is understood: `0`, `0.00`, `0.0##`, `0.####E0`. */
export interface DecimalPattern {
  /** Digits before the point, filled with zeros. */
  readonly integers: number;
  /** Digits behind the point that are always there. */
  readonly least: number;
  /** Digits behind the point at most. */
  readonly most: number;
  readonly isScientific: boolean;
  /** A point even when nothing follows. */
  readonly hasPoint: boolean;
}

/** @throws {RangeError} for anything else. */
export function parsePattern(pattern: string): DecimalPattern {
  const found = /^#*(0*)(?:\.(0*)(#*))?(E0)?$/.exec(pattern);
  if (found === null || pattern === '') {
    throw new RangeError(
      `Invalid number format ${describeValue(pattern)}: needed is a pattern such as 0.00, 0.0### or 0.####E0`,
    );
  }
  const least = found[2]?.length ?? 0;
  const most = least + (found[3]?.length ?? 0);
  return {
    integers: found[1]?.length ?? 0,
    least,
    most,
    isScientific: found[4] !== undefined,
    hasPoint: found[2] !== undefined && most === 0,
  };
}

/** Significant digits without trailing zeros, and the power of ten of the first one; no digits for 0. */
interface Digits {
  readonly text: string;
  readonly exponent: number;
}

export function formatDecimal(value: number, pattern: DecimalPattern): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  return sign + (pattern.isScientific ? scientific(size, pattern) : fixed(size, pattern));
}

function fixed(size: number, pattern: DecimalPattern): string {
  const { text, exponent } = rounded(size, (first) => first + 1 + pattern.most);
  const whole = exponent < 0 ? '' : text.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = exponent < 0 ? '0'.repeat(-exponent - 1) + text : text.slice(exponent + 1);
  return whole.padStart(pattern.integers, '0') + behindPoint(text === '' ? '' : fraction, pattern);
}

function scientific(size: number, pattern: DecimalPattern): string {
  const { text, exponent } = rounded(size, () => 1 + pattern.most);
  return `${text === '' ? '0' : text[0]}${behindPoint(text.slice(1), pattern)}E${text === '' ? 0 : exponent}`;
}

function behindPoint(fraction: string, { least, hasPoint }: DecimalPattern): string {
  const filled = fraction.padEnd(least, '0');
  return filled !== '' || hasPoint ? `.${filled}` : '';
}

/** The number rounded to as many significant digits as `keep` says for the power of ten of its first digit. */
function rounded(size: number, keep: (exponent: number) => number): Digits {
  if (size === 0) return { text: '', exponent: 0 };
  const [mantissa = '', power = ''] = size.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  const count = keep(exponent);
  if (count >= digits.length) return { text: digits, exponent };
  if (count < 0) return { text: '', exponent: 0 };
  const kept = digits.slice(0, count);
  if (!roundsUp(size, digits, count, exponent)) return trimmed(kept, exponent);
  const raised = String(BigInt(kept || '0') + 1n).padStart(count, '0');
  return raised.length > count ? trimmed(raised, exponent + 1) : trimmed(raised, exponent);
}

function trimmed(text: string, exponent: number): Digits {
  const short = text.replace(/0+$/, '');
  return short === '' ? { text: '', exponent: 0 } : { text: short, exponent };
}

function roundsUp(size: number, digits: string, count: number, exponent: number): boolean {
  const next = Number(digits[count]);
  if (next !== 5) return next > 5;
  if (digits.length > count + 1) return true;
  // The digits end in the middle; the double they stand for may lie a little beside it.
  const side = compareExactly(size, BigInt(digits), exponent - digits.length + 1);
  return side > 0 || (side === 0 && Number(digits[count - 1] ?? 0) % 2 === 1);
}

const view = new DataView(new ArrayBuffer(8));

/** Sign of size − whole · 10^power, exactly. */
function compareExactly(size: number, whole: bigint, power: number): number {
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const field = Number(bits >> 52n) & 0x7ff;
  let left = (bits & 0xfffffffffffffn) | (field === 0 ? 0n : 1n << 52n);
  let right = whole;
  const two = Math.max(field, 1) - 1075;
  if (two >= 0) left <<= BigInt(two);
  else right <<= BigInt(-two);
  if (power >= 0) right *= 10n ** BigInt(power);
  else left *= 10n ** BigInt(-power);
  return left === right ? 0 : left > right ? 1 : -1;
}
