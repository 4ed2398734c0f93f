// Data of the MLP benchmark, the same numbers for every library.

export const BATCH = 64;
export const INPUTS = 784;
export const HIDDEN = 256;
export const OUTPUTS = 10;

/** Pseudo-random features in [0, 1) and one-hot labels, row-major. */
export function sampleData(): { features: Float32Array; labels: Float32Array } {
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const features = Float32Array.from({ length: BATCH * INPUTS }, next);
  const labels = new Float32Array(BATCH * OUTPUTS);
  for (let row = 0; row < BATCH; row++) labels[row * OUTPUTS + Math.floor(next() * OUTPUTS)] = 1;
  return { features, labels };
}
