// The types that arrays get when none is asked for. Nd4j.setDefaultDataTypes changes them, for this realm.

import { type DataTypeInfo, FLOAT } from '../core/dataType.ts';

/** `any`: of factories (`Nd4j.zeros`); `floating`: of results that must be floating (`mean` of integers). */
export const defaultTypes: { any: DataTypeInfo; floating: DataTypeInfo } = { any: FLOAT, floating: FLOAT };
