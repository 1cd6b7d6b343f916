/** The words about how the installation does, on the administrator's start page, in Swedish. */
import type { UnreadyReason } from '../../contract/readiness.js';
import type { WordsLike } from '../../contract/words.js';

const longDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: 'UTC' });

export const installationStatus = {
  title: 'Det här behöver någon se till',
  reasons: {
    'clock-gap': {
      name: 'Klockan kan vara fel',
      why: 'Dagens datum ligger mer än 40 dagar efter den senaste förseglingen. Tills någon har sett efter tar Tyst inte emot några samtal, och förseglar och räknar ingenting.',
      todo: 'Går serverns klocka fel, ställ den. Då fortsätter Tyst av sig självt. Går den rätt, till exempel för att servern har varit avstängd, bekräfta det med det här kommandot på servern:',
      command: 'npx tyst seal --after-a-gap',
    },
    'intake-shut': {
      name: 'Inga samtal tas emot',
      why: 'Nyckeln som låser upp nattens samtal saknas, går inte att läsa eller är inte bekräftad än. Den som försöker spara ett samtal har kvar svaren så länge fliken är öppen.',
      todo: 'Se efter i förvaltarens logg vad som är fel, och lägg tillbaka nyckelkatalogen om den är borta. Loggen säger också vad du gör om den är borta för gott. Nyss startat? Vänta en halv minut och läs in sidan på nytt.',
      command: null,
    },
    'nights-not-sealed': {
      name: 'Samtalen är inte förseglade',
      why: 'Minst en natt har gått utan försegling. Inget samtal är förlorat, men de ligger kvar en natt till.',
      todo: 'Se efter att förvaltaren är igång (tyst start eller tyst keeper), och vad dess logg säger. Den gör själv det som är kvar.',
      command: null,
    },
  },
  begunAnew: (quarter: string, day: Date) =>
    `Kvartal ${quarter.slice(6)} ${quarter.slice(0, 4)} räknas från den ${longDay.format(day)}`,
  begunAnewWhy:
    'Nyckeln till det som hade räknats dittills var borta, eller så lades databasen tillbaka från en annan dag. Det går inte att få tillbaka. Månader som redan var publicerade är kvar som de är.',
  begunAnewTodo:
    'Kvartalet publiceras som vanligt, och allt som visas om det säger från vilken dag det är räknat. Säg det också till den som är statistikansvarig.',
} as const satisfies { readonly reasons: Readonly<Record<UnreadyReason, unknown>> } & Readonly<
  Record<string, unknown>
>;

export type InstallationStatusWords = WordsLike<typeof installationStatus>;
