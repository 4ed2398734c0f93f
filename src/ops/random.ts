// Random fills of arrays, with the numbers and the states of ND4J's generator.

import { COMPUTE_F64, type DataTypeInfo, DOUBLE, FLOAT } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { denseGeometry, type Geometry, sameShape } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import { checkArgument } from '../memory/validity.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Unary } from './codes.ts';
import { unary } from './elementwise.ts';
import { copy, fill } from './layout.ts';
import { RandomState } from './randomState.ts';

/** The numbers of `Draw` in assembly/kernels/random.ts. */
const UNIFORM = 0;
const BERNOULLI = 1;
const DROP_OUT = 2;
const ALPHA_DROP_OUT = 3;
const MERGE = 4;
const EXPONENTIAL = 5;

const SMALLEST_NORMAL = [2 ** -126, 2 ** -1022] as const;

/**
 * ND4J's generator, what `Nd4j.getRandom()` gives: scalar draws and fills of floating-point arrays.
 *
 * - Targets may have any strides. Element e of an array that is dense in 'c' or 'f' order is the e-th in memory, of any
 *   other the e-th in 'c' order. HALF and BFLOAT16 are computed in float32.
 * - A fill of L elements moves the node state by L (exponential not at all, as in ND4J).
 * - Inputs have the target's shape; they may be the target.
 * @see org.nd4j.rng.NativeRandom, org.nd4j.linalg.api.ops.random.impl
 */
export class NativeRandom extends RandomState {
  /** out = from + u·(to − from), u uniform on [0, 1). */
  fillUniform(out: ArrayView, from = 0, to = 1): void {
    this.#draw('distribution_uniform', UNIFORM, out, undefined, undefined, from, to);
  }

  /** out = mean + deviation · normal; an array of means gives each element its own. */
  fillGaussian(out: ArrayView, mean: number | ArrayView = 0, deviation = 1): void {
    const means = typeof mean === 'object' ? mean : undefined;
    const stage = new Stage('distribution_gaussian', out, means);
    runtime().kernels.randomGaussian(
      stage.compute,
      stage.out,
      means === undefined ? 0 : stage.x,
      stage.length,
      this.rootLow,
      this.nodeLow,
      means === undefined ? (mean as number) : 0,
      deviation,
    );
    this.moveBy(stage.length);
    stage.finish();
  }

  /** Like fillGaussian, within two deviations: what lies outside is drawn once more, then becomes the mean (next to it). */
  fillTruncatedNormal(out: ArrayView, mean = 0, deviation = 1): void {
    const { kernels } = runtime();
    const stage = new Stage('distribution_truncated', out);
    const { compute, length } = stage;
    kernels.randomGaussian(compute, stage.out, 0, length, this.rootLow, this.nodeLow, mean, deviation);
    kernels.randomTruncate(compute, stage.out, length, this.rootLow, this.nodeLow, mean, deviation);
    this.moveBy(length);
    stage.finish();
  }

  /** out = exp(mean + deviation · normal). */
  fillLogNormal(out: ArrayView, mean: number | ArrayView = 0, deviation = 1): void {
    this.fillGaussian(out, mean, deviation);
    unary(Unary.EXP, out, out);
  }

  /** out = 1 with probability p, else 0; an array of probabilities gives each element its own. */
  fillBernoulli(out: ArrayView, p: number | ArrayView): void {
    checkArgument('distribution_bernoulli', 'Z', out);
    checkFloating(out);
    if (typeof p === 'number') fill(out, p);
    this.#draw('distribution_bernoulli', BERNOULLI, out, typeof p === 'number' ? out : p);
  }

  /** out = successes in `trials` attempts of probability p; an array of probabilities is a vector with one for each trial. */
  fillBinomial(out: ArrayView, trials: number, p: number | ArrayView): void {
    this.#binomial(out, trials, p, 0);
  }

  /** Like fillBinomial, but an array of probabilities has one for each element. @see org.nd4j…BinomialDistributionEx */
  fillBinomialEach(out: ArrayView, trials: number, p: number | ArrayView): void {
    this.#binomial(out, trials, p, 1);
  }

