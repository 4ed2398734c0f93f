// Losses of one prediction and one label: the value and both derivatives, in float64.

/** Rows of numbers: `parameter` is the loss's own (delta, epsilon, smoothing, 1 for the full form). */
export interface ElementLoss {
  value(prediction: number, label: number, parameter: number): number;
  /** d value / d prediction. */
  byPrediction(prediction: number, label: number, parameter: number): number;
  /** d value / d label. */
  byLabel(prediction: number, label: number, parameter: number): number;
}

/** |p − y|. */
const absoluteDifference: ElementLoss = {
  value: (p, y) => Math.abs(p - y),
  byPrediction: (p, y) => Math.sign(p - y),
  byLabel: (p, y) => Math.sign(y - p),
};

/** (p − y)². */
const squaredError: ElementLoss = {
  value: (p, y) => (p - y) * (p - y),
  byPrediction: (p, y) => 2 * (p - y),
  byLabel: (p, y) => 2 * (y - p),
};

/** max(0, 1 − z · p) with z = 2y − 1. */
const hinge: ElementLoss = {
  value: (p, y) => Math.max(0, 1 - (2 * y - 1) * p),
  byPrediction: (p, y) => (1 - (2 * y - 1) * p > 0 ? 1 - 2 * y : 0),
  byLabel: (p, y) => (1 - (2 * y - 1) * p > 0 ? -2 * p : 0),
};

/** ½ · d² while |d| ≤ delta, then linear. */
const huber: ElementLoss = {
  value: (p, y, delta) => {
    const distance = Math.abs(p - y);
    const quadratic = Math.min(distance, delta);
    return 0.5 * quadratic * quadratic + delta * (distance - quadratic);
  },
  byPrediction: (p, y, delta) => Math.max(-delta, Math.min(p - y, delta)),
  byLabel: (p, y, delta) => -Math.max(-delta, Math.min(p - y, delta)),
};

/** −y · ln(p + ε) − (1 − y) · ln(1 − p + ε). */
const log: ElementLoss = {
  value: (p, y, epsilon) => -y * Math.log(p + epsilon) - (1 - y) * Math.log(1 - p + epsilon),
  byPrediction: (p, y, epsilon) => (1 - y) / (1 - p + epsilon) - y / (p + epsilon),
  byLabel: (p, _, epsilon) => Math.log((1 - p + epsilon) / (p + epsilon)),
};

/** e^p − y · p; the full form adds Stirling's approximation of ln y!. */
const logPoisson: ElementLoss = {
  value: (p, y, full) => {
    const short = Math.exp(p) - y * p;
    return full === 0 ? short : short + y * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI * y);
  },
  byPrediction: (p, y) => Math.exp(p) - y,
  byLabel: (p, y, full) => (full === 0 ? -p : Math.log(y) + 0.5 / y - p),
};

/** 1 / (1 + e^−x) without overflow. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** Cross entropy of a logit, labels drawn towards ½ by the smoothing. Large logits do not overflow. */
const sigmoidCrossEntropy: ElementLoss = {
  value: (p, y, smoothing) =>
    Math.max(p, 0) - p * (y * (1 - smoothing) + 0.5 * smoothing) + Math.log1p(Math.exp(-Math.abs(p))),
  byPrediction: (p, y, smoothing) => sigmoid(p) - (y * (1 - smoothing) + 0.5 * smoothing),
  byLabel: (p, _, smoothing) => p * (smoothing - 1),
};

/** The losses by name. */
export const elementLosses = {
  absoluteDifference,
  squaredError,
  hinge,
  huber,
  log,
  logPoisson,
  sigmoidCrossEntropy,
} as const;
