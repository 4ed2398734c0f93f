// Weight initialization as descriptions: which scheme, from which distribution.

import { Description, type DescriptionClass, Family, optionsOf, spelled } from '../core/description.ts';
import { field, finite, type Kind, nullable } from '../core/fields.ts';
import { Distribution, distributionFamily, NormalDistribution } from './distributions.ts';

const PACKAGE = 'org.deeplearning4j.nn.weights.';

/** A scheme for initial weights. @see org.deeplearning4j.nn.weights.IWeightInit */
export abstract class IWeightInit extends Description {}

/** One value everywhere. @see org.deeplearning4j.nn.weights.WeightInitConstant */
export class WeightInitConstant extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitConstant`;
  static override readonly fields = { value: field(finite, 0) };
  declare readonly value: number;

  constructor(value?: number | { value?: number }) {
    super(optionsOf([value], ['value']));
  }
}
/** Draws from a distribution. @see org.deeplearning4j.nn.weights.WeightInitDistribution */
export class WeightInitDistribution extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitDistribution`;
  static override readonly fields = { distribution: field<Distribution>(distributionFamily, new NormalDistribution()) };
  declare readonly distribution: Distribution;

  constructor(distribution: Distribution | { distribution: Distribution }) {
    super(optionsOf([distribution], ['distribution']));
  }
}

/** A scheme with an optional factor. */
abstract class ScaledWeightInit extends IWeightInit {
  static override readonly fields = { scale: field(nullable(finite), null) };
  declare readonly scale: number | null;

