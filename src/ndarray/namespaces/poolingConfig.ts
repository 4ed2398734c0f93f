// Configurations of poolings, as plain objects or by ND4J's builders, and the windows that they mean for an input.

import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import type { PoolWindow } from '../../ops/pooling.ts';
import { type ConfigBuilder, configBuilder } from './convolutionConfig.ts';

/** What averages divide by at the border: the elements that are not padding, or the whole window. @see org.nd4j…Pooling2D.Divisor */
export const Divisor = { EXCLUDE_PADDING: 'EXCLUDE_PADDING', INCLUDE_PADDING: 'INCLUDE_PADDING' } as const;
export type Divisor = keyof typeof Divisor;

/** Options of `maxPooling2d`, `avgPooling2d` and `maxPoolWithArgmax`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig */
export interface Pooling2DConfig {
  /** Height and width of the window. */
  readonly kH: number;
  readonly kW: number;
  /** Stride. Default 1. */
  readonly sH?: number;
  readonly sW?: number;
  /** Padding on both sides, for VALID. Default 0. */
  readonly pH?: number;
  readonly pW?: number;
  /** Dilation. Default 1. */
  readonly dH?: number;
  readonly dW?: number;
  /** VALID: where the padded input covers the window. SAME, and for poolings CAUSAL too: ⌈input / stride⌉ positions. Default VALID. */
  readonly paddingMode?: 'VALID' | 'SAME' | 'CAUSAL';
  /** Default EXCLUDE_PADDING. */
  readonly divisor?: Divisor;
  /** The input is `[N, H, W, C]`, not `[N, C, H, W]`. Default false. */
  readonly isNHWC?: boolean;
  /** The exponent of p-norm pooling; without effect here. */
  readonly extra?: number;
  /** Without effect: the method says it. */
  readonly type?: 'MAX' | 'AVG' | 'PNORM';
}

/** Options of `maxPooling3d` and `avgPooling3d`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling3DConfig */
export interface Pooling3DConfig {
  /** Depth, height and width of the window. */
  readonly kD: number;
  readonly kH: number;
  readonly kW: number;
  /** Stride. Default 1. */
  readonly sD?: number;
  readonly sH?: number;
  readonly sW?: number;
  /** Padding on both sides, unless in SAME mode. Default 0. */
  readonly pD?: number;
  readonly pH?: number;
  readonly pW?: number;
  /** Dilation. Default 1. */
  readonly dD?: number;
  readonly dH?: number;
  readonly dW?: number;
  /** ⌈input / stride⌉ positions in every dimension. Default false. */
  readonly isSameMode?: boolean;
  /** The input is `[N, C, D, H, W]`, not `[N, D, H, W, C]`. Default true. */
  readonly isNCDHW?: boolean;
  /** Without effect: the method says it. */
  readonly type?: 'MAX' | 'AVG' | 'PNORM';
}

const NAMES_2D = ['kH', 'kW', 'sH', 'sW', 'pH', 'pW', 'dH', 'dW', 'type'] as const;

/** `Pooling2DConfig.builder().kH(2).kW(2).build()` @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig */
export const Pooling2DConfig = {
  builder: (): ConfigBuilder<Pooling2DConfig> =>
    configBuilder<Pooling2DConfig>([...NAMES_2D, 'paddingMode', 'divisor', 'isNHWC', 'extra']),
} as const;

/** @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling3DConfig */
export const Pooling3DConfig = {
  builder: (): ConfigBuilder<Pooling3DConfig> =>
    configBuilder<Pooling3DConfig>([...NAMES_2D, 'kD', 'sD', 'pD', 'dD', 'isSameMode', 'isNCDHW']),
} as const;

type Options = Readonly<Record<string, unknown>>;
const DIMENSIONS: Readonly<Record<string, string>> = { D: 'depth', H: 'height', W: 'width' };
const WORDS: Readonly<Record<string, string>> = { k: 'Kernel', s: 'Stride', p: 'Padding', d: 'Dilation' };

/** The options of a configuration object. @throws {TypeError} */
export function optionsOf(name: string, config: unknown): Options {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new TypeError(`Cannot ${name} with configuration ${describeValue(config)}: needed is an object of options`);
  }
  if (typeof (config as Options).build === 'function') {
    throw new TypeError(`Cannot ${name} with a builder: needed is what its build() returns`);
  }
  return config as Options;
}

