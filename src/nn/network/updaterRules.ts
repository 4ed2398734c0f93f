// From the description of an updater to its steps: learning rate and momentum of the iteration, and the arrays of its state.

import { DL4JInvalidConfigException } from '../../core/errors.ts';
import { vectorGeometry } from '../../core/geometry.ts';
import {
  AdaBelief,
  AdaDelta,
  AdaGrad,
  AdaMax,
  Adam,
  AMSGrad,
  type IUpdater,
  Nadam,
  Nesterovs,
  NoOp,
  RmsProp,
  Sgd,
} from '../../learning/updaters.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { fill } from '../../ops/layout.ts';
import {
  adaBeliefStep,
  adaDeltaStep,
  adaGradStep,
  adaMaxStep,
  adamStep,
  amsGradStep,
  nadamStep,
  nesterovsStep,
  rmsPropStep,
  sgdStep,
} from '../../ops/updater.ts';

/** AdaGrad's sums start here, as in DL4J whatever the configured ε. */
const ADA_GRAD_START = 1e-6;

/** The step of a rule with two moments as the first of its states. */
type MomentsStep = typeof adamStep;
const momentSteps: ReadonlyMap<unknown, MomentsStep> = new Map<unknown, MomentsStep>([
  [Adam, adamStep],
  [AdaMax, adaMaxStep],
  [Nadam, nadamStep],
  [AdaBelief, adaBeliefStep],
]);

/**
 * A rule with its state for so many parameters. The state is one vector: for Adam all first moments, then all second ones.
 * @see org.nd4j.linalg.learning.GradientUpdater
 */
export class UpdaterRule {
  readonly #states: readonly ArrayView[];

  /** @param state a vector of `config.stateSize(parameters)` elements; null when that is 0 */
  constructor(
    readonly config: IUpdater,
    state: ArrayView | null,
    parameters: number,
  ) {
    const count = state === null ? 0 : state.geometry.length / parameters;
    const geometry = vectorGeometry(parameters);
    this.#states = Array.from({ length: count }, (_, index) =>
      viewed(state as ArrayView, index * parameters, geometry),
    );
  }

  /** Writes the state that the first step starts from. */
  initializeState(): void {
    const { config } = this;
    const start = config instanceof AdaGrad ? ADA_GRAD_START : config instanceof RmsProp ? config.epsilon : 0;
    for (const each of this.#states) fill(each, start);
  }

  /** The state of some of the parameters, array by array. */
  statesOf(offset: number, length: number): ArrayView[] {
    return this.#states.map((state) => viewed(state, offset, vectorGeometry(length)));
  }

  /** Turns the gradient into the update, in place, and subtracts it from `parameters` if they are given. */
  step(gradient: ArrayView, iteration: number, epoch: number, parameters?: ArrayView): void {
    const { config } = this;
    const rate = config.getLearningRate(iteration, epoch);
    const [s, t, r] = this.#states as readonly [ArrayView, ArrayView, ArrayView];
    const moments = momentSteps.get(config.constructor);
    if (moments !== undefined) {
      const { beta1, beta2, epsilon } = config as Adam;
      moments(gradient, s, t, rate, beta1, beta2, epsilon, iteration, parameters);
    } else if (config instanceof Sgd) sgdStep(gradient, rate, parameters);
    else if (config instanceof Nesterovs) {
      nesterovsStep(gradient, s, rate, config.getMomentum(iteration, epoch), parameters);
    } else if (config instanceof AMSGrad) {
      const { beta1, beta2, epsilon } = config;
      amsGradStep(gradient, s, t, r, rate, beta1, beta2, epsilon, iteration, parameters);
    } else if (config instanceof AdaGrad) adaGradStep(gradient, s, rate, config.epsilon, parameters);
    else if (config instanceof RmsProp) rmsPropStep(gradient, s, rate, config.rmsDecay, config.epsilon, parameters);
    else if (config instanceof AdaDelta) adaDeltaStep(gradient, s, t, config.rho, config.epsilon, parameters);
    else if (!(config instanceof NoOp)) {
      throw new DL4JInvalidConfigException(`Cannot update with ${config.simpleName}: needed is one of DL4J's updaters`);
    } else if (parameters !== undefined) binary(Binary.SUB, parameters, parameters, gradient);
  }
}
