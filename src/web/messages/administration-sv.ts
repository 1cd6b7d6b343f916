/** The words of the administrator's pages in Swedish. The English ones have the same keys, or the type check fails. */
import type { WordsLike } from '../../contract/words.js';
import { directory } from './administration-directory-sv.js';
import { importing } from './administration-import-sv.js';

const quarterName = (quarter: string) => `kvartal ${quarter.slice(6)} ${quarter.slice(0, 4)}`;

interface EventWords {
  /** What it is called in the list to choose from. */
  readonly name: string;
  /** What was done, after the name of whoever did it. */
  readonly what: (subject: string) => string;
}
const event = (name: string, what: (subject: string) => string): EventWords => ({ name, what });

const events = {
  'sign-in': event('Inloggning', () => 'loggade in'),
  'sign-in-locked': event('Spärrad inloggning', (who) =>
    who === ''
      ? 'inloggningen spärrades efter för många försök'
      : `inloggningen till ${who} spärrades efter för många försök`,
  ),
  'account-added': event('Nytt konto', (who) => `lade till kontot ${who}`),
  'account-disabled': event('Avstängt konto', (who) => `stängde av ${who}`),
  'account-opened': event('Öppnat konto', (who) => `öppnade ${who} igen`),
  'made-handler': event('Ny roll: samtalsmottagare', (who) => `gjorde ${who} till samtalsmottagare`),
  'made-supervisor': event('Ny roll: statistikansvarig', (who) => `gjorde ${who} till statistikansvarig`),
  'made-administrator': event('Ny roll: administratör', (who) => `gjorde ${who} till administratör`),
  'invitation-made': event('Länk', (who) => `skapade en länk till ${who}`),
  'invitation-accepted': event('Använd länk', () => 'valde lösenord med sin länk'),
  'password-changed': event('Bytt lösenord', () => 'bytte lösenord'),
  'two-factor-on': event('Tvåstegsinloggning på', () => 'slog på tvåstegsinloggning'),
  'two-factor-off': event('Tvåstegsinloggning av', () => 'slog av tvåstegsinloggning'),
  'two-factor-reset': event(
    'Nollställd tvåstegsinloggning',
    (who) => `nollställde tvåstegsinloggningen för ${who}`,
  ),
  'recovery-codes-made': event('Nya återställningskoder', () => 'skapade nya återställningskoder'),
  'recovery-code-used': event('Använd återställningskod', () => 'använde en återställningskod'),
  'plan-set': event('Tabellplan', (quarter) => `valde tabellplan för ${quarterName(quarter)}`),
  'vocabulary-set': event('Vokabulär', (quarter) => `ändrade vokabulären för ${quarterName(quarter)}`),
  'settings-set': event('Inställningar', () => 'ändrade inställningarna'),
  'calls-imported': event('Import', (quarters) => `importerade samtal till ${quarters}`),
  'imports-discarded': event('Kastad import', (quarter) => `kastade det som lästs in till ${quarter}`),
  'counters-begun-anew': event('Räkningen började om', (quarter) => `började om räkningen av ${quarter}`),
  'clock-gap-confirmed': event('Bekräftad klocka', () => 'bekräftade att klockan går rätt'),
  'period-closed': event('Stängd period', (period) => `stängde ${period}`),
  'release-issued': event('Utgåva', (release) => `gav ut ${release}`),
  'release-key-changed': event('Ny signeringsnyckel', (key) => `bytte signeringsnyckel till ${key}`),
  'release-key-withdrawn': event(
    'Spärrad signeringsnyckel',
    (key) => `spärrade signeringsnyckeln ${key} och bytte till en ny`,
  ),
};

const roles = {
  handler: { name: 'Samtalsmottagare', does: 'Tar samtal. Ser inga sparade samtal och ingen statistik.' },
  supervisor: { name: 'Statistikansvarig', does: 'Läser statistik, väljer tabellplan och ger ut rapporter.' },
  administrator: { name: 'Administratör', does: 'Sköter konton, vokabulär och inställningar.' },
};

