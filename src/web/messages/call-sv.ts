/** The words of the handler's form in Swedish. */
import type { WordsLike } from '../../contract/words.js';
import { capital, swedish } from './numerals.js';

export const call = {
  title: 'Nytt samtal',
  upTo: (max: number) => `högst ${swedish(max)}`,
  change: 'ändra',
  searchHint: 'Skriv eller välj',
  showAll: 'Visa alla',
  noHit: 'Ingen träff',
  save: 'Spara samtalet',
  saveKey: 'Ctrl + Enter',
  clear: 'Rensa svaren',
  promise:
    'Bara svaren ovan sparas, med månaden och dagen, förseglade till natten; då räknas de och glöms. Inget klockslag, inget namn, inget telefonnummer.',
  missing: (count: number) =>
    count === 1
      ? 'Ett svar saknas. Det är markerat ovan.'
      : `${capital(swedish(count))} svar saknas. De är markerade ovan.`,
  toAmend: (count: number) =>
    count === 1
      ? 'Ett svar behöver ses över. Det är markerat ovan.'
      : `${capital(swedish(count))} svar behöver ses över. De är markerade ovan.`,
  saving: 'Sparar …',
  withdrawing: 'Återkallar …',
  waiting: {
    'no-contact': 'Ingen kontakt. Försöker igen …',
    unavailable: 'Tyst kan inte ta emot samtal just nu. Försöker igen …',
    'too-many-requests': 'Många samtal sparas på en gång. Försöker igen …',
  },
  waitingWhy: 'Svaren finns kvar så länge fliken är öppen.',
  tryNow: 'Försök nu',
  backToAnswers: 'Ändra svaren',
  stop: 'Avbryt',
  saved: 'Samtalet är sparat. Du kan ändra det till kl. 04.',
  fresh: 'Nytt samtal',
  amend: 'Ändra samtalet',
  withdraw: 'Återkalla samtalet',
  withdrawAsk: 'Ska samtalet återkallas? Då tas det bort och räknas inte.',
  withdrawYes: 'Ja, återkalla',
  withdrawNo: 'Nej, behåll',
  withdrawn: 'Samtalet är återkallat.',
  withdrawnWhy: 'Det är borttaget och räknas inte.',
  sealed: 'Samtalet är sparat och räknat.',
  sealedWhy: 'Natten har gått, så det kan inte längre ändras eller återkallas.',
  answers: 'Svaren',
  problems: {
    missing: 'Välj ett svar.',
    'missing-several': 'Välj minst ett svar.',
    'unknown-code': 'Svaret går inte längre att välja. Välj ett annat.',
    'too-many': 'För många svar är valda.',
    exclusive: 'Ett av svaren kan bara väljas ensamt.',
    other: 'Svaret stämmer inte. Välj på nytt.',
  },
  places: {
    label: 'Delar',
    call: 'Samtal',
    directory: 'Hänvisningar',
    shift: (count: number) => (count === 0 ? 'Passet' : `Passet (${count})`),
    practice: 'Öva',
  },

  month: {
    counted: (month: string) => `Räknas i ${month}.`,
    change: (month: string) => `Ändra till ${month}`,
  },

  timer: {
    start: 'Starta tiden',
    stop: 'Stoppa',
    goOn: 'Fortsätt',
    minutes: (count: number) => `${count} min`,
    elapsed: 'Samtalet har pågått',
  },

  saveAs: (question: string) => `Spara direkt. ${question}:`,
  saveAtOnce: 'Spara direkt',
  cleared: 'Svaren är rensade.',
  undo: 'Ångra',
  keep: 'Avbryt ändringen',
  amending: 'Ändra samtalet',

  keys: {
    button: 'Tangenter',
    title: 'Tangenter',
    close: 'Stäng',
    search: ['Bokstäver', 'I fältet för län: skriv början av namnet och tryck Enter.'],
    rows: [
      ['1–9 och 0', 'Väljer svaret med den siffran i frågan du står i och går vidare till nästa fråga.'],
      ['Backsteg', 'Går tillbaka till frågan före.'],
      ['Piltangenterna', 'Väljer bland svaren och stannar i frågan.'],
      ['Mellanslag', 'Väljer svaret du står på.'],
      ['Tab', 'Går vidare utan att välja. Skift + Tab går bakåt.'],
      ['Ctrl + Enter', 'Sparar samtalet, var du än står.'],
      ['F2', 'Döljer skärmen. Det du har fyllt i finns kvar.'],
    ],
  },

  leaving: {
    title: 'Samtalet är inte sparat',
    why: 'Om du går vidare nu försvinner svaren.',
    stay: 'Tillbaka till samtalet',
    leave: 'Kasta svaren',
  },

  shift: {
    title: 'Passet',
    intro:
      'Samtalen som du har sparat i den här fliken. Du kan ändra och återkalla dem till kl. 04. Listan finns bara här och försvinner när du avslutar passet, laddar om sidan eller stänger fliken.',
    none: 'Inget samtal är sparat i den här fliken än.',
    list: 'Passets samtal',
    number: (n: number) => `Samtal ${n}`,
    amend: 'Ändra',
    withdraw: 'Återkalla',
    withdrawn: 'Återkallat',
    sealed: 'Räknat',
    end: 'Avsluta passet',
    endAsk: 'Ska passet avslutas?',
    endWhy: 'Listan rensas och du loggas ut. Samtalen är sparade. Inget finns kvar i den här fliken.',
    endDraft: 'Det påbörjade samtalet är inte sparat. Det försvinner.',
    endYes: 'Ja, avsluta',
    endNo: 'Nej, fortsätt',
    ended: 'Passet är avslutat. Inget finns kvar i den här fliken.',
  },

  practice: {
    title: 'Öva',
    mark: 'Övning',
    banner: 'Samtalet är påhittat. Inget sparas och inget skickas.',
    save: 'Klar med övningen',
    another: 'Öva på ett annat samtal',
    again: 'Ändra svaren',
    stop: 'Sluta öva',
    done: 'Övningen är klar. Inget är sparat.',
    allSame: 'Alla svar stämmer med förslaget.',
    differs: (count: number) =>
      count === 1
        ? 'Ett svar skiljer sig från förslaget.'
        : `${capital(swedish(count))} svar skiljer sig från förslaget.`,
    suggestion: 'Förslag',
    note: 'Förslaget är inget facit. Ta gärna upp skillnader med en kollega.',
  },
} as const;

export type CallWords = WordsLike<typeof call>;
