/** The words of the open pages in Swedish. Periods, key figures and how to read them are the report's own words. */
import type { WordsLike } from '../../contract/words.js';

export const openSv = {
  lang: 'sv',
  other: { lang: 'en', name: 'English' },
  skip: 'Till innehållet',
  title: 'Statistik',
  from: (organisation: string) => `Från den anonyma stödlinje som ${organisation} driver.`,
  fromNobody: 'Från en anonym stödlinje.',
  frozen:
    'Varje utgåva är frusen och signerad. Filerna ändras aldrig, och vem som helst kan kontrollera dem.',
  releases: 'Utgåvor',
  none: 'Ingenting är utgivet än. Ett kvartal ges ut när det är slut och publicerat.',
  period: 'Period',
  issued: 'Utgiven',
  revision: (number: number) => `revision ${String(number)}`,
  earlier: 'Tidigare:',
  first: 'första utgåvan',
  all: 'Alla utgåvor',
  pageTitle: (period: string) => `Statistik för ${period}`,
  issuedOn: (day: string) => `Utgiven ${day}`,
  because: (number: number, reason: string) => `Revision ${String(number)}. Skäl: ${reason}`,
  replaced: 'Det finns en senare revision av utgåvan.',
  toNewest: (number: number) => `Gå till revision ${String(number)}`,
  report: (size: string) => `Hämta rapporten (PDF, ${size})`,
  figures: 'Talen i korthet',
  about: 'ungefär',
  files: 'Filer',
  file: 'Fil',
  what: 'Innehåll',
  size: 'Storlek',
  hash: 'Kontrollsumma (SHA-256)',
  bytes: (bytes: string) => `${bytes} byte`,
  kilobytes: (kilobytes: string) => `${kilobytes} kB`,
  contents: {
    'report.sv.pdf': 'Rapporten på svenska',
    'report.en.pdf': 'Rapporten på engelska',
    'tables.xlsx': 'Alla tabeller som kalkylblad',
    'tables.csv': 'Alla tabeller som CSV',
    'tables.csv-metadata.json': 'Vad kolumnerna i CSV-filen betyder',
    'tables.json': 'Alla tabeller för program',
    'manifest.json': 'Förteckning över filerna, med kontrollsummor',
    'manifest.json.sig': 'Signaturen på förteckningen',
  },
  check: 'Så kontrollerar du filerna',
  checkDownload: 'Ladda ner alla filerna ovan, och ändra inte deras namn.',
  checkOpen: 'Öppna',
  checkPage: 'kontrollsidan',
  checkDrop: 'och välj filerna. De läses i din webbläsare och skickas ingenstans.',
  checkKey: 'Utgåvan är signerad (Ed25519) med nyckeln',
  checkCompare: 'Jämför med den nyckel du har fått av linjen på annat sätt.',
  key: 'Publik nyckel',
  quote: 'Så citerar du',
  quotation: (parts: {
    readonly organisation: string | null;
    readonly period: string;
    readonly day: string;
    readonly name: string;
  }) =>
    `${parts.organisation === null ? '' : `${parts.organisation}. `}Statistik för ${parts.period}. Utgiven ${parts.day}. Utgåva ${parts.name}.`,
  quoteAddress: 'Ange gärna sidans adress. Den är permanent.',
  missing: 'Sidan finns inte',
  missingWhy: 'Utgåvan eller filen finns inte. Kontrollera adressen, eller välj bland alla utgåvor.',
  foot: 'Sidorna sätter inga kakor, och Tyst varken räknar eller loggar besök.',
  links: {
    check: 'Kontrollera filer',
    about: 'Vad som sparas om ett samtal',
    calendar: 'Kalender över kommande utgåvor',
    catalogue: 'Katalog för maskiner (DCAT)',
  },
} as const;

export type OpenWords = WordsLike<typeof openSv>;
