/** Calls that were logged elsewhere before. For administrators. */
import { importReportSchema, importSchema, MAX_IMPORT_MESSAGE } from '../import.js';
import { endpoint } from './endpoint.js';

export const importCalls = endpoint({
  operationId: 'importCalls',
  method: 'post',
  path: '/api/v1/imports',
  access: ['administrator'],
  summary: 'Import a file of calls (CSV or .xlsx, in base64), all or nothing; or only check it',
  body: importSchema,
  maxBytes: MAX_IMPORT_MESSAGE,
  // A file without rows.
  example: { file: 'bW9udGgK', dryRun: true, drop: ['notes'] },
  replies: {
    200: {
      description: 'Imported; on a dry run, what would be',
      schema: importReportSchema,
      example: { rows: 212, months: ['2025-11', '2025-12'], reduced: 212 },
    },
  },
  problems: ['invalid-file', 'too-many-requests', 'import-unfinished'],
});
