// Class numbers as labels.

import { DL4JInvalidInputException, describeValue } from '../../core/errors.ts';
import { Nd4j } from '../../ndarray/nd4j.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';

/** Rows [N, classes] with a 1 at each class. @throws {DL4JInvalidInputException} naming a class that does not exist */
export function oneHotLabels(classes: readonly number[], count: number): INDArray {
  const rows = classes.map((label, example) => {
    if (!(Number.isInteger(label) && label >= 0 && label < count)) {
      throw new DL4JInvalidInputException(
        `Cannot fit class ${describeValue(label)} of example ${example}: needed is a whole number from 0 to ${count - 1}`,
      );
    }
    const row = new Array<number>(count).fill(0);
    row[label] = 1;
    return row;
  });
  return Nd4j.create(rows);
}
