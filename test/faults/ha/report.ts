/** What was tried, as an operator reads it. */
import type { Figure } from '../../attacks/support/figures.js';
import type { Scenario, Tried } from './scenario.js';

export interface Done {
  readonly scenario: Scenario;
  readonly tried: Tried;
}

interface Contents {
  readonly version: string;
  /** What it ran on: programs and machine. */
  readonly ground: readonly string[];
  readonly done: readonly Done[];
}

const boundOf = ({ side, bound }: Figure) => `${side} ${bound}`;

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const figuresOf = (figures: readonly Figure[]): string =>
  tableOf(
    ['figure', 'measured', 'bound', ''],
    figures.map((figure) => [
      figure.name,
      String(figure.value),
      boundOf(figure),
      figure.passes ? 'kept' : '**broken**',
    ]),
  );

function sectionOf({
  scenario: { title, words, shows },
  tried: { figures, measured, notes = [] },
}: Done): string {
  return [
    `## ${title}`,
    words,
    figuresOf(figures),
    tableOf(
      ['measured', ''],
      measured.map(({ name, value }) => [name, value]),
    ),
    notes.map((note) => `- ${note}`).join('\n'),
    shows,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Whether every bound was kept. */
export const allKept = (done: readonly Done[]): boolean =>
  done.every(({ tried }) => tried.figures.every(({ passes }) => passes));

function summaryOf(done: readonly Done[]): string {
  const figures = done.flatMap(({ tried }) => tried.figures);
  const broken = figures.filter(({ passes }) => !passes).length;
  return broken === 0
    ? `All ${figures.length} figures keep their bounds.`
    : `**${broken} of ${figures.length} figures break their bounds.**`;
}

/** The report as Markdown. */
export function reportOf({ version, ground, done }: Contents): string {
  return [
    '# Reliability',
    `Tyst ${version}. Written by \`npm run ha\`: what becomes of calls when servers die, copies are made and processes go, tried ` +
      'with the PostgreSQL and the haproxy of the system’s packages. The figures are those of the last run. Faults of single ' +
      'statements and files are tried one by one elsewhere ([attack-report.md](attack-report.md), N7), and those of the ' +
      'embedded database in `test/faults/`.',
    summaryOf(done),
    '## How it is tried',
    'One machine, everything on loopback: a primary with `archive_mode=on` and the default `wal_recycle`, standbys on physical ' +
      'slots, passwords by SCRAM; haproxy, which gives the database one address that follows the primary (as Patroni or ' +
      'keepalived do) and hands requests for the pages to the web processes in turn; two `tyst web` and one `tyst keeper`, each ' +
      'with a credentials file, as two users of the system who have no name. The owner’s password and the secret are used by ' +
      '`tyst migrate` and `tyst credentials`, and by no process that runs.',
    'Four people with three windows each log made-up calls, rest for up to 60 ms and log the next. They do what the browser ' +
      'does: whatever is not answered, or is answered 503, is sent again with the same receipt. One call in seven is amended, one in ten ' +
      'withdrawn, one in seventeen left before there is an answer. What was answered is remembered, so the truth is known. The ' +
      'quarter’s counters are opened with the key from the key directory right after they were created, when they hold the ' +
      'first share of the noise and no call, and again at the end: **the difference must be the calls, exactly, in every query**. ' +
      'A call that nobody was told of may be counted, once. At last counted calls are sent again: each must be ' +
      'refused as sealed.',
    ground.map((line) => `- ${line}`).join('\n'),
    ...done.map(sectionOf),
    '## What it does not show',
    [
      'Disks that lie, a power cut of all machines at once, and networks that lose packets or part the machines: everything ' +
        'here is on one machine, and the dead are dead at once.',
      'Two primaries at a time. Whatever promotes a standby must make sure that the old primary is gone (fencing); haproxy ' +
        'ends the connections to it here.',
      'The time until somebody notices a death and decides: the script promotes at once.',
      'Large databases and many handlers: the load is bounded, and the machine is small.',
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
    '',
  ].join('\n\n');
}
