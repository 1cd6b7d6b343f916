/** The words of the page where calls are imported from a file, in Swedish. */
import type { importMessages } from '../../contract/import-problem.js';
import type { FieldProblem } from '../../contract/problem.js';
import type { WordsLike } from '../../contract/words.js';

const calls = (count: string) => (count === '1' ? 'Ett samtal' : `${count} samtal`);

/** What can be wrong at a place of the file; anything else is `other`. */
type Wrong = Readonly<
  Record<keyof typeof importMessages, string> & Partial<Record<FieldProblem, string>> & { other: string }
>;

const errors = {
  missing: 'Ett svar saknas.',
  'unknown-code': 'Svaret finns inte bland dem som går att välja.',
  'too-many': 'Fler svar än frågan tar emot.',
  'not-applicable': 'Frågan ställs inte vid den här typen av kontakt.',
  exclusive: 'Ett av svaren kan bara stå ensamt.',
  'closed-period': 'Månaden är redan publicerad, eller har inte börjat än.',
  'unknown-field': 'Frågan fanns inte i formuläret den månaden.',
  'wrong-type': 'Det här går inte att läsa som en månad.',
  'unknown-column': 'Kolumnen är ingen av formulärets frågor.',
  'missing-column': 'Kolumnen saknas.',
  'duplicate-column': 'En annan kolumn betyder samma sak.',
  'field-count': 'Raden har inte lika många fält som det finns kolumner.',
  'more-errors': 'Det finns fler fel. Rätta de här och kontrollera filen igen.',
  'imported-before':
    'En månad i filen har redan fått en fil inläst. Är det andra samtal, läs in filen på servern med tyst import --again.',
  'not-utf8': 'Filen är inte text i UTF-8. Spara den som ”CSV UTF-8”.',
  'row-too-long': 'Raden är för lång. Kanske saknas ett avslutande citattecken.',
  'open-quote': 'Ett citattecken avslutas aldrig.',
  'stray-quote': 'Ett citattecken står där inget kan stå. Dubblera de som står inne i ett värde.',
  'empty-file': 'Filen är tom.',
  'no-header': 'Första raden behöver ha kolumnernas namn, och en av dem ska heta månad.',
  'no-such-column': 'En kolumn som skulle lämnas utanför finns inte i filen.',
  'workbook-too-large': 'Arbetsboken är för stor. Spara bladet som ”CSV UTF-8”.',
  'workbook-unreadable': 'Arbetsboken går inte att läsa. Spara bladet som ”CSV UTF-8”.',
  other: 'Det här går inte att läsa in.',
} as const satisfies Wrong;

export const importing = {
  title: 'Import',
  intro:
    'Här läser du in tidigare samtal från ett kalkylark. Första raden ska ha kolumnernas namn: månad och formulärets frågor, på svenska eller engelska. Har frågan flera svar skiljs de åt med semikolon.',
  promise:
    'Bara månaden och svaren sparas. Filen finns i den här fliken tills du lämnar sidan, och sparas ingenstans.',
  file: 'Fil',
  fileWhy: 'Ett kalkylblad (.xlsx) eller CSV, högst 10 MB.',
  check: 'Kontrollera filen',
  checkAgain: 'Kontrollera igen',
  checkWhy: 'Ingenting sparas när filen kontrolleras.',
  checking: 'Kontrollerar …',
  chooseFirst: 'Välj en fil först.',
  fileTooLarge: 'Filen är större än 10 MB. Dela upp den, eller läs in den på servern med tyst import.',
  fileUnreadable: 'Webbläsaren kunde inte läsa filen. Välj den på nytt.',
  refused: 'Filen behöver rättas',
  refusedWhy: 'Inget är inläst. Antingen läses hela filen in, eller ingenting.',
  before: 'En månad i filen har redan fått en fil inläst',
  beforeWhy:
    'Inget är inläst. Är det samma samtal räknas de två gånger, och det märks inte efteråt. Är det andra samtal, till exempel från en annan telefon, kryssa för det och kontrollera filen igen.',
  again: 'Det här är andra samtal än de som redan är inlästa',
  added: 'Samtalen läggs till dem som redan är inlästa för samma månad.',
  drop: 'Kolumner som inte kan följa med',
  dropWhy:
    'Kryssa för det som ska lämnas utanför, till exempel namn och anteckningar, och kontrollera filen igen.',
  dropOne: (column: string) => `Ta inte med ${column}`,
  leftOut: (columns: string) => `Följer inte med: ${columns}.`,
  line: 'Rad',
  column: 'Kolumn',
  what: 'Vad som är fel',
  wholeFile: 'Hela filen',
  numbered: (number: string, letters: string) => `kolumn ${number} (${letters})`,
  month: 'månad',
  sound: 'Filen går att läsa in',
  empty: 'Filen har inga samtal',
  can: (count: string) => `${calls(count)} kan läsas in.`,
  months: (months: string) => `Månader: ${months}.`,
  reduced: (count: string) =>
    `På ${count === '1' ? 'en rad' : `${count} rader`} står ett datum. Bara månaden följer med.`,
  once: 'Läs in varje fil en enda gång: samtalen räknas genast. En månad som redan har fått en fil avvisas.',
  send: (count: string) => `Läs in ${calls(count).toLowerCase()}`,
  sending: 'Läser in …',
  done: 'Filen är inläst',
  are: (count: string) => `${calls(count)} ${count === '1' ? 'är inläst' : 'är inlästa'}.`,
  removeFile: 'Ingen rad ur den är sparad. Ta bort filen från datorn när dess kvartal är stängda.',
  close: 'När samtalen blir statistik',
  closeWhy:
    'Kvartal från tiden innan Tyst installerades stängs inte av sig själva. När alla filer för ett kvartal är inlästa stänger den som sköter servern kvartalet med det här kommandot. Efteråt går det inte att läsa in fler samtal till det.',
  another: 'Läs in en fil till',
  problems: {
    'too-large': 'Filen är för stor. Dela upp den, eller läs in den på servern med tyst import.',
    'too-many-requests': 'Två filer läses redan in. Försök igen om en stund.',
    unavailable: 'Tyst kan inte ta emot filen just nu. Inget är inläst. Försök igen om en minut.',
    'import-unfinished':
      'Det dröjer, och importen kan bli klar ändå. Se i händelseloggen innan du läser in filen igen.',
    'no-contact':
      'Inget svar. Importen kan ändå vara klar. Se i händelseloggen innan du läser in filen igen.',
  },
  errors,
} as const;

export type ImportWords = WordsLike<typeof importing>;
