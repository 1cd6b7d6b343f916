/** N7: the keeper is killed at every step. */
import { atLeast, never, type Attack, type Size } from './support/figures.js';
import type { Fate } from './support/doom.js';
import { KilledLine, TODAY, type Trial } from './support/killed-line.js';
import * as work from './support/killed-work.js';

interface Work {
  readonly name: string;
  readonly ready: (line: KilledLine) => Promise<Trial>;
  readonly today?: string;
  readonly fate: Fate;
  /** The steps between two kills in the test suite, where not every one of them is taken. */
  readonly stride?: number;
}

const works: readonly Work[] = [
  { name: 'seal', ready: work.aSeal, fate: 'dies' },
  { name: 'seal', ready: work.aSeal, fate: 'stumbles' },
  { name: 'import', ready: work.anImport, fate: 'dies' },
  { name: 'import', ready: work.anImport, fate: 'stumbles', stride: 3 },
  { name: 'seal beside an import', ready: work.aSealBesideAnImport, fate: 'dies', stride: 7 },
  { name: 'discard', ready: work.aDiscard, fate: 'dies' },
  { name: 'discard', ready: work.aDiscard, fate: 'stumbles', stride: 3 },
  { name: 'beginning anew', ready: work.aLoss, fate: 'dies' },
  { name: 'close', ready: work.aClose, today: work.LATER, fate: 'dies' },
  { name: 'close', ready: work.aClose, today: work.LATER, fate: 'stumbles', stride: 3 },
  { name: 'first key', ready: work.aFirstKey, fate: 'dies' },
];

/** Kills at the first step, the second, and so on, until the work comes to its end. How many steps there were. */
async function everyStep(
  line: KilledLine,
  { ready, fate, today = TODAY }: Work,
  stride: number,
): Promise<number> {
  for (let at = 1; ; at += stride) {
    const doom = await line.kill(await ready(line), at, fate, today);
    if (!doom.met) return doom.steps.length;
  }
}

async function attack(line: KilledLine, size: Size) {
  const notes: string[] = [];
  let kills = 0;
  for (const one of works) {
    const stride = size === 'full' ? 1 : (one.stride ?? 1);
    const steps = await everyStep(line, one, stride);
    kills += Math.ceil(steps / stride);
    notes.push(`${one.name}: the process ${one.fate} at each of ${steps} steps.`);
  }
  const { miscounted, keys, receipts, stuck, untrue } = line.wrongs;
  return {
    figures: [
      atLeast('steps at which a process was killed or failed', kills, 300),
      never('answers to queries that are not those of the acknowledged calls', miscounted),
      never('starts after which another file than the one key was there', keys),
      never('receipts that were answered wrongly', receipts),
      never('calls that nobody could open, amend or withdraw', stuck),
      never('work that was not what was said of it', untrue),
    ],
    notes,
  };
}

/** N7: is anything lost, or counted twice, when the keeper dies? */
export const kill: Attack = {
  id: 'N7',
  title: 'Kill',
  words:
    'The keeper seals, imports, discards, closes, makes its first key and begins anew after a loss, on a database with few ' +
    'calls, and dies: at its first step, at its second, and so on through all of them. A step is a statement, which the server ' +
    'gets and whose answer does not come, or an operation on a file of the key directory, which is half done. Then the next ' +
    'process starts. Where the process “stumbles” only that step fails and it goes on. The attack holds the key and ' +
    'opens everything after each start: counters and rows together must be the acknowledged calls.',
  seed: null,
  async run(size) {
    const line = await KilledLine.begin();
    try {
      return await attack(line, size);
    } finally {
      await line.remove();
    }
  },
};
