/** Messages of an import from the web: a file of calls, and what was found in it; never anything that stands in it. */
import { z } from 'zod';
import { monthSchema } from './period.js';
import { usernameSchema } from './session.js';

/** The most bytes of a file that is imported from the web. Larger ones go by `tyst import`. */
export const MAX_IMPORT_FILE = 10 * 2 ** 20;

/** The most bytes of the message: the file in base64, and room for the rest. */
export const MAX_IMPORT_MESSAGE = Math.ceil(MAX_IMPORT_FILE / 3) * 4 + 64 * 2 ** 10;

const dropSchema = z.array(z.string().min(1).max(200)).max(100);

export const importSchema = z.strictObject({
  /** The file's bytes in base64. Not zod's own base64: its pattern gives up on texts of this length. */
  file: z
    .string()
    .min(1)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/),
  /** Only check the file; store nothing. */
  dryRun: z.boolean(),
  /** Import into months that have had an import as well: these are other calls. */
  again: z.boolean().optional(),
  /** Names of columns that are to be left out; `column 5` for the fifth, whatever it is called. */
  drop: dropSchema.optional(),
});
export type ImportMessage = z.infer<typeof importSchema>;

/** What was imported, or on a dry run would be. */
export const importReportSchema = z.strictObject({
  rows: z.int().min(0),
  months: z.array(monthSchema),
  /** Rows in which a date was reduced to its month. */
  reduced: z.int().min(0),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** What the web process hands the keeper with the file. */
export const importOrderSchema = z.strictObject({
  requestedBy: usernameSchema,
  dryRun: z.boolean(),
  again: z.boolean(),
  drop: dropSchema,
});
export type ImportOrder = z.infer<typeof importOrderSchema>;

/** An error as the keeper tells it: `path` is `file`, `lines.7` or `lines.7.gender`. */
const importErrorSchema = z.strictObject({ path: z.string(), code: z.string() });

/** What the keeper answers: what was done, what is wrong with the file, or that it could not do it. */
export const importOutcomeSchema = z.union([
  z.strictObject({ report: importReportSchema }),
  z.strictObject({ errors: z.array(importErrorSchema).min(1) }),
  z.strictObject({ failed: z.literal(true) }),
]);
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;
