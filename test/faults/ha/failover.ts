/** The primary dies under load, again and again, and the standby that commits wait for takes over. */
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { locks } from '../../../src/platform/locks.js';
import { openedCounters } from '../../support/opened.js';
import { never, type Figure } from '../../attacks/support/figures.js';
import { until } from '../../support/until.js';
import type { Server } from './cluster.js';
import { quarterBefore, writeImport } from './imported.js';
import { Line } from './line.js';
import { during, firstAfter, now, paceOf, seconds } from './pace.js';
import type { Started } from './processes.js';
import { everythingCounted, miscounted, reckon, toldWrongly } from './reckoning.js';
import type { Measured, Scenario, Tried } from './scenario.js';

/** When the primary is killed. */
type Moment = keyof typeof moments;

/** Brings the primary to its moment and kills it. The seal that was under way, if there was one. */
type Killing = (line: Line, standby: Server) => Promise<Started | null>;

/** Milliseconds for which the address leads to a server that only reads. */
const BEFORE_TAKING_OVER = 1_000;
/** Calls between two deaths. */
const CALLS = 150;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The key that the database names, as it is seen on a server. */
const keyOn = async (server: Server): Promise<unknown> =>
  server.value('SELECT id FROM intake.key', [], 'tyst');

/** Waits until there is a new key beside the old one: the seal's transaction begins. */
const untilTurning = ({ tyst }: Line) => until(() => readdirSync(tyst.keyDirectory).length > 1, 60);

/** Waits until the process that turns the key has committed here, and waits for the standby. */
const untilCommitWaits = (primary: Server) =>
  until(async () => {
    const sql = `SELECT 1 FROM pg_stat_activity JOIN pg_locks USING (pid)
      WHERE wait_event = 'SyncRep' AND locktype = 'advisory' AND objid = $1 AND granted`;
    return (await primary.query(sql, [locks.night])).length > 0;
  }, 60);

const sealIn = ({ tyst }: Line) => tyst.launch('keeper', ['seal', '--today']);

/** A seal whose COMMIT the standby does not confirm, since its receiver stands still; it goes on when all is over. */
async function killWhileCommitWaits(line: Line, standby: Server, arrives: boolean) {
  const { primary } = line;
  const key = await keyOn(standby);
  const receiver = await standby.receiver();
  const sealing = sealIn(line);
  await untilTurning(line);
  // Before its last statements the seal waits for us; from there on it has all other writers wait.
  await primary.whileLocked('SELECT 1 FROM intake.key FOR NO KEY UPDATE', 'tyst', async () => {
    const sql = `SELECT 1 FROM pg_stat_activity WHERE usename = 'tyst_keeper' AND wait_event_type = 'Lock'
      AND query LIKE '%INTO intake.key%'`;
    await until(async () => (await primary.query(sql)).length > 0, 60);
    process.kill(receiver, 'SIGSTOP');
  });
  await untilCommitWaits(primary);
  await primary.kill();
  const promoting = arrives ? null : standby.promote();
  process.kill(receiver, 'SIGCONT');
  // What the primary had sent lies in the receiver's hands.
  if (arrives) await until(async () => (await keyOn(standby)) !== key, 30);
  await promoting;
  return sealing;
}

const moments = {
  async 'while calls come in'({ primary }) {
    await primary.kill();
    return null;
  },
  async 'and the address moves to the standby before it has taken over'({ primary, addresses }, standby) {
    await primary.kill();
    await addresses.lead(standby.port);
    await pause(BEFORE_TAKING_OVER);
    return null;
  },
  async 'in the middle of a seal'(line) {
    const sealing = sealIn(line);
    await untilTurning(line);
    await pause(randomInt(200));
    await line.primary.kill();
    return sealing;
  },
  async 'right after the COMMIT of a seal'(line) {
    const key = await keyOn(line.primary);
    const sealing = sealIn(line);
    await until(async () => (await keyOn(line.primary)) !== key, 60);
    await line.primary.kill();
    return sealing;
  },
  'while the COMMIT of a seal waits for the standby': (line, standby) =>
    killWhileCommitWaits(line, standby, false),
  'while the COMMIT of a seal waits for the standby, which has it': (line, standby) =>
    killWhileCommitWaits(line, standby, true),
} satisfies Record<string, Killing>;

const rounds: readonly Moment[] = [
  'while calls come in',
  'and the address moves to the standby before it has taken over',
  'in the middle of a seal',
  'while the COMMIT of a seal waits for the standby',
  'right after the COMMIT of a seal',
  'while the COMMIT of a seal waits for the standby, which has it',
  'in the middle of a seal',
];

