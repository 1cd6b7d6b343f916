import { useLanguage } from '../messages/language.js';
import type { CallState } from './call-state.js';
import { monthAt, monthBefore, monthName, takesLastMonth } from './month.js';

/**
 * The month in which the call is counted, where it may be another than the current one: in the first days of a month, or
 * once a call has outlived the month that it began in.
 */
export function MonthLine({ call }: { readonly call: CallState }) {
  const { locale, words } = useLanguage();
  const now = new Date();
  const current = monthAt(now);
  const month = call.draft.month ?? current;
  if (month === current && !takesLastMonth(now)) return null;
  const other = month === current ? monthBefore(now) : current;
  return (
    <span className="month" role="status">
      {words.call.month.counted(monthName(month, locale))}{' '}
      <button
        type="button"
        className="link"
        onClick={() => {
          call.move(other);
        }}
      >
        {words.call.month.change(monthName(other, locale))}
      </button>
    </span>
  );
}
