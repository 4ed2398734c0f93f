// Losses that need more than one element: of rows of classes, of vectors, of all pairs of an example. Float64, 'c' order.

/** Losses, and the derivatives of each with respect to its own elements (rows of `width` adjacent elements make one loss). */
export interface RowLoss {
  readonly losses: Float64Array;
  /** d loss / d prediction, per element. */
  readonly byPrediction: Float64Array;
  /** d loss / d label, per element. */
  readonly byLabel: Float64Array;
}

/** ln Σ e^x of a row, without overflow. */
function logSumExp(row: Float64Array): number {
  const top = row.reduce((most, x) => Math.max(most, x), -Infinity);
  return top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0));
}

/** −Σ y′ · ln softmax(p) of every row, with y′ = y · (1 − s) + s / width. */
export function softmaxCrossEntropyRows(
  predictions: Float64Array,
  labels: Float64Array,
  width: number,
  smoothing: number,
): RowLoss {
  const { length } = predictions;
  const losses = new Float64Array(width === 0 ? 0 : length / width);
  const byPrediction = new Float64Array(length);
  const byLabel = new Float64Array(length);
  for (let row = 0; row < losses.length; row++) {
    const from = row * width;
    const total = logSumExp(predictions.subarray(from, from + width));
    const smooth = (i: number): number => (labels[i] as number) * (1 - smoothing) + smoothing / width;
    let mass = 0;
    let loss = 0;
    for (let i = from; i < from + width; i++) {
      const logProbability = (predictions[i] as number) - total;
      mass += smooth(i);
      loss -= smooth(i) * logProbability;
      byLabel[i] = (smoothing - 1) * logProbability;
    }
    losses[row] = loss;
    for (let i = from; i < from + width; i++) {
      byPrediction[i] = Math.exp((predictions[i] as number) - total) * mass - smooth(i);
    }
  }
  return { losses, byPrediction, byLabel };
}

/** −ln softmax(p)[label] of every row, and softmax(p) − oneHot(label). */
export function sparseSoftmaxCrossEntropyRows(
  predictions: Float64Array,
  labels: Float64Array,
  width: number,
): Pick<RowLoss, 'losses' | 'byPrediction'> {
  const byPrediction = new Float64Array(predictions.length);
  const losses = labels.map((label, row) => {
    const from = row * width;
    const total = logSumExp(predictions.subarray(from, from + width));
    for (let i = from; i < from + width; i++) byPrediction[i] = Math.exp((predictions[i] as number) - total);
    byPrediction[from + label] = (byPrediction[from + label] as number) - 1;
    return total - (predictions[from + label] as number);
  });
  return { losses, byPrediction };
}

/** 1 − Σ p · y of every row. */
export function cosineDistanceRows(predictions: Float64Array, labels: Float64Array, width: number): RowLoss {
  const losses = new Float64Array(width === 0 ? 0 : predictions.length / width);
  for (let row = 0; row < losses.length; row++) {
    let dot = 0;
    for (let i = row * width; i < (row + 1) * width; i++) dot += (predictions[i] as number) * (labels[i] as number);
    losses[row] = 1 - dot;
  }
  return { losses, byPrediction: labels.map((y) => -y), byLabel: predictions.map((p) => -p) };
}

/**
 * Twice the mean of (dᵢ − dⱼ)² over the pairs of every row, d = p − y: 4 · (Σd² / (n − 1) − (Σd)² / (n · (n − 1))). A row of one element has no
 * pairs and no loss.
 */
export function pairwiseSquaredErrorRows(predictions: Float64Array, labels: Float64Array, width: number): RowLoss {
  const losses = new Float64Array(width === 0 ? 0 : predictions.length / width);
  const byPrediction = new Float64Array(predictions.length);
  for (let row = 0; row < losses.length && width > 1; row++) {
    const from = row * width;
    let sum = 0;
    for (let i = from; i < from + width; i++) sum += (predictions[i] as number) - (labels[i] as number);
    let squares = 0;
    // Around the mean, so that equal differences give exactly 0 and large ones lose no digits.
    for (let i = from; i < from + width; i++) {
      const distance = (predictions[i] as number) - (labels[i] as number) - sum / width;
      squares += distance * distance;
      byPrediction[i] = (8 * distance) / (width - 1);
    }
    losses[row] = (4 * squares) / (width - 1);
  }
  return { losses, byPrediction, byLabel: byPrediction.map((g) => -g) };
}
