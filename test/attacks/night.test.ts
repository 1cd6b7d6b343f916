/** Attacks on what the night keeps: copies of the machine, its log and its backups, with keys and without. */
import { archive } from './archive.js';
import { copies } from './copies.js';
import { forgery } from './forgery.js';
import { look } from './look.js';
import { nextDay } from './next-day.js';
import { races } from './races.js';
import { withstands } from './support/withstands.js';

for (const attack of [archive, nextDay, look, copies, forgery, races]) withstands(attack);
