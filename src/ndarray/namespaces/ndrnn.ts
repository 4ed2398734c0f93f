// NDRNN: recurrent operations.

import { gru, gruBp, gruCell, gruCellBp } from './rnnGru.ts';
import { lstmblock, lstmCell } from './rnnLstmBlock.ts';
import { lstmLayer, lstmLayerBp } from './rnnLstmLayer.ts';
import { sru, sruBp, sruCell, sruCellBp } from './rnnSru.ts';

/**
 * What `Nd4j.rnn()` gives: LSTM, GRU and SRU, cells and whole sequences. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDRNN
 */
export const NDRNN = {
  lstmLayer,
  lstmLayerBp,
  lstmCell,
  lstmblock,
  gru,
  gruBp,
  gruCell,
  gruCellBp,
  sru,
  sruBp,
  sruCell,
  sruCellBp,
} as const;
