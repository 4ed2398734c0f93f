// Nd4j: all families of its functions in one object.

import { nd4jCombine } from './nd4jCombine.ts';
import { nd4jCreation } from './nd4jCreation.ts';
import { nd4jEnvironment } from './nd4jEnvironment.ts';
import { nd4jExecution } from './nd4jExecution.ts';
import { nd4jFiles } from './nd4jFiles.ts';
import { nd4jLinear } from './nd4jLinear.ts';
import { nd4jNamespaces } from './nd4jNamespaces.ts';
import { nd4jRandom } from './nd4jRandom.ts';
import { nd4jReductions } from './nd4jReductions.ts';
import { nd4jSelection } from './nd4jSelection.ts';
import { nd4jShape } from './nd4jShape.ts';
import { nd4jSorting } from './nd4jSorting.ts';

/** Everything that `Nd4j` offers, family by family. */
export type Nd4jApi = typeof nd4jCreation &
  typeof nd4jCombine &
  typeof nd4jShape &
  typeof nd4jRandom &
  typeof nd4jReductions &
  typeof nd4jSorting &
  typeof nd4jSelection &
  typeof nd4jLinear &
  typeof nd4jFiles &
  typeof nd4jEnvironment &
  typeof nd4jExecution &
  typeof nd4jNamespaces;

/**
 * Makes arrays and holds what belongs to none of them: `Nd4j.create([[1, 2], [3, 4]])`, `Nd4j.zeros(2, 3)`, `Nd4j.concat(0, a, b)`.
 * New arrays live in the current workspace, or on the heap when there is none.
 * @see org.nd4j.linalg.factory.Nd4j
 */
export const Nd4j: Nd4jApi = {
  ...nd4jCreation,
  ...nd4jCombine,
  ...nd4jShape,
  ...nd4jRandom,
  ...nd4jReductions,
  ...nd4jSorting,
  ...nd4jSelection,
  ...nd4jLinear,
  ...nd4jFiles,
  ...nd4jEnvironment,
  ...nd4jExecution,
  ...nd4jNamespaces,
};
