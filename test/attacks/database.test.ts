/** Attacks on the keeper at work on a real database, and on the disk under it. */
import { budget } from './budget.js';
import { purity } from './purity.js';
import { residue } from './residue.js';
import { withstands } from './support/withstands.js';
import { time } from './time.js';

for (const attack of [time, purity, budget, residue]) withstands(attack);
