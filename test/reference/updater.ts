// One element of each updater as its formulas stand, every operation rounded by `f`: the oracle of src/ops/updater.ts.

type Rounding = (x: number) => number;
export type Rates = Readonly<Record<'rate' | 'momentum' | 'beta1' | 'beta2' | 'epsilon' | 'decay', number>>;

/** The update for gradient g; `s` holds the element's states and moves on. */
export type Reference = (f: Rounding, g: number, s: number[], h: Rates, t: number) => number;

const blend = (f: Rounding, b: number, x: number, y: number): number => f(f(b * x) + f(y * f(1 - b)));
const overRoot = (f: Rounding, x: number, y: number, eps: number): number => f(x / f(f(Math.sqrt(y)) + eps));
const corrected = (f: Rounding, h: Rates, t: number): number =>
  f(f(h.rate * f(Math.sqrt(f(1 - f(h.beta2 ** t))))) / (1 - f(h.beta1 ** t)));

export const references: Readonly<Record<string, { states: number; step: Reference }>> = {
  sgd: { states: 0, step: (f, g, _, h) => f(g * h.rate) },
  nesterovs: {
    states: 1,
    step: (f, g, s, h) => {
      const before = f(h.momentum * (s[0] as number));
      s[0] = f(before - f(h.rate * g));
      return f(before + f(f(-h.momentum - 1) * s[0]));
    },
  },
  adam: {
    states: 2,
    step: (f, g, s, h, t) => {
      s[0] = blend(f, h.beta1, s[0] as number, g);
      s[1] = blend(f, h.beta2, s[1] as number, f(g * g));
      return overRoot(f, f(s[0] * corrected(f, h, t)), s[1], h.epsilon);
    },
  },
  amsGrad: {
    states: 3,
    step: (f, g, s, h, t) => {
      s[0] = blend(f, h.beta1, s[0] as number, g);
      s[1] = blend(f, h.beta2, s[1] as number, f(g * g));
      s[2] = Math.max(s[2] as number, s[1]);
      return overRoot(f, f(s[0] * corrected(f, h, t)), s[2], h.epsilon);
    },
  },
  adaMax: {
    states: 2,
    step: (f, g, s, h, t) => {
      s[0] = blend(f, h.beta1, s[0] as number, g);
      s[1] = f(Math.max(f(h.beta2 * (s[1] as number)), Math.abs(g)) + f(1e-32));
      return f(f(s[0] * f(h.rate / (1 - f(h.beta1 ** t)))) / s[1]);
    },
  },
  nadam: {
    states: 2,
    step: (f, g, s, h, t) => {
      s[0] = blend(f, h.beta1, s[0] as number, g);
      s[1] = blend(f, h.beta2, s[1] as number, f(g * g));
      const ahead = f(f(f(s[0] * h.beta1) + f(g * f(1 - h.beta1))) / f(1 - f(h.beta1 ** t)));
      return overRoot(f, f(h.rate * ahead), s[1], h.epsilon);
    },
  },
  adaBelief: {
    states: 2,
    step: (f, g, s, h, t) => {
      s[0] = blend(f, h.beta1, s[0] as number, g);
      const surprise = f(g - s[0]);
      s[1] = f(blend(f, h.beta2, s[1] as number, f(surprise * surprise)) + h.epsilon);
      return overRoot(f, f(s[0] * corrected(f, h, t)), s[1], h.epsilon);
    },
  },
  adaGrad: {
    states: 1,
    step: (f, g, s, h) => {
      s[0] = f((s[0] as number) + f(g * g));
      return overRoot(f, f(h.rate * g), s[0], h.epsilon);
    },
  },
  rmsProp: {
    states: 1,
    step: (f, g, s, h) => {
      s[0] = blend(f, h.decay, s[0] as number, f(g * g));
      return overRoot(f, f(h.rate * g), s[0], h.epsilon);
    },
  },
  adaDelta: {
    states: 2,
    step: (f, g, s, h) => {
      s[0] = blend(f, h.decay, s[0] as number, f(g * g));
      const u = f(g * f(f(Math.sqrt(f((s[1] as number) + h.epsilon))) / f(Math.sqrt(f(s[0] + h.epsilon)))));
      s[1] = blend(f, h.decay, s[1] as number, f(u * u));
      return u;
    },
  },
};
