/** The words of a release's files, in both languages. A release speaks in whole sentences: it is read without us. */
import { periodKind } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import type { ShownNumber } from '../contract/statistics.js';
import type { WordsLike } from '../contract/words.js';

const monthIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
const dayIn = (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
const inLanguage = {
  sv: { month: monthIn('sv-SE'), day: dayIn('sv-SE'), number: new Intl.NumberFormat('sv-SE') },
  en: { month: monthIn('en-GB'), day: dayIn('en-GB'), number: new Intl.NumberFormat('en-GB') },
};

const listIn = (locale: string) => {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (items: readonly string[]) => format.format(items);
};
const listed = { sv: listIn('sv-SE'), en: listIn('en-GB') };

const swedish = {
  quarterly: 'Kvartalsrapport',
  yearly: 'Årsrapport',
  quarterName: (year: string, quarter: string) => `kvartal ${quarter} ${year}`,
  yearName: (year: string) => `år ${year}`,
  subtitle: 'Statistik från en anonym stödlinje',
  issued: (day: string) => `Utgiven ${day}`,
  revision: (number: number, reason: string) => `Revision ${number}. Skäl: ${reason}`,
  approximate:
    'Talen är ungefärliga med avsikt. Vi lägger till en liten slumpmässig avvikelse så att ingen som kontaktat oss ska kunna kännas igen.',
  reading: 'Så läser du talen',
  readings: (threshold: string, step: number) => [
    '± är skyddets osäkerhet. Ungefär ett tal av tjugo ligger längre från det verkliga än så, och små tal är ofta något för höga.',
    `”Färre än ${threshold}” kan också vara noll.`,
    '”Visas inte”: gruppen är för liten eller för ensartad för att delas upp.',
    ...(step > 1 ? [`Talen är avrundade till närmaste ${step}-tal.`] : []),
    'När två perioder jämförs är osäkerheten 1,4 gånger så stor. En skillnad som är mindre än så betyder ingenting.',
    'Talen räknar kontakter, inte personer. Den som har hört av sig tre gånger räknas tre gånger.',
  ],
  keyFigures: 'Nyckeltal',
  contacts: 'Alla kontakter',
  conversations: 'Samtal med stöd eller råd',
  contactsWhy: 'Samtal, chattar och annat, också tysta och avbrutna. Kontakter, inte personer.',
  conversationsWhy: 'Den del av kontakterna där någon fick stöd eller råd.',
  notInPlan: 'Ingår inte i periodens tabeller',
  change: {
    more: (calls: string, before: string) => `Ungefär ${calls} fler än ${before}.`,
    fewer: (calls: string, before: string) => `Ungefär ${calls} färre än ${before}.`,
    none: (before: string) => `Ingen skillnad mot ${before} som är större än skyddets osäkerhet.`,
    head: 'skillnad',
    some: (before: string) =>
      `Skillnaden är mot ${before}, och står där den är större än sin osäkerhet. Den kan ändå bero på slumpen.`,
    why: 'Skillnaden är större än skyddets osäkerhet. Den kan ändå bero på slumpen, och säger inget om hur vanlig extremismen är.',
  },
  unanswered: 'Obesvarade samtal',
  unansweredWhy:
    'Samtal som ingen svarade på, där inget meddelande lämnades och ingen ringde tillbaka. Exakta tal ur telefonsystemet. Sådana samtal ingår inte i något annat tal i rapporten.',
  universe: { all: 'Räknar alla kontakter.', conversation: 'Räknar samtal med stöd eller råd.' },
  upTo: (calls: string) => `Skyddets osäkerhet i tabellen är ± ${calls}.`,
  upToEach: (each: { calls: string; periods: string[] }[]) =>
    `Skyddets osäkerhet är ${each.map(({ calls, periods }) => `± ${calls} för ${listed.sv(periods)}`).join(' och ')}.`,
  upToYear: (year: string, quarter: string) =>
    `Skyddets osäkerhet är ± ${year} för året och ± ${quarter} för ett kvartal.`,
  foreword: 'Förord',
  forewordElsewhere: 'Förordet finns bara på engelska.',
  quarters: {
    title: 'Kvartal för kvartal',
    quarter: 'Kvartal',
    name: (quarter: string) => `kvartal ${quarter}`,
    more: ({ shown, all, quarterly }: { shown: string; all: string; quarterly: string }) =>
      `Året visar fler tal än sina kvartal. När fyra kvartal läggs ihop blir talen ungefär fyra gånger så stora, men avvikelsen bara dubbelt så stor. Av de ${all} talen i tabellerna visas ${shown} för året, och i genomsnitt ${quarterly} för ett kvartal.`,
    files: (year: string) =>
      `I CSV-filen har årets rader perioden ${year} och kvartalens perioderna ${year}-Q1 till ${year}-Q4. Kvartalen ingår i året: lägg inte ihop dem med det.`,
  },
  answer: 'Svar',
  number: 'Antal',
  code: 'Kod',
  under: (threshold: string) => `färre än ${threshold}`,
  withheld: 'visas inte',
  rowWithheld: 'Visas inte. Gruppen är för liten eller för ensartad för att delas upp.',
  withheldMark: '– betyder att talet inte visas.',
  others: 'Övriga',
  othersWhy: 'Övriga är det som de dolda talen är tillsammans.',
  marks: {
    under: (threshold: string) => `< ${threshold} betyder färre än ${threshold}, och kan också vara noll.`,
  },
  method: 'Metod och skydd',
  methods: [
    'Den som ringer är lovad att ingen ska få veta det. Därför sparas av en kontakt bara ett fåtal koder ur en öppen lista, utan klockslag, namn, nummer eller fri text, i ett kuvert som bara en enda nyckel öppnar. Varje natt räknas dagens kontakter och glöms, och nyckeln förstörs.',
    'De tabeller räknas som bestämdes innan perioden började, och inga andra. Till varje tal i varje tabell hör en slumpmässig avvikelse, summan av två dragningar (diskret normalfördelning): den ena ligger i räkneverken från början, den andra läggs till när perioden är slut. Var och en dras en enda gång. De verkliga talen skrivs aldrig ned.',
    'Det betyder att den som känner till alla andra kontakter under perioden, och för vilken det är lika troligt som inte att en viss kontakt finns med, gissar rätt i högst 70 fall av 100 efter att ha läst allt som publicerats (60 av 100 med den strängare inställningen). Vad läsaren visste förut kan inget skydd ta tillbaka.',
  ],
  quoting: 'När du citerar',
  quotings: [
    'Skriv ”ungefär” och ange osäkerheten: ”ungefär 45 (± 7)”.',
    'Räkna inte ut andelar på färre än 50 kontakter, och avrunda andelar till hela procent.',
    'Lägg aldrig ett exakt antal bredvid dessa tal, till exempel ur en telefonräkning. Det upphäver skyddet för det talet.',
    'Talen stämmer inte på enheten med andra källor, och ska inte göra det.',
    'Fler kontakter betyder inte att extremismen ökar. Det kan lika gärna betyda att fler känner till linjen.',
  ],
  certificate: 'Intyg om metoden',
  certificates: (closed: string, year: boolean) => [
    `${year ? 'Årets sista kvartal' : 'Kvartalet'} publicerades ${closed}. I samma databastransaktion som ett kvartals tal skrivs in tas det som de räknades ur bort ur databasen. Därefter byts databasens logg.`,
    'Perioden kan inte räknas om: underlaget finns inte, avvikelserna är inte sparade och kan inte återskapas, och databasen vägrar en andra stängning.',
  ],
  facts: {
    plan: 'Tabellplan',
    rho: 'Skyddsnivå (rho, noll-koncentrerad differentiell integritet för en kontakt)',
    sigma2: 'Avvikelsens varians (sigma²)',
    threshold: 'Gräns för att visa ett tal',
    step: 'Avrundning till',
    vocabulary: 'Vokabulärens version',
    software: 'Programvara',
  },
  presets: { tiny: 'mycket liten', small: 'liten', medium: 'mellan', large: 'stor', own: 'egen' },
  verify:
    'Rapporten hör till en signerad utgåva. manifest.json räknar upp varje fil med dess kontrollsumma, och manifest.json.sig är signaturen (Ed25519). En ändrad fil avslöjas av tyst verify eller på linjens webbplats.',
  contents: 'Innehåll',
  sheet: 'Blad',
  table: 'Tabell',
  counts: 'Gäller',
} as const;

/** The words in one language. */
export type Words = WordsLike<typeof swedish>;

const english: Words = {
  quarterly: 'Quarterly report',
  yearly: 'Annual report',
  quarterName: (year, quarter) => `quarter ${quarter} ${year}`,
  yearName: (year) => `the year ${year}`,
  subtitle: 'Statistics from an anonymous support line',
  issued: (day) => `Issued ${day}`,
  revision: (number, reason) => `Revision ${number}. Reason: ${reason}`,
  approximate:
    'The numbers are approximate on purpose. We add a small random deviation so that nobody who contacted us can be recognised.',
  reading: 'How to read the numbers',
  readings: (threshold, step) => [
    '± is the uncertainty of the protection. About one number in twenty lies further from the truth than that, and small numbers tend to be a little high.',
    `“Fewer than ${threshold}” may also be none.`,
    '“Not shown”: the group is too small or too uniform to be broken down.',
    ...(step > 1 ? [`Numbers are rounded to the nearest ${step}.`] : []),
    'Between two periods the uncertainty is 1.4 times as large. A difference smaller than that means nothing.',
    'The numbers count contacts, not persons. Somebody who got in touch three times is counted three times.',
  ],
  keyFigures: 'Key figures',
  contacts: 'All contacts',
  conversations: 'Conversations with support or advice',
  contactsWhy: 'Calls, chats and others, silent and broken off ones too. Contacts, not persons.',
  conversationsWhy: 'Those of the contacts in which somebody was given support or advice.',
  notInPlan: 'Not among the tables of the period',
  change: {
    more: (calls, before) => `About ${calls} more than ${before}.`,
    fewer: (calls, before) => `About ${calls} fewer than ${before}.`,
    none: (before) => `No difference from ${before} that exceeds the uncertainty of the protection.`,
    head: 'difference',
    some: (before) =>
      `The difference is from ${before}, and given where it exceeds its uncertainty. It may still be chance.`,
    why: 'The difference exceeds the uncertainty of the protection. It may still be chance, and says nothing about how common extremism is.',
  },
  unanswered: 'Unanswered calls',
  unansweredWhy:
    'Calls that nobody answered, where no message was left and nobody called back. Exact numbers from the telephone system. Such calls are part of no other number in the report.',
  universe: { all: 'Counts all contacts.', conversation: 'Counts conversations with support or advice.' },
  upTo: (calls) => `The uncertainty of the protection in this table is ± ${calls}.`,
  upToEach: (each) =>
    `The uncertainty of the protection is ${each.map(({ calls, periods }) => `± ${calls} for ${listed.en(periods)}`).join(' and ')}.`,
  upToYear: (year, quarter) =>
    `The uncertainty of the protection is ± ${year} for the year and ± ${quarter} for a quarter.`,
  foreword: 'Foreword',
  forewordElsewhere: 'The foreword is in Swedish only.',
  quarters: {
    title: 'Quarter by quarter',
    quarter: 'Quarter',
    name: (quarter) => `quarter ${quarter}`,
    more: ({ shown, all, quarterly }) =>
      `The year shows more numbers than its quarters. When four quarters are added up, the numbers become about four times as large but the deviation only twice as large. Of the ${all} numbers in the tables, ${shown} are shown for the year, and ${quarterly} on average for a quarter.`,
    files: (year) =>
      `In the CSV file the rows of the year have the period ${year}, and those of the quarters ${year}-Q1 to ${year}-Q4. The quarters are parts of the year: do not add them to it.`,
  },
  answer: 'Answer',
  number: 'Number',
  code: 'Code',
  under: (threshold) => `fewer than ${threshold}`,
  withheld: 'not shown',
  rowWithheld: 'Not shown. The group is too small or too uniform to be broken down.',
  withheldMark: '– means that the number is not shown.',
  others: 'Other',
  othersWhy: 'Other is what the hidden numbers are together.',
  marks: {
    under: (threshold) => `< ${threshold} means fewer than ${threshold}, and may also be none.`,
  },
  method: 'Method and protection',
  methods: [
    'Whoever calls is promised that nobody will know. So only a few codes from a public list are kept of a contact, with no clock time, name, number or free text, in an envelope that a single key opens. Every night the contacts of the day are counted and forgotten, and the key is destroyed.',
    'The tables that were decided before the period began are counted, and no others. To every number in every table belongs a random deviation, the sum of two draws (discrete Gaussian): one is in the counters from the start, the other is added when the period is over. Each is drawn once only. The true numbers are never written down.',
    'This means: somebody who knows all other contacts of the period, and for whom it was an even guess whether a certain contact is among them, guesses right at most 70 times in 100 after reading everything that was published (60 in 100 under the stricter setting). What the reader knew before, no protection can take back.',
  ],
  quoting: 'When you quote',
  quotings: [
    'Say “about”, and give the uncertainty: “about 45 (± 7)”.',
    'Work out no shares of fewer than 50 contacts, and round shares to whole per cent.',
    'Never put an exact count beside these numbers, from a telephone bill for instance. It undoes the protection of that number.',
    'The numbers do not reconcile with other sources to the unit, and are not meant to.',
    'More contacts do not mean that extremism grows. They may as well mean that more people know of the line.',
  ],
  certificate: 'Certificate of method',
  certificates: (closed, year) => [
    `${year ? 'The last quarter of the year' : 'The quarter'} was published on ${closed}. In the database transaction that writes the numbers of a quarter down, what they were counted from is taken out of the database. Then the log of the database is switched.`,
    'The period cannot be counted again: what it was counted from is gone, the deviations were not kept and cannot be made again, and the database refuses a second close.',
  ],
  facts: {
    plan: 'Table plan',
    rho: 'Level of protection (rho, zero-concentrated differential privacy for one contact)',
    sigma2: 'Variance of the deviation (sigma²)',
    threshold: 'Least number that is shown',
    step: 'Rounded to',
    vocabulary: 'Version of the vocabulary',
    software: 'Software',
  },
  presets: { tiny: 'tiny', small: 'small', medium: 'medium', large: 'large', own: 'own' },
  verify:
    'This report is part of a signed release. manifest.json lists each file with its checksum, and manifest.json.sig is the signature (Ed25519). A changed file is found by tyst verify or on the website of the line.',
  contents: 'Contents',
  sheet: 'Sheet',
  table: 'Table',
  counts: 'Counts',
};

export const words: Readonly<Record<Locale, Words>> = { sv: swedish, en: english };

/** A whole number as people write it in the language: thousands apart. */
export const numeral = (locale: Locale, value: number): string => inLanguage[locale].number.format(value);

/** A text as the beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day in words. */
export const dayName = (locale: Locale, day: string): string =>
  inLanguage[locale].day.format(new Date(`${day}T00:00:00Z`));

/** A period in words: a month, `kvartal 3 2026`, `år 2026`. */
export function periodName(locale: Locale, period: string): string {
  const [year = '', rest = ''] = period.split('-');
  const kind = periodKind(period);
  if (kind === 'month') return inLanguage[locale].month.format(new Date(`${period}-01T00:00:00Z`));
  return kind === 'quarter' ? words[locale].quarterName(year, rest.slice(1)) : words[locale].yearName(year);
}

/** A period as it is named beside another: a quarter in its own year's report goes without the year. */
export function besideName(locale: Locale, period: string, ownPeriod: string): string {
  const [year, quarter] = period.split('-Q');
  return quarter !== undefined && year === ownPeriod
    ? words[locale].quarters.name(quarter)
    : periodName(locale, period);
}

/** A number as a mark, where there is no room for words; what it means has to be said nearby. */
export function shownMark(locale: Locale, number: ShownNumber): string {
  if ('value' in number) return numeral(locale, number.value);
  return 'under' in number ? `< ${numeral(locale, number.under)}` : '–';
}

/** A number as it may be shown, in words or figures. */
export function shownText(locale: Locale, number: ShownNumber): string {
  if ('value' in number) return numeral(locale, number.value);
  if ('under' in number) return words[locale].under(numeral(locale, number.under));
  return words[locale].withheld;
}
