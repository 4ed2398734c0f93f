// Who takes part: the product, the machine, and the peers, each in its best documented mode (see README.md).

export interface Participant {
  /** As it is shown. */
  readonly name: string;
  /** The process or page it runs in; participants of one name of process share it. */
  readonly process: string;
  readonly variant: string;
}

export interface SubjectProcess {
  readonly name: string;
  /** Module under subjects/ that exports `subject`. */
  readonly module: string;
  /** Packages of node_modules whose versions are recorded. */
  readonly packages: readonly string[];
  readonly isRelaxed: boolean;
}

export const OURS = 'ndarena';
export const OURS_RELAXED = 'ndarena (relaxed)';
export const PEAK = 'machine: peak';
export const COPY = 'machine: copy';

const own = (name: string, isRelaxed: boolean): SubjectProcess => ({
  name,
  module: 'ndarena/subject.ts',
  packages: [],
  isRelaxed,
});
const peer = (name: string, module: string, ...packages: string[]): SubjectProcess => ({
  name,
  module,
  packages,
  isRelaxed: false,
});

export const PROCESSES: readonly SubjectProcess[] = [
  { name: 'machine', module: 'machine/subject.ts', packages: [], isRelaxed: true },
  own(OURS, false),
  own(OURS_RELAXED, true),
  peer('tfjs-wasm', 'tfjs/wasm.ts', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'),
  peer('tfjs-cpu', 'tfjs/cpu.ts', '@tensorflow/tfjs', '@tensorflow/tfjs-backend-cpu'),
  peer('onnxruntime-web', 'onnx/subject.ts', 'onnxruntime-web'),
  peer('jax-js', 'jax/subject.ts', '@jax-js/jax'),
  peer('ml-matrix', 'mlMatrix/subject.ts', 'ml-matrix'),
];

const alone = (name: string): Participant => ({ name, process: name, variant: '' });

/** In the order of a round: ours stands between the peers and the machine, so that noise hits all alike. */
export const PARTICIPANTS: readonly Participant[] = [
  { name: PEAK, process: 'machine', variant: 'peak' },
  { name: COPY, process: 'machine', variant: 'copy' },
  alone(OURS),
  alone(OURS_RELAXED),
  alone('tfjs-wasm'),
  { name: 'onnxruntime-web', process: 'onnxruntime-web', variant: 'operator' },
  alone('jax-js'),
  alone('tfjs-cpu'),
  alone('ml-matrix'),
  { name: 'onnxruntime-web (session)', process: 'onnxruntime-web', variant: 'session' },
];

export const isOurs = (name: string): boolean => name === OURS || name === OURS_RELAXED;
export const isPeer = (name: string): boolean => !isOurs(name) && name !== PEAK && name !== COPY;
