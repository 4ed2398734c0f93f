// Arrays as text.

import { NDArrayStrings } from '../../../src/ndarray/format.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

export const text: Family = {
  operations: {
    toString: (x: INDArray) => x.toString(),
    toStringFull: (x: INDArray) => (x.length() >= 1000 ? '(left out)' : x.toStringFull()),
    'toString(maxElements, forceSummarize, precision)': (
      x: INDArray,
      maxElements: number,
      forceSummarize: boolean,
      precision: number,
    ) => x.toString(maxElements, forceSummarize, precision),
    'NDArrayStrings(separator)': (x: INDArray, separator: string) => x.toString(new NDArrayStrings(separator)),
    'NDArrayStrings(separator, precision)': (x: INDArray, separator: string, precision: number) =>
      x.toString(new NDArrayStrings(separator, precision)),
    'NDArrayStrings(pattern)': (x: INDArray, separator: string, pattern: string) =>
      x.toString(new NDArrayStrings(separator, pattern)),
    shapeInfoToString: (x: INDArray) => x.shapeInfoToString(),
  },
};
