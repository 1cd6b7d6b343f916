/** A standby that commits do not wait for has fallen behind, and takes over all the same. */
import { atLeast, never, type Figure } from '../../attacks/support/figures.js';
import { until } from '../../support/until.js';
import type { Server } from './cluster.js';
import { Line } from './line.js';
import { countedOnce, reckon, type Reckoning } from './reckoning.js';
import type { Measured, Scenario, Tried } from './scenario.js';

const CALLS = 150;

/** Calls come in; the standby hears of the first half of them; the primary dies and the standby takes over. */
async function fallBehind(line: Line, standby: Server, meanwhile: () => Promise<unknown>): Promise<void> {
  const { handlers } = line;
  handlers.begin();
  await handlers.untilMore(CALLS);
  await standby.loseContact();
  await handlers.untilMore(CALLS);
  await meanwhile();
  await handlers.untilMore(CALLS);
  await line.primary.kill();
  await line.takeOver(standby);
}

const labelled = (label: string, figures: readonly Figure[]): Figure[] =>
  figures.map((figure) => ({ ...figure, name: `${label}: ${figure.name}` }));

/** What a start says of the standby, and what a strict one does. */
async function lookedAt({ tyst }: Line): Promise<Figure[]> {
  const names = /"event":"server-keeps","setting":"synchronous_standby_names"/;
  const [owner, strict] = [{}, { TYST_STRICT: 'yes' }].map((more) =>
    tyst.launch('owner', ['migrate'], { more }),
  );
  await tyst.stopKeeper();
  const before = tyst.said().length;
  tyst.startKeeper();
  await until(() => tyst.said().slice(before).includes('The keeper is at work'), 60);
  const said = [(await owner?.ended)?.stderr ?? '', tyst.said().slice(before)];
  const refusal = await strict?.ended;
  return [
    never(
      'starts, of owner and keeper, that did not name the standby',
      said.filter((text) => !names.test(text)).length,
    ),
    never(
      'strict starts that were not refused for its sake',
      refusal?.code === 1 && refusal.stderr.includes('synchronous_standby_names') ? 0 : 1,
    ),
  ];
}

/** No seal in between: nobody can see that anything is missing. */
async function withoutASeal(): Promise<{ figures: Figure[]; lost: number; acknowledged: number }> {
  const line = await Line.begin();
  try {
    const { handlers } = line;
    // What the standby has not heard of is undone: a call withdrawn then would be counted, as it must.
    handlers.changes = false;
    const begun = await line.counters();
    const standby = await line.standby(false);
    const looked = await lookedAt(line);
    await fallBehind(line, standby, () => Promise.resolve());
    await handlers.untilMore(CALLS);
    await handlers.rest();
    const reckoning = await reckon(line, begun);
    const { lost, acknowledged } = reckoning;
    return {
      figures: [
        ...looked,
        ...labelled('no seal in between', countedOnce(reckoning)),
        never('no seal in between: times that a handler was signed out', handlers.wrongs.signedOut),
        atLeast(
          'no seal in between: calls that the standby had never heard of, or nothing was tried',
          lost,
          1,
        ),
      ],
      lost,
      acknowledged,
    };
  } finally {
    await line.end();
  }
}

interface Refusal {
  readonly figures: Figure[];
  readonly reckoning: Reckoning;
  readonly late: number;
  readonly words: readonly string[];
}

/** The lines of the log that say why nothing is taken in, and what became of the counters. */
const saidOf = (line: Line): string[] => [
  ...new Set(
    line.tyst
      .said()
      .split('\n')
      .filter((text) =>
        /"event":"(keys-refused|night-key-lost|counters-begun-anew|call-did-not-open)"/.test(text),
      ),
  ),
];

/** Waits until the pages say that nothing is taken in, and the keeper has said why. */
async function untilRefused(line: Line): Promise<void> {
  await until(async () => (await fetch(`${line.addresses.pages}/health/ready`)).status === 503, 60);
  await until(() => saidOf(line).some((text) => text.includes('keys-refused')), 60);
}

/** The key was turned in between: the standby's database is older than its key. */
async function acrossASeal(): Promise<Refusal> {
  const line = await Line.begin();
  try {
    const { handlers, tyst } = line;
    const standby = await line.standby(false);
    await fallBehind(line, standby, () => line.done('keeper', ['seal', '--today']));
    const takenOver = performance.now();
    await untilRefused(line);
    const late = handlers.answered.filter(({ sentAt, acknowledged }) => acknowledged && sentAt > takenOver);
    const taken = (await handlers.tryOnce()) === 503 ? 0 : 1;
    // Whoever is in the middle of a call goes on trying until somebody has decided.
    const resting = handlers.rest();
    await tyst.stopKeeper();
    const confirmed = await tyst.launch('keeper', ['keeper', '--keys-are-lost']).ended;
    // Whatever is taken in from now on, they are as they began until the next seal.
    const begun = await line.counters();
    tyst.startKeeper();
    await resting;
    handlers.begin();
    await handlers.untilMore(CALLS);
    await handlers.rest();
    const reckoning = await reckon(line, begun);
    const anew = await line.look(({ owner }) =>
      owner.query<unknown[]>('SELECT 1 FROM published.quarter_plan WHERE counted_from IS NOT NULL'),
    );
    return {
      figures: [
        never('a seal in between: calls taken in once the keeper had refused its keys', taken),
        never(
          'a seal in between: quarters that began anew and do not say so',
          confirmed.code === 0 && anew.length > 0 ? 0 : 1,
        ),
        ...labelled('a seal in between, begun anew', countedOnce(reckoning)),
      ],
      reckoning,
      late: late.length,
      words: [...saidOf(line), confirmed.stdout.trim()],
    };
  } finally {
    await line.end();
  }
}

async function run(): Promise<Tried> {
  const unseen = await withoutASeal();
  const seen = await acrossASeal();
  const measured: Measured[] = [
    {
      name: 'no seal in between: calls acknowledged, and those among them that are gone',
      value: `${unseen.acknowledged}, ${unseen.lost}`,
    },
    {
      name: 'a seal in between: calls acknowledged, and those among them that are not in the counters which began anew',
      value: `${seen.reckoning.acknowledged}, ${seen.reckoning.lost}`,
    },
    {
      name: 'a seal in between: calls acknowledged by the new primary before the keeper had refused its keys (they are gone)',
      value: String(seen.late),
    },
  ];
  return {
    figures: [...unseen.figures, ...seen.figures],
    measured,
    notes: ['What was said:', ...seen.words.map((text) => `\`${text}\``)],
  };
}

export const asynchronous: Scenario = {
  title: 'A standby that commits do not wait for takes over',
  words:
    'The standby has lost contact: of the last calls it has heard nothing. The primary is killed and the standby takes over all the ' +
    'same; once with no seal in between, and once with one, after which its database is older than the key directory. ' +
    'In the first, calls are neither amended nor withdrawn: a change of which the standby had not heard is undone.',
  shows:
    'This loses calls, and no software can give them back: **let commits wait for the standby.** Each start says so by the name of ' +
    'the setting, and a strict one is refused. With no seal in between nobody sees it when it has happened. With one the keeper finds that the key which the database names is destroyed; it refuses, calls are answered ' +
    '503, and nothing is opened or destroyed until somebody has confirmed with `tyst keeper --keys-are-lost`. Then the quarter ' +
    'begins anew and says so wherever it is shown. What is counted after that is counted once.',
  run,
};
