/**
 * What version 0.1 left: sealed rows of calls, and open ones, in plain codes. The keeper counts them at its first start,
 * in the transaction that names its first key, seals what is not finished, and drops the tables.
 */
import { callSealing, packCall } from '../contract/call.js';
import { monthOfDay, quarterOfMonth, type Month } from '../contract/period.js';
import { MONTH, type Plan } from '../contract/plan.js';
import { CONVERSATION, KIND, type Vocabulary } from '../contract/vocabulary.js';
import { CommandError } from '../platform/command-error.js';
import { sealEnvelope } from '../platform/envelope.js';
import { callCounter } from './count-call.js';
import { insertRows } from './intake-store.js';
import { readInstallation } from './key-store.js';
import { isPublished, noteImported } from './quarter-store.js';
import type { Turn, Work } from './work.js';
import {
  dropBefore,
  hasBefore,
  markBefore,
  openRowsBefore,
  rememberBefore,
  sealedMonthsBefore,
  sealedRowsBefore,
} from './upgrade-store.js';

/** 0-based slot of the first answer to a question. */
const slotOf = ({ dimensions }: Vocabulary, id: string): number =>
  dimensions
    .slice(
      0,
      Math.max(
        0,
        dimensions.findIndex((one) => one.id === id),
      ),
    )
    .reduce((sum, { max }) => sum + max, 0);

/** The number of a conversation among the kinds of contact. */
const conversationIn = ({ dimensions }: Vocabulary): number =>
  (dimensions.find(({ id }) => id === KIND)?.codes.findIndex(({ id }) => id === CONVERSATION) ?? -1) + 1;

/** For each slot of a sealed row of 0.1, its slot in a call: only what the plan counts was kept, in the vocabulary's order. */
function slotsBefore(plan: Plan, { dimensions }: Vocabulary): number[] {
  const counted = new Set(plan.tables.flatMap(({ rows, columns }) => [rows, columns]));
  counted.delete(MONTH);
  let first = 0;
  return dimensions.flatMap(({ id, max }) => {
    const own = Array.from({ length: max }, (_, slot) => first + slot);
    first += max;
    return counted.has(id) ? own : [];
  });
}

/** Counts a call into what is not out yet of its quarter: of a month that is out, 0.1 kept the rows for the quarter. */
async function counterBefore({ countersOf }: Turn, month: Month) {
  const { quarter, values } = await countersOf(quarterOfMonth(month));
  const count = callCounter(quarter);
  return (codes: ArrayLike<number>) => {
    count({ month, codes }, (query, by) => {
      const value = values.get(query);
      if (value !== undefined) values.set(query, value + by);
    });
  };
}

async function countSealed(turn: Turn, month: Month): Promise<void> {
  const { transaction, begin } = turn;
  const { quarter, plan, vocabulary } = await begin(quarterOfMonth(month));
  const { found, frozen } = await markBefore(transaction, month, quarter);
  if (found !== frozen)
    throw new CommandError(
      `The plan or vocabulary of ${quarter} is not the one it began with; nothing is counted. Put the database back as it was.`,
    );
  const count = await counterBefore(turn, month);
  const slots = slotsBefore(plan, vocabulary);
  const width = vocabulary.dimensions.reduce((sum, { max }) => sum + max, 0);
  const [kind, conversation] = [slotOf(vocabulary, KIND), conversationIn(vocabulary)];
  const keptKind = slots.includes(kind);
  for await (const rows of sealedRowsBefore(transaction, month)) {
    for (const sealed of rows) {
      const codes = new Uint16Array(width);
      // Where the plan does not count kinds 0.1 forgot them; the answers that only a conversation has speak for it.
      if (!keptKind) codes[kind] = conversation;
      for (const [place, slot] of slots.entries()) codes[slot] = sealed[place] ?? 0;
      count(codes);
    }
  }
}

/** The work of the first turn of the key: nothing in a new installation. */
export const countBefore: Work<void> = {
  async before(turn) {
    const { transaction, today } = turn;
    if (!(await hasBefore(transaction))) return;
    const { installedOn } = await readInstallation(transaction);
    const months = await sealedMonthsBefore(transaction);
    for (const month of months) await countSealed(turn, month);
    await noteImported(
      transaction,
      months.filter((month) => month < monthOfDay(installedOn)),
    );
    for (const { day, month, codes } of await openRowsBefore(transaction)) {
      const over = day < today || day > today;
      if (over && !(await isPublished(transaction, month))) (await counterBefore(turn, month))(codes);
    }
    await rememberBefore(transaction, today);
  },
  async after({ transaction, today, next }) {
    if (!(await hasBefore(transaction))) return;
    const staying = (await openRowsBefore(transaction)).filter(({ day }) => day === today);
    await insertRows(
      transaction,
      staying.map(({ receiptHash, day, month, codes }) => {
        const sealing = callSealing(receiptHash.toString('hex'), month, next.id);
        const { envelope } = sealEnvelope(next.publicKey, packCall(codes), sealing);
        return { receiptHash, keyId: next.id, day, month, envelope };
      }),
    );
    await dropBefore(transaction, await sealedMonthsBefore(transaction));
  },
};
