/** Kinds of events: each is written somewhere, has words in both languages, and stands in the data inventory. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventKinds, eventsSchema } from '../../src/contract/event.js';
import { roleSchema } from '../../src/contract/session.js';
import { actorOf } from '../../src/platform/event-log.js';
import { projectRoot } from '../../src/platform/project.js';
import { administration as english } from '../../src/web/messages/administration-en.js';
import { administration as swedish } from '../../src/web/messages/administration-sv.js';
import { describe, expect, test } from '../support/jest.js';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const kinds = eventKinds.toSorted();

/** Every line of the rooms that write events. */
const written = ['desk', 'keeping', 'release']
  .flatMap((room) =>
    readdirSync(join(projectRoot, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(join('src', room, name))),
  )
  .join('\n')
  // The one kind that is put together: a role that an account is given.
  .replace('`made-${role}`', roleSchema.options.map((role) => `'made-${role}'`).join(' '));

test.each(eventKinds)('%s is written somewhere', (kind) => {
  expect(written).toContain(`'${kind}'`);
});

test.each([
  ['Swedish', swedish],
  ['English', english],
])('all have words in %s, and nothing else has', (_language, words) => {
  expect(Object.keys(words.events.events).toSorted()).toEqual(kinds);
});

test('all stand in the data inventory', () => {
  const row = /^\| `kind` +\|(.*sign-in-locked.*)$/m.exec(read('docs/data-inventory.md'))?.[1] ?? '';
  expect([...row.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind).toSorted()).toEqual(kinds);
});

test('of another version can be read', () => {
  const event = { day: '2026-03-10', actor: 'ada', kind: 'tea-made', subject: null };
  expect(eventsSchema.safeParse({ events: [event], before: null }).success).toBe(true);
});

describe('an actor', () => {
  test('is an account by its name', () => {
    expect(actorOf({ username: 'anna.b-2' })).toBe('anna.b-2');
  });

  test.each(['', 'Anna', 'the keeper'])('is not %j', (username) => {
    expect(() => actorOf({ username })).toThrow('Not the name of an account.');
  });
});
