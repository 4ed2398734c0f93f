// Configurations of convolutions, as plain objects or by ND4J's builders, and what they mean for an input: sizes and padding.

import { describeValue, ND4JIllegalArgumentException } from '../../core/errors.ts';

/**
 * How much of the output there is. VALID: where the padded input covers the kernel. SAME: ⌈input / stride⌉ positions, padded on both
 * sides, the odd one behind. CAUSAL: as many, padded in front only.
 * @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode
 */
export const PaddingMode = { VALID: 'VALID', SAME: 'SAME', CAUSAL: 'CAUSAL' } as const;
export type PaddingMode = keyof typeof PaddingMode;

/**
 * Dimensions of the weights of a 2-D convolution: YXIO `[kH, kW, in, out]`, OIYX `[out, in, kH, kW]`, OYXI `[out, kH, kW, in]`.
 * @see org.nd4j.enums.WeightsFormat
 */
export const WeightsFormat = { YXIO: 'YXIO', OIYX: 'OIYX', OYXI: 'OYXI' } as const;
export type WeightsFormat = keyof typeof WeightsFormat;

/** Options of `conv1d`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig */
export interface Conv1DConfig {
  /** Size of the kernel; −1 is that of the weights. Default −1. */
  readonly k?: number;
  /** Stride. Default 1. */
  readonly s?: number;
  /** Padding on both sides, for VALID. Default 0. */
  readonly p?: number;
  /** Dilation. Default 1. */
  readonly d?: number;
  /** Default `NCW`. */
  readonly dataFormat?: 'NCW' | 'NWC';
  /** Default VALID (ND4J's builder wants it set). */
  readonly paddingMode?: PaddingMode;
}

interface Window2D {
  /** Size of the kernel; −1 is that of the weights. Default −1. */
  readonly kH?: number;
  readonly kW?: number;
  /** Stride. Default 1. */
  readonly sH?: number;
  readonly sW?: number;
  /** Padding on both sides, unless the mode says otherwise. Default 0. */
  readonly pH?: number;
  readonly pW?: number;
  /** Dilation. Default 1. */
  readonly dH?: number;
  readonly dW?: number;
}

interface Window3D extends Window2D {
  readonly kD?: number;
  readonly sD?: number;
  readonly pD?: number;
  readonly dD?: number;
}

/** Options of 2-D convolutions, `im2Col` and `col2Im`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig */
export interface Conv2DConfig extends Window2D {
  /** Default VALID. */
  readonly paddingMode?: PaddingMode;
  /** Default `NCHW`. */
  readonly dataFormat?: 'NCHW' | 'NHWC';
  /** Default YXIO. */
  readonly weightsFormat?: WeightsFormat;
}

/** Options of `conv3d`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv3DConfig */
export interface Conv3DConfig extends Window3D {
  /** Without effect: a bias is used when there is one. Default false. */
  readonly biasUsed?: boolean;
  /** Default VALID. */
  readonly paddingMode?: PaddingMode;
  /** Default `NDHWC`. */
  readonly dataFormat?: 'NCDHW' | 'NDHWC';
}

/** Options of `deconv2d`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig */
export interface DeConv2DConfig extends Window2D {
  /** The output is stride times the input. Default false. */
  readonly isSameMode?: boolean;
  /** Default `NCHW`. */
  readonly dataFormat?: 'NCHW' | 'NHWC';
}

/** Options of `deconv3d`. @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv3DConfig */
export interface DeConv3DConfig extends Window3D {
  /** The output is stride times the input. Default false. */
  readonly isSameMode?: boolean;
  /** Default `NCDHW`. */
  readonly dataFormat?: 'NCDHW' | 'NDHWC';
}

/** A builder with one method for each option. */
export type ConfigBuilder<C> = { readonly [F in keyof C]-?: (value: NonNullable<C[F]>) => ConfigBuilder<C> } & {
  /** The options that were set. */
  build(): C;
};

/** A builder of the options `names`. */
export function configBuilder<C>(names: readonly (keyof C & string)[]): ConfigBuilder<C> {
  const options: Record<string, unknown> = {};
  const builder: Record<string, unknown> = { build: () => ({ ...options }) };
  for (const name of names) {
    builder[name] = (value: unknown) => {
      options[name] = value;
      return builder;
    };
  }
  return builder as ConfigBuilder<C>;
}

const WINDOW_2D = ['kH', 'kW', 'sH', 'sW', 'pH', 'pW', 'dH', 'dW'] as const;
const WINDOW_3D = ['kD', ...WINDOW_2D, 'sD', 'pD', 'dD'] as const;

/** `Conv1DConfig.builder().k(3).build()` @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig */
export const Conv1DConfig = {
  builder: (): ConfigBuilder<Conv1DConfig> => configBuilder(['k', 's', 'p', 'd', 'dataFormat', 'paddingMode']),
} as const;

/** `Conv2DConfig.builder().kH(3).kW(3).build()` @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig */
export const Conv2DConfig = {
  builder: (): ConfigBuilder<Conv2DConfig> =>
    configBuilder([...WINDOW_2D, 'paddingMode', 'dataFormat', 'weightsFormat']),
} as const;

/** @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv3DConfig */
export const Conv3DConfig = {
  builder: (): ConfigBuilder<Conv3DConfig> => configBuilder([...WINDOW_3D, 'biasUsed', 'paddingMode', 'dataFormat']),
} as const;

