/** Published periods and tables as the pages get them, to be changed in what a test is about. */
import type { PeriodSummary, PublishedTable, ShownNumber, Sureness } from '../../src/contract/statistics.js';
import { statistics as english } from '../../src/web/messages/statistics-en.js';
import { statistics as swedish } from '../../src/web/messages/statistics-sv.js';
import type { Names } from '../../src/web/statistics/titles.js';

export const label = (text: string) => ({ sv: text, en: text });
export const value = (calls: number): ShownNumber => ({ value: calls });
export const under: ShownNumber = { under: 10 };

/** The rows or columns of a table. */
export const axis = (dimension: string, ...codes: string[]): PublishedTable['rows'] => ({
  dimension,
  codes: codes.map((code) => ({ code, label: label(code) })),
});

export function aTable(change: Partial<PublishedTable> = {}): PublishedTable {
  return {
    period: '2026-Q3',
    countedFrom: null,
    begunAnew: [],
    table: 'concern',
    universe: 'conversation',
    rows: axis('concern', 'a', 'b', 'c'),
    columns: null,
    cells: [[value(40)], [value(60)], [under]],
    several: false,
    hidden: null,
    sigma2: 10,
    threshold: 10,
    step: 1,
    uncertainty: 7,
    shareUncertainties: [null, null, null],
    ...change,
  };
}

/** How sure a number is, from the variance of its noise alone. */
export const sure = (sigma2: number, uncertainty = 7): Sureness => ({
  ...{ sigma2, uncertainty },
  threshold: 10,
  step: 1,
});

export function aPeriod(
  id: string,
  contacts: number | null = 100,
  conversations: number | null = 80,
): PeriodSummary {
  const number = (calls: number | null) => (calls === null ? null : value(calls));
  return {
    id,
    kind: id.length === 4 ? 'year' : id.includes('Q') ? 'quarter' : 'month',
    publishedOn: '2026-10-07',
    plan: { preset: 'small', rho: 0.5 },
    totals: { contacts: number(contacts), conversations: number(conversations) },
    sureness: {
      contacts: contacts === null ? null : sure(16, 9),
      conversations: conversations === null ? null : sure(10, 7),
    },
    countedFrom: null,
    begunAnew: [],
  };
}

/** The words of the pages in either language. */
export const names: Readonly<Record<'sv' | 'en', Names>> = {
  sv: { statistics: swedish, locale: 'sv', dimensions: [] },
  en: { statistics: english, locale: 'en', dimensions: [] },
};
