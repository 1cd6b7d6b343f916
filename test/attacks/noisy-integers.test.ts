/** Attacks on the noisy integers themselves. */
import { attribute } from './attribute.js';
import { averaging } from './averaging.js';
import { membership } from './membership.js';
import { noiseQuality } from './noise-quality.js';
import { withstands } from './support/withstands.js';

for (const attack of [membership, attribute, averaging, noiseQuality]) withstands(attack);