  /** out = exponentially distributed numbers with mean 1/lambda. The state does not move: the next call gives the same ones. */
  fillExponential(out: ArrayView, lambda: number): void {
    const stage = new Stage('random_exponential', out);
    this.#run(EXPONENTIAL, stage, lambda, SMALLEST_NORMAL[stage.compute] as number, 0, 0);
    stage.finish();
  }

  /** out = x with probability p, else 0. */
  dropOut(out: ArrayView, x: ArrayView, p: number): void {
    this.#draw('dropout', DROP_OUT, out, x, undefined, p, 1);
  }

  /** out = x/p with probability p, else 0. */
  dropOutInverted(out: ArrayView, x: ArrayView, p: number): void {
    this.#draw('dropout_inverted', DROP_OUT, out, x, undefined, p, p);
  }

  /** out = slope·x + offset with probability p, else slope·dropped + offset. @see org.nd4j…AlphaDropOut(x, p, a, alphaPrime, b) */
  alphaDropOut(out: ArrayView, x: ArrayView, p: number, slope: number, dropped: number, offset: number): void {
    this.#draw('alpha_dropout', ALPHA_DROP_OUT, out, x, undefined, p, slope, offset, dropped);
  }

  /** out = y with probability p, else x. @see org.nd4j…ProbablisticMerge */
  merge(out: ArrayView, x: ArrayView, y: ArrayView, p: number): void {
    this.#draw('probablistic_merge', MERGE, out, x, y, p);
  }

  /** Each element of out = one of `source`, chosen by `probabilities`; both are vectors of one length. @see org.nd4j…Choice */
  choose(out: ArrayView, source: ArrayView, probabilities: ArrayView): void {
    checkVector('choice', source, 1, 'a source');
    checkVector('choice', probabilities, source.geometry.length, 'probabilities');
    const stage = new Stage('choice', out);
    const from = dense(source, stage.info);
    const by = dense(probabilities, stage.info);
    const { compute, length } = stage;
    const count = from.geometry.length;
    const { kernels } = runtime();
    kernels.randomChoose(compute, stage.out, addressOf(from), addressOf(by), count, length, this.rootLow, this.nodeLow);
    this.moveBy(length);
    if (from !== source) from.buffer.close();
    if (by !== probabilities) by.buffer.close();
    stage.finish();
  }

  #draw(name: string, draw: number, out: ArrayView, x?: ArrayView, y?: ArrayView, a = 0, b = 0, c = 0, d = 0): void {
    const stage = new Stage(name, out, x, y);
    this.#run(draw, stage, a, b, c, d);
    this.moveBy(stage.length);
    stage.finish();
  }

  #run(draw: number, stage: Stage, a: number, b: number, c: number, d: number): void {
    const { compute, out, x, y, length } = stage;
    runtime().kernels.randomDraw(draw, compute, out, x, y, length, this.rootLow, this.nodeLow, a, b, c, d);
  }

  #binomial(out: ArrayView, trials: number, p: number | ArrayView, perElement: number): void {
    const each = typeof p === 'object' && perElement === 1 ? p : undefined;
    if (typeof p === 'object' && perElement === 0) checkVector('distribution_binomial', p, trials, 'probabilities');
    const stage = new Stage('distribution_binomial', out, each);
    const { compute, length } = stage;
    const perTrial = typeof p === 'object' && perElement === 0 ? dense(p, stage.info) : undefined;
    const address = typeof p === 'number' ? 0 : perTrial === undefined ? stage.x : addressOf(perTrial);
    const chance = typeof p === 'number' ? p : 0;
    const { kernels } = runtime();
    kernels.randomBinomial(compute, stage.out, address, perElement, length, trials, this.rootLow, this.nodeLow, chance);
    if (perTrial !== undefined && perTrial !== p) perTrial.buffer.close();
    if (trials > 0) this.moveBy(length);
    stage.finish();
  }
}

/** The operands of one fill as the kernels need them: dense, of one type and one order, others as copies. An absent input gets out's address. */
class Stage {
  readonly info: DataTypeInfo;
  readonly compute: number;
  readonly length: number;
  readonly out: number;
  readonly x: number;
  readonly y: number;
  readonly #target: ArrayView;
  #copies: ArrayView[] | undefined;

