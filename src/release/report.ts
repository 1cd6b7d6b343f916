/**
 * `report.sv.pdf` and `report.en.pdf`: the published numbers as a report for people, laid out by Typst from
 * `templates/report.typ`. Text reaches the template as data, never as markup, and dates are those of the release, so
 * the same numbers give the same bytes. The PDF is tagged and meets PDF/UA-1, or the compiler refuses it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { isQuarter } from '../contract/period.js';
import { asPrintable } from '../contract/printable.js';
import type { Locale } from '../contract/problem.js';
import { projectRoot } from '../platform/project.js';
import { begunAnewText } from './begun-anew.js';
import { totalChanges } from './changes.js';
import type { ReleaseContent } from './content.js';
import { forewordData, regionOf } from './report-foreword.js';
import { reportSections } from './report-sections.js';
import { quartersData } from './report-year.js';
import { capital, dayName, numeral, periodName, shownText, words } from './words.js';

const TEMPLATE = join(projectRoot, 'templates', 'report.typ');
const FONTS = [
  '400Regular/SourceSans3_400Regular',
  '600SemiBold/SourceSans3_600SemiBold',
  '400Regular_Italic/SourceSans3_400Regular_Italic',
];

const isYear = (period: string) => !isQuarter(period);

interface Figure {
  readonly total: 'contacts' | 'conversations';
  readonly label: string;
  readonly why: string;
}

function keyFigures(locale: Locale, content: ReleaseContent) {
  const text = words[locale];
  const figures: Figure[] = [
    { total: 'contacts', label: text.contacts, why: text.contactsWhy },
    { total: 'conversations', label: text.conversations, why: text.conversationsWhy },
  ];
  const changes = figures.map(({ total }) => totalChanges(locale, content, total));
  return {
    title: text.keyFigures,
    figures: figures.map(({ total, label, why }, index) => {
      const number = content.summary.totals[total];
      const uncertainty = content.summary.sureness[total]?.uncertainty ?? null;
      const shown = number !== null && 'value' in number;
      return {
        label,
        why,
        text: number === null ? null : shownText(locale, number),
        missing: text.notInPlan,
        uncertainty: shown && uncertainty !== null ? `± ${numeral(locale, uncertainty)}` : '',
        changes: changes[index] ?? [],
      };
    }),
    changeWhy: changes.some((found) => found.length > 0) ? text.change.why : null,
  };
}

function facts(locale: Locale, { summary, vocabularyVersion, softwareVersion }: ReleaseContent): string[][] {
  const { facts: names, presets } = words[locale];
  const { preset, rho } = summary.plan;
  const decimal = rho.toLocaleString(locale === 'sv' ? 'sv-SE' : 'en-GB', { maximumFractionDigits: 3 });
  return [
    [names.plan, presets[preset]],
    [names.rho, decimal],
    [names.vocabulary, numeral(locale, vocabularyVersion)],
    [names.software, `Tyst ${softwareVersion}`],
  ];
}

/** The months that somebody typed a number in for; null where nobody did. */
function unansweredData(locale: Locale, { unanswered }: ReleaseContent) {
  if (unanswered.length === 0) return null;
  const { unanswered: title, unansweredWhy: why } = words[locale];
  const rows = unanswered.map(({ month, calls }) => [periodName(locale, month), numeral(locale, calls)]);
  return { title, why, rows };
}

/** How the numbers were made: from all answers together, but for quarters that version 0.1 began. */
function makings(locale: Locale, { asked }: ReleaseContent): string[] {
  const text = words[locale];
  const old = asked.flatMap(({ quarter, displayRules }) =>
    displayRules === 1 ? [periodName(locale, quarter)] : [],
  );
  return [
    ...(old.length > 0 && old.length === asked.length ? [] : [text.estimates]),
    ...(old.length > 0 ? [text.earlier(old)] : []),
    ...text.makings,
  ];
}

/** Everything the template says, in one language. */
export function reportData(locale: Locale, content: ReleaseContent) {
  const text = words[locale];
  const { period, organisation, summary, issuedOn, revision, reason } = content;
  const name = periodName(locale, period);
  const kind = isYear(period) ? text.yearly : text.quarterly;
  return {
    lang: locale,
    region: regionOf(locale),
    title: `${kind}, ${name}`,
    heading: capital(name),
    author: organisation ?? 'Tyst',
    organisation: organisation ?? kind,
    subtitle: organisation === null ? text.subtitle : `${kind}. ${text.subtitle}`,
    date: issuedOn.split('-').map(Number),
    lines: [
      text.issued(dayName(locale, issuedOn)),
      ...(reason === null ? [] : [text.revision(revision, reason)]),
    ],
    footer: `${kind}, ${name}`,
    approximate: text.approximate,
    begunAnew: begunAnewText(
      locale,
      summary,
      content.beside.map((each) => each.summary),
    ),
    reading: { title: text.reading, items: text.readings },
    verify: text.verify,
    foreword: forewordData(locale, content),
    keyFigures: keyFigures(locale, content),
    quarters: quartersData(locale, content),
    unanswered: unansweredData(locale, content),
    sections: reportSections(locale, content),
    method: { title: text.method, paragraphs: text.methods },
    guarantee: text.guarantee,
    made: { title: text.made, items: makings(locale, content) },
    quoting: { title: text.quoting, items: text.quotings },
    certificate: {
      title: text.certificate,
      paragraphs: text.certificates(dayName(locale, summary.publishedOn), isYear(period)),
      facts: facts(locale, content),
    },
  };
}

const fontFolder = dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json'),
);

/** Made once: reading the fonts takes longer than laying a report out. */
let compiler: Promise<NodeCompiler> | null = null;

/** Loaded by the keeper as it issues a release, never by the process that faces the network. */
async function makeCompiler(): Promise<NodeCompiler> {
  const { NodeCompiler: Typst } = await import('@myriaddreamin/typst-ts-node-compiler');
  return Typst.create({
    workspace: dirname(TEMPLATE),
    fontArgs: [{ fontBlobs: FONTS.map((name) => readFileSync(join(fontFolder, `${name}.ttf`))) }],
  });
}

/** The report in one language, as PDF. Throws when the template does not make a PDF/UA-1 document. */
export async function renderReport(locale: Locale, content: ReleaseContent): Promise<Buffer> {
  // Names and labels may hold anything; a character without a glyph would keep the report from being made.
  const printed = (_key: string, value: unknown) => (typeof value === 'string' ? asPrintable(value) : value);
  const inputs = { data: JSON.stringify(reportData(locale, content), printed) };
  const typst = await (compiler ??= makeCompiler());
  return typst.pdf({ mainFilePath: TEMPLATE, inputs }, { pdfStandard: 'ua-1' });
}
