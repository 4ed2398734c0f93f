// One step of an updater over flat vectors: the gradient becomes the update, the states move on, and the update is subtracted from the
// parameters if they are given. Formulas and order of operations are ND4J's; every operation is rounded to T.

import { lanes } from '../simd/lanes';

/** Room for what is left of parameters, gradient, s, t, r after the last whole vector. */
const PAD: usize = memory.data(80, 16);

/** The numbers are those of src/ops/updater.ts. */
export enum Updater {
  SGD,
  NESTEROVS,
  ADAM,
  AMS_GRAD,
  ADA_MAX,
  NADAM,
  ADA_BELIEF,
  ADA_GRAD,
  RMS_PROP,
  ADA_DELTA,
  SIGN,
}

/** What several rows have in common. */
class Parts {
  /** a·x + y·b. */
  @inline static blend<T>(a: v128, x: v128, b: v128, y: v128): v128 {
    return v128.add<T>(v128.mul<T>(a, x), v128.mul<T>(y, b));
  }

  /** 1 − x. */
  @inline static rest<T>(x: v128): v128 {
    return v128.sub<T>(v128.splat<T>(1), x);
  }

  /** The first moment m ← β₁m + (1 − β₁)g. */
  @inline static first<T>(m: usize, g: v128, beta1: v128): v128 {
    const moment = Parts.blend<T>(beta1, v128.load(m), Parts.rest<T>(beta1), g);
    v128.store(m, moment);
    return moment;
  }

  /** The second moment v ← β₂v + (1 − β₂)g². */
  @inline static second<T>(v: usize, g: v128, beta2: v128): v128 {
    const moment = Parts.blend<T>(beta2, v128.load(v), Parts.rest<T>(beta2), v128.mul<T>(g, g));
    v128.store(v, moment);
    return moment;
  }

  /** x / (√y + ε). */
  @inline static overRoot<T>(x: v128, y: v128, epsilon: v128): v128 {
    return v128.div<T>(x, v128.add<T>(v128.sqrt<T>(y), epsilon));
  }
}

// Rows: g the gradient, s, t, r addresses of the states, a to e the parameters; `vec` stores the states and returns the update.

/** a: rate. */
@final
@unmanaged
class Sgd {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    return v128.mul<T>(g, a);
  }
}
/** s: velocity; a: rate, b: momentum. */
@final
@unmanaged
class Nesterovs {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const before = v128.mul<T>(b, v128.load(s));
    const velocity = v128.sub<T>(before, v128.mul<T>(a, g));
    v128.store(s, velocity);
    return v128.add<T>(before, v128.mul<T>(v128.sub<T>(v128.neg<T>(b), v128.splat<T>(1)), velocity));
  }
}
/** s, t: moments; a: corrected rate, b: β₁, c: β₂, d: ε. */
@final
@unmanaged
class Adam {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const m = Parts.first<T>(s, g, b);
    return Parts.overRoot<T>(v128.mul<T>(m, a), Parts.second<T>(t, g, c), d);
  }
}
/** Adam with r: the largest second moment so far. */
@final
@unmanaged
class AmsGrad {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const m = Parts.first<T>(s, g, b);
    const largest = v128.max<T>(v128.load(r), Parts.second<T>(t, g, c));
    v128.store(r, largest);
    return Parts.overRoot<T>(v128.mul<T>(a, m), largest, d);
  }
}
/** s: first moment, t: decayed largest |g|; a: corrected rate, b: β₁, c: β₂. */
@final
@unmanaged
class AdaMax {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const m = Parts.first<T>(s, g, b);
    const larger = v128.max<T>(v128.mul<T>(c, v128.load(t)), v128.abs<T>(g));
    const bounded = v128.add<T>(larger, v128.splat<T>(<T>1e-32));
    v128.store(t, bounded);
    return v128.div<T>(v128.mul<T>(m, a), bounded);
  }
}
/** s, t: moments; a: rate, b: β₁, c: β₂, d: ε, e: 1 − β₁ᵗ. */
@final
@unmanaged
class Nadam {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const m = Parts.first<T>(s, g, b);
    const ahead = v128.div<T>(Parts.blend<T>(m, b, g, Parts.rest<T>(b)), e);
    return Parts.overRoot<T>(v128.mul<T>(a, ahead), Parts.second<T>(t, g, c), d);
  }
}
/** Adam with t: the variance of g about its first moment. */
@final
@unmanaged
class AdaBelief {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const m = Parts.first<T>(s, g, b);
    const surprise = v128.sub<T>(g, m);
    const spread = v128.add<T>(Parts.blend<T>(c, v128.load(t), Parts.rest<T>(c), v128.mul<T>(surprise, surprise)), d);
    v128.store(t, spread);
    return Parts.overRoot<T>(v128.mul<T>(m, a), spread, d);
  }
}
/** s: sum of g²; a: rate, d: ε. */
@final
@unmanaged
class AdaGrad {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const sum = v128.add<T>(v128.load(s), v128.mul<T>(g, g));
    v128.store(s, sum);
    return Parts.overRoot<T>(v128.mul<T>(a, g), sum, d);
  }
}
/** s: mean of g²; a: rate, c: decay, d: ε. */
@final
@unmanaged
class RmsProp {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    return Parts.overRoot<T>(v128.mul<T>(a, g), Parts.second<T>(s, g, c), d);
  }
}
/** s: mean of g², t: mean of squared updates; c: ρ, d: ε. */
@final
@unmanaged
class AdaDelta {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const mean = Parts.second<T>(s, g, c);
    const steps = v128.sqrt<T>(v128.add<T>(v128.load(t), d));
    const update = v128.mul<T>(g, v128.div<T>(steps, v128.sqrt<T>(v128.add<T>(mean, d))));
    Parts.second<T>(t, update, c);
    return update;
  }
}
/** g + a·sign(s): L1. Nothing is stored at s. */
@final
@unmanaged
class Sign {
  @inline vec<T>(g: v128, s: usize, t: usize, r: usize, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
    const w = v128.load(s);
    const zero = v128.splat<T>(0);
    const positive = v128.and(v128.gt<T>(w, zero), a);
    const negative = v128.and(v128.lt<T>(w, zero), a);
    return v128.add<T>(g, v128.sub<T>(positive, negative));
  }
}

