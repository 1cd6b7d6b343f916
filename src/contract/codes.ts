/** The codes of a dimension, for the web app as well: without a schema, which it would have to load. */

interface Choosable {
  readonly group?: boolean | undefined;
}

/** The codes a handler may choose, in the vocabulary's order. */
export const leafCodes = <Code extends Choosable>({ codes }: { readonly codes: readonly Code[] }): Code[] =>
  codes.filter((code) => code.group !== true);
