/** The words of the public page in Swedish. */
import type { WordsLike } from '../../contract/words.js';

const lifetimes = [
  [
    'Samma dag, till klockan 04 på natten',
    'Svaren, i ett kuvert som bara en enda nyckel öppnar. Utanpå står dagen och månaden. Den som svarade kan ändra eller ta bort samtalet. Ingen kan läsa det i Tyst, och inte heller i en kopia av databasen.',
  ],
  [
    'Till dess att kvartalet stängs, från och med den 7 i månaden efter',
    'På natten räknas samtalet ihop med alla andra och glöms, och nyckeln förstörs. Kvar är antal, och i vart och ett ligger det redan från början ett slumptal.',
  ],
  ['Därefter', 'Ungefärliga antal.'],
] as const;

const besidesItems = [
  ['Månaden', 'Läggs till av servern. Finns kvar till natten, då samtalet räknas in i den.'],
  ['Dagen', 'Läggs till av servern. Finns kvar till natten.'],
  [
    'Nyckelns nummer',
    'Ett slumptal, samma för alla samtal den dagen, som säger vilken nyckel som öppnar kuverten. Finns kvar till natten.',
  ],
  [
    'Ett kvitto',
    'Ett slumptal från webbläsaren hos den som svarade, så att samtalet kan ändras samma dag. Bara ett fingeravtryck av det sparas. Det glöms en eller två veckor efter natten.',
  ],
] as const;

const copiesItems = [
  [
    'Databasen',
    'Den som kopierar databasen, dess logg eller dess säkerhetskopior hittar inget samtal som går att läsa, varken då eller senare. Det som syns är att samtal har sparats, när och hur många, och vem som var inloggad.',
  ],
  [
    'Hela datorn, en gång',
    'Den som kopierar allt, med nyckeln, läser den dagens samtal. Om vart och ett av kvartalets andra samtal, tidigare eller senare, gissar den rätt högst omkring 76 gånger av hundra när frågan är om det finns med, och 84 när den är vilken av två berättelser det rymde. Med den stränga inställningen är det 64 och 69. Det gäller även den som känner till alla andra samtal och läser allt som publiceras.',
  ],
  [
    'Hela datorn, flera gånger',
    'Den som kopierar datorn två gånger kan få fram exakt vad som har sparats däremellan.',
  ],
  [
    'En förstörd nyckel',
    'Den skrivs över, så gott det går på dagens diskar. Mot den som stjäl en disk hjälper bara kryptering.',
  ],
  ['En förlorad dator', 'Går datorn förlorad är det som hade räknats av kvartalet också borta.'],
] as const;

const limitsItems = [
  [
    'Flera samtal',
    'Löftet gäller ett samtal, inte en person. Flera samtal från någon, eller om någon, under samma kvartal är svagare skyddade: vid tre kan gissningen bli rätt upp till 94 gånger av hundra, upp till 78 med den stränga inställningen. En linje där många ringer flera gånger ska välja den.',
  ],
  [
    'Tiden före natten',
    'Till natten finns samtalen, och nyckeln till dem, hos stödlinjen. Den som kommer åt båda, och telefonväxelns logg, kan para ihop en del. Till dess ska samtalen behandlas som personuppgifter. Hur många de är döljs inte för den som kan logga in i databasen.',
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

  everything: 'Det här är allt som kan sparas om ditt samtal',
  everythingWhy:
    'Det är frågorna som räknas det här kvartalet. Till varje fråga väljs ett av svaren, till någon enstaka får det vara flera. Frågas det efter längden och tiden på dygnet mäter webbläsaren dem, och skickar bara vilket av svaren det blev.',
  counted: (questions: number, answers: number, version: number) =>
    `${String(questions)} frågor med sammanlagt ${String(answers)} svar. Version ${String(version)}. Svaren och frågornas ordalydelse kan ändras till ett nytt kvartal, aldrig mitt i ett. Detsamma gäller vilka frågor som ställs.`,
  ofAll: 'Om alla kontakter',
  ofConversations: (kind: string) => `Bara när kontakten gällde: ${kind}`,
  notAsked: 'Frågas inte det här kvartalet',
  notAskedWhy: 'De räknas inte, så de ställs inte. Skickas ett svar ändå kastas det innan något sparas.',
  besides: 'Utöver svaren',
  besidesItems,
  never:
    'Inget annat sparas om samtalet: varken vem som ringde eller varifrån, något klockslag, vem som svarade eller vad som sades. Databasens egen logg, som i regel rensas varje natt, visar när något sparades, men inte vad.',

  guarantee: 'Vad vi lovar',
  guaranteeWhat:
    'Den som känner till alla andra samtal under ett kvartal, och för vilken det stod och vägde om ett visst samtal finns med, gissar rätt högst 70 gånger av hundra efter att ha läst allt som publiceras om kvartalet. Med den stränga inställningen, som stödlinjen kan välja, är det 60.',
  guaranteeStories:
    'Den som redan vet att samtalet ägde rum, till exempel från en telefonräkning, och tvekar mellan två berättelser om vad det rymde, gissar rätt högst omkring 76 gånger av hundra. Med den stränga inställningen är det 64.',
  guaranteeWhy:
    'Den som inte läser något alls gissar rätt 50 gånger av hundra. Skyddet är små slumptal: ett ligger i varje antal från början, och ett till läggs till innan någon får se det. De dras en enda gång och skrivs aldrig upp var för sig.',

  copies: 'Om någon kommer över en kopia',
  copiesItems,

  limits: 'Vad vi inte kan lova',
  limitsItems,

  questions: 'Har du frågor?',
  questionsWhat:
    'Vänd dig till stödlinjen. Den svarar själv för sin verksamhet och för uppgifterna; Tyst är bara programmet, och de som har gjort det får inte del av något. Ett enskilt samtal går inte att söka fram, inte ens åt dig: det finns inget namn och inget nummer att söka på.',
  more: 'En utförligare beskrivning, med ett genomräknat exempel, följer med programmet: docs/privacy.sv.md.',
} as const;

export type AboutWords = WordsLike<typeof about>;