/** @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig */
export const DeConv2DConfig = {
  builder: (): ConfigBuilder<DeConv2DConfig> => configBuilder([...WINDOW_2D, 'isSameMode', 'dataFormat']),
} as const;

/** @see org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv3DConfig */
export const DeConv3DConfig = {
  builder: (): ConfigBuilder<DeConv3DConfig> => configBuilder([...WINDOW_3D, 'isSameMode', 'dataFormat']),
} as const;

/** A checked configuration, without the names of its dimensions. */
export interface ConvolutionSettings {
  /** Sizes of the kernel; −1: as the weights have them. */
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly mode: PaddingMode;
  /** Channels are the last dimension of the arrays. */
  readonly channelsLast: boolean;
  readonly weightsFormat: WeightsFormat;
}

const DIMENSIONS = [[''], ['H', 'W'], ['D', 'H', 'W']] as const;
const DIMENSION_NAMES: Record<string, string> = { '': '', D: ' depth', H: ' height', W: ' width' };
const LETTERS = ['k', 's', 'p', 'd'];
const MODES = ['paddingMode', 'isSameMode', 'dataFormat', 'weightsFormat', 'biasUsed'];
const FORMATS = [
  ['NCW', 'NWC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
] as const;

type Options = Readonly<Record<string, unknown>>;

/**
 * Checks a configuration of `rank` spatial dimensions.
 * @throws {TypeError} for values of the wrong kind. @throws {ND4JIllegalArgumentException} for impossible ones.
 */
export function settingsOf(name: string, rank: number, config: unknown): ConvolutionSettings {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new TypeError(`Cannot ${name} with configuration ${describeValue(config)}: needed is an object of options`);
  }
  if (typeof (config as Options).build === 'function') {
    throw new TypeError(`Cannot ${name} with a builder: needed is what its build() returns`);
  }
  const options = config as Options;
  const known = (DIMENSIONS[rank - 1] as readonly string[]).flatMap((each) => LETTERS.map((letter) => letter + each));
  const unknown = Object.keys(options).find((option) => !known.includes(option) && !MODES.includes(option));
  if (unknown !== undefined) {
    throw new TypeError(
      `Cannot ${name} with unknown option ${describeValue(unknown)}: known are ${[...known, ...MODES].join(', ')}`,
    );
  }
  const formats = FORMATS[rank - 1] as readonly [string, string];
  const isConv3d = rank === 3 && !('isSameMode' in options) && name.startsWith('conv');
  const format = choice(name, options, 'dataFormat', formats, isConv3d ? 'NDHWC' : formats[0]);
  const modes = Object.keys(PaddingMode) as PaddingMode[];
  const isDeconvolution = name.startsWith('deconv');
  if (isDeconvolution && options.paddingMode !== undefined) {
    throw new TypeError(`Cannot ${name} with paddingMode ${describeValue(options.paddingMode)}: use isSameMode`);
  }
  const same = options.isSameMode ?? false;
  if (typeof same !== 'boolean') {
    throw new TypeError(`Cannot ${name} with isSameMode ${describeValue(same)}: needed is true or false`);
  }
  if (rank === 3 && options.paddingMode === 'CAUSAL') {
    throw new ND4JIllegalArgumentException(
      `Cannot ${name} with paddingMode CAUSAL: needed is VALID or SAME, because CAUSAL is for one and two dimensions`,
    );
  }
  const weightsFormats = Object.keys(WeightsFormat) as WeightsFormat[];
  return {
    ...numbersOf(name, rank, options),
    mode: isDeconvolution ? (same ? 'SAME' : 'VALID') : choice(name, options, 'paddingMode', modes, 'VALID'),
    channelsLast: format === formats[1],
    weightsFormat: choice(name, options, 'weightsFormat', weightsFormats, 'YXIO'),
  };
}

function choice<T extends string>(
  name: string,
  options: Options,
  field: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const value = options[field] ?? fallback;
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new TypeError(`Cannot ${name} with ${field} ${describeValue(value)}: needed is one of ${allowed.join(', ')}`);
}

function numbersOf(
  name: string,
  rank: number,
  options: Options,
): Pick<ConvolutionSettings, 'kernel' | 'stride' | 'padding' | 'dilation'> {
  const all = (letter: string, what: string, least: number, fallback: number): number[] =>
    (DIMENSIONS[rank - 1] as readonly string[]).map((dimension) => {
      const value = options[letter + dimension] ?? fallback;
      if (typeof value !== 'number') {
        throw new TypeError(
          `Cannot ${name} with ${letter}${dimension} ${describeValue(value)}: needed is a whole number`,
        );
      }
      if (Number.isInteger(value) && value >= least && value < 2 ** 31 && !(letter === 'k' && value === 0))
        return value;
      throw new ND4JIllegalArgumentException(
        `Cannot ${name}: ${what}${DIMENSION_NAMES[dimension]} can not be ${letter === 'k' ? '0 or below −1' : letter === 'p' ? 'negative' : 'negative or 0'}, got: ${value}; needed is a whole number`,
      );
    });
  return {
    kernel: all('k', 'Kernel', -1, -1),
    stride: all('s', 'Stride', 1, 1),
    padding: all('p', 'Padding', 0, 0),
    dilation: all('d', 'Dilation', 1, 1),
  };
}