  constructor(scale?: number | null | { scale?: number | null }) {
    super(optionsOf([scale], ['scale']));
  }
}
/** The identity matrix, or a convolution that passes its input through. @see org.deeplearning4j.nn.weights.WeightInitIdentity */
export class WeightInitIdentity extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitIdentity`;
}
/** Truncated normal, σ² = 1 / fanIn. @see org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanIn */
export class WeightInitVarScalingNormalFanIn extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingNormalFanIn`;
}
/** Truncated normal, σ² = 1 / fanOut. @see org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanOut */
export class WeightInitVarScalingNormalFanOut extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingNormalFanOut`;
}
/** Truncated normal, σ² = 2 / (fanIn + fanOut). @see org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanAvg */
export class WeightInitVarScalingNormalFanAvg extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingNormalFanAvg`;
}
/** Uniform within ±3 / √fanIn. @see org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanIn */
export class WeightInitVarScalingUniformFanIn extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingUniformFanIn`;
}
/** Uniform within ±3 / √fanOut. @see org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanOut */
export class WeightInitVarScalingUniformFanOut extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingUniformFanOut`;
}
/** Uniform within ±3 / √((fanIn + fanOut) / 2). @see org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanAvg */
export class WeightInitVarScalingUniformFanAvg extends ScaledWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitVarScalingUniformFanAvg`;
}

/** Uniform within ±3 / √fanIn (not √3 / √fanIn, as the paper has it). @see org.deeplearning4j.nn.weights.WeightInitLecunUniform */
export class WeightInitLecunUniform extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitLecunUniform`;
}
/** Gaussian, σ² = 1 / fanIn. @see org.deeplearning4j.nn.weights.WeightInitNormal */
export class WeightInitNormal extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitNormal`;
}
/** Gaussian, σ² = 2 / fanIn (He et al.). @see org.deeplearning4j.nn.weights.WeightInitRelu */
export class WeightInitRelu extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitRelu`;
}
/** Uniform within ±√(6 / fanIn). @see org.deeplearning4j.nn.weights.WeightInitReluUniform */
export class WeightInitReluUniform extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitReluUniform`;
}
/** Uniform within ±4 √(6 / (fanIn + fanOut)). @see org.deeplearning4j.nn.weights.WeightInitSigmoidUniform */
export class WeightInitSigmoidUniform extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitSigmoidUniform`;
}
/** Uniform within ±1 / √fanIn. @see org.deeplearning4j.nn.weights.WeightInitUniform */
export class WeightInitUniform extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitUniform`;
}
/** Gaussian, σ² = 2 / (fanIn + fanOut) (Glorot and Bengio). @see org.deeplearning4j.nn.weights.WeightInitXavier */
export class WeightInitXavier extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitXavier`;
}
/** Gaussian, σ² = 1 / (shape[0] + shape[1]). @see org.deeplearning4j.nn.weights.WeightInitXavierLegacy */
export class WeightInitXavierLegacy extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitXavierLegacy`;
}
/** Uniform within ±√6 / √(fanIn + fanOut). @see org.deeplearning4j.nn.weights.WeightInitXavierUniform */
export class WeightInitXavierUniform extends IWeightInit {
  static override readonly javaName = `${PACKAGE}WeightInitXavierUniform`;
}

const byName = {
  ZERO: () => new WeightInitConstant(0),
  ONES: () => new WeightInitConstant(1),
  SIGMOID_UNIFORM: () => new WeightInitSigmoidUniform(),
  NORMAL: () => new WeightInitNormal(),
  LECUN_NORMAL: () => new WeightInitNormal(),
  UNIFORM: () => new WeightInitUniform(),
  XAVIER: () => new WeightInitXavier(),
  XAVIER_UNIFORM: () => new WeightInitXavierUniform(),
  XAVIER_FAN_IN: () => new WeightInitNormal(),
  XAVIER_LEGACY: () => new WeightInitXavierLegacy(),
  RELU: () => new WeightInitRelu(),
  RELU_UNIFORM: () => new WeightInitReluUniform(),
  IDENTITY: () => new WeightInitIdentity(),
  LECUN_UNIFORM: () => new WeightInitLecunUniform(),
  VAR_SCALING_NORMAL_FAN_IN: () => new WeightInitVarScalingNormalFanIn(),
  VAR_SCALING_NORMAL_FAN_OUT: () => new WeightInitVarScalingNormalFanOut(),
  VAR_SCALING_NORMAL_FAN_AVG: () => new WeightInitVarScalingNormalFanAvg(),
  VAR_SCALING_UNIFORM_FAN_IN: () => new WeightInitVarScalingUniformFanIn(),
  VAR_SCALING_UNIFORM_FAN_OUT: () => new WeightInitVarScalingUniformFanOut(),
  VAR_SCALING_UNIFORM_FAN_AVG: () => new WeightInitVarScalingUniformFanAvg(),
} as const;

/** Names of schemes. For draws from a distribution, give the Distribution itself. @see org.deeplearning4j.nn.weights.WeightInit */
export const WeightInit = Object.freeze(
  Object.fromEntries(Object.keys(byName).map((name) => [name, name])) as { readonly [K in keyof typeof byName]: K },
);
export type WeightInit = keyof typeof byName;

/** What layers and builders take for weightInit. */
export type WeightInitLike = WeightInit | IWeightInit | Distribution;

const schemes: readonly DescriptionClass<IWeightInit>[] = [
  WeightInitConstant,
  WeightInitDistribution,
  WeightInitIdentity,
  WeightInitLecunUniform,
  WeightInitNormal,
  WeightInitRelu,
  WeightInitReluUniform,
  WeightInitSigmoidUniform,
  WeightInitUniform,
  WeightInitVarScalingNormalFanIn,
  WeightInitVarScalingNormalFanOut,
  WeightInitVarScalingNormalFanAvg,
  WeightInitVarScalingUniformFanIn,
  WeightInitVarScalingUniformFanOut,
  WeightInitVarScalingUniformFanAvg,
  WeightInitXavier,
  WeightInitXavierLegacy,
  WeightInitXavierUniform,
];

/** Every known scheme. */
export const weightInitFamily: Family<IWeightInit> = new Family('a weight initialization', IWeightInit);
weightInitFamily.add(...schemes);

/** A scheme, its name, or a distribution to draw from. */
export const weightInitKind: Kind<IWeightInit> = spelled<IWeightInit>(weightInitFamily, (value, place) => {
  if (value instanceof Distribution) return new WeightInitDistribution(value);
  if (typeof value !== 'string') return value;
  if (value === 'DISTRIBUTION')
    place.wrongType(value, 'the Distribution itself, for example new NormalDistribution(0, 0.1)');
  if (!Object.hasOwn(byName, value)) {
    place.wrongType(value, `a weight initialization, a distribution or one of ${Object.keys(byName).join(', ')}`);
  }
  return byName[value as WeightInit]();
});
