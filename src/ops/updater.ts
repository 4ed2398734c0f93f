// One step of each updater over flat vectors: the gradient becomes the update that is subtracted from the parameters. Formulas, state
// layout and rounding are ND4J's. All vectors of a step are dense, of one length and one floating type.

import { COMPUTE_F32, DOUBLE, FLOAT } from '../core/dataType.ts';
import type { DataBuffer } from '../memory/buffer.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary } from './codes.ts';
import { converted } from './converted.ts';
import { binary } from './elementwise.ts';
import { copy } from './layout.ts';

/** The numbers of `Updater` in assembly/kernels/updater.ts. */
const SGD = 0;
const NESTEROVS = 1;
const ADAM = 2;
const AMS_GRAD = 3;
const ADA_MAX = 4;
const NADAM = 5;
const ADA_BELIEF = 6;
const ADA_GRAD = 7;
const RMS_PROP = 8;
const ADA_DELTA = 9;
const SIGN = 10;

/** Where the update goes besides `gradient`: subtracted from these parameters in the same pass. */
type Parameters = ArrayView | undefined;

/** u = rate·g. @see org.nd4j.linalg.learning.SgdUpdater */
export function sgdStep(gradient: ArrayView, rate: number, parameters?: Parameters): void {
  step(SGD, parameters, gradient, gradient, gradient, gradient, rate, 0, 0, 0, 0);
}

/** v′ = momentum·v − rate·g; u = momentum·v − (1 + momentum)·v′. @see org.nd4j.linalg.learning.NesterovsUpdater */
export function nesterovsStep(
  gradient: ArrayView,
  v: ArrayView,
  rate: number,
  momentum: number,
  parameters?: Parameters,
): void {
  step(NESTEROVS, parameters, gradient, v, gradient, gradient, rate, momentum, 0, 0, 0);
}

/** m, v: moments; u = α·m/(√v + ε), α = rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ), t = iteration + 1. @see org.nd4j.linalg.learning.AdamUpdater */
export function adamStep(
  gradient: ArrayView,
  m: ArrayView,
  v: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
  parameters?: Parameters,
): void {
  const alpha = correctedRate(gradient, rate, beta1, beta2, epsilon, iteration);
  step(ADAM, parameters, gradient, m, v, gradient, alpha, beta1, beta2, epsilon, 0);
}

/** adamStep with √ of the largest v so far. @see org.nd4j.linalg.learning.AMSGradUpdater */
export function amsGradStep(
  gradient: ArrayView,
  m: ArrayView,
  v: ArrayView,
  vHat: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
  parameters?: Parameters,
): void {
  const alpha = correctedRate(gradient, rate, beta1, beta2, epsilon, iteration);
  step(AMS_GRAD, parameters, gradient, m, v, vHat, alpha, beta1, beta2, epsilon, 0);
}

/** w = max(β₂·w, |g|) + 1e-32; u = rate/(1 − β₁ᵗ)·m/w. @see org.nd4j.linalg.learning.AdaMaxUpdater */
export function adaMaxStep(
  gradient: ArrayView,
  m: ArrayView,
  w: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
  parameters?: Parameters,
): void {
  const round = roundingOf(gradient);
  const alpha = orEpsilon(round(round(rate) / (1 - power(round, beta1, iteration))), epsilon);
  step(ADA_MAX, parameters, gradient, m, w, gradient, alpha, beta1, beta2, 0, 0);
}

/** u = rate·(β₁·m + (1 − β₁)·g)/(1 − β₁ᵗ)/(√v + ε). @see org.nd4j.linalg.learning.NadamUpdater */
export function nadamStep(
  gradient: ArrayView,
  m: ArrayView,
  v: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
  parameters?: Parameters,
): void {
  const correction = 1 - power(roundingOf(gradient), beta1, iteration);
  step(NADAM, parameters, gradient, m, v, gradient, rate, beta1, beta2, epsilon, correction);
}

/** s = β₂·s + (1 − β₂)·(g − m)² + ε; u = α·m/(√s + ε), α as in adamStep. @see org.nd4j.linalg.learning.AdaBeliefUpdater */
export function adaBeliefStep(
  gradient: ArrayView,
  m: ArrayView,
  s: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
  parameters?: Parameters,
): void {
  const alpha = correctedRate(gradient, rate, beta1, beta2, epsilon, iteration);
  step(ADA_BELIEF, parameters, gradient, m, s, gradient, alpha, beta1, beta2, epsilon, 0);
}

