/** The words of a release's files in Swedish. A release speaks in whole sentences: it is read without us. */
import type { WordsLike } from '../contract/words.js';
import { listed } from './intl.js';

export const releaseSv = {
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
  readings: [
    '± är skyddets osäkerhet, och gäller bara den. Ungefär ett tal av tjugo ligger längre från det verkliga än så.',
    '”Färre än” betyder inte ”några få”: det kan också vara noll.',
    '”Visas inte”: gruppen är för liten eller för ensartad för att delas upp.',
    'Andelar är räknade på de visade talen, i hela procent och med osäkerheten i procentenheter. Av färre än 50 räknas inga.',
    'En skillnad mellan två perioder nämns bara där den är större än vad skyddet och slumpen brukar ge tillsammans. Att ingen nämns betyder inte att allt är sig likt.',
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
    atLeastMore: (calls: string, before: string) => `Minst omkring ${calls} fler än ${before}.`,
    atLeastFewer: (calls: string, before: string) => `Minst omkring ${calls} färre än ${before}.`,
    row: {
      more: (answer: string, calls: string) => `${answer}, ungefär ${calls} fler`,
      fewer: (answer: string, calls: string) => `${answer}, ungefär ${calls} färre`,
      atLeastMore: (answer: string, calls: string) => `${answer}, minst omkring ${calls} fler`,
      atLeastFewer: (answer: string, calls: string) => `${answer}, minst omkring ${calls} färre`,
    },
    rows: (before: string, rows: readonly string[]) =>
      `Större skillnader mot ${before} än vad skyddet och slumpen brukar ge: ${rows.join('; ')}.`,
    why: 'Skillnaden är större än vad skyddet och slumpen brukar ge. Vad den beror på säger talen inte, och inget om hur vanlig extremismen är.',
  },
  unanswered: 'Obesvarade samtal',
  unansweredWhy:
    'Samtal som ingen svarade på, där inget meddelande lämnades och ingen ringde tillbaka. Exakta tal ur telefonsystemet. Sådana samtal ingår inte i något annat tal i rapporten.',
  universe: { all: 'Räknar alla kontakter.', conversation: 'Räknar samtal med stöd eller råd.' },
  share: 'andel',
  shareSure: 'andelens ±',
  percent: (share: string) => `${share}\u00a0%`,
  shareOf: {
    all: 'Andelarna är av alla kontakter, med ± i procentenheter.',
    conversation: 'Andelarna är av alla samtal med stöd eller råd, med ± i procentenheter.',
    row: 'Andelarna är av radens tal, med ± i procentenheter.',
  },
  upTo: (calls: string) => `Skyddets osäkerhet i tabellen är ± ${calls}.`,
  upToEach: (each: { calls: string; periods: string[] }[]) =>
    `Skyddets osäkerhet är ${each.map(({ calls, periods }) => `± ${calls} för ${listed.sv(periods)}`).join(each.length > 2 ? '; ' : ' och ')}.`,
  upToYear: (year: string, quarter: string) =>
    `Skyddets osäkerhet är ± ${year} för året och ± ${quarter} för ett kvartal.`,
  upToTotal: (calls: string) =>
    `För samtalen med stöd eller råd är den ± ${calls}, som för deras totalsumma.`,
  inFives: 'Talen är avrundade till närmaste femtal.',
  several: {
    referral: 'Ett samtal kan ha flera hänvisningar, så summan är större än antalet samtal.',
    other: 'Ett samtal kan ha flera av svaren, så summan är större än antalet samtal.',
  },
  monthsWhy:
    'Månadernas tal blir inte alltid kvartalets när de läggs ihop. Varje månad publiceras för sig när den är slut, och kvartalet uppskattas sedan ur allt som har räknats.',
  csvShares:
    'Andelar står inte i CSV-filen, vars kolumner är fasta. De står med sin osäkerhet i tables.xlsx, tables.json och rapporten.',
  foreword: 'Förord',
  forewordElsewhere: 'Förordet finns bara på engelska.',
  quarters: {
    title: 'Kvartal för kvartal',
    quarter: 'Kvartal',
    name: (quarter: string) => `kvartal ${quarter}`,
    more: ({ shown, all, quarterly }: { shown: string; all: string; quarterly: string }) =>
      `Året visar fler tal än sina kvartal. När fyra kvartal läggs ihop blir talen ungefär fyra gånger så stora, men avvikelsen bara dubbelt så stor. Av de ${all} talen i tabellerna visas ${shown} för året, och i genomsnitt ${quarterly} för ett kvartal.`,
    sums: 'Årets tal är inte alltid summan av de tal som visas för kvartalen. Året lägger ihop kvartalens uppskattningar innan något avrundas eller döljs.',
    missing: (tables: readonly string[]) =>
      `I årets tabeller saknas ${listed.sv(tables.map((table) => `”${table}”`))}. Kvartalen räknade dem inte likadant, och då går de inte att lägga ihop.`,
    inGroups: (tables: readonly string[]) =>
      `${listed.sv(tables.map((table) => `”${table}”`))} räknas i grupper i året, eftersom något kvartal bara räknade grupperna.`,
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
  hidden: 'Dolda svar tillsammans',
  hiddenWhy: 'Dolda svar tillsammans är alla svar i tabellen som inte visas vart och ett.',
  hiddenOf: (number: string) => `Dolda svar tillsammans: ${number}.`,
  marks: {
    under: (threshold: string) => `< ${threshold} betyder färre än ${threshold}, och kan också vara noll.`,
  },
  method: 'Metod och skydd',
  methods: [
    'Den som ringer är lovad att ingen ska få veta det. Därför sparas av en kontakt bara ett fåtal koder ur en öppen lista, utan klockslag, namn, nummer eller fri text, i ett kuvert som bara en enda nyckel öppnar. Varje natt räknas dagens kontakter och glöms, och nyckeln förstörs.',
    'De räknefrågor ställs som bestämdes innan räkningen började, och inga andra. Till svaret på var och en hör en slumpmässig avvikelse, summan av två dragningar (diskret normalfördelning): den ena ligger i räkneverken från början, den andra läggs till när perioden är slut. Var och en dras en enda gång. De verkliga talen skrivs aldrig ned.',
  ],
  guarantee: {
    title: 'Vad skyddet lovar',
    who: 'Tänk dig någon som känner till alla andra kontakter under ett kvartal, och för vilken det står och väger. Efter att ha läst allt som publiceras om kvartalet gissar den rätt högst så här ofta (inom parentes med den strängare inställningen):',
    rows: [
      ['Finns den här kontakten med?', '70 gånger av 100 (60)'],
      [
        'Vilken av två berättelser rymde kontakten? Att den ägde rum är redan känt, till exempel från en telefonräkning.',
        '76 gånger av 100 (64)',
      ],
    ],
    before: 'Vad läsaren visste förut kan inget skydd ta tillbaka.',
  },
  made: 'Så är talen gjorda',
  estimates:
    'Talen är uppskattningar där svaren på kvartalets alla räknefrågor vägs samman. De är i genomsnitt varken för höga eller för låga, och tabellerna stämmer med varandra och med totalsummorna. Avrundningen kan flytta ett tal ett steg.',
  earlier: (quarters: readonly string[]) =>
    `Räkningen av ${listed.sv(quarters)} började med version 0.1 av Tyst, och talen därifrån visas som den visade dem: alla med samma slags avvikelse, och i de mindre planerna vart och ett som det drogs, så att tabellerna inte behöver stämma med varandra.`,
  makings: [
    'Tal strax över gränsen är oftare för höga än för låga: hade de blivit lägre hade de inte visats.',
    '”Färre än” en gräns kan också vara noll.',
    '± gäller bara skyddet, inte slumpen i hur många som hör av sig.',
    'Två rader i samma tabell kan skilja sig åt med upp till 1,7 gånger ± enbart på grund av skyddet.',
    'Mellan två perioder nämns en skillnad bara om den är mer än tre gånger så stor som skyddets och slumpens sammanlagda standardavvikelse, för en rapport jämför dussintals tal. Att ingen nämns betyder inte att den inte finns.',
    'Ett samtal kan ha flera hänvisningar, så deras summa är större än antalet samtal.',
    'Månader och år behöver inte stämma med kvartalen. En månad publiceras för sig när den är slut, och ett år lägger ihop kvartalens uppskattningar innan något avrundas eller döljs.',
    'Varje räknefråga med sina vikter och sin varians (sigma²), och varje tabells gräns och avrundning, står i manifest.json.',
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
  threshold: 'Minsta tal som visas',
  step: 'Avrundning till',
  shareHead: 'Andel',
  shareRow: 'Andel av raden',
  points: '± procentenheter',
} as const;

/** The words in one language. */
export type Words = WordsLike<typeof releaseSv>;
