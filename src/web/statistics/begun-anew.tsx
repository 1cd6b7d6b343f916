/** What is said of quarters whose counters had to begin anew, where their numbers are shown. */
import { TriangleAlert } from 'lucide-react';
import type { Told } from '../../contract/begun-anew.js';
import '../styles/caution.css';
import { begunAnewWords } from './begun-anew-words.js';
import { useNames } from './names.js';

interface Props {
  readonly period: Told | null;
  readonly beside: readonly Told[];
}

/** Nothing where every quarter was counted from its first day. */
export function BegunAnewNote({ period, beside }: Props) {
  return begunAnewWords(useNames(), period, beside).map((sentence) => (
    <p className="caution" key={sentence}>
      <TriangleAlert size={16} aria-hidden="true" />
      <span>{sentence}</span>
    </p>
  ));
}
