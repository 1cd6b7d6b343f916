/** Unanswered calls of a month: typed in by a supervisor, exact, and kept apart from every published number. */
import { aProblem, startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

let app: TestApp;
let supervisor: Awaited<ReturnType<TestApp['as']>>;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
  supervisor = await app.as('supervisor');
});
afterAll(() => app.close());

const put = (month: string, calls: number) => supervisor.put(`/api/v1/unanswered/${month}`).send({ calls });
const months = async () =>
  ((await supervisor.get('/api/v1/unanswered').expect(200)).body as { months: unknown }).months;

test('is typed in, corrected and taken away', async () => {
  expect(await months()).toEqual([]);
  expect((await put('2026-10', 12).expect(200)).body).toEqual({ month: '2026-10', calls: 12 });
  await put('2026-09', 0).expect(200);
  await put('2026-10', 21).expect(200);
  expect(await months()).toEqual([
    { month: '2026-09', calls: 0 },
    { month: '2026-10', calls: 21 },
  ]);
  await supervisor.delete('/api/v1/unanswered/2026-09').expect(204);
  expect((await supervisor.delete('/api/v1/unanswered/2026-09')).body).toMatchObject(aProblem('not-found'));
  expect(await months()).toEqual([{ month: '2026-10', calls: 21 }]);
});

test('waits until the month is over, by the clock of the line', async () => {
  expect((await put('2026-11', 3)).body).toMatchObject(aProblem('month-not-over'));
  expect((await put('2031-01', 3)).body).toMatchObject(aProblem('month-not-over'));
  // Half past midnight in Stockholm, half past eleven in the evening in UTC.
  app.clock.set('2026-11-30T23:30:00Z');
  supervisor = await app.as('supervisor');
  await put('2026-11', 3).expect(200);
});

test.each(['2026', '2026-Q3', '2026-13', '2026-1', 'next'])('%s is no month', async (month) => {
  expect((await put(month, 3)).body).toMatchObject(aProblem('not-found'));
  expect((await supervisor.delete(`/api/v1/unanswered/${month}`)).body).toMatchObject(aProblem('not-found'));
});

test('belongs to supervisors alone', async () => {
  for (const role of ['handler', 'administrator'] as const) {
    const other = await app.as(role);
    expect((await other.get('/api/v1/unanswered')).body).toMatchObject(aProblem('not-allowed'));
    expect((await other.put('/api/v1/unanswered/2026-10').send({ calls: 1 })).body).toMatchObject(
      aProblem('not-allowed'),
    );
  }
});