  constructor(name: string, target: ArrayView, x?: ArrayView, y?: ArrayView) {
    const { geometry, buffer } = target;
    checkArgument(name, 'Z', target);
    checkFloating(target);
    if (x !== undefined) checkInput(name, 'X', x, target);
    if (y !== undefined) checkInput(name, 'Y', y, target);
    this.#target = target;
    this.compute = buffer.info.compute;
    this.info = this.compute === COMPUTE_F64 ? DOUBLE : FLOAT;
    this.length = geometry.length;
    const direct = geometry.isDense && buffer.info === this.info && fits(x, target) && fits(y, target);
    if (direct) {
      this.out = addressOf(target);
      this.x = x === undefined ? this.out : addressOf(x);
      this.y = y === undefined ? this.out : addressOf(y);
    } else {
      const out = temporary(geometry, this.info);
      this.#copies = [out];
      this.out = addressOf(out);
      this.x = x === undefined ? this.out : this.#copyOf(x);
      this.y = y === undefined ? this.out : this.#copyOf(y);
    }
  }

  /** Copies the result to a target that the kernel could not write, and frees the copies. */
  finish(): void {
    const copies = this.#copies;
    if (copies === undefined) return;
    copy(this.#target, copies[0] as ArrayView);
    for (const each of copies) each.buffer.close();
  }

  #copyOf(view: ArrayView): number {
    const made = temporary(view.geometry, this.info);
    this.#copies?.push(made);
    copy(made, view);
    return addressOf(made);
  }
}

/** @throws {ND4JIllegalStateException} for integers and booleans. */
function checkFloating({ buffer }: ArrayView): void {
  if (buffer.info.isFloating) return;
  throw new ND4JIllegalStateException(
    `Cannot fill an array of type ${buffer.info.name} with random numbers: Op.Z must have one of floating point types`,
  );
}

/** @throws {ND4JIllegalStateException} when the input may not be read, or has another number of elements. */
function checkInput(name: string, letter: 'X' | 'Y', input: ArrayView, target: ArrayView): void {
  checkArgument(name, letter, input);
  if (input.geometry.length === target.geometry.length) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} shape ${formatShape(input.geometry.shape)} into shape ${formatShape(target.geometry.shape)}: both must have the same number of elements`,
  );
}

/** @throws {ND4JIllegalStateException} when a vector may not be read, or has fewer elements than needed. */
function checkVector(name: string, vector: ArrayView, needed: number, what: string): void {
  checkArgument(name, 'Y', vector);
  if (vector.geometry.length >= needed) return;
  throw new ND4JIllegalStateException(
    `Cannot ${name} with ${what} of shape ${formatShape(vector.geometry.shape)}: needed are ${needed} elements`,
  );
}

/** Same type and same places in memory. */
function fits(view: ArrayView | undefined, target: ArrayView): boolean {
  if (view === undefined || view === target) return true;
  const a = view.geometry;
  const b = target.geometry;
  if (view.buffer.info !== target.buffer.info) return false;
  return a === b || (sameShape(a.shape, b.shape) && ((a.isDenseC && b.isDenseC) || (a.isDenseF && b.isDenseF)));
}

function temporary(geometry: Geometry, info: DataTypeInfo): ArrayView {
  return {
    buffer: DataBuffer.allocateDetached(info, geometry.length, false),
    offset: 0,
    geometry: denseGeometry(geometry.shape),
  };
}

/** The view itself, or a dense copy of the given type that the caller closes. */
function dense(view: ArrayView, info: DataTypeInfo): ArrayView {
  if (view.buffer.info === info && view.geometry.isDenseC) return view;
  const made = temporary(view.geometry, info);
  copy(made, view);
  return made;
}

let shared: NativeRandom | undefined;

/** The generator of this realm (the main thread or one worker), seeded by the time until someone seeds it. */
export function realmRandom(): NativeRandom {
  shared ??= new NativeRandom();
  return shared;
}
