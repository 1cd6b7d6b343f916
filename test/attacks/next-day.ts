import { seal } from '../../src/keeping/seal.js';
import { openCounters } from '../../src/keeping/counters.js';
import { listKeys, readKey, type NightKey } from '../../src/keeping/keys.js';
import { never, sum, type Attack, type Figure } from './support/figures.js';
import { anArchive, type Archived, type Nightly } from './support/archive.js';
import { envelopesBelow, opened } from './support/envelopes.js';

/** Every key that lies in the key directory. */
async function keysIn({ keys, installation }: Archived): Promise<NightKey[]> {
  const found = await Promise.all((await listKeys(keys)).map((id) => readKey(keys, id, installation)));
  return found.filter((key) => typeof key !== 'string');
}

/** What the keys that are left open in copies, whoever made them. */
export async function tryKeysLeft(archived: Archived): Promise<Figure[]> {
  const { rows, places, month, before, today, firstKey, quarter, counters } = archived;
  const envelopes = [
    ...rows.map(({ envelope }) => envelope),
    ...envelopesBelow(Object.values(places), month),
  ];
  const keys = await keysIn(archived);
  const receiptsOf = (planted: Archived['before']) => planted.map(({ receipt }) => receipt);
  const openedBy = (some: readonly NightKey[], planted: Archived['before']) =>
    sum(some.map((key) => opened(envelopes, key, receiptsOf(planted), month).size));
  const all = [...quarter.queries.keys()];
  const opens = (blob: Buffer, some: readonly NightKey[]) =>
    some.some((key) => openCounters(blob, quarter, all, key) !== null);
  const [last = Buffer.alloc(0), ...older] = [...counters].reverse();
  const ofFirstDay = before.filter(({ day }) => day === before[0]?.day);
  return [
    never('calls of the days before that a key opens which is left', openedBy(keys, before)),
    never(
      'counters of the nights before that a key opens which is left',
      older.filter((blob) => opens(blob, keys)).length,
    ),
    never('keys that are left beside the one of today', keys.length - 1),
    never(
      `calls of the first day, of ${ofFirstDay.length}, that its own key does not open`,
      ofFirstDay.length - openedBy([firstKey], ofFirstDay),
    ),
    never(
      `calls of today, of ${today.length}, that its key does not open`,
      today.length - openedBy(keys, today),
    ),
    never('counters of last night that today’s key does not open', opens(last, keys) ? 0 : 1),
  ];
}

/** The figures of one way to keep the night. */
export async function nextDayOf(nightly: Nightly): Promise<Figure[]> {
  const archived = await anArchive(nightly);
  try {
    return await tryKeysLeft(archived);
  } finally {
    await archived.remove();
  }
}

/** N2: what do the keys of the next day open? */
export const nextDay: Attack = {
  id: 'N2',
  title: 'The next day',
  words:
    'The attacker has everything of N1, and on the third day the key directory as well. Every envelope that is found in any of it, ' +
    'in tables, in files or in the log, is tried with every key that lies there, under every receipt; and so are the counters of ' +
    'each night. Nothing of the days before may open. That the attempt can succeed is seen with the key of the first day, which ' +
    'was put aside for it, and with the calls of the day of the theft, which are the stated exception.',
  seed: null,
  async run() {
    return { figures: await nextDayOf(seal) };
  },
};
