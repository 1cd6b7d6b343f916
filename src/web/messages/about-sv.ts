/** The words of the public page in Swedish. */
import type { WordsLike } from '../../contract/words.js';

const lifetimes = [
  [
    'Samma dag, till klockan 04 på natten',
    'Svaren, månaden och dagen. Den som svarade kan ändra eller ta bort samtalet. Ingen kan läsa det i Tyst.',
  ],
  [
    'Till dess att kvartalet stängs, från och med den 7 i månaden efter',
    'Månaden och bara de svar som ska räknas, i en sorterad lista utan dag och ordning. På en stor linje räknas nästan alla svar, på en liten bara några få.',
  ],
  ['Därefter', 'Ungefärliga antal. Samtalen är förstörda och går inte att få tillbaka.'],
] as const;

const besidesItems = [
  ['Månaden', 'Läggs till av servern. Finns kvar tills kvartalet stängs.'],
  ['Dagen', 'Läggs till av servern. Finns kvar till natten.'],
  [
    'Ett kvitto',
    'Ett slumptal från webbläsaren hos den som svarade, så att samtalet kan ändras samma dag. Bara ett fingeravtryck av det sparas. Det glöms en vecka efter natten.',
  ],
] as const;

const limitsItems = [
  [
    'Flera samtal',
    'Löftet gäller ett samtal, inte en person. Flera samtal från någon, eller om någon, under samma kvartal är svagare skyddade: vid tre kan gissningen bli rätt upp till 95 gånger av hundra, upp till 78 med den stränga inställningen. En linje där många ringer flera gånger ska välja den.',
  ],
  [
    'Tiden före stängningen',
    'Tills kvartalet stängs finns samtalen i stödlinjens dator. Den som kommer åt både dem och telefonväxelns logg kan para ihop en del. Den som har kopior av disken från två nätter i rad kan dra den ena från den andra och har då samtalen från dagen emellan. Hur många samtalen är döljs inte för den som kan logga in i databasen. Uppgifterna ska till dess behandlas som personuppgifter.',
  ],
  ['Grupper', 'Det som gäller en hel grupp döljs inte. Det är vad talen är till för.'],
  [
    'Människor',
    'Vad du själv berättar för andra, vad den som svarade minns och vad den du hänvisas till får veta rår Tyst inte på.',
  ],
  [
    'Andra siffror',
    'Skyddet av ett tal försvinner om någon publicerar det exakta antalet bredvid, så det får stödlinjen aldrig göra. Att talen inte stämmer med andra system är meningen.',
  ],
  [
    'Hur starkt skyddet är',
    'Med den vanliga inställningen är skyddet måttligt: rho 0,5, det vill säga epsilon omkring 5,2 vid delta en miljondel. Det är valt för att en linje med 150 samtal om året ska ha någon nytta av sina tal.',
  ],
] as const;

export const about = {
  link: 'Om Tyst',
  invite: 'Har du kontaktat oss?',
  inviteLink: 'Läs vad som sparas om ditt samtal',
  title: 'Om Tyst',
  lead: 'Den här stödlinjen för statistik över sina samtal med Tyst. Den som svarar väljer bland färdiga svar. Det finns ingenstans att skriva ett namn, ett nummer eller en mening, och inget klockslag skickas.',

  run: (organisation: string) => `Stödlinjen drivs av ${organisation}.`,

  howLong: 'Hur länge det finns kvar',
  when: 'När',
  what: 'Vad som finns',
  lifetimes,

  everything: 'Det här är allt som någonsin kan sparas om ditt samtal',
  everythingWhy:
    'Till varje fråga väljs ett av svaren, till någon enstaka får det vara flera. Längden och tiden på dygnet mäter webbläsaren, som bara skickar vilket av svaren det blev.',
  counted: (questions: number, answers: number, version: number) =>
    `${String(questions)} frågor med sammanlagt ${String(answers)} svar. Version ${String(version)}. Svaren och frågornas ordalydelse kan ändras till ett nytt kvartal, aldrig mitt i ett.`,
  ofAll: 'Om alla kontakter',
  ofConversations: (kind: string) => `Bara när kontakten gällde: ${kind}`,
  besides: 'Utöver svaren',
  besidesItems,
  never:
    'Inget annat sparas: varken vem som ringde eller varifrån, något klockslag, vem som svarade eller vad som sades.',

  guarantee: 'Vad vi lovar',
  guaranteeWhat:
    'Den som känner till alla andra samtal under ett kvartal, och för vilken det stod och vägde om ett visst samtal finns med, gissar rätt högst 70 gånger av hundra efter att ha läst allt som publiceras om kvartalet. Med den stränga inställningen, som stödlinjen kan välja, är det 60.',
  guaranteeWhy:
    'Den som inte läser något alls gissar rätt 50 gånger av hundra. Skyddet är ett litet slumptal som läggs till varje antal innan någon får se det. Det dras en gång och skrivs aldrig upp.',

  limits: 'Vad vi inte kan lova',
  limitsItems,

  questions: 'Har du frågor?',
  questionsWhat:
    'Vänd dig till stödlinjen. Den svarar själv för sin verksamhet och för uppgifterna; Tyst är bara programmet, och de som har gjort det får inte del av något. Ett enskilt samtal går inte att söka fram, inte ens åt dig: det finns inget namn och inget nummer att söka på.',
  more: 'En utförligare beskrivning, med ett genomräknat exempel, följer med programmet: docs/privacy.sv.md.',
} as const;

export type AboutWords = WordsLike<typeof about>;
