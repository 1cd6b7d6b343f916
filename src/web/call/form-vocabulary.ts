/**
 * The vocabulary as the form asks it: without the questions that the plan leaves out, and with groups for answers where
 * groups are counted. Pure.
 */
import type { Locale } from '../../contract/problem.js';
import type { AskedDimension, AskedVocabulary, Code, Dimension } from '../../contract/vocabulary.js';

/** An answer that can be chosen, or a group that opens. */
export type Choice = Code & {
  /** Of a group that is an answer itself: the codes that it stands for. */
  readonly holds?: readonly Code[];
};

/** A dimension of a vocabulary fits too: it is asked code by code. */
export type FormDimension = Omit<Dimension, 'codes'> & { readonly codes: readonly Choice[] };
export interface FormVocabulary {
  readonly dimensions: readonly FormDimension[];
}

/** The codes without a parent, each group as an answer that stands where the first of its codes stood. */
function groupsOf({ codes }: AskedDimension): Choice[] {
  const choiceOf = ({ group, ...code }: Code): Choice =>
    group === true ? { ...code, holds: codes.filter(({ parent }) => parent === code.id) } : code;
  const tops = codes.filter(({ group }) => group !== true).map(({ id, parent }) => parent ?? id);
  return [...new Set(tops)].flatMap((id) => codes.filter((code) => code.id === id).map(choiceOf));
}

function inGroups(dimension: AskedDimension): FormDimension {
  const { layout } = dimension;
  // No group is left that opens.
  return { ...dimension, layout: layout === 'nested' ? 'flat' : layout, codes: groupsOf(dimension) };
}

/** What the form asks of a vocabulary. */
export const formOf = ({ dimensions }: AskedVocabulary): FormVocabulary => ({
  dimensions: dimensions
    .filter(({ asked }) => asked)
    .map((dimension) => (dimension.level === 'top' ? inGroups(dimension) : dimension)),
});

/** The choice of a dimension that a code is, or is part of. */
export const choiceOf = ({ codes }: FormDimension, id: string): Choice | undefined =>
  codes.find((choice) => choice.id === id || choice.holds?.some((code) => code.id === id) === true);

/** The codes that a group stands for, in words; undefined where its own words say as much. */
export function hintOf({ label, holds = [] }: Choice, locale: Locale): string | undefined {
  const words = holds.map((code) => code.label[locale]);
  const own = label[locale].toLocaleLowerCase(locale);
  return words.every((each) => own.includes(each.toLocaleLowerCase(locale))) ? undefined : words.join(' · ');
}
