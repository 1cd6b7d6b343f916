/** How dates, numbers and lists are written in both languages. */
const monthIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
const dayIn = (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
export const inLanguage = {
  sv: { month: monthIn('sv-SE'), day: dayIn('sv-SE'), number: new Intl.NumberFormat('sv-SE') },
  en: { month: monthIn('en-GB'), day: dayIn('en-GB'), number: new Intl.NumberFormat('en-GB') },
};

const listIn = (locale: string) => {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (items: readonly string[]) => format.format(items);
};
export const listed = { sv: listIn('sv-SE'), en: listIn('en-GB') };
