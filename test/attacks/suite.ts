/**
 * All attacks, in the order of the design's rules: those of protection, then those of the night. A4 is not among them:
 * there is no such attack; N7 and N8 are tests of their own, which the report names.
 */
import { archive } from './archive.js';
import { attribute } from './attribute.js';
import { averaging } from './averaging.js';
import { budget } from './budget.js';
import { copies } from './copies.js';
import { fingerprint } from './fingerprint.js';
import { forgery } from './forgery.js';
import { group } from './group.js';
import { kill } from './kill.js';
import { look } from './look.js';
import { lostKeys } from './lost-keys.js';
import { membership } from './membership.js';
import { nextDay } from './next-day.js';
import { noiseQuality } from './noise-quality.js';
import { pinning } from './pinning.js';
import { purity } from './purity.js';
import { races } from './races.js';
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
  archive,
  nextDay,
  look,
  copies,
  forgery,
  races,
  kill,
  lostKeys,
];
