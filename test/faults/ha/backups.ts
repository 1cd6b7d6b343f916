/** Base backups and dumps are made again and again, under load and across seals; and one that takes long. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, atMost, never } from '../../attacks/support/figures.js';
import { until } from '../../support/until.js';
import { serversFolder } from './cluster.js';
import { Line } from './line.js';
import { during, longestWait, now, paceOf, seconds, type Span } from './pace.js';
import { everythingCounted, reckon, toldWrongly } from './reckoning.js';
import type { Scenario, Tried } from './scenario.js';

/** Calls in each stretch that is measured. */
const CALLS = 1_000;
const SEALS = 3;
/** Milliseconds for which a dump is held up in the middle; a handler who waited for it would wait longer. */
const LONG_DUMP = 8_000;
/** Milliseconds that anybody may wait for the database. */
const LONGEST_WAIT = 15_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const dumpArguments = (file: string) => ['-Fc', '-f', file, 'tyst'];

/** Makes backups, one after the other, until it is told to stop; how many of each, and the time that the last took. */
async function backUp(line: Line, folder: string, isOver: () => boolean) {
  const [copy, file] = [join(folder, 'copy'), join(folder, 'dump')];
  const copies: number[] = [];
  const dumps: number[] = [];
  while (!isOver()) {
    const began = now();
    await line.primary.baseBackup(copy);
    copies.push(now() - began);
    const dumping = now();
    await line.primary.client('pg_dump', dumpArguments(file));
    dumps.push(now() - dumping);
    rmSync(copy, { recursive: true });
  }
  return { copies, dumps };
}

/** Seals again and again; the time that each took. */
async function sealing(line: Line): Promise<number[]> {
  const times: number[] = [];
  for (let seal = 0; seal < SEALS; seal += 1) {
    const began = now();
    await line.done('keeper', ['seal', '--today']);
    times.push(now() - began);
    await line.handlers.untilMore(50);
  }
  return times;
}

/** A dump that has read the intake stands still, and a seal is asked for; whether the seal came after the dump. */
async function longDump(
  line: Line,
  folder: string,
): Promise<{ readonly span: Span; readonly inOrder: boolean }> {
  const { primary, tyst } = line;
  const dump = primary.launchClient('pg_dump', dumpArguments(join(folder, 'long')));
  const sql = `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE application_name = 'pg_dump' AND relation = 'intake.call'::regclass AND granted`;
  await until(async () => {
    if (dump.hasEnded()) throw new Error('The dump was too fast.');
    return (await primary.query(sql, [], 'tyst')).length > 0;
  }, 30);
  dump.kill('SIGSTOP');
  const seal = tyst.launch('keeper', ['seal', '--today']);
  const span = await during(() => pause(LONG_DUMP));
  const inOrder = !seal.hasEnded();
  dump.kill('SIGCONT');
  const [dumped, sealed] = await Promise.all([dump.ended, seal.ended]);
  return { span, inOrder: inOrder && dumped.code === 0 && sealed.code === 0 };
}

async function run(): Promise<Tried> {
  const line = await Line.begin();
  try {
    const { handlers } = line;
    const folder = serversFolder(join(line.folder, 'backups'));
    const begun = await line.counters();
    await line.standby(true);
    handlers.begin();
    const without = await during(() => handlers.untilMore(CALLS));
    let over = false;
    const backups = backUp(line, folder, () => over);
    const within = await during(() => handlers.untilMore(CALLS));
    let sealTimes: number[] = [];
    const across = await during(async () => {
      sealTimes = await sealing(line);
    });
    over = true;
    const { copies, dumps } = await backups;
    const { span, inOrder } = await longDump(line, folder);
    await handlers.untilMore(50);
    await handlers.rest();
    const reckoning = await reckon(line, begun);
    const { acknowledged, counted, unheard } = reckoning;
    const { answered } = handlers;
    return {
      figures: [
        ...everythingCounted(reckoning),
        ...toldWrongly(handlers),
        atLeast('base backups and dumps that were made meanwhile', copies.length + dumps.length, 4),
        atMost(
          'milliseconds that a handler waited at most, with backups',
          Math.round(longestWait(answered, { from: within.from, to: across.to })),
          LONGEST_WAIT,
        ),
        atMost(
          `milliseconds that a handler waited at most, while a dump stood still for ${LONG_DUMP} and a seal waited for it`,
          Math.round(longestWait(answered, span)),
          LONG_DUMP / 2,
        ),
        never(
          'seals that did not wait for a dump which stood still, or did not come after it',
          inOrder ? 0 : 1,
        ),
      ],
      measured: [
        {
          name: 'calls acknowledged, counted, and among these never heard of by their handler',
          value: [acknowledged, counted, unheard].join(', '),
        },
        ...paceOf(answered, 'no backup', without),
        ...paceOf(answered, 'backups one after the other', within),
        ...paceOf(answered, 'backups and seals', across),
        ...paceOf(answered, 'a dump stands still, a seal waits for it', span),
        {
          name: 'base backups, and the longest of them',
          value: `${copies.length}, ${seconds(Math.max(...copies))}`,
        },
        { name: 'dumps, and the longest of them', value: `${dumps.length}, ${seconds(Math.max(...dumps))}` },
        {
          name: 'seals among backups, from the command to its end',
          value: sealTimes.map(seconds).join(', '),
        },
      ],
    };
  } finally {
    await line.end();
  }
}

export const backups: Scenario = {
  title: 'Base backups and dumps while calls come in',
  words:
    'A server with an archive and a standby for which commits wait. `pg_basebackup` and `pg_dump`, both as a superuser, are ' +
    'run one after the other without a pause while twelve windows log calls, and while the calls are sealed. At last a dump is ' +
    'stopped in the middle, with its locks held, and a seal is asked for.',
  shows:
    'Backups make nobody wait and lose nothing. A seal waits for a dump that reads the calls, and calls wait for neither. The ' +
    'times are those of a small database on two processors which everything here shares.',
  run,
};
