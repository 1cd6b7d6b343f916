/** The words of the page where the referral directory is kept, in Swedish. */
import type { WordsLike } from '../../contract/words.js';

export const directory = {
  title: 'Hänvisningar',
  intro:
    'Det här är verksamheterna som samtalsmottagaren kan hänvisa till. Ändringar syns nästa gång formuläret läses in.',
  count: (all: number, unchecked: number) =>
    `${all === 1 ? 'En verksamhet' : `${String(all)} verksamheter`}, ${
      unchecked === 0 ? 'alla kontrollerade' : `${String(unchecked)} att kontrollera`
    }`,
  empty: 'Här finns inga verksamheter än.',
  more: (count: number) => `och ${String(count)} till`,
  add: 'Lägg till en verksamhet',
  addTitle: 'Ny verksamhet',
  fields: {
    name: 'Namn',
    referral: 'Räknas som hänvisning till',
    places: 'Område',
    telephone: 'Telefon',
    web: 'Webbadress',
    hours: 'Öppettider',
    languages: 'Språk',
    needs: 'Behov',
    verifiedOn: 'Senast kontrollerad',
  },
  hints: {
    places: 'Välj län och kommuner, ett i taget. Utan val gäller det hela Sverige.',
    hours: 'Till exempel 00–24 eller mån–fre 08–16.',
    languages: 'Språk som man kan få hjälp på. Välj ett i taget.',
    verifiedOn: 'Den dag någon senast såg till att alla uppgifter stämmer.',
  },
  choose: 'Välj',
  notInUse: (code: string) => `${code} (används inte längre)`,
  takeAway: (name: string) => `Ta bort ${name}`,
  today: 'Kontrollerad i dag',
  undo: 'Ångra ändringarna',
  remove: 'Ta bort verksamheten',
  unsaved: 'Det finns ändringar som inte är sparade.',
  toMend: 'Uppgifterna är inte sparade. Rätta det som är markerat.',
  saved: (name: string) => `${name} är sparad.`,
  added: (name: string) => `${name} är tillagd.`,
  removed: (name: string) => `${name} är borttagen.`,
  errors: {
    name: 'Skriv ett namn på en rad, med högst 120 tecken.',
    referral: 'Välj vad en hänvisning hit räknas som.',
    places: 'Någon av platserna går inte att använda. Ta bort den och välj på nytt.',
    telephone: 'Skriv numret på en rad, med högst 40 tecken.',
    web: 'Skriv hela adressen utan mellanslag, till exempel https://www.exempel.se.',
    hours: 'Skriv tiderna på en rad, med högst 80 tecken.',
    languages: 'Något av språken går inte att använda. Ta bort det och välj på nytt.',
    needs: 'Något av behoven går inte att använda.',
    verifiedOn: 'Skriv en dag som finns, eller lämna tomt.',
  },
  meanwhile: {
    changed: {
      title: 'Någon annan har ändrat verksamheten',
      why: 'Inget är sparat än. Det du har skrivit finns kvar. Se över skillnaderna och spara igen.',
    },
    removed: {
      title: 'Någon annan har tagit bort verksamheten',
      why: 'Det du har skrivit finns kvar. Spara för att lägga tillbaka verksamheten, eller ångra ändringarna.',
    },
    theirs: 'I katalogen nu:',
    mine: 'Hos dig:',
    same: 'Det står så i uppgifterna här under också.',
    take: 'Ta det som står i katalogen',
    nothing: 'inget',
  },
  leaving: {
    title: 'Ändringarna är inte sparade',
    why: 'Om du går vidare nu försvinner de.',
    stay: 'Tillbaka till uppgifterna',
    go: 'Kasta ändringarna',
  },
  removing: {
    title: (name: string) => `Ta bort ${name}?`,
    why: 'Verksamheten försvinner ur katalogen. Sparade samtal påverkas inte.',
    stay: 'Behåll',
    go: 'Ta bort',
  },
} as const;

export type ReferralWords = WordsLike<typeof directory>;
