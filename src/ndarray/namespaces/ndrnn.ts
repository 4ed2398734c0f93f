// NDRNN: recurrent operations.

import { gru, gruBp, gruCell, gruCellBp } from './rnnGru.ts';
import { lstmLayer, lstmLayerBp } from './rnnLstmLayer.ts';

/**
 * What `Nd4j.rnn()` gives: LSTM, GRU and SRU, cells and whole sequences. Results are new arrays; arguments never change.
 * @see org.nd4j.linalg.factory.ops.NDRNN
 */
export const NDRNN = { lstmLayer, lstmLayerBp, gru, gruBp, gruCell, gruCellBp } as const;
