/** What comes next, from the API, and the words for it. */
import { getReleaseStatus } from '../../contract/api/releases.js';
import type { ReleaseStatus } from '../../contract/release-status.js';
import { call, type Reply } from '../api.js';
import { useLanguage } from '../messages/language.js';
import { releaseStatus as en } from '../messages/release-status-en.js';
import { releaseStatus as sv } from '../messages/release-status-sv.js';

const languages = { sv, en } as const;

export const useStatusWords = () => languages[useLanguage().locale];

export const loadStatus = (): Promise<Reply<ReleaseStatus>> => call(getReleaseStatus);
