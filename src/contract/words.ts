/**
 * The shape of words in another language, made from those in one (`as const`): the same keys, lists as long, functions
 * with the same parameters. A key that one language lacks, or has alone, then fails the type check.
 */
export type WordsLike<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => WordsLike<Said>
    : { readonly [Key in keyof T]: WordsLike<T[Key]> };

/** The word for a key that comes from elsewhere, where these words have one. */
export const wordFor = <Word>(words: Readonly<Record<string, Word>>, key: string): Word | undefined =>
  words[key];
