/**
 * How published numbers are to be read: what the page about it says, point by point, and what stands beside the numbers
 * themselves, on the pages and in the reports. Source: the design's protection rules ("The method page says").
 */
import { REFERRAL } from './directory.js';
import type { Locale } from './problem.js';
import type { PublishedTable } from './statistics.js';
import type { WordsLike } from './words.js';

const swedish = {
  title: 'Så läser du siffrorna',
  points: {
    approximate: {
      name: 'Ungefärliga med avsikt',
      text: 'I varje tal ligger en liten slumpmässig avvikelse. Den dras en enda gång och går inte att räkna bort. Det är den som skyddar den som har kontaktat oss.',
    },
    together: {
      name: 'Uträknade tillsammans',
      text: 'Ett kvartals tal räknas ut tillsammans, ur alla dess tabeller på en gång. I genomsnitt blir de därför varken för höga eller för låga, och tabellerna stämmer med varandra och med totalerna. Sedan avrundas de så att raderna går ihop, och då kan ett tal flyttas ett steg. Ett steg är 1, eller 5 där det står.',
    },
    uncertainty: {
      name: '±',
      text: 'Talet efter ± är skyddets osäkerhet. Ungefär ett tal av tjugo ligger längre än så från det verkliga antalet. Det rymmer bara skyddet, inte slumpen i hur många som råkar höra av sig.',
    },
    justOver: {
      name: 'Tal strax över gränsen',
      text: 'Varje tabell har en gräns, och tal under den visas inte. Tal strax över gränsen är oftare för höga än för låga.',
    },
    under: {
      name: '”Färre än”',
      text: 'Står det ”färre än 10” kan antalet vara noll. Det betyder inte ”några få”.',
    },
    withheld: {
      name: '”Visas inte”',
      text: 'Gruppen är för liten eller för ensartad för att delas upp.',
    },
    hidden: {
      name: '”Dolda svar tillsammans”',
      text: 'Det är vad en tabells dolda tal är tillsammans, med ett eget ±. Vilka svar som är dolda växlar från period till period, så den raden går inte att jämföra.',
    },
    shares: {
      name: 'Andelar',
      text: 'De räknas ur tal som visas, i hela procent, och bara av 50 eller fler. De har ett eget ±, i procentenheter.',
    },
    rows: {
      name: 'Två rader i samma tabell',
      text: 'Bara på grund av skyddet kan de skilja sig åt med upp till 1,7 gånger ±.',
    },
    periods: {
      name: 'Två perioder',
      text: 'En skillnad nämns bara där den är större än tre gånger den spridning som skyddet och slumpen ger tillsammans, det vill säga 3 · √(a + b + v + w). De båda talen är a och b, och v och w är deras varians på grund av skyddet (sigma²). Är det ena talet ”färre än” räknas det som det högsta det kan vara, och då står det ”minst”. Där inget nämns kan det ändå ha ändrats.',
    },
    several: {
      name: 'Flera hänvisningar',
      text: 'Ett samtal kan ha flera hänvisningar, så summan är större än antalet samtal, och andelarna blir tillsammans mer än 100 procent.',
    },
    months: {
      name: 'Månader och kvartal',
      text: 'Månaderna blir tillsammans inte alltid precis så många som kvartalet. En månad publiceras när den är slut och ändras inte. Kvartalet räknas ut senare, ur alla sina tabeller, och är säkrare.',
    },
    year: {
      name: 'År',
      text: 'Ett år är inte alltid summan av de kvartal som visas. Kvartalen läggs ihop innan de avrundas och små tal döljs. Räknade något av dem en fråga i grupper står den i grupper för hela året.',
    },
    details: {
      name: 'Allt i detalj',
      text: 'Räknefrågorna, deras vikter och varianser (sigma²) står i filen manifest.json i varje utgåva. Kvartal som började i version 0.1 visas som de visades då.',
    },
  },
  /** Beside every table where a call may have several answers. */
  several: {
    referral: 'Ett samtal kan ha flera hänvisningar, så summan är större än antalet samtal.',
    other: 'Ett samtal kan ha flera svar, så summan är större än antalet samtal.',
  },
} as const;

