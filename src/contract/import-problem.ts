/** What can be wrong in a file of calls, beside what can be wrong with a call. */
import type { Label } from './vocabulary.js';

/** In words; never a value of the file. */
export const importMessages = {
  'unknown-column': {
    sv: 'Kolumnen går inte att läsa in. Den får lämnas utanför.',
    en: 'The column cannot be imported. It has to be left out.',
  },
  'missing-column': { sv: 'Kolumnen saknas.', en: 'The column is missing.' },
  'duplicate-column': {
    sv: 'En annan kolumn har samma namn eller betydelse.',
    en: 'Another column has the same name or meaning.',
  },
  'field-count': {
    sv: 'Raden har inte lika många fält som det finns kolumnnamn.',
    en: 'The row does not have as many fields as there are column names.',
  },
  'more-errors': { sv: 'Det finns fler fel än de här.', en: 'There are more errors than these.' },
  'imported-before': {
    sv: 'En månad i filen har redan fått en fil inläst. Samma samtal skulle räknas två gånger.',
    en: 'A month of the file has had an import before. The same calls would count twice.',
  },
  'not-utf8': {
    sv: 'Filen är inte text i UTF-8. Spara den som ”CSV UTF-8”.',
    en: 'The file is not UTF-8 text. Save it as "CSV UTF-8".',
  },
  'row-too-long': {
    sv: 'Raden är för lång. Kanske saknas ett citattecken som avslutar.',
    en: 'The row is too long. Perhaps a quotation mark is never closed.',
  },
  'open-quote': { sv: 'Ett citattecken avslutas aldrig.', en: 'A quotation mark is never closed.' },
  'stray-quote': {
    sv: 'Ett citattecken står där inget kan stå. Dubblera de som står inne i ett värde.',
    en: 'A quotation mark stands where none can. Double those inside a value.',
  },
  'empty-file': { sv: 'Filen är tom.', en: 'The file is empty.' },
  'no-header': {
    sv: 'Första raden behöver ha kolumnernas namn, och en av dem vara månad.',
    en: 'The first line must hold the column names, month among them.',
  },
  'no-such-column': {
    sv: 'En kolumn som skulle lämnas utanför finns inte i filen.',
    en: 'A column that was to be left out is not in the file.',
  },
  'workbook-too-large': {
    sv: 'Arbetsboken är för stor. Spara bladet som ”CSV UTF-8”.',
    en: 'The workbook is too large. Save its sheet as "CSV UTF-8".',
  },
  'workbook-unreadable': {
    sv: 'Arbetsboken går inte att läsa. Spara bladet som ”CSV UTF-8”.',
    en: 'The workbook cannot be read. Save its sheet as "CSV UTF-8".',
  },
} as const satisfies Record<string, Label>;
