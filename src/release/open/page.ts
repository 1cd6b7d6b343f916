/** What is around every open page. No script, no cookie, nothing from another address. */
import { addressOf } from '../../contract/api/address.js';
import { getReleaseCalendar, getReleaseKey } from '../../contract/api/releases.js';
import type { Locale } from '../../contract/problem.js';
import { html, type Html } from '../../platform/html.js';
import { openEn } from './words-en.js';
import { openSv, type OpenWords } from './words-sv.js';

export const openWords: Readonly<Record<Locale, OpenWords>> = { sv: openSv, en: openEn };

/** Where the open pages lie, in either language. */
export const listAddress = (locale: Locale): string => (locale === 'en' ? '/open/en' : '/open');
export const releaseAddress = (locale: Locale, name: string): string => `${listAddress(locale)}/${name}`;
export const fileAddress = (name: string, file: string): string => `/open/${name}/${file}`;
export const CATALOGUE = '/open/catalogue.jsonld';

/** What every page takes. */
export interface Setting {
  readonly locale: Locale;
  /** Who is behind the line; null where that is not set. */
  readonly organisation: string | null;
  /** The address of the stylesheet; null where the web app is not built. */
  readonly stylesheet: string | null;
}

interface Page extends Setting {
  readonly title: string;
  /** The same page in a language. */
  readonly addressIn: (locale: Locale) => string;
  readonly content: Html;
}

/** The addresses of other public pages, in the language of this one. */
export function addresses(locale: Locale) {
  const hash = locale === 'en' ? '#en' : '';
  return {
    check: `/check${hash}`,
    about: `/about${hash}`,
    calendar: addressOf(getReleaseCalendar, { query: { language: locale } }),
    key: addressOf(getReleaseKey, {}),
  };
}

function footer(locale: Locale): Html {
  const { foot, links } = openWords[locale];
  const { check, about, calendar } = addresses(locale);
  return html`<footer>
    <ul>
      <li><a href="${check}">${links.check}</a></li>
      <li><a href="${about}">${links.about}</a></li>
      <li><a href="${calendar}">${links.calendar}</a></li>
      <li><a href="${CATALOGUE}" type="application/ld+json">${links.catalogue}</a></li>
    </ul>
    <p>${foot}</p>
  </footer>`;
}

/** A whole page. */
export function renderPage({ locale, organisation, stylesheet, title, addressIn, content }: Page): string {
  const words = openWords[locale];
  const other: Locale = locale === 'sv' ? 'en' : 'sv';
  const name = organisation ?? 'Tyst';
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title === name ? title : `${title} – ${name}`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${stylesheet === null ? null : html`<link rel="stylesheet" href="${stylesheet}" />`}
        <link rel="alternate" hreflang="${other}" href="${addressIn(other)}" />
        <link rel="alternate" type="application/ld+json" title="DCAT" href="${CATALOGUE}" />
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header>
          <a class="name" href="${listAddress(locale)}">${name}</a>
          <a class="language" href="${addressIn(other)}" hreflang="${other}" lang="${other}"
            >${words.other.name}</a
          >
        </header>
        <main id="content">${content}</main>
        ${footer(locale)}
      </body>
    </html> `.text;
}