/** Whether the pages say that calls are taken in, the key confirmed. */
const isReady = ({ addresses }: Line): Promise<boolean> =>
  fetch(`${addresses.pages}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Whether the key directory holds the key that the database names, and no other. */
async function hasOneKey(line: Line): Promise<boolean> {
  return readdirSync(line.tyst.keyDirectory).join() === (await keyOn(line.primary));
}

/** What one death came to. */
interface Death {
  readonly moment: Moment;
  readonly promoted: number;
  readonly first: number;
  readonly ready: number;
  /** Whether the seal under way had been committed, as the standby had it. */
  readonly turned: boolean;
  readonly unexplained: number;
}

async function dieOnce(line: Line, moment: Moment, standby: Server): Promise<Death> {
  const { handlers, primary } = line;
  await handlers.untilMore(CALLS);
  const key = await keyOn(line.primary);
  const sealing = await moments[moment](line, standby);
  const { died } = primary;
  await line.takeOver(standby);
  const promoted = now() - died;
  const turned = (await keyOn(line.primary)) !== key;
  await until(() => isReady(line), 90);
  const ready = now() - died;
  const outcome = sealing === null ? null : await sealing.ended;
  const unexplained = outcome === null || outcome.code === 0 || /^tyst: /m.test(outcome.stderr) ? 0 : 1;
  await handlers.untilMore(20);
  await until(() => hasOneKey(line), 90);
  return { moment, promoted, first: firstAfter(handlers.answered, died), ready, turned, unexplained };
}

/** An older quarter that is imported before the last death and after it, and closed: what came in between is known. */
async function importAndClose(line: Line, between: () => Promise<void>): Promise<Figure[]> {
  const quarter = quarterBefore(line.month);
  const [one, two] = [writeImport(line.folder, quarter, 40), writeImport(line.folder, quarter, 400)];
  await line.done('keeper', ['import', one.file]);
  const begun = await line.look((machine) => openedCounters(machine, quarter));
  await between();
  await line.done('keeper', ['import', two.file, '--again']);
  const ended = await line.look((machine) => openedCounters(machine, quarter));
  await line.done('keeper', ['close', quarter]);
  const published = await line.look(({ owner }) =>
    owner.query<unknown[]>('SELECT 1 FROM published.period WHERE id = $1', [quarter]),
  );
  const calls = two.calls.map((answers) => ({ possible: [answers] }));
  return [
    never(
      'answers of an imported quarter, begun before the last death and closed after it, that are not those of its calls',
      miscounted({ begun, ended }, two.month, calls) + (published.length === 1 ? 0 : 1),
    ),
  ];
}

function measuredOf(deaths: readonly Death[]): Measured[] {
  return deaths.map(({ moment, promoted, first, ready, turned }) => ({
    name: `killed ${moment}${!moment.includes('seal') ? '' : turned ? ' (the standby had the seal)' : ' (the standby had it not)'}: standby promoted, first call acknowledged, keeper back`,
    value: [promoted, first, ready].map(seconds).join(', '),
  }));
}

async function run(): Promise<Tried> {
  const line = await Line.begin();
  try {
    const { handlers } = line;
    const begun = await line.counters();
    handlers.begin();
    const alone = await during(() => handlers.untilMore(3 * CALLS));
    let standby = await line.standby(true);
    const waitedFor = await during(() => handlers.untilMore(3 * CALLS));
    const deaths: Death[] = [];
    const die = async (moment: Moment) => {
      deaths.push(await dieOnce(line, moment, standby));
      standby = await line.standby(true);
    };
    for (const moment of rounds.slice(0, -1)) await die(moment);
    const imported = await importAndClose(line, () => die(rounds.at(-1) ?? 'while calls come in'));
    await handlers.untilMore(CALLS);
    await handlers.rest();
    const reckoning = await reckon(line, begun);
    const { counted, unheard, acknowledged } = reckoning;
    return {
      figures: [
        ...everythingCounted(reckoning),
        ...toldWrongly(handlers),
        ...imported,
        never(
          'seals that ended without a word when the primary died',
          deaths.filter(({ unexplained }) => unexplained > 0).length,
        ),
      ],
      measured: [
        {
          name: 'deaths of the primary; calls acknowledged, counted, and among these never heard of by their handler',
          value: [deaths.length, acknowledged, counted, unheard].join(', '),
        },
        ...measuredOf(deaths),
        ...paceOf(handlers.answered, 'without a standby', alone),
        ...paceOf(handlers.answered, 'commits wait for the standby', waitedFor),
        {
          name: 'requests without an answer and answers 503, all sent again with the same receipt',
          value: String(handlers.resent),
        },
      ],
    };
  } finally {
    await line.end();
  }
}

export const failover: Scenario = {
  title: 'The primary dies, the standby takes over',
  words:
    'A streaming standby for which commits wait (`synchronous_standby_names`). Twelve windows of four handlers log calls through ' +
    'haproxy and two web processes; they send again with the same receipt, amend and withdraw, and some leave before there is an ' +
    'answer. The whole primary is killed with `kill -9`, the standby is promoted and the address of the database follows it; then a ' +
    'new standby is made while calls come in, and so on. An older quarter is imported before the last death and after it, and closed.',
  shows:
    'No acknowledged call is lost and none is counted twice, wherever in a seal the primary dies, and the key that the database ' +
    'names is the one that is left. The script promotes at once: with Patroni or by hand the time until somebody notices comes on ' +
    'top. Between a take-over and the next standby commits wait for nobody; a second death in that time is not covered.',
  run,
};
