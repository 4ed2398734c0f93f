// Connectionist temporal classification: forward and backward variables of one sequence in log space, float64.

/** One sequence: `frames` rows of `classes` log-probabilities, and its labels. */
export interface CtcSequence {
  readonly logProbabilities: Float64Array;
  readonly frames: number;
  readonly classes: number;
  readonly labels: ArrayLike<number>;
  readonly blank: number;
}

function logAdd(a: number, b: number): number {
  const top = Math.max(a, b);
  if (top === -Infinity) return -Infinity;
  return top + Math.log1p(Math.exp(Math.min(a, b) - top));
}

/** Labels with blanks around each. */
function extended({ labels, blank }: CtcSequence): number[] {
  return [blank, ...Array.from(labels).flatMap((label) => [label, blank])];
}

/**
 * ln of the probability that the frames up to t end in state s, [frames, states]: `states` are read in their order, or from behind together
 * with the frames.
 */
function pathSums(sequence: CtcSequence, states: readonly number[], reversed: boolean): Float64Array {
  const { logProbabilities, frames, classes, blank } = sequence;
  const count = states.length;
  const sums = new Float64Array(frames * count).fill(-Infinity);
  const place = (t: number, s: number): number =>
    reversed ? (frames - 1 - t) * count + (count - 1 - s) : t * count + s;
  const stateAt = (s: number): number => states[reversed ? count - 1 - s : s] as number;
  const emitted = (t: number, s: number): number =>
    logProbabilities[(reversed ? frames - 1 - t : t) * classes + stateAt(s)] as number;
  for (let t = 0; t < frames; t++) {
    for (let s = 0; s < count; s++) {
      if (t === 0) {
        if (s < 2) sums[place(0, s)] = emitted(0, s);
        continue;
      }
      let sum = sums[place(t - 1, s)] as number;
      if (s >= 1) sum = logAdd(sum, sums[place(t - 1, s - 1)] as number);
      if (s >= 2 && stateAt(s) !== blank && stateAt(s) !== stateAt(s - 2)) {
        sum = logAdd(sum, sums[place(t - 1, s - 2)] as number);
      }
      sums[place(t, s)] = sum + emitted(t, s);
    }
  }
  return sums;
}

/** −ln P(labels | frames); ∞ when the frames are too few. */
export function ctcLoss(sequence: CtcSequence): number {
  if (sequence.frames === 0) return sequence.labels.length === 0 ? 0 : Infinity;
  const states = extended(sequence);
  const sums = pathSums(sequence, states, false);
  const last = sums.length - 1;
  return -(states.length > 1 ? logAdd(sums[last] as number, sums[last - 1] as number) : (sums[last] as number));
}

/**
 * e^logProbability − P(class at the frame | labels), [frames, classes]: the gradient of what a log-softmax made the log-probabilities from.
 * All zeros when the frames are too few.
 */
export function ctcGradient(sequence: CtcSequence): Float64Array {
  const { logProbabilities, frames, classes } = sequence;
  const gradient = new Float64Array(frames * classes);
  const loss = ctcLoss(sequence);
  if (loss === Infinity || frames === 0) return gradient;
  const states = extended(sequence);
  const forward = pathSums(sequence, states, false);
  const backward = pathSums(sequence, states, true);
  for (let i = 0; i < gradient.length; i++) gradient[i] = Math.exp(logProbabilities[i] as number);
  for (let t = 0; t < frames; t++) {
    states.forEach((label, s) => {
      const at = t * states.length + s;
      const emission = t * classes + label;
      const path = (forward[at] as number) + (backward[at] as number) - (logProbabilities[emission] as number);
      // Both variables hold the emission of the frame: it is counted once. States that no path reaches have −∞ in one of them.
      if (!Number.isNaN(path)) gradient[emission] = (gradient[emission] as number) - Math.exp(path + loss);
    });
  }
  return gradient;
}
