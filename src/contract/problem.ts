/**
 * Every problem the API can answer with (RFC 9457), in one table: slug, status and words in both languages.
 * The words never contain anything that was sent; what is wrong where is said by `errors`.
 */
import { z } from 'zod';
import { importMessages } from './import-problem.js';
import type { Label } from './vocabulary.js';

export const locales = ['sv', 'en'] as const;
export type Locale = (typeof locales)[number];

interface Problem {
  readonly status: number;
  readonly title: Label;
  readonly detail: Label;
}

const problem = (status: number, sv: [string, string], en: [string, string]): Problem => ({
  status,
  title: { sv: sv[0], en: en[0] },
  detail: { sv: sv[1], en: en[1] },
});

export const problems = {
  'malformed-json': problem(
    400,
    ['Begäran går inte att läsa', 'Innehållet är inte giltig JSON. Rätta det och skicka igen.'],
    ['The request cannot be read', 'The body is not valid JSON. Correct it and send it again.'],
  ),
  'not-signed-in': problem(
    401,
    ['Du är inte inloggad', 'Logga in och försök igen.'],
    ['You are not signed in', 'Sign in and try again.'],
  ),
  'wrong-credentials': problem(
    401,
    ['Fel användarnamn eller lösenord', 'Kontrollera användarnamn och lösenord och försök igen.'],
    ['Wrong user name or password', 'Check the user name and the password and try again.'],
  ),
  'code-required': problem(
    401,
    ['En kod behövs', 'Ange koden från din autentiseringsapp, eller en återställningskod.'],
    ['A code is needed', 'Give the code from your authenticator app, or a recovery code.'],
  ),
  'not-allowed': problem(
    403,
    ['Det här får du inte göra', 'Ditt konto har inte den roll som krävs. Be en administratör om hjälp.'],
    ['You may not do this', 'Your account does not have the role needed. Ask an administrator.'],
  ),
  'cross-origin': problem(
    403,
    ['Begäran kom från en annan webbplats', 'Öppna Tyst på dess egen adress och försök igen.'],
    ['The request came from another site', 'Open Tyst at its own address and try again.'],
  ),
  'not-found': problem(
    404,
    ['Sidan finns inte', 'Kontrollera adressen.'],
    ['There is nothing here', 'Check the address.'],
  ),
  'unknown-receipt': problem(
    404,
    ['Samtalet finns inte', 'Inget samtal är sparat med det kvittot. Det kan redan vara återkallat.'],
    ['There is no such call', 'No call is stored with that receipt. It may already be withdrawn.'],
  ),
  'unknown-invitation': problem(
    404,
    ['Länken gäller inte', 'Länken är använd eller för gammal. Be en administratör om en ny.'],
    ['The link is not valid', 'The link has been used or is too old. Ask an administrator for a new one.'],
  ),
  'unknown-user': problem(
    404,
    ['Kontot finns inte', 'Kontrollera användarnamnet.'],
    ['There is no such account', 'Check the user name.'],
  ),
  'not-published': problem(
    404,
    ['Inte publicerat', 'Perioden eller tabellen är inte publicerad.'],
    ['Not published', 'The period or the table is not published.'],
  ),
  'method-not-allowed': problem(
    405,
    ['Metoden går inte att använda här', 'Se huvudet Allow för de metoder som går att använda.'],
    ['The method cannot be used here', 'See the Allow header for the methods that can.'],
  ),
  sealed: problem(
    409,
    ['Samtalet är räknat', 'Det är sparat och räknat, och kan inte längre ändras eller återkallas.'],
    ['The call is counted', 'It is stored and counted, and can no longer be changed or withdrawn.'],
  ),
  'already-issued': problem(
    409,
    ['Redan utgiven', 'Perioden har redan getts ut. Ange ett skäl för att ge ut en ny revision.'],
    ['Already issued', 'The period has already been issued. Give a reason to issue a new revision.'],
  ),
  'not-closed': problem(
    409,
    ['Perioden är inte stängd', 'Perioden kan ges ut när dess tal är publicerade.'],
    ['The period is not closed', 'The period can be issued once its numbers are published.'],
  ),
  'month-not-over': problem(
    409,
    ['Månaden är inte slut', 'Skriv in antalet när månaden är slut.'],
    ['The month is not over', 'Type the number in when the month is over.'],
  ),
  'quarter-begun': problem(
    409,
    ['Kvartalet har börjat', 'Planen ligger fast när kvartalet har börjat. Välj ett senare kvartal.'],
    ['The quarter has begun', 'The plan stands once its quarter has begun. Choose a later quarter.'],
  ),
  'username-taken': problem(
    409,
    ['Användarnamnet är upptaget', 'Välj ett annat. Ett konto som en gång har funnits finns alltid kvar.'],
    ['The user name is taken', 'Choose another. An account that once existed is there for good.'],
  ),
  'last-administrator': problem(
    409,
    [
      'Det måste finnas en administratör',
      'Kontot är det enda som kan administrera Tyst. Bjud in en administratör till, och ändra det här kontot när den nya har valt ett lösenord.',
    ],
    [
      'There has to be an administrator',
      'This account is the only one that can administer Tyst. Invite another administrator, and change this account once the new one has chosen a password.',
    ],
  ),
  'account-disabled': problem(
    409,
    ['Kontot är avstängt', 'Öppna kontot igen innan du skapar en länk till det.'],
    ['The account is disabled', 'Open the account again before you make a link to it.'],
  ),
  'two-factor-not-begun': problem(
    409,
    ['Ingen nyckel väntar på en kod', 'Skapa en ny nyckel och lägg in den i appen först.'],
    ['No key waits for a code', 'Make a new key and put it into the app first.'],
  ),
  'vocabulary-changed': problem(
    409,
    [
      'Någon annan har ändrat vokabulären',
      'Läs in utkastet på nytt och gör om ändringarna. Inget är sparat av dem du skickade.',
    ],
    [
      'Somebody else has changed the vocabulary',
      'Load the draft again and make your changes once more. None of those you sent is saved.',
    ],
  ),
  'vocabulary-fixed': problem(
    409,
    [
      'Vokabulären ligger fast',
      'Under kvartalets sista timme kan nästa kvartals vokabulär inte ändras. Efter midnatt kan du ändra den som gäller kvartalet därpå.',
    ],
    [
      'The vocabulary stands',
      "In the last hour of a quarter the next quarter's vocabulary cannot be changed. After midnight you can change that of the quarter after.",
    ],
  ),
  'organisation-changed': problem(
    409,
    [
      'Någon annan har ändrat verksamheten',
      'Läs in katalogen på nytt och gör om ändringen. Inget är sparat av det du skickade.',
    ],
    [
      'Somebody else has changed the organisation',
      'Load the directory again and make the change once more. Nothing of what you sent is saved.',
    ],
  ),
  'not-issued': problem(
    409,
    ['Inte utgiven än', 'Perioden har inte getts ut. Utelämna skälet för att ge ut den första gången.'],
    [
      'Not issued yet',
      'The period has not been issued. Leave the reason out to issue it for the first time.',
    ],
  ),
  'too-large': problem(
    413,
    ['Begäran är för stor', 'Innehållet får vara högst 8 KiB; en vokabulär 256 KiB; en fil 10 MiB.'],
    ['The request is too large', 'The body may be at most 8 KiB; a vocabulary 256 KiB; a file 10 MiB.'],
  ),
  'wrong-content-type': problem(
    415,
    ['Fel innehållstyp', 'Skicka innehållet som application/json i UTF-8.'],
    ['Wrong content type', 'Send the body as application/json in UTF-8.'],
  ),
  'invalid-call': problem(
    422,
    ['Samtalet går inte att spara än', 'Något svar saknas eller stämmer inte. Se errors för var.'],
    ['The call cannot be stored yet', 'An answer is missing or wrong. See errors for where.'],
  ),
  'invalid-request': problem(
    422,
    ['Begäran går inte att utföra', 'Något fält saknas eller stämmer inte. Se errors för var.'],
    ['The request cannot be carried out', 'A field is missing or wrong. See errors for where.'],
  ),
  'over-budget': problem(
    422,
    [
      'Planen går inte att använda',
      'rho är högst 0,5. Varje tabell nämns en gång och bygger på kvartalets vokabulär.',
    ],
    [
      'The plan cannot be used',
      'rho is at most 0.5. Each table is named once and built on the vocabulary of the quarter.',
    ],
  ),
  'invalid-file': problem(
    422,
    ['Filen går inte att läsa in', 'Inget är inläst. Se errors för rad och kolumn.'],
    ['The file cannot be imported', 'Nothing was imported. See errors for line and column.'],
  ),
  'too-many-requests': problem(
    429,
    ['För många försök', 'Vänta så länge som huvudet Retry-After anger och försök sedan igen.'],
    ['Too many attempts', 'Wait as long as the Retry-After header says, then try again.'],
  ),
  internal: problem(
    500,
    ['Något gick fel hos oss', 'Försök igen. Om felet kvarstår, säg till den som driver tjänsten.'],
    ['Something went wrong on our side', 'Try again. If it persists, tell whoever runs the service.'],
  ),
  'import-unfinished': problem(
    503,
    ['Importen dröjer', 'Den kan ändå bli klar. Se i händelseloggen innan du läser in filen igen.'],
    ['The import takes long', 'It may be done all the same. Look in the event log before trying again.'],
  ),
  'not-ready': problem(
    503,
    [
      'Tyst kan inte göra sitt arbete',
      'Se errors för varför. Startsidan för administratörer säger vad som behöver göras.',
    ],
    [
      'Tyst cannot do its work',
      "See errors for why. The administrator's start page says what has to be done.",
    ],
  ),
  unavailable: problem(
    503,
    ['Tjänsten svarar inte just nu', 'Försök igen om en liten stund. Inget är förlorat.'],
    ['The service is not available right now', 'Try again in a moment. Nothing is lost.'],
  ),
} as const satisfies Record<string, Problem>;