export type HowToRead = WordsLike<typeof swedish>;

const english: HowToRead = {
  title: 'How to read the numbers',
  points: {
    approximate: {
      name: 'Approximate on purpose',
      text: 'There is a small random deviation in every number. It is drawn once and cannot be taken out again. It is what protects whoever has contacted us.',
    },
    together: {
      name: 'Worked out together',
      text: 'The numbers of a quarter are worked out together, from all its tables at once. On average they are therefore neither too high nor too low, and the tables agree with each other and with the totals. Then they are rounded so that the rows add up, which can move a number by one step. A step is 1, or 5 where it says so.',
    },
    uncertainty: {
      name: '±',
      text: 'The number after ± is the uncertainty of the protection. About one number in twenty is further than that from the true count. It holds the protection alone, not chance in how many happen to get in touch.',
    },
    justOver: {
      name: 'Numbers just over the threshold',
      text: 'Every table has a threshold, and numbers below it are not shown. Numbers just over the threshold are more often too high than too low.',
    },
    under: {
      name: '“Fewer than”',
      text: 'Where it says “fewer than 10” the count may be zero. It does not mean “a few”.',
    },
    withheld: {
      name: '“Not shown”',
      text: 'The group is too small or too uniform to be broken down.',
    },
    hidden: {
      name: '“Hidden answers together”',
      text: 'That is what the hidden numbers of a table come to together, with a ± of its own. Which answers are hidden changes from period to period, so that row cannot be compared.',
    },
    shares: {
      name: 'Shares',
      text: 'They are taken from numbers that are shown, in whole per cent, and only of 50 or more. They have a ± of their own, in percentage points.',
    },
    rows: {
      name: 'Two rows of one table',
      text: 'The protection alone can make them differ by up to 1.7 times ±.',
    },
    periods: {
      name: 'Two periods',
      text: 'A difference is mentioned only where it is larger than three times the spread that protection and chance make together, that is 3 · √(a + b + v + w). The two numbers are a and b, and v and w are the variances that the protection gives them (sigma²). Where one number is “fewer than”, it is taken as the highest it can be, and then it says “at least”. Where nothing is mentioned there may still have been a change.',
    },
    several: {
      name: 'Several referrals',
      text: 'A call may have several referrals, so the sum is larger than the number of calls, and the shares come to more than 100 per cent together.',
    },
    months: {
      name: 'Months and quarters',
      text: 'The months do not always add up to exactly the quarter. A month is published when it is over and does not change. The quarter is worked out later, from all its tables, and is surer.',
    },
    year: {
      name: 'Years',
      text: 'A year is not always the sum of the quarters that are shown. The quarters are added up before they are rounded and small numbers hidden. Where one of them counted a question in groups, it stands in groups for the whole year.',
    },
    details: {
      name: 'Every detail',
      text: 'The queries, their weights and variances (sigma²) are in the file manifest.json of every release. Quarters that began in version 0.1 are shown as they were shown then.',
    },
  },
  several: {
    referral: 'A call may have several referrals, so the sum is larger than the number of calls.',
    other: 'A call may have several answers, so the sum is larger than the number of calls.',
  },
};

export const howToRead: Readonly<Record<Locale, HowToRead>> = { sv: swedish, en: english };

/** What is said beside a table; null where no call is in it twice. */
export function severalWords(
  locale: Locale,
  { several, rows, columns }: Pick<PublishedTable, 'several' | 'rows' | 'columns'>,
): string | null {
  if (!several) return null;
  const words = howToRead[locale].several;
  return [rows, columns].some((axis) => axis?.dimension === REFERRAL) ? words.referral : words.other;
}
