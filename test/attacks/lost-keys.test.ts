/** Attacks on a keeper whose keys are not what they should be. */
import { lostKeys } from './lost-keys.js';
import { withstands } from './support/withstands.js';

withstands(lostKeys);