export type ProblemSlug = keyof typeof problems;

/** What can be wrong at one place of a request, in words. */
export const fieldMessages = {
  missing: { sv: 'Ett svar saknas.', en: 'An answer is missing.' },
  'unknown-code': {
    sv: 'Koden finns inte bland dem som kan väljas.',
    en: 'The code is not among those that can be chosen.',
  },
  'too-many': { sv: 'För många svar är valda.', en: 'Too many answers are chosen.' },
  'not-applicable': {
    sv: 'Frågan gäller inte den här typen av kontakt.',
    en: 'The question does not apply to this kind of contact.',
  },
  exclusive: {
    sv: 'Ett av svaren kan bara väljas ensamt.',
    en: 'One of the answers can only be chosen alone.',
  },
  'closed-period': {
    sv: 'Månaden tar inte längre, eller ännu inte, emot samtal. Spara samtalet på innevarande månad.',
    en: 'The month does not take calls any longer, or yet. Store the call in the current month.',
  },
  'unknown-field': {
    sv: 'Här finns ett fält som inte är känt.',
    en: 'There is a field here that is not known.',
  },
  'wrong-type': { sv: 'Värdet har fel form.', en: 'The value has the wrong form.' },
  duplicate: { sv: 'Samma värde finns redan.', en: 'The same value is there already.' },
  fixed: { sv: 'Det här går inte att ändra.', en: 'This cannot be changed.' },
  empty: {
    sv: 'Här behövs minst ett svar som kan väljas.',
    en: 'At least one answer to choose is needed here.',
  },
  'wrong-code': {
    sv: 'Koden stämmer inte. Ange den som appen visar just nu.',
    en: 'The code is not right. Give the one that the app shows right now.',
  },
  'too-short': { sv: 'Värdet är för kort.', en: 'The value is too short.' },
  'too-long': { sv: 'Värdet är för långt.', en: 'The value is too long.' },
  'intake-shut': {
    sv: 'Inga samtal tas emot: nyckeln som låser upp dem är inte bekräftad.',
    en: 'No calls are taken in: the key that opens them is not confirmed.',
  },
  'clock-gap': {
    sv: 'Klockan går så långt efter den senaste förseglingen att den kan vara fel.',
    en: 'The clock is so far after the last seal that it may be wrong.',
  },
  'nights-not-sealed': {
    sv: 'Minst en natt har gått utan att dagens samtal förseglades.',
    en: 'At least one night has gone by without the seal of its day.',
  },
  ...importMessages,
} as const satisfies Record<string, Label>;

export type FieldProblem = keyof typeof fieldMessages;

export interface FieldError {
  /** Where: `answers.concern`, or '' for the whole body. Only names from the contract or the vocabulary. */
  readonly path: string;
  readonly code: FieldProblem;
}

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