/** `length` counts whole vectors' elements. */
function steps<Op, T>(
  parameters: usize,
  gradient: usize,
  s: usize,
  t: usize,
  r: usize,
  length: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
): void {
  const va = v128.splat<T>(<T>a);
  const vb = v128.splat<T>(<T>b);
  const vc = v128.splat<T>(<T>c);
  const vd = v128.splat<T>(<T>d);
  const ve = v128.splat<T>(<T>e);
  for (let left = length; left != 0; left -= lanes<T>()) {
    const u = changetype<Op>(0).vec<T>(v128.load(gradient), s, t, r, va, vb, vc, vd, ve);
    v128.store(gradient, u);
    if (parameters != 0) {
      v128.store(parameters, v128.sub<T>(v128.load(parameters), u));
      parameters += 16;
    }
    gradient += 16;
    s += 16;
    t += 16;
    r += 16;
  }
}

function stepAs<T>(
  kind: i32,
  parameters: usize,
  gradient: usize,
  s: usize,
  t: usize,
  r: usize,
  length: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
): void {
  switch (kind) {
    case Updater.SGD:
      return steps<Sgd, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.NESTEROVS:
      return steps<Nesterovs, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.ADAM:
      return steps<Adam, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.AMS_GRAD:
      return steps<AmsGrad, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.ADA_MAX:
      return steps<AdaMax, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.NADAM:
      return steps<Nadam, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.ADA_BELIEF:
      return steps<AdaBelief, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.ADA_GRAD:
      return steps<AdaGrad, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.RMS_PROP:
      return steps<RmsProp, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.ADA_DELTA:
      return steps<AdaDelta, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
    case Updater.SIGN:
      return steps<Sign, T>(parameters, gradient, s, t, r, length, a, b, c, d, e);
  }
}

/**
 * gradient[i] ← update, states ← next states, and parameters[i] −= update unless `parameters` is 0.
 *
 * all vectors  [length], apart from each other; a state that a row does not have must be `gradient`
 * cost         one pass over every vector
 * error        each operation rounded once (updater.test.ts)
 */
export function updaterStep(
  kind: i32,
  compute: i32,
  parameters: usize,
  gradient: usize,
  s: usize,
  t: usize,
  r: usize,
  length: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
): void {
  const tail = length & (compute == 0 ? 3 : 1);
  const whole = length - tail;
  stepWhole(kind, compute, parameters, gradient, s, t, r, whole, a, b, c, d, e);
  if (tail == 0) return;
  // What is left goes through the same code in a vector of its own.
  const shift: usize = compute == 0 ? 2 : 3;
  const bytes = (<usize>tail) << shift;
  const at = (<usize>whole) << shift;
  if (parameters != 0) memory.copy(PAD, parameters + at, bytes);
  memory.copy(PAD + 16, gradient + at, bytes);
  memory.copy(PAD + 32, s + at, bytes);
  memory.copy(PAD + 48, t + at, bytes);
  memory.copy(PAD + 64, r + at, bytes);
  stepWhole(
    kind,
    compute,
    parameters != 0 ? PAD : 0,
    PAD + 16,
    PAD + 32,
    PAD + 48,
    PAD + 64,
    16 >> <u32>shift,
    a,
    b,
    c,
    d,
    e,
  );
  // The gradient comes last: it may stand for states that the row does not have.
  memory.copy(r + at, PAD + 64, bytes);
  memory.copy(t + at, PAD + 48, bytes);
  memory.copy(s + at, PAD + 32, bytes);
  memory.copy(gradient + at, PAD + 16, bytes);
  if (parameters != 0) memory.copy(parameters + at, PAD, bytes);
}

function stepWhole(
  kind: i32,
  compute: i32,
  parameters: usize,
  gradient: usize,
  s: usize,
  t: usize,
  r: usize,
  length: u32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  e: f64,
): void {
  if (compute == 0) stepAs<f32>(kind, parameters, gradient, s, t, r, length, a, b, c, d, e);
  else stepAs<f64>(kind, parameters, gradient, s, t, r, length, a, b, c, d, e);
}