/** One option that is true or false. @throws {TypeError} */
export function flagOption(name: string, options: Options, field: string, initial: boolean): boolean {
  const value = options[field] ?? initial;
  if (typeof value === 'boolean') return value;
  throw new TypeError(`Cannot ${name} with ${field} ${describeValue(value)}: needed is true or false`);
}

/** One option of several names. @throws {TypeError} */
export function choiceOption<T extends string>(
  name: string,
  options: Options,
  field: string,
  allowed: readonly T[],
  initial: T,
): T {
  const value = options[field] ?? initial;
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new TypeError(`Cannot ${name} with ${field} ${describeValue(value)}: needed is one of ${allowed.join(', ')}`);
}

/** The options of one letter, for each dimension. */
function numbers(name: string, options: Options, letter: string, dimensions: readonly string[]): number[] {
  return dimensions.map((dimension) => {
    const value = options[letter + dimension] ?? (letter === 'k' ? -1 : letter === 'p' ? 0 : 1);
    if (typeof value !== 'number') {
      throw new TypeError(
        `Cannot ${name} with ${letter}${dimension} ${describeValue(value)}: needed is a whole number`,
      );
    }
    const least = letter === 'p' ? 0 : 1;
    if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
    throw new ND4JIllegalArgumentException(
      `Cannot ${name}: ${WORDS[letter]} ${DIMENSIONS[dimension]} can not be ${least === 0 ? 'negative' : 'negative or 0'}, got: ${value}; needed is a whole number of at least ${least}`,
    );
  });
}

/** A pooling of one input. */
export interface Pooling {
  readonly window: PoolWindow;
  /** Shape of the result. */
  readonly shape: readonly number[];
  readonly divisor: Divisor;
}

/**
 * What a configuration of two or three dimensions means for an input.
 * @throws {TypeError | ND4JIllegalArgumentException} for a wrong option. @throws {ND4JIllegalStateException} for an input of another rank.
 */
export function poolingOf(name: string, shape: readonly number[], config: unknown, rank: 2 | 3): Pooling {
  const options = optionsOf(name, config);
  const dimensions = rank === 2 ? ['H', 'W'] : ['D', 'H', 'W'];
  const [kernel, stride, padding, dilation] = ['k', 's', 'p', 'd'].map((letter) =>
    numbers(name, options, letter, dimensions),
  ) as [number[], number[], number[], number[]];
  const isSame =
    rank === 2
      ? choiceOption(name, options, 'paddingMode', ['VALID', 'SAME', 'CAUSAL'], 'VALID') !== 'VALID'
      : flagOption(name, options, 'isSameMode', false);
  const divisor = choiceOption(name, options, 'divisor', ['EXCLUDE_PADDING', 'INCLUDE_PADDING'], 'EXCLUDE_PADDING');
  const isChannelsLast =
    rank === 2 ? flagOption(name, options, 'isNHWC', false) : !flagOption(name, options, 'isNCDHW', true);
  if (shape.length !== rank + 2) {
    const wanted = rank === 2 ? '[N, C, H, W] or [N, H, W, C]' : '[N, C, D, H, W] or [N, D, H, W, C]';
    throw new ND4JIllegalStateException(
      `Cannot ${name} an array of shape ${formatShape(shape)}: needed is rank ${rank + 2}, ${wanted}`,
    );
  }
  const first = isChannelsLast ? 1 : 2;
  const result = [...shape];
  for (let d = 0; d < rank; d++) {
    const size = shape[first + d] as number;
    const step = stride[d] as number;
    const reach = ((kernel[d] as number) - 1) * (dilation[d] as number) + 1;
    const outputs = isSame
      ? Math.ceil(size / step)
      : Math.floor((size + 2 * (padding[d] as number) - reach) / step) + 1;
    result[first + d] = Math.max(outputs, 0);
    if (isSame) padding[d] = Math.max(0, Math.floor(((outputs - 1) * step + reach - size) / 2));
  }
  return { window: { kernel, stride, padding, dilation, isChannelsLast }, shape: result, divisor };
}
