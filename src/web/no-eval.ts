/**
 * Keeps zod from trying whether it may make code out of text. It may not, by our content policy, and each try would be
 * reported as a breach. It has to be said before the first schema is made; see lazy-page.tsx.
 */
import { config } from 'zod';

config({ jitless: true });
