/** The words about a report's foreword in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const foreword = {
  title: 'Förord (frivilligt)',
  warning:
    'Nämn inga personer, och inget som någon kan kännas igen på. Skriv inga exakta antal samtal: ett exakt tal upphäver skyddet. Det som är utgivet kan läsas av alla och går inte att ta tillbaka.',
  why: 'Förordet trycks före talen i rapporten. Skriv på ett språk eller på båda. Finns det bara på ett språk kommer det med i båda rapporterna. En tom rad börjar ett nytt stycke.',
  again: 'Förordet från förra utgåvan följer med om du inte ändrar det.',
  in: { sv: 'Förord på svenska', en: 'Förord på engelska' },
  count: (used: string, most: string) => `${used} av ${most} tecken`,
  tooLong: (most: string) => `Förordet är för långt. Korta det till ${most} tecken.`,
  unprintable: (characters: string) => `Det här går inte att trycka i rapporten: ${characters} Ta bort det.`,
  refused: 'Förordet gick inte att ta emot. Korta det, eller ta bort ovanliga tecken.',
  kinds: { personalNumber: 'personnumret', telephone: 'telefonnumret', email: 'e-postadressen' },
  naming: {
    title: 'Pekar förordet ut någon?',
    why: (found: string) =>
      `I förordet står det som ser ut som ${found}. Det som är utgivet går inte att ta tillbaka.`,
    stay: 'Ändra förordet',
    go: 'Ge ut ändå',
  },
  leaving: {
    title: 'Förordet är inte utgivet',
    why: 'Om du går vidare nu försvinner det.',
    stay: 'Tillbaka till förordet',
    go: 'Kasta förordet',
  },
} as const;

export type ForewordWords = WordsLike<typeof foreword>;
