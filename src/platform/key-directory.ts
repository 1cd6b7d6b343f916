/** Where the keys of the night lie: a setting, and what a process is told of it. */
import { z } from 'zod';

export const keyDirectorySchema = z.strictObject({
  /** Absolute. */
  path: z.string(),
  /** Whether it was named by TYST_KEY_DIR, so that it may be a volume that is not mounted. */
  named: z.boolean(),
  /** Whether the database is on a server of its own, so that its key may lie on another machine. */
  remote: z.boolean().optional(),
});
export type KeyDirectory = Readonly<z.infer<typeof keyDirectorySchema>>;
