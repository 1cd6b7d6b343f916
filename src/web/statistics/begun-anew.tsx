/** What is said of quarters whose counters had to begin anew, where their numbers are shown. */
import { TriangleAlert } from 'lucide-react';
import { begunAnewSentences, type Told } from '../../contract/begun-anew.js';
import '../styles/caution.css';
import { useNames } from './names.js';
import { dayWords, periodTitle } from './period-words.js';
import type { Names } from './titles.js';

/** A sentence for each such quarter of a period, null where there is none, and of the periods beside it. */
function sentencesOf({ statistics, locale }: Names, period: Told | null, beside: readonly Told[]): string[] {
  return begunAnewSentences(period, beside, {
    locale,
    day: (day) => dayWords(statistics, day),
    quarter: (id) => periodTitle(statistics, { id, kind: 'quarter' }),
  });
}

/** What stands under a picture that leaves the page. */
export const pictureFooter = (names: Names, period: Told | null, beside: readonly Told[] = []): string =>
  [names.statistics.approximate, ...sentencesOf(names, period, beside)].join(' ');

interface Props {
  readonly period: Told | null;
  readonly beside: readonly Told[];
}

/** Nothing where every quarter was counted from its first day. */
export function BegunAnewNote({ period, beside }: Props) {
  const names = useNames();
  return sentencesOf(names, period, beside).map((sentence) => (
    <p className="caution" key={sentence}>
      <TriangleAlert size={16} aria-hidden="true" />
      <span>{sentence}</span>
    </p>
  ));
}
