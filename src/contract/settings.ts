/** What an administrator may set about the installation. */
import { z } from 'zod';
import { wordedText } from './line.js';

/** One line of text for people to read: no control characters, and not only spaces. */
const lineSchema = z.string().max(120).regex(wordedText);

export const settingsSchema = z.strictObject({
  /** The name of the organisation behind the line; null until it is set. */
  organisation: lineSchema.nullable(),
  /** Whether anybody may read the releases, at /open. */
  openReleases: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;
