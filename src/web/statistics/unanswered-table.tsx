/** The unanswered calls that are typed in, month by month, each to be taken away again. */
import { Trash2 } from 'lucide-react';
import type { Month } from '../../contract/period.js';
import type { Unanswered } from '../../contract/unanswered.js';
import { capital } from '../messages/numerals.js';
import { Folded } from './card.js';
import { useNames } from './names.js';
import { monthWords } from './period-words.js';

interface Props {
  readonly months: readonly Unanswered[];
  readonly onRemove: (month: Month) => void;
}

export function UnansweredTable({ months, onRemove }: Props) {
  const { statistics, locale } = useNames();
  const { unanswered, monthName } = statistics;
  return (
    <Folded title={unanswered.title}>
      <table>
        <caption className="visually-hidden">{unanswered.title}</caption>
        <thead>
          <tr>
            <th scope="col">{unanswered.month}</th>
            <th scope="col">{unanswered.calls}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, calls }) => (
            <tr key={month}>
              <th scope="row">{capital(monthWords(monthName, month))}</th>
              <td>
                <span className="value">{calls.toLocaleString(locale)}</span>
                <span className="soft"> {unanswered.exact}</span>
              </td>
              <td>
                <button
                  type="button"
                  className="link"
                  aria-label={unanswered.remove(monthWords(monthName, month))}
                  onClick={() => {
                    onRemove(month);
                  }}
                >
                  <Trash2 size={16} aria-hidden="true" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Folded>
  );
}
