/** Small whole numbers as words, for running text; larger ones stay digits. */
type Numeral = (n: number) => string;

const inWords =
  (words: readonly string[]): Numeral =>
  (n) =>
    words[n] ?? String(n);

export const swedish = inWords([
  'noll',
  'ett',
  'två',
  'tre',
  'fyra',
  'fem',
  'sex',
  'sju',
  'åtta',
  'nio',
  'tio',
  'elva',
  'tolv',
]);

export const english = inWords([
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
]);

/** A share in whole per cent. */
export const percent = (share: number) => Math.round(share * 100);

/** Seconds in whole minutes to wait, at least one. */
export const minutesToWait = (seconds: number) => Math.max(1, Math.ceil(seconds / 60));

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
