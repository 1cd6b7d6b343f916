/** The calendar of due dates, read back by the rules of RFC 5545. */
import { closableFrom } from '../../src/contract/period.js';
import { dueDates, releaseCalendar } from '../../src/release/calendar.js';
import { describe, expect, test } from '../support/jest.js';

type Component = readonly (readonly [name: string, value: string])[];

/** The properties of a feed with their values, unfolded and unescaped; parameters stay with the name. */
function propertiesOf(feed: string): Component {
  return feed
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replaceAll(/\\([,;\\])/g, '$1')] as const;
    });
}

function eventsOf(feed: string): Readonly<Record<string, string>>[] {
  const events: Record<string, string>[] = [];
  for (const [name, value] of propertiesOf(feed)) {
    if (name === 'BEGIN' && value === 'VEVENT') events.push({});
    const event = events.at(-1);
    if (event !== undefined && name !== 'BEGIN' && name !== 'END') event[name] = value;
  }
  return events;
}

const feed = releaseCalendar('sv', '2026-10-07');

test('its lines end with CRLF and are at most 75 bytes long', () => {
  expect(feed.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(feed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of feed.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('every component that begins ends, and the calendar says what it is', () => {
  const properties = propertiesOf(feed);
  const open: string[] = [];
  for (const [name, value] of properties) {
    if (name === 'BEGIN') open.push(value);
    if (name === 'END') expect(open.pop()).toBe(value);
  }
  expect(open).toEqual([]);
  expect(properties).toContainEqual(['VERSION', '2.0']);
  expect(properties.some(([name]) => name === 'PRODID')).toBe(true);
});

describe('its events', () => {
  test('are the next eight quarters and the years that end with them, on their days', () => {
    expect(eventsOf(feed).map((event) => [event['UID'], event['DTSTART;VALUE=DATE']])).toEqual([
      ['release-2026-Q3@tyst', '20261007'],
      ['release-2026-Q4@tyst', '20270107'],
      ['release-2026@tyst', '20270107'],
      ['release-2027-Q1@tyst', '20270407'],
      ['release-2027-Q2@tyst', '20270707'],
      ['release-2027-Q3@tyst', '20271007'],
      ['release-2027-Q4@tyst', '20280107'],
      ['release-2027@tyst', '20280107'],
      ['release-2028-Q1@tyst', '20280407'],
      ['release-2028-Q2@tyst', '20280707'],
    ]);
    for (const { quarter, day } of dueDates('2026-10-07')) expect(day).toBe(closableFrom(quarter));
  });

  test('say which period, in either language, and nothing else', () => {
    expect(eventsOf(feed)[0]).toEqual({
      UID: 'release-2026-Q3@tyst',
      SEQUENCE: '0',
      DTSTAMP: '20260701T000000Z',
      'DTSTART;VALUE=DATE': '20261007',
      'X-MICROSOFT-CDO-ALLDAYEVENT': 'TRUE',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT': 'TRUE',
      SUMMARY: 'Statistik för kvartal 3 2026 kan publiceras',
      TRANSP: 'TRANSPARENT',
    });
    expect(eventsOf(feed)[2]?.['SUMMARY']).toBe('Statistik för år 2026 kan publiceras');
    const english = eventsOf(releaseCalendar('en', '2026-10-07'));
    expect(english.map(({ SUMMARY }) => SUMMARY).slice(0, 3)).toEqual([
      'Statistics for quarter 3 2026 may be published',
      'Statistics for quarter 4 2026 may be published',
      'Statistics for the year 2026 may be published',
    ]);
  });

  test.each([
    ['2026-10-07', '2026-Q3'],
    ['2026-10-08', '2026-Q4'],
    ['2026-12-31', '2026-Q4'],
    ['2027-01-01', '2026-Q4'],
    ['2027-01-07', '2026-Q4'],
    ['2027-01-08', '2027-Q1'],
  ])('on %s begin with %s', (today, first) => {
    expect(dueDates(today)[0]?.period).toBe(first);
    expect(dueDates(today).filter(({ period }) => period.includes('Q'))).toHaveLength(8);
  });

  test('are the same from day to day, stamp and all, as long as they are there', () => {
    const byId = (today: string) =>
      new Map(eventsOf(releaseCalendar('sv', today)).map((each) => [each['UID'], each]));
    const before = byId('2026-10-07');
    for (const [id, event] of byId('2027-06-15')) if (before.has(id)) expect(event).toEqual(before.get(id));
    expect(releaseCalendar('sv', '2026-11-01')).toBe(releaseCalendar('sv', '2026-12-24'));
  });
});
