/** What in a text looks as if it pointed out a person. A help to whoever writes, not a proof: it knows no names. Pure. */

export type Identifying = 'personalNumber' | 'telephone' | 'email';

interface Found {
  readonly kind: Identifying;
  readonly text: string;
}

const month = '(?:0[1-9]|1[0-2])';
/** Coordination numbers have sixty added to the day. */
const day = '(?:0[1-9]|[12]\\d|3[01]|6[1-9]|[78]\\d|9[01])';

/** In the order in which they are looked for: what one has found, no later one finds again. */
const patterns: readonly (readonly [Identifying, RegExp])[] = [
  ['email', /[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+/gu],
  // Ten or twelve digits that begin with a date, with or without the sign before the last four.
  [
    'personalNumber',
    new RegExp(`(?<!\\d)(?:(?:18|19|20)?\\d{2})${month}${day}[ ]?[-+–]?[ ]?\\d{4}(?!\\d)`, 'gu'),
  ],
  // From eight digits on, so that a span of years and a number of calls are none; and short numbers such as 112.
  ['telephone', /(?<![\d.,])(?:\+|00|0)[ ]?\d(?:[ \-–/()]{0,2}\d){6,13}(?!\d)/gu],
];

/** Every place in the text that looks like a personal number, a telephone number or an e-mail address. */
export function identifyingIn(text: string): Found[] {
  const found: Found[] = [];
  let rest = text;
  for (const [kind, pattern] of patterns)
    rest = rest.replaceAll(pattern, (match) => {
      found.push({ kind, text: match });
      // Keeps what stands on either side apart.
      return '\n';
    });
  return found;
}
