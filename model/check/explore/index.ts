/**
 * The explorer: what the command line and the reports need of it.
 *
 * @module
 */
export {
  explorable,
  explore,
  termUniverse,
  usualBounds,
  type Attack,
  type Explored,
  type Progress,
} from './explore.ts';
export { replay, type Hop, type Refused, type Replayed } from './replay.ts';
