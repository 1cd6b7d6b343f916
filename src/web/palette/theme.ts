/** Light or dark, as chosen on the page. It lasts as long as the page is not left or reloaded: nothing of it is kept. */

const root = document.documentElement;

/** Whether the page is dark now, chosen here or by the system. */
export const isDark = (): boolean =>
  root.dataset['theme'] === undefined
    ? matchMedia('(prefers-color-scheme: dark)').matches
    : root.dataset['theme'] === 'dark';

export function setDark(dark: boolean): void {
  root.dataset['theme'] = dark ? 'dark' : 'light';
}
