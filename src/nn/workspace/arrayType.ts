// The purposes that arrays of a network serve. Where each purpose lives is for a LayerWorkspaceMgr to say.

/** What an array of a layer is for. @see org.deeplearning4j.nn.workspace.ArrayType */
export const ArrayType = {
  /** The array a layer was given, as it keeps it for the backward pass. */
  INPUT: 'INPUT',
  /** What a layer hands on to the next one. */
  ACTIVATIONS: 'ACTIVATIONS',
  /** The gradient with respect to a layer's input, handed back to the layer below. */
  ACTIVATION_GRAD: 'ACTIVATION_GRAD',
  /** Scratch of one layer's forward pass. */
  FF_WORKING_MEM: 'FF_WORKING_MEM',
  /** Scratch of one layer's backward pass. */
  BP_WORKING_MEM: 'BP_WORKING_MEM',
  /** Scratch of one time step, forward. */
  RNN_FF_LOOP_WORKING_MEM: 'RNN_FF_LOOP_WORKING_MEM',
  /** Scratch of one time step, backward. */
  RNN_BP_LOOP_WORKING_MEM: 'RNN_BP_LOOP_WORKING_MEM',
  /** Scratch of the updater. */
  UPDATER_WORKING_MEM: 'UPDATER_WORKING_MEM',
  /** What the forward pass keeps so that the backward pass need not compute it again. */
  FF_CACHE: 'FF_CACHE',
} as const;
export type ArrayType = keyof typeof ArrayType;

/** Every purpose, in DL4J's order. */
export const arrayTypes = Object.keys(ArrayType) as readonly ArrayType[];
