/** The words of the plan page in Swedish. */
import type { WordsLike } from '../../contract/words.js';
import { percent } from './numerals.js';

const longDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' });

export const plan = {
  title: 'Plan',
  lead: 'Planen är listan över vad ett kvartal räknar, och formuläret frågar bara det. Ju mer som räknas, desto osäkrare blir varje tal.',
  noCalls:
    'Valet görs av publicerade tal och av er egen kännedom. Inget på sidan bygger på samtal som inte är publicerade.',
  quarter: 'Kvartal',
  begun: (quarter: string) => `${quarter} har börjat, så planen ligger fast.`,
  stands: (name: string) => `Just nu gäller ”${name}”.`,
  follows: 'Planen gäller också kvartalen efter, tills en ny väljs.',
  /** Until when the choice is open. */
  begins: {
    midnight: (day: Date) =>
      `Den går att byta till midnatt före den ${longDay.format(day)}, då kvartalet börjar. Sedan ligger den fast.`,
    'first-handler': (day: Date) =>
      `Den går att byta tills den första samtalsmottagaren loggar in, dock senast natten till den ${longDay.format(day)}. Sedan ligger den fast.`,
    'first-import': 'Den går att byta tills den första filen läses in i kvartalet. Sedan ligger den fast.',
  },
  choose: 'Välj plan',
  presets: {
    tiny: { name: 'mycket liten', suits: 'Under 60 samtal i kvartalet, under 20 i månaden' },
    small: { name: 'liten', suits: '60–249 samtal i kvartalet, ungefär 20–80 i månaden' },
    medium: { name: 'mellan', suits: '250–999 samtal i kvartalet, ungefär 80–330 i månaden' },
    large: { name: 'stor', suits: '1 000 samtal eller fler i kvartalet, omkring 330 i månaden och uppåt' },
    own: { name: 'egen', suits: 'Tabeller som ni väljer själva' },
  },
  recommended: 'Rekommenderas',
  recommendedWhy: 'efter de publicerade kvartalen',
  inertia:
    'Rekommendationen ändras först när två kvartal i rad har varit större eller mindre än planen är tänkt för.',
  noRecommendation:
    'En rekommendation kommer när det första kvartalet är publicerat. Börja hellre för smått än för stort.',
  sure: 'Så säkra blir talen',
  sureOf: {
    contacts: 'Alla kontakter',
    conversations: 'Samtal med stöd eller råd',
    table: 'Ett svar i en vanlig tabell',
  },
  plusMinus: (calls: number) => `± ${calls}`,
  notGiven: 'räknas inte',
  form: 'Formuläret',
  formLength: (questions: number, presses: number) =>
    `${questions === 1 ? '1 fråga' : `${questions} frågor`}, ungefär ${presses} tangenttryckningar`,
  questions: 'Vad som räknas',
  counted: 'räknas',
  notCounted: 'räknas inte',
  grouped: 'i grupper',
  byMonth: 'Månad för månad',
  crossed: 'Två frågor i samma tabell',
  crossTables: (tables: number) => (tables === 1 ? '1 tabell' : `${tables} tabeller`),
  check: 'Räkna efter',
  counts: 'Planen har',
  tables: (count: number) => (count === 1 ? '1 tabell' : `${count} tabeller`),
  cost: 'Kostnad',
  costValue: (cost: string) => `${cost}, så många rutor kan ett samtal som mest räknas i`,
  sigma: 'Slump i varje tal',
  sigmaValue: (sigma: string, sigma2: string) => `σ ${sigma} (σ² ${sigma2})`,
  threshold: 'Tröskel',
  thresholdValue: (threshold: number) => `${threshold}, under den visas inga tal`,
  step: 'Avrundning',
  stepValue: (step: number) => (step === 1 ? 'hela tal' : `närmaste ${step}`),
  twenty: 'Ett antal på 20 visas som',
  twentyValue: (value: number, uncertainty: number) => `ungefär ${value} ± ${uncertainty}`,
  twentyUnder: (threshold: number) => `”färre än ${threshold}”`,
  twentyOften: (share: number, threshold: number) =>
    `men ${percent(share)} gånger av 100 som ”färre än ${threshold}”`,
  protection: 'Skydd',
  levels: {
    normal: {
      name: 'Vanligt',
      why: 'rho 0,5: den som vet allt annat gissar rätt högst 70 gånger av 100 på om ett samtal finns med, och högst 76 på vilken av två berättelser det rymde.',
    },
    strict: {
      name: 'Strängt',
      why: 'rho 0,125: högst 60 gånger av 100 på om ett samtal finns med, och högst 64 på vilken av två berättelser det rymde. Slumpen blir dubbelt så stor. För linjer där samma person ofta ringer flera gånger.',
    },
    other: { name: 'Annat', why: 'Det skydd som planen har nu.' },
  },
  own: {
    title: 'Egna tabeller',
    start: 'Börja från',
    table: (number: number) => `Tabell ${number}`,
    rows: 'Fråga',
    by: 'Delat på',
    nothing: 'inget',
    level: 'Nivå',
    leaf: 'varje svar',
    top: 'grupper',
    month: 'Månad',
    remove: (number: number) => `Ta bort tabell ${number}`,
    add: 'Lägg till en tabell',
    few: 'Planen behöver minst en tabell.',
    many: 'En plan har högst 60 tabeller.',
    twice: 'Två tabeller är likadana. Ta bort en av dem.',
    same: 'En tabell kan inte dela en fråga på sig själv.',
    wrong: 'En tabell stämmer inte med frågorna. Se över den.',
  },
  outcome: 'Så blir det',
  stood: 'Så räknas kvartalet',
  listed: 'Tabeller i planen',
  submit: (quarter: string) => `Välj planen för ${quarter}`,
  chosen: (name: string, quarter: string) => `”${name}” är vald för ${quarter}.`,
  problems: {
    'quarter-begun': 'Kvartalet har börjat, så planen ligger fast. Välj ett senare kvartal.',
    'over-budget': 'Planen ger för svagt skydd: rho får vara högst 0,5.',
    'invalid-request': 'Planen stämmer inte med kvartalets frågor. Se över tabellerna.',
    'not-found': 'Kvartalet finns inte.',
  },
} as const;

export type PlanWords = WordsLike<typeof plan>;
