/** What has changed, worded so that it is not read as more than it is. */
import type { Change } from '../../contract/change.js';
import { useNames } from './names.js';

interface Props {
  /** The period before, in words. */
  readonly before: string;
  readonly changes: readonly { readonly name: string | null; readonly change: Change }[];
}

export function ChangeNote({ before, changes }: Props) {
  const { statistics, locale } = useNames();
  const { more, fewer, why } = statistics.change;
  return (
    <div className="change">
      <ul>
        {changes.map(({ name, change: { difference, uncertainty } }) => {
          const calls = Math.abs(difference).toLocaleString(locale);
          return (
            <li key={name ?? ''}>
              {name !== null && <strong>{name}: </strong>}
              {(difference > 0 ? more : fewer)(calls, before)}
              <span className="soft"> ± {uncertainty}</span>
            </li>
          );
        })}
      </ul>
      <p className="soft aside">{why}</p>
    </div>
  );
}
