/** What copies of a real server are worth, with a key and without; and what becomes of a line that is restored from one. */
import { join } from 'node:path';
import { deskEntities } from '../../../src/desk/entities.js';
import type { Counters } from '../../../src/keeping/counters.js';
import { connect, databaseOf } from '../../../src/platform/database.js';
import { roleUrl } from '../../../src/platform/installation.js';
import { searchCopies } from '../../attacks/archive.js';
import { loseKeys, type Copied as CopiedDatabase } from '../../attacks/lost-keys.js';
import { tryKeysLeft } from '../../attacks/next-day.js';
import { never, type Figure } from '../../attacks/support/figures.js';
import type { TestDatabase } from '../../support/database.js';
import { openedCounters } from '../../support/opened.js';
import { until } from '../../support/until.js';
import { recoverFrom, Server } from './cluster.js';
import { liveThroughDays, YESTERDAY, type Copied } from './copied-days.js';
import { Line } from './line.js';
import type { Scenario, Tried } from './scenario.js';

const labelled = (label: string, figures: readonly Figure[]): Figure[] =>
  figures.map((figure) => ({ ...figure, name: `${label}: ${figure.name}` }));

const textOf = ({ values }: Counters) => JSON.stringify([...values]);

/** Whether the counters of the last night are whole in a dump that was restored, and in a copy that was started. */
async function restoredWhole(line: Line, { replayed, lastDump }: Copied): Promise<Figure[]> {
  const here = textOf(await line.counters());
  const read = async (database: string, server = line.primary) =>
    textOf(await line.look((machine) => openedCounters(machine, line.quarter), server, database));
  const whole = [await read(lastDump), await read('tyst', replayed)].filter((text) => text === here);
  return [
    never(
      'restored dumps and started base copies of the last day whose counters are others',
      2 - whole.length,
    ),
  ];
}

/** N8, on this server: its databases are copied as base backups, and run through the archive to a named point. */
async function loseKeysHere(line: Line): Promise<Figure[]> {
  const { primary } = line;
  const template = await (async () => {
    await primary.query('CREATE DATABASE tyst_template');
    return connect({ url: primary.url('tyst_template'), poolSize: 1 });
  })();
  await template.runMigrations({ transaction: 'each' });
  await template.destroy();
  process.env['TYST_TEST_SERVER'] = primary.url();
  const copyNow = async ({ installation }: TestDatabase): Promise<CopiedDatabase> => {
    const copy = await Server.at(join(line.folder, 'servers'), 'copied');
    await primary.baseBackup(copy.cluster, { log: 'none' });
    await primary.query(`SELECT pg_create_restore_point('copied')`);
    await primary.archiveAll();
    recoverFrom(primary.archive, copy.cluster, 'copied');
    await copy.recover();
    const ownerUrl = copy.url(databaseOf(installation.ownerUrl));
    const owner = await connect({ url: ownerUrl, poolSize: 2 });
    const keeper = await connect({
      url: roleUrl({ ...installation, ownerUrl }, 'keeper'),
      entities: deskEntities,
      poolSize: 3,
    });
    const remove = async () => {
      await Promise.all([owner.destroy(), keeper.destroy()]);
      await copy.stop();
    };
    return { owner, keeper, remove };
  };
  return [...(await loseKeys(copyNow)).figures];
}

/** The database is put back to yesterday under running processes, and the key directory is today's. */
async function putBack(line: Line, firstCopy: string): Promise<{ figures: Figure[]; words: string[] }> {
  const { handlers, tyst, primary, addresses } = line;
  const yesterday = await Server.at(join(line.folder, 'servers'), YESTERDAY);
  await primary.copy(firstCopy, yesterday.cluster);
  recoverFrom(primary.archive, yesterday.cluster, YESTERDAY);
  await yesterday.recover();
  await primary.stop();
  await addresses.lead(yesterday.port);
  line.primary = yesterday;
  await until(() => tyst.said().includes('"event":"keys-refused"'), 60);
  await until(async () => (await fetch(`${addresses.pages}/health/ready`)).status === 503, 60);
  const taken = (await handlers.tryOnce()) === 503 ? 0 : 1;
  await tyst.stopKeeper();
  const started = await tyst.launch('keeper', ['keeper']).ended;
  const confirmed = await tyst.launch('keeper', ['keeper', '--keys-are-lost']).ended;
  const anew = await yesterday.query(
    'SELECT 1 FROM published.quarter_plan WHERE counted_from IS NOT NULL AND quarter = $1',
    [line.quarter],
    'tyst',
  );
  tyst.startKeeper();
  await until(async () => (await handlers.tryOnce()) === 201, 60);
  return {
    figures: [
      never('put back to yesterday: keepers that did not refuse', started.code === 1 ? 0 : 1),
      never('put back to yesterday: calls taken in once the keeper had refused', taken),
      never(
        'put back to yesterday: quarters that began anew and do not say so',
        confirmed.code === 0 && anew.length === 1 ? 0 : 1,
      ),
    ],
    words: [started.stderr.trim(), confirmed.stdout.trim()],
  };
}

async function run(): Promise<Tried> {
  const line = await Line.begin();
  try {
    const copied = await liveThroughDays(line);
    const { archived, firstCopy, standby, replayed } = copied;
    const whole = await restoredWhole(line, copied);
    // Files come and go in a folder whose server runs.
    for (const server of [replayed, line.primary, standby]) await server.stop();
    const found = searchCopies(archived);
    const opened = await tryKeysLeft(archived);
    for (const server of [line.primary, standby]) await server.start();
    const lost = await loseKeysHere(line);
    const back = await putBack(line, firstCopy);
    return {
      figures: [
        ...labelled('N1', found.figures),
        ...labelled('N2', opened),
        ...whole,
        ...labelled('N8', lost),
        ...labelled('N8', back.figures),
      ],
      measured: [
        { name: 'rows of calls that dumps, standby and copies gave', value: String(archived.rows.length) },
      ],
      notes: [...(found.notes ?? []), ...back.words.map((text) => `Said: \`${text}\``)],
    };
  } finally {
    await line.end();
  }
}

export const copies: Scenario = {
  title: 'Copies',
  words:
    'Three days, each with a base backup and a dump made while calls come in, with an archive and a standby, and a seal after the ' +
    'first and the second. Then the attacks N1, N2 and N8 of the attack report are run over all of it: the archive, the standby, the base ' +
    'backups, one of them started and run through the archive, the dumps, and the primary, into which each dump was restored. At ' +
    'last the database is put back to yesterday under the running processes, from a base backup and the archive.',
  shows:
    'Nobody reads a call in any copy without the key of its day, and that key is gone after the night. A dump or a base backup of ' +
    'today is whole together with today’s key directory; with another day’s it is refused, and begins anew when somebody ' +
    'has confirmed. When calls were saved and how many stays in every copy.',
  run,
};
