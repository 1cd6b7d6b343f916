/** Two web processes take turns, request by request, and die under load. */
import { atLeast, never } from '../../attacks/support/figures.js';
import { until } from '../../support/until.js';
import { Line } from './line.js';
import { during, firstAfter, longestWait, milliseconds, now, paceOf } from './pace.js';
import { everythingCounted, reckon, toldWrongly } from './reckoning.js';
import type { Scenario, Tried } from './scenario.js';

/** Which web process is killed, one after the other. */
const DEATHS = [0, 1, 0, 1] as const;
const CALLS = 150;
/** Calls of the handler who is alone. */
const ALONE = 40;

async function run(): Promise<Tried> {
  const line = await Line.begin();
  try {
    const { handlers, tyst } = line;
    const begun = await line.counters();
    const before = handlers.answered.length;
    for (let call = 0; call < ALONE; call += 1) await handlers.logInPeace(handlers.first);
    const { moves } = handlers;
    const requests = handlers.answered.length - before;
    handlers.begin();
    const undisturbed = await during(() => handlers.untilMore(2 * CALLS));
    const gaps: number[] = [];
    const waits: number[] = [];
    for (const place of DEATHS) {
      const died = now();
      await tyst.killWeb(place);
      const span = await during(async () => {
        await handlers.untilMore(CALLS);
        await tyst.startWeb(place);
      });
      gaps.push(firstAfter(handlers.answered, died));
      waits.push(longestWait(handlers.answered, { from: died, to: span.to }));
      const seen = handlers.servedBy(place);
      await until(() => handlers.servedBy(place) > seen, 60);
    }
    await handlers.rest();
    const reckoning = await reckon(line, begun);
    const { acknowledged, counted, unheard } = reckoning;
    return {
      figures: [
        ...everythingCounted(reckoning),
        ...toldWrongly(handlers),
        atLeast(
          `requests of one handler alone, of ${requests}, that the other process answered than the one before`,
          moves,
          Math.floor(0.9 * requests),
        ),
        never(
          'killed processes that did not take their turn again',
          handlers.servedBy(0) * handlers.servedBy(1) === 0 ? 1 : 0,
        ),
      ],
      measured: [
        {
          name: 'deaths of a web process; calls acknowledged, counted, and among these never heard of by their handler',
          value: [DEATHS.length, acknowledged, counted, unheard].join(', '),
        },
        ...paceOf(handlers.answered, 'nobody dies', undisturbed),
        { name: 'from each death to the next acknowledged call', value: gaps.map(milliseconds).join(', ') },
        {
          name: 'longest wait for an acknowledgement after each death',
          value: waits.map(milliseconds).join(', '),
        },
        {
          name: 'requests without an answer and answers 502 and 503, all sent again with the same receipt',
          value: String(handlers.resent),
        },
      ],
    };
  } finally {
    await line.end();
  }
}

export const webs: Scenario = {
  title: 'Two web processes take turns, and die',
  words:
    'haproxy hands each request to the web process whose turn it is, so that a handler’s session moves all the time. Then the ' +
    'same twelve windows work, and each web process is killed twice with `kill -9` in the middle of it, and started again.',
  shows:
    'Web processes share nothing but the database: a session is known to all of them, a call that one left unanswered is sent ' +
    'again through another, and its receipt sees to it that it is counted once. The proxy must try each process by itself ' +
    '(here `GET /health/live`, twice a second).',
  run,
};
