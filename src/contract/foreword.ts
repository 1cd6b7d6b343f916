/**
 * The foreword of a report: what a supervisor wants said before the numbers. Plain text, in one language or both;
 * printed, signed and, once issued, out for good.
 */
import { z } from 'zod';
import { printableText } from './printable.js';

/** Characters in one language: most of a page. */
export const MOST_FOREWORD = 2000;

/** One spelling of every text: letters composed, lines without blanks at their ends, at most one empty line in a row. */
export const tidyForeword = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+(?=\n|$)/g, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

const textSchema = z.string().overwrite(tidyForeword).regex(printableText).min(1).max(MOST_FOREWORD);

export const forewordSchema = z
  .strictObject({ sv: textSchema.optional(), en: textSchema.optional() })
  .refine(({ sv, en }) => sv !== undefined || en !== undefined);

/** At least one of the two is there. */
export type Foreword = z.infer<typeof forewordSchema>;

/** A foreword's paragraphs: what empty lines part. */
export const paragraphsOf = (text: string): string[] => text.split('\n\n');
