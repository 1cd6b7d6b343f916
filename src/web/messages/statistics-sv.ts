/** The words of the statistics pages in Swedish. The other languages have the same keys, or the type check fails. */
import type { WordsLike } from '../../contract/words.js';

const dayFormat = new Intl.DateTimeFormat('sv-SE', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat('sv-SE', { year: 'numeric', month: 'long', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('sv-SE', { month: 'short', timeZone: 'UTC' });

export const statistics = {
  pages: 'Sidor',
  title: 'Statistik',
  period: 'Period',
  months: 'Månader',
  quarters: 'Kvartal',
  years: 'År',
  coming: 'På väg',
  month: 'Månad',
  monthName: (first: Date) => monthFormat.format(first),
  monthMark: (first: Date) => shortMonth.format(first).replace('.', ''),
  quarterName: (year: number, quarter: number) => `kvartal ${quarter} ${year}`,
  quarterMark: (quarter: number) => `kv. ${quarter}`,
  yearName: (year: number) => `år ${year}`,
  day: (day: Date) => dayFormat.format(day),
  longDay: (day: Date) => longDay.format(day),
  publishedOn: (day: string) => `Publicerat ${day}`,
  approximate:
    'Talen är ungefärliga med avsikt. Vi lägger till en liten slumpmässig avvikelse så att ingen som kontaktat oss ska kunna kännas igen.',
  contacts: 'Alla kontakter',
  conversations: 'Samtal med stöd eller råd',
  uncertainty: 'skyddets osäkerhet',
  everyNumber:
    '± är skyddets osäkerhet. Ungefär ett tal av tjugo ligger längre från det verkliga än så, och tal strax över gränsen för att visas är oftare för höga än för låga.',
  upTo: (calls: number) => `± ${calls}, skyddets osäkerhet`,
  /** Where the conversations among the kinds of contact are as sure as their total, not as the others. */
  upToBeside: (calls: number, conversations: number) =>
    `± ${calls}, för samtal med stöd eller råd ± ${conversations}, skyddets osäkerhet`,
  inFives: 'Avrundat till närmaste 5',
  /** What a table's shares are shares of. */
  shares: {
    all: 'Andel av alla kontakter',
    conversation: 'Andel av samtalen med stöd eller råd',
    row: 'Andel av raden',
  },
  share: (share: number, uncertainty: number) => `${share} ± ${uncertainty} %`,
  under: (threshold: number) => `färre än ${threshold}`,
  underWhy: 'kan också vara noll',
  underHere: (thresholds: readonly number[]) =>
    `”Färre än ${thresholds.join('” och ”färre än ')}” kan också vara noll.`,
  underMark: (threshold: number) => `< ${threshold}`,
  underMarkHere: (threshold: number) =>
    `< ${threshold} betyder färre än ${threshold}, och kan också vara noll.`,
  withheld: 'Visas inte.',
  withheldWhy: 'Gruppen är för liten eller för ensartad för att delas upp.',
  withheldMark:
    '– betyder att kolumnen inte visas: gruppen är för liten eller för ensartad för att delas upp.',
  hidden: 'Dolda svar tillsammans',
  hiddenWhy: 'Vilka svar som är dolda växlar, så den raden går inte att jämföra mellan perioder.',
  notInPlan: 'Ingår inte i periodens tabeller.',
  notCountedTitle: 'Räknas inte',
  notCounted: (plan: string) => `Periodens plan, ”${plan}”, räknar inte:`,
  notCountedAnyQuarter: 'Inget av årets kvartal räknar:',
  notAddedUp:
    'Något eller några av årets kvartal räknar det här, men inte alla fyra på samma sätt. Då går det inte att lägga ihop:',
  changeThePlan: 'Välj vad nästa kvartal räknar',
  chooseThePlan: 'Välj vad kvartalet räknar',
  grouped: 'i grupper',
  number: 'Antal',
  table: 'Tabell',
  download: 'Ladda ner CSV',
  copy: 'Kopiera som bild',
  copied: 'Bilden är kopierad.',
  copiedToFile: 'Webbläsaren kan inte kopiera bilder. Bilden laddades ner i stället.',
  pictureMissing: 'Bilden gick inte att hämta. Talen finns i tabellen.',
  picture: (title: string, text: string) => `Bild: ${title}. ${text}`,
  seeTable: 'Samma tal finns i tabellen nedanför.',
  byMonth: 'Månad för månad',
  callsByMonth: 'Kontakter månad för månad',
  conversationsByMonth: 'Samtal månad för månad',
  crossed: 'Två frågor i samma tabell',
  crossedWhich: 'Tabell',
  moreTables: 'Fler tabeller',
  change: {
    compared: (periods: readonly string[]) =>
      `Jämförs med ${periods.join(' och ')}. En skillnad nämns bara där den är större än vad skyddet och slumpen brukar ge. Där inget nämns kan det ändå ha ändrats.`,
    more: (calls: string, before: string) => `Omkring ${calls} fler än ${before}`,
    fewer: (calls: string, before: string) => `Omkring ${calls} färre än ${before}`,
    /** Where one of the two is only known to lie under its threshold. */
    atLeastMore: (calls: string, before: string) => `Minst omkring ${calls} fler än ${before}`,
    atLeastFewer: (calls: string, before: string) => `Minst omkring ${calls} färre än ${before}`,
    why: 'Skillnaden är större än vad skyddet och slumpen brukar ge. Den säger inget om varför, och inget om hur vanlig extremismen är.',
    column: (before: string) => `Skillnad mot ${before}`,
    atLeast: (calls: string) => `minst ${calls}`,
  },
  /** A sentence for whoever asks, with everything that has to go with the number. */
  quote: {
    title: 'Att citera',
    line: 'Stödlinjen',
    lineOf: (organisation: string) => `Stödlinjen hos ${organisation}`,
    within: {
      month: (month: string) => `i ${month}`,
      quarter: (quarter: string) => `under ${quarter}`,
      year: (year: string) => `under ${year}`,
    },
    both: (line: string, within: string, contacts: string, conversations: string) =>
      `${line} tog emot omkring ${contacts} kontakter ${within}, varav omkring ${conversations} samtal med stöd eller råd`,
    contacts: (line: string, within: string, contacts: string) =>
      `${line} tog emot omkring ${contacts} kontakter ${within}`,
    conversations: (line: string, within: string, conversations: string) =>
      `${line} tog emot omkring ${conversations} samtal med stöd eller råd ${within}`,
    sure: (uncertainties: readonly number[]) =>
      `(osäkerhet för skyddets skull: ${uncertainties.map((calls) => `±${calls}`).join(' och ')})`,
    copy: 'Kopiera',
    copied: 'Meningen är kopierad.',
    marked: 'Webbläsaren kopierar inte själv här. Meningen är markerad: kopiera den med Ctrl+C.',
  },
  upcoming: {
    earliest: (period: string, day: string) =>
      `${period} publiceras tidigast ${day}. Ingen ser siffrorna före dess, inte heller vi.`,
    monthEarliest: (period: string, day: string) => `${period} publiceras tidigast ${day}.`,
    soFar: 'Det här är publicerat av kvartalet:',
    nothing: 'Ännu är ingen månad av kvartalet publicerad.',
    option: (period: string) => `${period} (pågår)`,
    show: (period: string) => `Visa ${period}`,
  },
  empty: {
    title: 'Inget är publicerat än',
    lead: 'Här står det som kvartalets plan räknar, när kvartalet är publicerat.',
    will: 'Det här kommer att finnas',
    sure: 'Vid varje tal står hur säkert det är.',
    willNot: 'Det här räknas inte',
    plan: (name: string) => `Vad som räknas bestäms av kvartalets plan, ”${name}”.`,
  },
  unanswered: {
    title: 'Obesvarade samtal',
    source:
      'Samtal som ingen svarade på, där inget meddelande lämnades och ingen ringde tillbaka. Exakta tal från telefonsystemet, inskrivna för hand.',
    why: 'Räkna bara samtal som inte finns i Tyst, så röjer ett exakt antal ingen. Ett meddelande eller en återuppringning kan vara sparad, och då skulle samtalet finnas i båda talen. Skriv aldrig in antalet besvarade: ett exakt antal bredvid de ungefärliga skulle avslöja det som skyddet döljer.',
    month: 'Månad',
    calls: 'Antal obesvarade',
    save: 'Spara antalet',
    saved: (month: string) => `Antalet för ${month} är sparat.`,
    remove: (month: string) => `Ta bort antalet för ${month}`,
    removed: (month: string) => `Antalet för ${month} är borttaget.`,
    none: 'Inget är inskrivet för de här månaderna.',
    exact: 'exakt',
    wrong: 'Skriv ett helt tal, noll eller mer.',
    notOver: 'Månaden är inte slut. Skriv in antalet när den är det.',
  },
  explorer: {
    title: 'Utforska',
    lead: 'Välj en tabell och se hur talen går från period till period. Bandet kring en linje är skyddets osäkerhet.',
    table: 'Tabell',
    totals: 'Kontakter och samtal, totalt',
    kind: 'Visa',
    from: 'Från',
    to: 'Till',
    row: 'Rad',
    lines: 'Linjer i bilden',
    linesWhy: (most: number) => `Högst ${most} åt gången. Tabellen har alla.`,
    yearIs: 'Ett år finns när alla dess fyra kvartal är publicerade.',
    gap: 'Ett avbrott i linjen betyder att talet inte visas, eller att periodens plan inte räknar det.',
    nothing: 'Ingen publicerad period har den här tabellen.',
    notPublished: 'inte räknat',
    empty: 'Ingenting att utforska än. Sidan fylls när den första perioden är publicerad.',
    few: 'En linje behöver minst två perioder. Hittills finns en.',
    caution:
      'Att en linje stiger eller sjunker kan bero på bara skydd och slump, också där banden inte når varandra. Det säger inget om hur vanlig extremismen är.',
  },
} as const;

export type StatisticsWords = WordsLike<typeof statistics>;
