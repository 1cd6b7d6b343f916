/** What the supervisor's pages work out for themselves: series, what comes next, what a plan looks like. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axisWords } from '../../src/web/charts/lines.js';
import { projectRoot } from '../../src/platform/project.js';
import { endOfMonths, monthsUpTo } from '../../src/web/statistics/month-series.js';
import { upcomingQuarter } from '../../src/web/statistics/upcoming.js';
import { seriesCsv } from '../../src/web/statistics/series-csv.js';
import { firstShown, rowsOf, seriesOf, tableKey, totalSeries } from '../../src/web/explorer/series.js';
import { named, nextTable, ownProblem } from '../../src/web/plan/own-plan.js';
import { previewOf } from '../../src/web/plan/preview.js';
import { leastSure } from '../../src/contract/sureness.js';
import { definedDistribution, sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary as vocabulary } from '../support/small.js';
import { aPeriod, aTable, axis, label, sure, under, value } from './published.js';

describe('the quarter that comes next', () => {
  test.each([
    ['2026-10-03', '2026-Q3'],
    ['2026-10-07', '2026-Q3'],
    // It may be out by now, and if it is not, it was never closed here.
    ['2026-10-08', '2026-Q4'],
    ['2026-11-22', '2026-Q4'],
    ['2027-01-02', '2026-Q4'],
  ])('on %s is %s', (day, quarter) => {
    expect(upcomingQuarter([], day)?.quarter).toBe(quarter);
  });

  test('goes on as soon as a quarter is out, and says which of its months are', () => {
    const periods = [aPeriod('2026-Q3'), aPeriod('2026-10')];
    expect(upcomingQuarter(periods, '2026-10-07')?.quarter).toBe('2026-Q4');
    expect(upcomingQuarter(periods, '2026-11-22')?.months).toEqual([
      { month: '2026-10', published: true },
      { month: '2026-11', published: false },
      { month: '2026-12', published: false },
    ]);
  });
});

describe('months beside a period', () => {
  const months = ['2025-11', '2025-12', '2026-01', '2026-02'].map((id) => aPeriod(id));

  test('are those of the year up to its end', () => {
    expect(monthsUpTo(months, '2026-12')?.months.map(({ id }) => id)).toEqual(['2026-01', '2026-02']);
    expect(monthsUpTo(months, '2025-12')?.months.map(({ id }) => id)).toEqual(['2025-11', '2025-12']);
  });

  test('count everybody where their plans do, else the conversations, else nobody', () => {
    expect(monthsUpTo([aPeriod('2026-01')], '2026-03')?.universe).toBe('contacts');
    expect(monthsUpTo([aPeriod('2026-01', null)], '2026-03')?.universe).toBe('conversations');
    expect(monthsUpTo([aPeriod('2026-01', null, null)], '2026-03')).toBeNull();
    expect(monthsUpTo([], '2026-03')).toBeNull();
  });

  test('go on into the open quarter beside the newest one, and not beside an older one', () => {
    const periods = [aPeriod('2025-Q3'), aPeriod('2025-Q4'), ...months];
    expect(endOfMonths(periods, aPeriod('2025-Q4'))).toBe('2026-02');
    expect(endOfMonths(periods, aPeriod('2025-Q3'))).toBe('2025-09');
    expect(endOfMonths(periods, aPeriod('2026-01'))).toBe('2026-01');
  });
});

describe('series', () => {
  const periods = ['2026-Q1', '2026-Q2', '2026-Q3'].map((id) => aPeriod(id));
  const older = aTable({
    rows: axis('concern', 'z', 'a'),
    cells: [[value(12)], [{ value: 33, share: 41 }]],
    uncertainty: 4,
    shareUncertainties: [5, 5],
  });

  test('have a number for each period, and none where the plan does not count it', () => {
    const series = seriesOf(periods, [older, null, aTable()], null);
    expect(series.map(({ code }) => code)).toEqual(['a', 'b', 'c', 'z']);
    expect(series[0]?.points).toEqual([
      { number: { value: 33, share: 41 }, uncertainty: 4, shareUncertainty: 5 },
      { number: null, uncertainty: null, shareUncertainty: null },
      { number: value(40), uncertainty: 7, shareUncertainty: null },
    ]);
    expect(series[3]?.points.map(({ number }) => number)).toEqual([value(12), null, null]);
  });

  test('of the conversations among the kinds are as sure as their total', () => {
    const kinds = aTable({
      universe: 'all',
      rows: axis('kind', 'conversation', 'silent'),
      cells: [[value(80)], [value(20)]],
      uncertainty: 3,
    });
    const period = { ...aPeriod('2026-Q1'), sureness: { contacts: null, conversations: sure(10, 6) } };
    const [talks, silent] = seriesOf([period], [kinds], null);
    expect(talks?.points[0]?.uncertainty).toBe(6);
    expect(silent?.points[0]?.uncertainty).toBe(3);
    const labels = { contacts: label('contacts'), conversations: label('conversations') };
    expect(totalSeries([period], labels)[1]?.points[0]?.uncertainty).toBe(6);
  });

  test('never hold what a table hides together', () => {
    const hides = aTable({ hidden: { value: 55, uncertainty: 9 } });
    expect(seriesOf(periods.slice(0, 1), [hides], null).map(({ code }) => code)).toEqual(['a', 'b', 'c']);
  });

  test('of a cross table are the columns of one row', () => {
    const crossed = aTable({
      columns: axis('age', 'x', 'y'),
      cells: [
        [value(1), value(2)],
        [value(3), under],
        [value(5), value(6)],
      ],
    });
    expect(rowsOf([crossed]).map(({ code }) => code)).toEqual(['a', 'b', 'c']);
    expect(seriesOf(periods, [crossed], 'b').map(({ points }) => points[0]?.number)).toEqual([
      value(3),
      under,
    ]);
  });

  test('that have nothing to show are not drawn first', () => {
    expect(
      firstShown(seriesOf(periods, [aTable({ cells: [[under], [value(20)], [value(30)]] })], null), 1),
    ).toEqual(['b']);
  });

  test('belong together by what they count, whatever their plans call them', () => {
    const rows = { dimension: 'age', level: 'top' } as const;
    expect(tableKey({ rows, columns: null })).not.toBe(
      tableKey({ rows: { ...rows, level: 'leaf' }, columns: null }),
    );
    expect(tableKey({ rows, columns: rows })).not.toBe(tableKey({ rows, columns: null }));
  });

  test('as CSV have a line for each number, hidden and missing ones too', () => {
    const shown = [{ value: 20, share: 31 }, value(20), under, { withheld: true } as const, null];
    const lines = shown.map((number) => ({
      ...{ period: '2026-Q3', code: 'a', number },
      uncertainty: number === null ? null : 7,
      shareUncertainty: 4,
    }));
    expect(seriesCsv(lines).split('\r\n')).toEqual([
      'period,code,status,value,under,uncertainty,share,share_uncertainty',
      '2026-Q3,a,value,20,,7,31,4',
      '2026-Q3,a,value,20,,7,,',
      '2026-Q3,a,under,,10,7,,',
      '2026-Q3,a,withheld,,,,,',
      '2026-Q3,a,not-counted,,,,,',
      '',
    ]);
  });
});

test('two years do not run into each other along a narrow axis', () => {
  const marks = ['2025', '2026', '2026'].map((year, at) => ({ name: `kv. ${at}`, short: String(at), year }));
  expect(axisWords(marks, 40)).toEqual(['kv. 0\n2025', 'kv. 1\n2026', 'kv. 2']);
  expect(axisWords(marks, 20)).toEqual(['0', '1\n2026', '2']);
});

describe('a plan before it is chosen', () => {
  test.each([
    ['tiny', 4, 7, 1],
    ['small', 10, 12, 1],
    ['medium', 18, 15, 5],
    ['large', 26, 20, 5],
  ] as const)('like %s has cost %d, threshold %d and step %d', (preset, cost, threshold, step) => {
    const preview = previewOf(smallPlan(preset), vocabulary);
    const sigma2 = leastSure(smallPlan(preset), vocabulary);
    expect(preview).toMatchObject({ sigma2, threshold, step, cost, twenty: 20 });
    // The noise that takes a count of 20 under the threshold, summed by the definition.
    const under = [...definedDistribution(sigma2)].filter(([noise]) => 20 + noise < threshold);
    expect(preview.twentyUnder).toBeCloseTo(sum(under.map(([, likely]) => likely)), 6);
  });

  test('under a strict protection hides a count of 20 that a normal one shows', () => {
    expect(previewOf(smallPlan('large', 0.125), vocabulary)).toMatchObject({ twenty: null });
    expect(previewOf(smallPlan('large', 0.125), vocabulary).twentyUnder).toBeGreaterThan(0.9);
  });

  test('of one own is refused in the words of what is wrong', () => {
    const plan = (...tables: Parameters<typeof named>[0][]) => ({
      preset: 'own' as const,
      rho: 0.5,
      tables: tables.map(named),
    });
    expect(ownProblem(plan(), vocabulary)).toBe('few');
    expect(ownProblem(plan({ rows: 'age' }, { rows: 'age' }), vocabulary)).toBe('twice');
    expect(ownProblem(plan({ rows: 'age', columns: 'age' }), vocabulary)).toBe('same');
    expect(ownProblem(plan({ rows: 'shoe_size' }), vocabulary)).toBe('wrong');
    expect(ownProblem(plan({ rows: 'age' }, { rows: 'age', level: 'top' }), vocabulary)).toBeNull();
    const many = Array.from({ length: 61 }, () => named({ rows: 'age' }));
    expect(ownProblem({ preset: 'own', rho: 0.5, tables: many }, vocabulary)).toBe('many');
  });

  test('gets another question with each new table', () => {
    const first = nextTable([], vocabulary);
    const second = nextTable([first], vocabulary);
    expect([first.rows, second.rows]).toEqual(['month', vocabulary.dimensions[0]?.id]);
  });
});

test('a picture that is copied has the light colours of the page', () => {
  const tokens = readFileSync(join(projectRoot, 'src/web/styles/tokens.css'), 'utf8');
  const look = readFileSync(join(projectRoot, 'src/web/charts/look.ts'), 'utf8');
  const light = tokens.slice(tokens.indexOf(':root {'), tokens.indexOf('}', tokens.indexOf(':root {')));
  const paper = look.slice(look.indexOf('paperColours'), look.indexOf('export const font'));
  const tokenOf = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(light)?.[1];
  const paperOf = (name: string) => new RegExp(`${name}: '(#[0-9a-f]{6})'`).exec(paper)?.[1];
  const names = { card: 'card', ink: 'ink', softInk: 'soft-ink', line: 'line', accent: 'accent' };
  for (const [key, name] of Object.entries({ ...names, accentTint: 'accent-tint', onAccent: 'on-accent' })) {
    expect([name, tokenOf(name)]).toEqual([name, expect.stringMatching(/^#/)]);
    expect([name, paperOf(key)]).toEqual([name, tokenOf(name)]);
  }
  const series = [1, 2, 3, 4].map((index) => tokenOf(`series-${index}`));
  expect(/series: \[(.*)\]/.exec(paper)?.[1]?.replaceAll(/['\s]/g, '').split(',')).toEqual(series);
});
