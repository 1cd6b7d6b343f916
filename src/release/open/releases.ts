/**
 * The releases as anybody may read them. What is issued never changes, so what was read of a release once is kept;
 * and of each file there is at most one copy in memory, for however many who fetch it, and none when nobody does.
 */
import { releaseName, type Release } from '../../contract/release.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import type { Database } from '../../platform/database.js';
import type { Reading } from '../../platform/standby.js';
import { findFile, issuedReleases, listReleases } from '../store.js';
import { shared } from './shared.js';

export interface OpenRelease extends Release {
  /** As its address has it: `2026-Q3`, `2026-Q3.r2`, `2026`. */
  readonly name: string;
  /** The id of the key it is signed with. */
  readonly key: string;
  readonly summary: PeriodSummary | null;
  /** The name of the revision that came after it; null for the latest. */
  readonly replacedBy: string | null;
}

export interface OpenReleases {
  /** The latest period first, a year before its quarters, the latest revision first. */
  readonly list: () => Promise<readonly OpenRelease[]>;
  /** The frozen bytes of a file that `list` names. */
  readonly bytes: (release: OpenRelease, file: string) => Promise<Buffer | null>;
}

interface OpenReleasesDependencies {
  readonly reading: Reading;
  readonly readPeriods: (reader: Database) => Promise<readonly PeriodSummary[]>;
}

/** A year stands before its quarters: it is out when they are. */
const order = ({ period, revision }: Release): string =>
  `${period.length === 4 ? `${period}-Q5` : period} ${String(revision).padStart(4, '0')}`;

type ReadPeriods = OpenReleasesDependencies['readPeriods'];

async function readAll(reader: Database, readPeriods: ReadPeriods, keys: ReadonlyMap<string, string>) {
  const [releases, periods] = await Promise.all([listReleases(reader), readPeriods(reader)]);
  const names = new Set(releases.map(({ period, revision }) => releaseName(period, revision)));
  return releases
    .map((release): OpenRelease => {
      const { period, revision } = release;
      const name = releaseName(period, revision);
      const next = releaseName(period, revision + 1);
      return {
        ...release,
        name,
        key: keys.get(name) ?? '',
        summary: periods.find(({ id }) => id === period) ?? null,
        replacedBy: names.has(next) ? next : null,
      };
    })
    .filter(({ name }) => keys.has(name))
    .sort((a, b) => (order(a) < order(b) ? 1 : -1));
}

/** Reads releases with the role that sees published numbers alone. */
export function openReleases({ reading, readPeriods }: OpenReleasesDependencies): OpenReleases {
  let known: readonly OpenRelease[] = [];
  const readNew = async (reader: Database) => {
    const issued = await issuedReleases(reader);
    const names = new Set(known.map(({ name }) => name));
    if (issued.length === known.length && issued.every(({ name }) => names.has(name))) return known;
    return readAll(reader, readPeriods, new Map(issued.map(({ name, key }) => [name, key])));
  };
  const list = shared(async () => {
    known = await reading(readNew);
    return known;
  });
  const copies = new Map<string, WeakRef<Buffer>>();
  const readers = new Map<string, () => Promise<Buffer | null>>();
  const bytes = async (release: OpenRelease, file: string) => {
    const id = `${release.name}/${file}`;
    const copy = copies.get(id)?.deref();
    if (copy !== undefined) return copy;
    const read = readers.get(id) ?? shared(() => reading((reader) => findFile(reader, release, file)));
    readers.set(id, read);
    const found = await read();
    if (found !== null) copies.set(id, new WeakRef(found));
    return found;
  };
  return { list, bytes };
}
