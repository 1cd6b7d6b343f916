/** All attacks, in the order of the design's protection rules. A4 is not among them: there is no such attack. */
import { attribute } from './attribute.js';
import { averaging } from './averaging.js';
import { budget } from './budget.js';
import { fingerprint } from './fingerprint.js';
import { group } from './group.js';
import { kill } from './kill.js';
import { lostKeys } from './lost-keys.js';
import { membership } from './membership.js';
import { noiseQuality } from './noise-quality.js';
import { pinning } from './pinning.js';
import { purity } from './purity.js';
import { residue } from './residue.js';
import type { Attack } from './support/figures.js';
import { time } from './time.js';

export const suite: readonly Attack[] = [
  membership,
  attribute,
  pinning,
  averaging,
  time,
  fingerprint,
  noiseQuality,
  purity,
  budget,
  residue,
  group,
  kill,
  lostKeys,
];
