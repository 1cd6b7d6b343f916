/** The page that lists every release, and the one for an address where there is none. */
import type { Locale } from '../../contract/problem.js';
import type { ShownNumber } from '../../contract/statistics.js';
import { html, type Html } from '../../platform/html.js';
import { begunAnewText } from '../begun-anew.js';
import { capital, dayName, numeral, periodName, shownText, words } from '../words.js';
import { listAddress, openWords, releaseAddress, renderPage, type Setting } from './page.js';
import type { OpenRelease } from './releases.js';

export const totals = ['contacts', 'conversations'] as const;
export type Total = (typeof totals)[number];

/** A total with its uncertainty; null where the plan of the period gives none. */
export function figure(locale: Locale, { summary }: OpenRelease, total: Total): Html | null {
  const number: ShownNumber | null = summary?.totals[total] ?? null;
  if (number === null) return null;
  const uncertainty = summary?.sureness[total]?.uncertainty ?? null;
  const sure =
    'value' in number && uncertainty !== null
      ? html` <span class="soft">± ${numeral(locale, uncertainty)}</span>`
      : null;
  return html`<span>${shownText(locale, number)}${sure}</span>`;
}

function row(locale: Locale, release: OpenRelease, earlier: readonly OpenRelease[]): Html {
  const text = openWords[locale];
  const { name, period, revision, issuedOn } = release;
  const links = earlier.map(
    (each) =>
      html` <a href="${releaseAddress(locale, each.name)}"
        >${each.revision === 1 ? text.first : text.revision(each.revision)}</a
      >`,
  );
  return html`<tr role="row">
    <th scope="row" role="rowheader">
      <a href="${releaseAddress(locale, name)}">${capital(periodName(locale, period))}</a>${
        revision > 1 ? html`, ${text.revision(revision)}` : null
      }
      ${earlier.length > 0 ? html`<span class="earlier">${text.earlier}${links}</span>` : null}
    </th>
    ${totals.map((total) => html`<td role="cell" data-label="${words[locale][total]}">${figure(locale, release, total) ?? '–'}</td>`)}
    <td role="cell" class="day" data-label="${text.issued}">${dayName(locale, issuedOn)}</td>
  </tr>`;
}

/** The newest revision of each period. */
const latestOf = (releases: readonly OpenRelease[]) =>
  releases.filter(({ replacedBy }) => replacedBy === null);

/** What must not be missed about numbers. */
export const cautions = (lines: readonly string[]): Html[] =>
  lines.map((line) => html`<p class="newer">${line}</p>`);

function table(locale: Locale, releases: readonly OpenRelease[]): Html {
  const text = openWords[locale];
  const latest = latestOf(releases);
  const before = ({ period, revision }: OpenRelease) =>
    releases.filter((each) => each.period === period && each.revision < revision);
  return html`<table role="table" class="releases">
    <caption class="visually-hidden">
      ${text.releases}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">${text.period}</th>
        ${totals.map((total) => html`<th scope="col" role="columnheader">${words[locale][total]}</th>`)}
        <th scope="col" role="columnheader" class="day">${text.issued}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${latest.map((release) => row(locale, release, before(release)))}
    </tbody>
  </table>`;
}

/** Every release, the newest first. */
export function listPage(setting: Setting, releases: readonly OpenRelease[]): string {
  const { locale, organisation } = setting;
  const text = openWords[locale];
  const shown = latestOf(releases).flatMap(({ summary }) => summary ?? []);
  const content = html` <h1>${text.title}</h1>
    <p class="lead">${organisation === null ? text.fromNobody : text.from(organisation)}</p>
    <p>${text.frozen}</p>
    ${
      releases.length === 0
        ? html`<p>${text.none}</p>`
        : html`<p class="notice">${words[locale].approximate}</p>
            ${cautions(begunAnewText(locale, null, shown))} ${table(locale, releases)}`
    }`;
  return renderPage({ ...setting, title: text.title, addressIn: listAddress, content });
}

/** What stands at an address below the list where there is nothing. */
export function missingPage(setting: Setting): string {
  const text = openWords[setting.locale];
  const content = html` <h1>${text.missing}</h1>
    <p>${text.missingWhy}</p>
    <p><a href="${listAddress(setting.locale)}">${text.all}</a></p>`;
  return renderPage({ ...setting, title: text.missing, addressIn: listAddress, content });
}
