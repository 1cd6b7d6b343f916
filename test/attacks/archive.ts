import { seal } from '../../src/keeping/seal.js';
import { recipientOf } from '../../src/platform/envelope.js';
import { never, sum, type Attack, type Findings } from './support/figures.js';
import { anArchive, type Archived } from './support/archive.js';
import { envelopesBelow, hashOf, opened } from './support/envelopes.js';
import { likelyTraces, search, type Trace } from './support/traces.js';

/** Every version of every call, and the receipts themselves. */
function tracesOf({ before, today }: Archived): Trace[] {
  const codes = new Map(
    [...before, ...today].flatMap(({ versions }) => versions).map((version) => [version.join(), version]),
  );
  return [
    ...[...codes.values()].flatMap((version) => likelyTraces('a call', version)),
    ...[...before, ...today].map(({ receipt }) => ({ of: 'a receipt', bytes: Buffer.from(receipt) })),
  ];
}

/** What somebody may try who has no key: nothing at all, and what the copies themselves hold. */
function openedWithoutKey({ rows, before, today, places, month, installation, firstKey }: Archived): number {
  const envelopes = [
    ...rows.map(({ envelope }) => envelope),
    ...envelopesBelow(Object.values(places), month),
  ];
  const receipts = [...before, ...today].map(({ receipt }) => receipt);
  const halves = [
    Buffer.alloc(32),
    Buffer.from(installation.replaceAll('-', ''), 'utf8'),
    Buffer.from(firstKey.id, 'utf8'),
    recipientOf(firstKey.privateBytes).publicKey,
  ];
  return sum(
    halves.map((privateBytes) => opened(envelopes, { id: firstKey.id, privateBytes }, receipts, month).size),
  );
}

/** Rows that somebody sees side by side, who may read the table. */
function alike({ rows, before, today }: Archived): {
  readonly equal: number;
  readonly sizes: number;
  readonly pairs: number;
} {
  const envelopes = new Map(rows.map((row) => [row.receipt_hash.toString('hex'), row.envelope]));
  const said = new Map<string, string[]>();
  for (const { receipt, versions } of [...before, ...today]) {
    const codes = versions.at(-1)?.join() ?? '';
    const envelope = envelopes.get(hashOf(receipt))?.toString('hex');
    if (envelope !== undefined) said.set(codes, [...(said.get(codes) ?? []), envelope]);
  }
  const groups = [...said.values()];
  return {
    equal: sum(groups.map((group) => group.length - new Set(group).size)),
    sizes: new Set(rows.map(({ envelope }) => envelope.length)).size,
    pairs: groups.filter(({ length }) => length > 1).length,
  };
}

/** What is found without a key in copies, whoever made them. */
export function searchCopies(archived: Archived): Findings {
  const { places, decoy, before, today } = archived;
  const traces = tracesOf(archived);
  const found = Object.entries(places).flatMap(([name, folder]) =>
    search(folder, traces).map((place) => `${name}: ${place}`),
  );
  const blind = Object.values(places).filter((folder) => search(folder, [decoy]).length === 0);
  const { equal, sizes, pairs } = alike(archived);
  return {
    figures: [
      never('calls or receipts found readable', found.length),
      never('envelopes that opened without a key', openedWithoutKey(archived)),
      never('equal calls with equal envelopes', equal),
      never('sizes of envelopes but one', sizes - 1),
      never('places in which a search did not find what is in the open', blind.length),
      never('equal calls side by side that were missing from the attack', pairs > 0 ? 0 : 1),
    ],
    notes: [
      `${before.length + today.length} calls on three days, of which some were equal, amended or withdrawn. Searched for ` +
        `${traces.length} ways to write them: ${Object.keys(places).join(', ')}.`,
      ...found.map((place) => `Found: ${place}.`),
    ],
  };
}

/** N1: what is in the archive, the standby and the backups? */
export const archive: Attack = {
  id: 'N1',
  title: 'Archive',
  words:
    'The server archives its write-ahead log and recycles its segments, as a rented one does. Calls are saved on three days, ' +
    'some of them equal, amended or withdrawn, with two nights between. The attacker has all of the log, a base copy that was made ' +
    'while calls were saved, a second server that replayed the log on it, the files of the server itself, and what a dump reads ' +
    'every day. They search all of it for the bytes of each version of each call, and compare envelopes.',
  seed: null,
  async run() {
    const archived = await anArchive(seal);
    try {
      return searchCopies(archived);
    } finally {
      await archived.remove();
    }
  },
};
