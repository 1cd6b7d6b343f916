/** The attack report: what each attack does, its figures beside their bounds, and what became of the mutants. */
import type { Against } from './mutants.js';
import type { Attack, Figure, Findings } from './support/figures.js';

/** An attack with what it found. */
export interface Attacked {
  readonly attack: Attack;
  readonly findings: Findings;
}

export interface MutantAttacked {
  readonly name: string;
  readonly against: readonly Against[];
}

interface Contents {
  readonly version: string;
  readonly attacked: readonly Attacked[];
  readonly mutants: readonly MutantAttacked[];
  /** The picture's place beside the report. */
  readonly picture: string;
}

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(4));
const bound = ({ side, bound: limit }: Figure): string =>
  `${side} ${Number.isFinite(limit) ? String(Number(limit.toFixed(4))) : 'any'}`;
const verdict = ({ passes }: Figure): string => (passes ? 'kept' : '**broken**');

function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(
    (figure) => `| ${figure.name} | ${number(figure.value)} | ${bound(figure)} | ${verdict(figure)} |`,
  );
  return ['| figure | measured | bound | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function sectionOf({ attack, findings }: Attacked, picture: string): string {
  const notes = (findings.notes ?? []).map((note) => `- ${note}`).join('\n');
  return [
    `## ${attack.id} ${attack.title}`,
    attack.words,
    tableOf(findings.figures),
    notes,
    findings.curves === undefined
      ? ''
      : `![Members found against false alarms, for Tyst and for both mutants](${picture})`,
    attack.seed === null ? '' : `Seed: \`${attack.seed}\`.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Of each attack the figure that fails, or where none does the first. */
function mutantRows({ name, against }: MutantAttacked): string[] {
  return against.map(({ id, title, figures }) => {
    const figure = figures.find(({ passes }) => !passes) ?? figures[0];
    if (figure === undefined) return '';
    const failed = figures.filter(({ passes }) => !passes).length;
    return `| ${name} | ${id} ${title} | ${failed} of ${figures.length} broken | ${figure.name}: ${number(figure.value)}, bound ${bound(figure)} |`;
  });
}

const summary = (attacked: readonly Attacked[]): string => {
  const figures = attacked.flatMap(({ findings }) => findings.figures);
  const broken = figures.filter(({ passes }) => !passes);
  return broken.length === 0
    ? `All ${figures.length} figures of ${attacked.length} attacks keep their bounds.`
    : `**${broken.length} of ${figures.length} figures break their bounds.**`;
};

/** The report as Markdown. The same software and seeds give the same bytes. */
export function reportOf({ version, attacked, mutants, picture }: Contents): string {
  return [
    '# Attack report',
    `Tyst ${version}. Written by \`npm run attacks\`. The attacks on numbers (A1 to A3, A5, A7, A8, A12, N3, N4) take noise from a ` +
      'repeatable source that starts from the seed named beside them, and made-up calls from fixed numbers in the source, so ' +
      'the same software gives the same figures. In production noise has no seed: the suite puts its source in the place of ' +
      'the real one and runs the same functions. The attacks on the database and on whole machines (A6, A9 to A11, N1, N2, N5, N6) ' +
      'count what must never happen, whatever was drawn.',
    'Every attack runs against the functions that draw, publish and show, on synthetic calls shaped like those of real ' +
      'lines. An attacker knows the software, the plan, the vocabulary, the size of the noise, and nearly always every call ' +
      'but one. The bounds hold for rho = 0.5, the default and the most that Tyst accepts. `npm test` runs the same attacks on ' +
      'smaller samples.',
    summary(attacked),
    ...attacked.map((one) => sectionOf(one, picture)),
    '## The mutants',
    'A suite that everything passes proves nothing. Two ways to publish that are in use elsewhere are put in the place of ' +
      'Tyst: **bounded cell-key noise** (the Cell Key Method with D = 5, V = 3, under 10 hidden) and **hide under 10, round ' +
      'to 5** without any noise. Two simpler ways to keep a quarter: **rows kept until the close**, which move from one ' +
      'night’s key to the next, and **one share, drawn at the close**, as much noise as Tyst draws and none of it before. And ' +
      'Tyst with a fault in it: either budget left out, and one query’s weight off by one, as it is compiled or as it is ' +
      'counted. All fail.',
    [
      '| method | attack | outcome | for example |',
      '| --- | --- | --- | --- |',
      ...mutants.flatMap(mutantRows),
    ].join('\n'),
    'Pinning breaks neither way to publish on lines this small: with several hidden cells in every table a linear programme finds no ' +
      'single answer. That it can is shown by a test on tables of exact numbers with those under 10 left out, where it pins ' +
      'cells at once.',
    '',
  ].join('\n\n');
}
