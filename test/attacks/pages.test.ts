/** Attacks on what the pages show. */
import { fingerprint } from './fingerprint.js';
import { group } from './group.js';
import { pinning } from './pinning.js';
import { withstands } from './support/withstands.js';

for (const attack of [pinning, fingerprint, group]) withstands(attack);
