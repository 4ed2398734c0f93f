// The activation functions as descriptions: which function, with which constants.

import { Description, Family, optionsOf, spelled } from '../core/description.ts';
import { DL4JInvalidConfigException } from '../core/errors.ts';
import { field, finite, flag, type Kind, nullable } from '../core/fields.ts';

const PACKAGE = 'org.nd4j.linalg.activations.impl.';

/** An activation function with its constants. @see org.nd4j.linalg.activations.IActivation */
export abstract class IActivation extends Description {
  /** Whether every value it gives lies between 0 and 1, as a probability must. */
  get isProbability(): boolean {
    return false;
  }

  /** DL4J's short name, as messages and summaries print it: `relu`, `tanh`. */
  override toString(): string {
    return this.simpleName.slice('Activation'.length).toLowerCase();
  }
}

/** x³ @see org.nd4j.linalg.activations.impl.ActivationCube */
export class ActivationCube extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationCube`;
}

/** x, and α(eˣ − 1) below 0. As in M2.1, the gradient uses α = 1 whatever alpha is. @see org.nd4j.linalg.activations.impl.ActivationELU */
export class ActivationELU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationELU`;
  static override readonly fields = { alpha: field(finite, 1) };
  declare readonly alpha: number;

  constructor(alpha?: number | { alpha?: number }) {
    super(optionsOf([alpha], ['alpha']));
  }
}

/** x · σ(1.702 x), or the form with tanh if precise. @see org.nd4j.linalg.activations.impl.ActivationGELU */
export class ActivationGELU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationGELU`;
  static override readonly fields = { precise: field(flag, false) };
  declare readonly precise: boolean;

  constructor(precise?: boolean | { precise?: boolean }) {
    super(optionsOf([precise], ['precise']));
  }
}

/** 0.2 x + 0.5 within 0 and 1. @see org.nd4j.linalg.activations.impl.ActivationHardSigmoid */
export class ActivationHardSigmoid extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationHardSigmoid`;
  override get isProbability(): boolean {
    return true;
  }
}

/** x within −1 and 1. @see org.nd4j.linalg.activations.impl.ActivationHardTanH */
export class ActivationHardTanH extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationHardTanH`;
}

/** x @see org.nd4j.linalg.activations.impl.ActivationIdentity */
export class ActivationIdentity extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationIdentity`;
}

/** x, and αx below 0; α = 0.01. @see org.nd4j.linalg.activations.impl.ActivationLReLU */
export class ActivationLReLU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationLReLU`;
  static override readonly fields = { alpha: field(finite, 0.01) };
  declare readonly alpha: number;

  constructor(alpha?: number | { alpha?: number }) {
    super(optionsOf([alpha], ['alpha']));
  }

  override toString(): string {
    return `leakyrelu(a=${this.alpha})`;
  }
}

/** x · tanh(ln(1 + eˣ)) @see org.nd4j.linalg.activations.impl.ActivationMish */
export class ActivationMish extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationMish`;
}

/** 1.7159 · tanh(2x/3), approximated by a quotient. @see org.nd4j.linalg.activations.impl.ActivationRationalTanh */
export class ActivationRationalTanh extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationRationalTanh`;
}

/** max(0, tanh x) @see org.nd4j.linalg.activations.impl.ActivationRectifiedTanh */
export class ActivationRectifiedTanh extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationRectifiedTanh`;
}

/** Options of ActivationReLU; null stands for no maximum, threshold 0 and slope 0. */
export interface ActivationReLUOptions {
  max?: number | null;
  threshold?: number | null;
  negativeSlope?: number | null;
}
/** max(0, x), optionally with a maximum, a threshold and a slope below it. @see org.nd4j.linalg.activations.impl.ActivationReLU */
export class ActivationReLU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationReLU`;
  static override readonly fields = {
    max: field(nullable(finite), null),
    threshold: field(nullable(finite), null),
    negativeSlope: field(nullable(finite), null),
  };
  declare readonly max: number | null;
  declare readonly threshold: number | null;
  declare readonly negativeSlope: number | null;

  constructor(max?: number | null | ActivationReLUOptions, threshold?: number | null, negativeSlope?: number | null) {
    super(optionsOf([max, threshold, negativeSlope], ['max', 'threshold', 'negativeSlope']));
  }
}

/** min(max(0, x), 6) @see org.nd4j.linalg.activations.impl.ActivationReLU6 */
export class ActivationReLU6 extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationReLU6`;
}

