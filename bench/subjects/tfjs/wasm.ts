import { tfjs } from './subject.ts';

export const subject = tfjs('wasm');