export const administration = {
  nav: 'Administration',
  tabs: {
    start: 'Översikt',
    people: 'Konton',
    vocabulary: 'Vokabulär',
    directory: 'Hänvisningar',
    importing: 'Import',
    settings: 'Inställningar',
    events: 'Händelselogg',
  },
  roles,
  save: 'Spara',
  cancel: 'Avbryt',

  start: {
    title: 'Kom igång',
    intro: 'Det här återstår innan linjen kan börja använda Tyst på riktigt.',
    allDone: 'Allt är på plats.',
    progress: (done: number, all: number) => `${String(done)} av ${String(all)} klart`,
    done: 'Klart',
    left: 'Återstår',
    items: {
      twoFactor: {
        name: 'Slå på tvåstegsinloggning för ditt konto',
        why: 'Den som administrerar Tyst kan öppna alla konton. Ett lösenord är för lite.',
        link: 'Till ditt konto',
      },
      administrator: {
        name: 'Bjud in en administratör till',
        why: 'Annars låser ni er ute den dag du tappar bort både telefonen och återställningskoderna.',
        link: 'Till konton',
      },
      organisation: {
        name: 'Skriv vem som driver linjen',
        why: 'Namnet visas för den som läser vad som sparas om ett samtal.',
        link: 'Till inställningar',
      },
      supervisor: {
        name: 'Bjud in en statistikansvarig',
        why: 'Hon eller han väljer vilka tabeller nästa kvartal ska ge, innan kvartalet börjar.',
        link: 'Till konton',
      },
      handler: {
        name: 'Bjud in den som ska ta samtal',
        why: 'Ett konto för var och en. Vem som tog ett samtal sparas aldrig.',
        link: 'Till konton',
      },
    },
    vocabulary: 'Frågorna i formuläret',
    vocabularyWhy:
      'Tyst kommer med en färdig vokabulär. Gå igenom den tillsammans. Det ni ändrar gäller från nästa kvartal.',
    vocabularyLink: 'Till vokabulären',
  },

  people: {
    title: 'Konton',
    intro:
      'Var och en har ett eget konto och väljer själv sitt lösenord med en engångslänk. Ett konto tas aldrig bort, men det kan stängas av.',
    invite: 'Bjud in någon',
    username: 'Användarnamn',
    usernameRule: 'Små bokstäver a–z, siffror, punkt, bindestreck och understreck.',
    usernameWrong:
      'Användarnamnet kan bara ha små bokstäver a–z, siffror, punkt, bindestreck och understreck, och börjar med en bokstav eller siffra.',
    role: 'Roll',
    submit: 'Bjud in',
    everybody: (count: number) => (count === 1 ? 'Ett konto' : `${String(count)} konton`),
    you: 'du',
    active: 'Aktivt',
    invited: 'Väntar på lösenord',
    disabled: 'Avstängt',
    twoFactor: 'Tvåstegsinloggning',
    changeRole: 'Byt roll',
    roleWhy: 'Den som är inloggad loggas ut och får logga in i sin nya roll.',
    makeLink: 'Skapa en länk',
    linkWhyNew: 'Den förra länken slutar gälla.',
    linkWhyForgotten: 'För ett glömt lösenord. Det gamla gäller tills ett nytt är valt.',
    disable: 'Stäng av kontot',
    disableWhy: 'Den som är inloggad loggas ut genast.',
    open: 'Öppna kontot igen',
    reset: 'Nollställ tvåstegsinloggningen',
    resetWhy:
      'För den som har tappat bort både appen och återställningskoderna. Ta reda på att det verkligen är den personen som ber om det.',
    link: (username: string) => `Länk till ${username}`,
    linkOnce:
      'Länken visas bara nu. Den fungerar en gång, i 24 timmar. Lämna den så att ingen annan kan läsa den.',
    copy: 'Kopiera länken',
    copied: 'Länken är kopierad.',
    added: (username: string) => `Kontot ${username} är tillagt.`,
    changed: {
      role: (username: string, role: string) => `${username} är nu ${role.toLowerCase()}.`,
      disabled: (username: string) => `${username} är avstängt.`,
      opened: (username: string) => `${username} är öppet igen.`,
      reset: (username: string) => `${username} loggar in utan kod tills tvåstegsinloggning slås på på nytt.`,
    },
  },

  vocabulary: {
    title: 'Vokabulär',
    intro: (quarter: string, day: string) =>
      `Det du ändrar här gäller från ${day}, då ${quarterName(quarter)} börjar. Till dess är formuläret som det är.`,
    intro2:
      'Ett svar som har använts tas aldrig bort, men det kan tas ur bruk. Tidigare kvartal behåller sina ord. När svaren till en fråga ändras mitt i ett år kan frågans tabell inte läggas ihop för hela året, så gör helst ändringarna till kvartal 1.',
    questionsStay:
      'Frågorna själva ligger fast. Behöver ni något som inte finns, lägg till ett svar under den fråga som ligger närmast.',
    questions: 'Frågor',
    question: 'Fråga',
    swedish: 'På svenska',
    english: 'På engelska',
    ofAll: 'Ställs vid alla kontakter.',
    ofConversations: 'Ställs när kontakten är ett samtal med stöd eller råd.',
    upTo: (max: number) => `Högst ${String(max)} svar.`,
    earlier: 'Flytta frågan uppåt',
    later: 'Flytta frågan nedåt',
    answers: 'Svar',
    group: 'Grupp',
    noGroup: 'Ingen grupp',
    isGroup: 'Grupp',
    up: (label: string) => `Flytta ${label} uppåt`,
    down: (label: string) => `Flytta ${label} nedåt`,
    retire: 'Ta ur bruk',
    remove: 'Ta bort',
    retired: (count: number) => `Ur bruk (${String(count)})`,
    restore: 'Ta i bruk igen',
    added: 'nytt',
    alone: 'väljs ensamt',
    add: 'Lägg till',
    addTitle: 'Lägg till ett svar',
    addGroup: 'Det är en grupp, med egna svar under sig',
    addAlone: 'Kan bara väljas ensamt',
    addFirst: 'Skriv svaret på båda språken.',
    addTaken: 'Svaret finns redan.',
    preview: 'Så blir formuläret',
    previewWhy: 'Pröva gärna. Inget sparas härifrån.',
    save: 'Spara utkastet',
    undo: 'Ångra ändringarna',
    unsaved: 'Det finns ändringar som inte är sparade.',
    saved: 'Utkastet är sparat.',
    same: 'Inga ändringar att spara.',
    toMend: (count: number) =>
      count === 1
        ? 'En sak behöver rättas innan utkastet kan sparas.'
        : `${String(count)} saker behöver rättas innan utkastet kan sparas.`,
    mend: 'behöver rättas',
    reload: 'Läs in utkastet på nytt',
    errors: {
      missing: 'Skriv orden på båda språken.',
      duplicate: 'Ett annat svar har samma ord.',
      empty: 'Här behövs minst ett svar som kan väljas.',
      'unknown-code': 'Gruppen är inte i bruk. Välj en annan, eller ingen.',
      other: 'Det här går inte att spara.',
    },
  },

  directory,
  importing,

  settings: {
    title: 'Inställningar',
    organisation: 'Organisation',
    organisationWhy:
      'Den som driver linjen, till exempel en region, en kommun eller en förening. Namnet visas på den öppna sidan om vad som sparas.',
    saved: 'Inställningarna är sparade.',
    wrong: 'Skriv namnet på en rad, med högst 120 tecken.',
  },

  events: {
    title: 'Händelselogg',
    intro:
      'Vem som har gjort vad, och vilken dag. Inget klockslag sparas. Att ett samtal tas emot är ingen händelse.',
    kind: 'Händelse',
    all: 'Alla händelser',
    who: 'Vem',
    whoWhy: 'Ett helt användarnamn',
    show: 'Visa',
    day: 'Dag',
    what: 'Vad',
    more: 'Visa äldre',
    none: 'Inga händelser.',
    actors: {
      'command line': 'kommandoraden',
      'the keeper': 'förvaltaren',
      'not signed in': 'någon utanför',
    },
    events,
    other: (kind: string, subject: string) => (subject === '' ? kind : `${kind}: ${subject}`),
  },

  problems: {
    'username-taken': 'Användarnamnet är upptaget. Välj ett annat.',
    'unknown-user': 'Kontot finns inte längre. Läs in sidan på nytt.',
    'last-administrator':
      'Det är det enda kontot som kan administrera Tyst. Bjud in en administratör till, och ändra det här kontot när den nya har valt ett lösenord.',
    'account-disabled': 'Kontot är avstängt. Öppna det igen först.',
    'vocabulary-changed':
      'Någon annan har ändrat vokabulären sedan du läste in den. Läs in utkastet på nytt och gör om dina ändringar.',
    'vocabulary-fixed':
      'Under kvartalets sista timme ligger nästa kvartals vokabulär fast. Försök igen efter midnatt; då gäller ändringen kvartalet därpå.',
    'organisation-changed': 'Inte sparat: någon annan har ändrat verksamheten. Se ovanför uppgifterna.',
    'invalid-request': 'Något stämmer inte. Se över det du har fyllt i.',
  },
} as const;

export type AdministrationWords = WordsLike<typeof administration>;
