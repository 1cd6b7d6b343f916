/** The tables of docs/usefulness.md. */
import type { Announced, Told } from './changes.js';
import { fixed, mean, median, per, table } from './markdown.js';
import type { Line, Measured, Shown } from './numbers.js';
import { happenings, readers, type Happening, type Reader } from './two-quarters.js';

const whole = (number: number) => number.toLocaleString('en');

/** The presets by how many calls a quarter they are for. */
const sizes: readonly (readonly [Line['preset'], number])[] = [
  ['tiny', 60],
  ['small', 250],
  ['medium', 1000],
  ['large', Infinity],
];

const suits = ({ calls, period, preset }: Pick<Line, 'calls' | 'period' | 'preset'>) => {
  const quarterly = period === 'year' ? calls / 4 : calls;
  return sizes.find(([, below]) => quarterly < below)?.[0] === preset;
};

export const nameOf = (line: Pick<Line, 'calls' | 'period' | 'preset'>) =>
  `${whole(line.calls)} a ${line.period}, ${line.preset}${suits(line) ? '' : ' °'}`;

export const nameOfPairs = ({ pairs }: Told) => nameOf({ ...pairs, period: 'quarter' });

export const shownIn = ({ errors }: Shown) => errors.length;
export const shareIn = ({ calls, callsShown }: Shown) => callsShown / calls;

export function numbers(results: readonly Measured[]): string {
  const methods = [
    ['today', 'Tyst'],
    ['older', 'Tyst 0.1'],
    ['hide', 'hide under 10, round to 5'],
    ['keys', 'cell keys'],
  ] as const;
  const head = [
    'calls, preset',
    'method',
    'cells shown',
    'calls in them',
    'mean error',
    'relative',
    'outside ±',
  ];
  const rows = results.flatMap((result) =>
    methods.map(([way, name], index) => {
      const shown = result[way];
      const { runs } = result.line;
      return [
        index === 0 ? nameOf(result.line) : '',
        name,
        `${fixed(shownIn(shown) / runs)} of ${fixed(shown.cells / runs, 0)}`,
        per(shareIn(shown)),
        fixed(mean(shown.errors)),
        per(median(shown.relative)),
        way === 'today' || way === 'older' ? per(shown.missed / shownIn(shown), 1) : '–',
      ];
    }),
  );
  return table(head, rows);
}

/** Version 0.1's figure, today's, and how many times as much today's is. */
const beside = (older: number, today: number, write: (number: number) => string): string =>
  `${write(older)} → ${write(today)} (× ${fixed(today / older, 2)})`;

export function versions(results: readonly Measured[]): string {
  const head = [
    'calls, preset',
    'times',
    'cells shown',
    'calls in them',
    'mean error of cells that both show',
  ];
  const rows = results.map(({ line, shared, both }) => [
    nameOf(line),
    String(line.runs),
    beside(shownIn(shared.older) / line.runs, shownIn(shared.today) / line.runs, fixed),
    beside(shareIn(shared.older), shareIn(shared.today), (share) => per(share, 1)),
    beside(mean(both.older.errors), mean(both.today.errors), (error) => fixed(error, 2)),
  ]);
  return table(head, rows);
}

export function hiddenLines(results: readonly Measured[]): string {
  const head = ['calls, preset', 'tables', 'lines', 'a period', 'mean error', 'mean ±', 'within ±'];
  const rows = results.flatMap(({ line, hidden }) =>
    (
      [
        ['of one question', hidden.oneWay],
        ['cross', hidden.crossed],
      ] as const
    ).flatMap(([name, { errors, uncertainties, within }]) =>
      errors.length < 10
        ? []
        : [
            [
              nameOf(line),
              name,
              String(errors.length),
              fixed(errors.length / line.runs),
              signed(mean(errors)),
              fixed(mean(uncertainties)),
              per(within / errors.length),
            ],
          ],
    ),
  );
  return table(head, rows);
}

export const signed = (number: number) => `${number < 0 ? '−' : '+'}${fixed(Math.abs(number))}`;

const readerNames: Readonly<Record<Reader, string>> = {
  today: 'Tyst',
  older: 'Tyst 0.1',
  exact: 'exact counts',
  hide: 'hide and round',
  keys: 'cell keys',
};

/** For each line a figure of each reader. */
export function byReader(
  told: readonly Told[],
  happening: Happening,
  figure: (announced: Announced, told: Told) => string,
) {
  const rows = told.map((one) => [
    nameOfPairs(one),
    String(one.pairs.runs),
    ...readers.map((reader) => figure(one.announced[happening][reader], one)),
  ]);
  return table(['calls, preset', 'pairs', ...readers.map((reader) => readerNames[reader])], rows);
}

/** Of statements, how many there were, and what share is true; nothing is true of what lies behind where nothing happened. */
export function statements(told: readonly Told[], happening: Happening): string {
  const titles = ['statements', 'true of the calls', 'true of what lies behind'];
  const columns = happening === 'nothing' ? titles.slice(0, 2) : titles;
  const head = [
    'calls, preset',
    ...['Tyst', '0.1'].flatMap((name) => columns.map((column) => `${name}: ${column}`)),
  ];
  const rows = told.map((one) => [
    nameOfPairs(one),
    ...(['today', 'older'] as const).flatMap((reader) => {
      const { statements: all, trueOfCounts, trueOfRates } = one.announced[happening][reader];
      return [fixed(all / one.pairs.runs, 2), per(trueOfCounts / all, 1), per(trueOfRates / all)].slice(
        0,
        columns.length,
      );
    }),
  ]);
  return table(head, rows);
}

export function denials(told: readonly Told[]): string {
  const head = [
    'calls, preset',
    ...happenings.flatMap((one) => [`${said[one]}: of totals`, `${said[one]}: of answers`]),
  ];
  const rows = told.map((one) => [
    nameOfPairs(one),
    ...happenings.flatMap((happening) => {
      const { totals, totalsFalse, answers, answersFalse } = one.denied[happening];
      return [
        [totals, totalsFalse],
        [answers, answersFalse],
      ].map(([all = 0, wrong = 0]) =>
        all < 20 ? '–' : `${per(wrong / all)} of ${fixed(all / one.pairs.runs, 2)}`,
      );
    }),
  ]);
  return table(head, rows);
}

const said: Readonly<Record<Happening, string>> = {
  nothing: 'nothing happened',
  concern: 'one concern up',
  fewer: 'fewer calls',
};