/** Leaky ReLU whose slope is drawn between l = 1/8 and u = 1/3 for each element. @see org.nd4j.linalg.activations.impl.ActivationRReLU */
export class ActivationRReLU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationRReLU`;
  static override readonly fields = { l: field(finite, 1 / 8), u: field(finite, 1 / 3) };
  declare readonly l: number;
  declare readonly u: number;

  constructor(l?: number | { l?: number; u?: number }, u?: number) {
    super(optionsOf([l, u], ['l', 'u']));
  }

  protected override validate(): void {
    if (this.l > this.u) {
      throw new DL4JInvalidConfigException(
        `Invalid ActivationRReLU.u: found ${this.u}, needed is a number of at least l (${this.l})`,
      );
    }
  }
}

/** λ (x, or α(eˣ − 1) below 0) @see org.nd4j.linalg.activations.impl.ActivationSELU */
export class ActivationSELU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSELU`;
}

/** 1 / (1 + e⁻ˣ) @see org.nd4j.linalg.activations.impl.ActivationSigmoid */
export class ActivationSigmoid extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSigmoid`;
  override get isProbability(): boolean {
    return true;
  }
}

/** eˣ over the sum of a row. @see org.nd4j.linalg.activations.impl.ActivationSoftmax */
export class ActivationSoftmax extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSoftmax`;
  override get isProbability(): boolean {
    return true;
  }
}

/** ln(1 + eˣ) @see org.nd4j.linalg.activations.impl.ActivationSoftPlus */
export class ActivationSoftPlus extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSoftPlus`;
}

/** x / (1 + |x|) @see org.nd4j.linalg.activations.impl.ActivationSoftSign */
export class ActivationSoftSign extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSoftSign`;
}

/** x · σ(x) @see org.nd4j.linalg.activations.impl.ActivationSwish */
export class ActivationSwish extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationSwish`;
}

/** tanh x @see org.nd4j.linalg.activations.impl.ActivationTanH */
export class ActivationTanH extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationTanH`;
}

/** x above θ = 1, else 0. @see org.nd4j.linalg.activations.impl.ActivationThresholdedReLU */
export class ActivationThresholdedReLU extends IActivation {
  static override readonly javaName = `${PACKAGE}ActivationThresholdedReLU`;
  static override readonly fields = { theta: field(finite, 1) };
  declare readonly theta: number;

  constructor(theta?: number | { theta?: number }) {
    super(optionsOf([theta], ['theta']));
  }
}

const byName = {
  CUBE: ActivationCube,
  ELU: ActivationELU,
  HARDSIGMOID: ActivationHardSigmoid,
  HARDTANH: ActivationHardTanH,
  IDENTITY: ActivationIdentity,
  LEAKYRELU: ActivationLReLU,
  RATIONALTANH: ActivationRationalTanh,
  RELU: ActivationReLU,
  RELU6: ActivationReLU6,
  RRELU: ActivationRReLU,
  SIGMOID: ActivationSigmoid,
  SOFTMAX: ActivationSoftmax,
  SOFTPLUS: ActivationSoftPlus,
  SOFTSIGN: ActivationSoftSign,
  TANH: ActivationTanH,
  RECTIFIEDTANH: ActivationRectifiedTanh,
  SELU: ActivationSELU,
  SWISH: ActivationSwish,
  THRESHOLDEDRELU: ActivationThresholdedReLU,
  GELU: ActivationGELU,
  MISH: ActivationMish,
} as const;

/** Activation functions by name, with their default constants. @see org.nd4j.linalg.activations.Activation */
export const Activation = Object.freeze(
  Object.fromEntries(Object.keys(byName).map((name) => [name, name])) as { readonly [K in keyof typeof byName]: K },
);
export type Activation = keyof typeof byName;

/** The description of a named activation function. @see org.nd4j.linalg.activations.Activation#getActivationFunction */
export function activationOf(name: Activation): IActivation {
  return new byName[name]();
}

/** Every known activation function. */
export const activationFamily: Family<IActivation> = new Family('an activation function', IActivation);
activationFamily.add(...Object.values(byName));

/** An activation function or its name, in capitals as in the enumeration or not, as DL4J takes it. */
export const activationKind: Kind<IActivation> = spelled<IActivation>(activationFamily, (value, place) => {
  if (typeof value !== 'string') return value;
  const name = value.toUpperCase();
  if (!Object.hasOwn(byName, name)) {
    place.wrongType(value, `an activation function or one of ${Object.keys(byName).join(', ')}`);
  }
  return activationOf(name as Activation);
});
