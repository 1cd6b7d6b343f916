/** Which month a call is counted in: that in which it began, until the handler says otherwise. Months are `YYYY-MM`. */

/** The month of a moment, by the clock where the call is. */
export const monthAt = (now: Date): string =>
  `${String(now.getFullYear())}-${String(now.getMonth() + 1).padStart(2, '0')}`;

export const monthBefore = (now: Date): string => monthAt(new Date(now.getFullYear(), now.getMonth(), 0));

/** Whether the month before may still be open: it closes in the night to the 3rd. */
export const takesLastMonth = (now: Date): boolean =>
  now.getDate() < 3 || (now.getDate() === 3 && now.getHours() < 4);

/** The name of a month, without its year. */
export const monthName = (month: string, locale: string): string =>
  new Date(Number(month.slice(0, 4)), Number(month.slice(5)) - 1).toLocaleDateString(locale, {
    month: 'long',
  });
