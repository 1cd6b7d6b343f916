/** What a check or an import came to. */
import { useId, type ReactNode } from 'react';
import type { ImportReport } from '../../contract/import.js';
import { quarterOfMonth } from '../../contract/period.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { wordFor } from '../../contract/words.js';
import { useLanguage, writtenAs } from '../messages/language.js';
import '../styles/events.css';
import { useFocus } from '../use-focus.js';
import { columnsToDrop, columnWords, monthsInWords, placeOf, withoutConsequences } from './import-words.js';
import type { ImportError } from './use-import.js';
import { useAdministration } from './words.js';

/** A heading that the focus is led to, so that the outcome is read from its beginning. */
function Outcome({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useFocus();
  const id = useId();
  return (
    <section className="part import-outcome" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

interface RefusedProps {
  readonly errors: readonly ImportError[];
  readonly vocabulary: Vocabulary | null;
  readonly drop: readonly string[];
  readonly setDrop: (drop: readonly string[]) => void;
  readonly again: boolean;
  readonly setAgain: (again: boolean) => void;
  readonly onCheck: () => void;
}

function useColumnWords(vocabulary: Vocabulary | null) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  return (column: string) => columnWords(column, t.importing, vocabulary, locale);
}

function DropForm({ errors, vocabulary, drop, setDrop, onCheck }: RefusedProps) {
  const { t } = useAdministration();
  const named = useColumnWords(vocabulary);
  return (
    <fieldset className="import-drop">
      <legend>{t.importing.drop}</legend>
      <p className="soft">{t.importing.dropWhy}</p>
      {columnsToDrop(errors).map((column) => (
        <label className="tick" key={column}>
          <input
            type="checkbox"
            checked={drop.includes(column)}
            onChange={(event) => {
              setDrop(event.target.checked ? [...drop, column] : drop.filter((one) => one !== column));
            }}
          />
          {t.importing.dropOne(named(column))}
        </label>
      ))}
      <button type="button" className="button primary" onClick={onCheck}>
        {t.importing.checkAgain}
      </button>
    </fieldset>
  );
}

function ErrorTable({ errors, vocabulary }: Pick<RefusedProps, 'errors' | 'vocabulary'>) {
  const { t } = useAdministration();
  const named = useColumnWords(vocabulary);
  return (
    <table className="events import-errors">
      <thead>
        <tr>
          <th scope="col">{t.importing.line}</th>
          <th scope="col">{t.importing.column}</th>
          <th scope="col">{t.importing.what}</th>
        </tr>
      </thead>
      <tbody>
        {errors.map((error) => {
          const { line, column } = placeOf(error);
          return (
            <tr key={`${error.path} ${error.code}`}>
              {line === null ? (
                <td colSpan={2}>{t.importing.wholeFile}</td>
              ) : (
                <>
                  <td>{line}</td>
                  <td>{column === null ? '' : named(column)}</td>
                </>
              )}
              <td>{wordFor(t.importing.errors, error.code) ?? t.importing.errors.other}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The file itself is sound: a month of it has had an import before, and only a person knows whether these are other calls. */
function ImportedBefore({ again, setAgain, onCheck }: Pick<RefusedProps, 'again' | 'setAgain' | 'onCheck'>) {
  const { t } = useAdministration();
  return (
    <Outcome title={t.importing.before}>
      <p>{t.importing.beforeWhy}</p>
      <fieldset className="import-drop">
        <legend className="visually-hidden">{t.importing.before}</legend>
        <label className="tick">
          <input
            type="checkbox"
            checked={again}
            onChange={(event) => {
              setAgain(event.target.checked);
            }}
          />
          {t.importing.again}
        </label>
        <button type="button" className="button primary" onClick={onCheck}>
          {t.importing.checkAgain}
        </button>
      </fieldset>
    </Outcome>
  );
}

export function Refused(props: RefusedProps) {
  const { t } = useAdministration();
  const { errors } = props;
  if (errors.every(({ code }) => code === 'imported-before')) return <ImportedBefore {...props} />;
  const foreign = columnsToDrop(errors);
  const isForeign = (error: ImportError) => foreign.includes(placeOf(error).column ?? '');
  const more = errors.some(({ code }) => code === 'more-errors');
  const others = withoutConsequences(errors).filter(
    (error) => !isForeign(error) && error.code !== 'more-errors',
  );
  return (
    <Outcome title={t.importing.refused}>
      <p>{t.importing.refusedWhy}</p>
      {foreign.length > 0 && <DropForm {...props} />}
      {others.length > 0 && <ErrorTable errors={others} vocabulary={props.vocabulary} />}
      {more && <p>{t.importing.errors['more-errors']}</p>}
    </Outcome>
  );
}

interface ReportProps {
  readonly report: ImportReport;
  readonly drop: readonly string[];
  readonly vocabulary: Vocabulary | null;
}

function useReportWords({ rows, months, reduced }: ImportReport) {
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(writtenAs[locale]);
  return {
    rows: number.format(rows),
    months: monthsInWords(months, locale),
    reduced: number.format(reduced),
  };
}

interface SoundProps extends ReportProps {
  readonly again: boolean;
  readonly sending: boolean;
  readonly onImport: () => void;
}

export function Sound({ report, drop, again, vocabulary, sending, onImport }: SoundProps) {
  const { t } = useAdministration();
  const named = useColumnWords(vocabulary);
  const { rows, months, reduced } = useReportWords(report);
  if (report.rows === 0) return <Outcome title={t.importing.empty}>{null}</Outcome>;
  return (
    <Outcome title={t.importing.sound}>
      <ul className="import-facts">
        <li>{t.importing.can(rows)}</li>
        <li>{t.importing.months(months)}</li>
        {report.reduced > 0 && <li>{t.importing.reduced(reduced)}</li>}
        {again && <li>{t.importing.added}</li>}
        {drop.length > 0 && <li>{t.importing.leftOut(drop.map(named).join(', '))}</li>}
      </ul>
      <p className="soft">{t.importing.once}</p>
      <button type="button" className="button primary" aria-disabled={sending} onClick={onImport}>
        {t.importing.send(rows)}
      </button>
      <p role="status">{sending && t.importing.sending}</p>
    </Outcome>
  );
}

export function Done({
  report,
  onAnother,
}: Pick<ReportProps, 'report'> & { readonly onAnother: () => void }) {
  const { t } = useAdministration();
  const { rows, months } = useReportWords(report);
  const quarters = [...new Set(report.months.map(quarterOfMonth))];
  return (
    <Outcome title={t.importing.done}>
      <ul className="import-facts">
        <li>{t.importing.are(rows)}</li>
        <li>{t.importing.months(months)}</li>
      </ul>
      <p>{t.importing.removeFile}</p>
      <h3>{t.importing.close}</h3>
      <p>{t.importing.closeWhy}</p>
      <pre>{quarters.map((quarter) => `npx tyst close ${quarter}`).join('\n')}</pre>
      <button type="button" className="button" onClick={onAnother}>
        {t.importing.another}
      </button>
    </Outcome>
  );
}
