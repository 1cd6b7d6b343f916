/** The public keys that releases are signed with. */
import type { z } from 'zod';
import { listReleaseKeys } from '../../contract/api/releases.js';
import type { releaseKeysSchema } from '../../contract/release.js';
import { call, type Reply } from '../api.js';

/** Every key that the line has signed with. The one place that says where keys come from. */
export const loadKeys = (): Promise<Reply<z.infer<typeof releaseKeysSchema>>> => call(listReleaseKeys);