/** h = h + g²; u = rate·g/(√h + ε). @see org.nd4j.linalg.learning.AdaGradUpdater */
export function adaGradStep(
  gradient: ArrayView,
  h: ArrayView,
  rate: number,
  epsilon: number,
  parameters?: Parameters,
): void {
  step(ADA_GRAD, parameters, gradient, h, gradient, gradient, rate, 0, 0, epsilon, 0);
}

/** h = decay·h + (1 − decay)·g²; u = rate·g/(√h + ε). @see org.nd4j.linalg.learning.RmsPropUpdater */
export function rmsPropStep(
  gradient: ArrayView,
  h: ArrayView,
  rate: number,
  decay: number,
  epsilon: number,
  parameters?: Parameters,
): void {
  step(RMS_PROP, parameters, gradient, h, gradient, gradient, rate, 0, decay, epsilon, 0);
}

/** msg = ρ·msg + (1 − ρ)·g²; u = g·√(msdx + ε)/√(msg + ε); msdx = ρ·msdx + (1 − ρ)·u². @see org.nd4j.linalg.learning.AdaDeltaUpdater */
export function adaDeltaStep(
  gradient: ArrayView,
  msg: ArrayView,
  msdx: ArrayView,
  rho: number,
  epsilon: number,
  parameters?: Parameters,
): void {
  step(ADA_DELTA, parameters, gradient, msg, msdx, gradient, 0, 0, rho, epsilon, 0);
}

/** gradient += coefficient·sign(w): L1. */
export function addSign(gradient: ArrayView, w: ArrayView, coefficient: number): void {
  step(SIGN, undefined, gradient, w, gradient, gradient, coefficient, 0, 0, 0, 0);
}

/** gradient += coefficient·w: L2 before the updater, weight decay after it. */
export function addScaled(gradient: ArrayView, w: ArrayView, coefficient: number): void {
  binary(Binary.AXPY, gradient, gradient, w, coefficient);
}

function step(
  kind: number,
  parameters: Parameters,
  gradient: ArrayView,
  s: ArrayView,
  t: ArrayView,
  r: ArrayView,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
): void {
  const { info } = gradient.buffer;
  if (info !== FLOAT && info !== DOUBLE) {
    stepConverted(kind, parameters, gradient, s, t, r, [a, b, c, d, e]);
    return;
  }
  const target = parameters === undefined ? 0 : addressOf(parameters);
  const g = addressOf(gradient);
  const { compute } = info;
  const { length } = gradient.geometry;
  runtime().kernels.updaterStep(
    kind,
    compute,
    target,
    g,
    addressOf(s),
    addressOf(t),
    addressOf(r),
    length,
    a,
    b,
    c,
    d,
    e,
  );
}

type Numbers = [number, number, number, number, number];

/** A step of HALF or BFLOAT16 vectors, on copies in float32. */
function stepConverted(
  kind: number,
  parameters: Parameters,
  gradient: ArrayView,
  s: ArrayView,
  t: ArrayView,
  r: ArrayView,
  numbers: Numbers,
): void {
  const owned: DataBuffer[] = [];
  const copies = new Map<ArrayView, ArrayView>();
  for (const each of [gradient, s, t, r, ...(parameters === undefined ? [] : [parameters])]) {
    if (!copies.has(each)) copies.set(each, converted(each, FLOAT, owned, true));
  }
  const copyOf = (view: ArrayView): ArrayView => copies.get(view) as ArrayView;
  step(
    kind,
    parameters === undefined ? undefined : copyOf(parameters),
    copyOf(gradient),
    copyOf(s),
    copyOf(t),
    copyOf(r),
    ...numbers,
  );
  for (const [view, made] of copies) copy(view, made);
  for (const buffer of owned) buffer.close();
}

type Rounding = (x: number) => number;
const keep: Rounding = (x) => x;

/** ND4J computes bias corrections in the type of the gradient. */
function roundingOf(gradient: ArrayView): Rounding {
  return gradient.buffer.info.compute === COMPUTE_F32 ? Math.fround : keep;
}

/** base^(iteration + 1). */
function power(round: Rounding, base: number, iteration: number): number {
  return round(round(base) ** round(iteration + 1));
}

function correctedRate(
  gradient: ArrayView,
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  iteration: number,
): number {
  const round = roundingOf(gradient);
  const root = round(Math.sqrt(round(1 - power(round, beta2, iteration))));
  return orEpsilon(round(round(round(rate) * root) / (1 - power(round, beta1, iteration))), epsilon);
}

/** A rate that came out as NaN, 0 or infinite is replaced by ε. */
function orEpsilon(rate: number, epsilon: number): number {
  return Number.isFinite(rate) && rate !== 0 ? rate : epsilon;
}
