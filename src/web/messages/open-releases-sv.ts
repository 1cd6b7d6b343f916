/** The words of the setting that opens the releases, and of what it means for whoever issues them, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const openReleases = {
  title: 'Öppna utgåvor',
  label: 'Låt vem som helst läsa utgåvorna',
  why: 'För samarbetspartner som kommuner och regioner. Det som läggs ut är det som redan är utgivet: filerna, talen i korthet och en katalog för datortjänster (DCAT). Inget konto behövs, och besök varken räknas eller loggas. En ny utgåva syns på sidan så snart den är utgiven.',
  back: 'Du kan stänga sidan igen. Det som någon redan har laddat ner finns kvar hos dem.',
  address: 'Adressen är',
  apart: '(öppnas i en ny flik)',
} as const;

export type OpenReleasesWords = WordsLike<typeof openReleases>;
