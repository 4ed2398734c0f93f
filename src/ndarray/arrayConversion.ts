import { ArrayLinear } from './arrayLinear.ts';

export abstract class ArrayConversion extends ArrayLinear {}
