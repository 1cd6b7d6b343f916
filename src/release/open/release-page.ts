/** The page of one release: its numbers in brief, its files, how to check them and how to quote. */
import type { Locale } from '../../contract/problem.js';
import type { ReleaseFile } from '../../contract/release.js';
import { wordFor } from '../../contract/words.js';
import { html, type Html } from '../../platform/html.js';
import { begunAnewText } from '../begun-anew.js';
import { capital, dayName, numeral, periodName, words } from '../words.js';
import { cautions, figure, totals } from './list-page.js';
import {
  addresses,
  fileAddress,
  listAddress,
  openWords,
  releaseAddress,
  renderPage,
  type Setting,
} from './page.js';
import type { OpenRelease } from './releases.js';

/** What people read first, then what programs read, then what proves it. */
const order = [
  'tables.xlsx',
  'tables.csv',
  'tables.csv-metadata.json',
  'tables.json',
  'manifest.json',
  'manifest.json.sig',
];

function inOrder(locale: Locale, files: readonly ReleaseFile[]): ReleaseFile[] {
  const place = ({ name }: ReleaseFile) => {
    if (name.endsWith('.pdf')) return name.includes(`.${locale}.`) ? -2 : -1;
    const known = order.indexOf(name);
    return known < 0 ? order.length : known;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}

/** A size in words, as people read them. */
function size(locale: Locale, bytes: number): string {
  const text = openWords[locale];
  if (bytes < 1024) return text.bytes(numeral(locale, bytes));
  return text.kilobytes(numeral(locale, Math.round(bytes / 1024)));
}

function fileRow(locale: Locale, release: OpenRelease, { name, bytes, sha256 }: ReleaseFile): Html {
  const text = openWords[locale];
  return html`<tr role="row">
    <th scope="row" role="rowheader"><a href="${fileAddress(release.name, name)}" download>${name}</a></th>
    <td role="cell" data-label="${text.what}">${wordFor(text.contents, name) ?? ''}</td>
    <td role="cell" class="size" data-label="${text.size}">${size(locale, bytes)}</td>
    <td role="cell" data-label="${text.hash}"><code>${sha256}</code></td>
  </tr>`;
}

function files(locale: Locale, release: OpenRelease): Html {
  const text = openWords[locale];
  return html`<h2 id="files">${text.files}</h2>
    <table role="table" class="files">
      <caption class="visually-hidden">
        ${text.files}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">${text.file}</th>
          <th scope="col" role="columnheader">${text.what}</th>
          <th scope="col" role="columnheader" class="size">${text.size}</th>
          <th scope="col" role="columnheader">${text.hash}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${inOrder(locale, release.files).map((file) => fileRow(locale, release, file))}
      </tbody>
    </table>`;
}

function figures(locale: Locale, release: OpenRelease): Html | null {
  const { summary } = release;
  if (summary === null) return null;
  const { readings, reading } = words[locale];
  const shown = totals.flatMap((total) => {
    const number = figure(locale, release, total);
    if (number === null) return [];
    const about = 'value' in (summary.totals[total] ?? {}) ? openWords[locale].about : '';
    return [
      html`<div>
        <dt>${words[locale][total]}</dt>
        <dd><span class="visually-hidden">${about} </span>${number}</dd>
      </div>`,
    ];
  });
  return html`<h2>${openWords[locale].figures}</h2>
    ${shown.length === 0 ? null : html`<dl class="figures">${shown}</dl>`}
    <details>
      <summary>${reading}</summary>
      <ul>
        ${readings.map((line) => html`<li>${line}</li>`)}
      </ul>
    </details>`;
}

/** The way to what most people come for. */
function report(locale: Locale, { name, files: all }: OpenRelease): Html | null {
  const file = all.find((each) => each.name === `report.${locale}.pdf`);
  if (file === undefined) return null;
  return html`<p>
    <a class="button" href="${fileAddress(name, file.name)}" download
      >${openWords[locale].report(size(locale, file.bytes))}</a
    >
  </p>`;
}

function check(locale: Locale, { key }: OpenRelease): Html {
  const text = openWords[locale];
  const to = addresses(locale);
  return html`<h2>${text.check}</h2>
    <ol>
      <li>${text.checkDownload}</li>
      <li>${text.checkOpen} <a href="${to.check}">${text.checkPage}</a> ${text.checkDrop}</li>
      <li>${text.checkKey} <code>${key}</code>. ${text.checkCompare} <a href="${to.key}">${text.key}</a></li>
    </ol>`;
}

function quote({ locale, organisation }: Setting, { period, name, issuedOn }: OpenRelease): Html {
  const text = openWords[locale];
  const day = dayName(locale, issuedOn);
  return html`<h2>${text.quote}</h2>
    <blockquote>
      ${text.quotation({ organisation, period: periodName(locale, period), day, name })}
    </blockquote>
    <p>${text.quoteAddress}</p>
    <ul>
      ${words[locale].quotings.map((line) => html`<li>${line}</li>`)}
    </ul>`;
}

function head(locale: Locale, release: OpenRelease, newest: OpenRelease): Html {
  const text = openWords[locale];
  const { period, revision, reason, issuedOn } = release;
  return html`<p class="back"><a href="${listAddress(locale)}">${text.all}</a></p>
    <h1>
      ${capital(periodName(locale, period))}${revision > 1 ? html`<span class="soft">, ${text.revision(revision)}</span>` : null}
    </h1>
    <p class="soft">
      ${text.issuedOn(dayName(locale, issuedOn))}${
        reason === undefined ? null : html`. ${text.because(revision, reason)}`
      }
    </p>
    ${
      newest === release
        ? null
        : html`<p class="newer">
            ${text.replaced}
            <a href="${releaseAddress(locale, newest.name)}">${text.toNewest(newest.revision)}</a>
          </p>`
    }`;
}

/** One release. `newest` is the latest revision of its period, which may be this one. */
export function releasePage(setting: Setting, release: OpenRelease, newest: OpenRelease): string {
  const { locale } = setting;
  const content = html`${head(locale, release, newest)}
    <p class="notice">${words[locale].approximate}</p>
    ${cautions(begunAnewText(locale, release.summary))} ${figures(locale, release)} ${report(locale, release)}
    ${files(locale, release)} ${check(locale, release)} ${quote(setting, release)}`;
  const title = openWords[locale].pageTitle(periodName(locale, release.period));
  return renderPage({
    ...setting,
    title: release.revision > 1 ? `${title}, ${openWords[locale].revision(release.revision)}` : title,
    addressIn: (language) => releaseAddress(language, release.name),
    content,
  });
}
