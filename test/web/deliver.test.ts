/** What ends the sending of a call at once, and what only interrupts it. Lost networks: test/browser/call.test.ts. */
import type { Problem, Reply } from '../../src/web/api.js';
import { deliver } from '../../src/web/call/deliver.js';
import { expect, test } from '../support/jest.js';

const stored: Reply<string> = { ok: true, status: 200, body: 'stored' };
const refused = (slug: Problem['slug']): Reply<string> => ({
  ok: false,
  problem: { slug, errors: [], retryAfter: null },
});

/** Sends to a server that gives these replies in turn; `happened` names what came to be, in order. */
async function deliverTo(
  replies: readonly Reply<string>[],
  { stopAt = Infinity, alreadyStopped = false } = {},
) {
  const controller = new AbortController();
  if (alreadyStopped) controller.abort();
  const happened: string[] = [];
  const reply = await deliver<string>(
    () => {
      happened.push('sent');
      const sent = happened.filter((what) => what === 'sent').length;
      if (sent === stopAt) controller.abort();
      return Promise.resolve(replies[sent - 1] ?? refused('not-found'));
    },
    {
      signal: controller.signal,
      onWaiting: () => happened.push('waited'),
      signIn: () => {
        happened.push('signed in');
        return Promise.resolve();
      },
    },
  );
  return { reply, happened };
}

test('an answer ends it, a refusal too', async () => {
  expect(await deliverTo([stored])).toEqual({ reply: stored, happened: ['sent'] });
  for (const slug of ['invalid-call', 'sealed', 'unknown-receipt', 'not-allowed'] as const)
    expect(await deliverTo([refused(slug)])).toEqual({ reply: refused(slug), happened: ['sent'] });
});

test('a session that has run out is renewed, as often as it takes, and the call sent anew', async () => {
  const out = refused('not-signed-in');
  const { reply, happened } = await deliverTo([out, out, stored]);
  expect(reply).toBe(stored);
  expect(happened).toEqual(['sent', 'signed in', 'sent', 'signed in', 'sent']);
});

test('stopped, it gives no answer, even where one has come', async () => {
  expect(await deliverTo([stored], { alreadyStopped: true })).toEqual({ reply: null, happened: [] });
  expect(await deliverTo([stored], { stopAt: 1 })).toEqual({ reply: null, happened: ['sent'] });
  const { reply, happened } = await deliverTo([refused('not-signed-in'), stored], { stopAt: 2 });
  expect([reply, happened]).toEqual([null, ['sent', 'signed in', 'sent']]);
});
