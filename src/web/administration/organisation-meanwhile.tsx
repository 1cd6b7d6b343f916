/** What somebody else has done to an organisation while it was changed here, beside what was typed. */
import { useEffect, useId, useMemo, useRef } from 'react';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { languageName, placesOf } from '../directory/names.js';
import { useLanguage } from '../messages/language.js';
import { sameField, type Field, type OrganisationDraft } from './organisation-draft.js';
import type { Meanwhile } from './use-organisations.js';
import { useAdministration } from './words.js';

/** A field's value in words. */
function useFieldWords(vocabulary: Vocabulary) {
  const { t } = useAdministration();
  const { locale, words } = useLanguage();
  const places = useMemo(() => placesOf(vocabulary), [vocabulary]);
  const labelOf = (codes: readonly { readonly id: string; readonly label: { sv: string; en: string } }[]) => {
    return (code: string) => codes.find(({ id }) => id === code)?.label[locale] ?? code;
  };
  const referrals = vocabulary.dimensions.find(({ id }) => id === 'referral')?.codes ?? [];
  return (field: Field, draft: OrganisationDraft): string => {
    const inWords: Readonly<Record<Field, string>> = {
      name: draft.name,
      referral: labelOf(referrals)(draft.referral),
      places:
        draft.places.length === 0 ? words.directory.everywhere : draft.places.map(labelOf(places)).join(', '),
      telephone: draft.telephone,
      web: draft.web,
      hours: draft.hours,
      languages: draft.languages.map((code) => languageName(code, locale)).join(', '),
      needs: draft.needs.map((need) => words.directory.needs[need]).join(', '),
      verifiedOn: draft.verifiedOn,
    };
    return inWords[field] === '' ? t.directory.meanwhile.nothing : inWords[field];
  };
}

interface Props {
  readonly meanwhile: Meanwhile;
  readonly vocabulary: Vocabulary;
  /** As it is in the directory now. */
  readonly newest: OrganisationDraft;
  readonly draft: OrganisationDraft;
  readonly onChange: (draft: OrganisationDraft) => void;
}

/** Takes the focus as it comes, so that it is read before anything else is done. */
export function MeanwhilePanel({ meanwhile, vocabulary, newest, draft, onChange }: Props) {
  const { t } = useAdministration();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const inWords = useFieldWords(vocabulary);
  const words = t.directory.meanwhile;
  useEffect(() => {
    heading.current?.focus();
  }, [meanwhile]);
  return (
    <section className="meanwhile" aria-labelledby={id}>
      <h3 id={id} ref={heading} tabIndex={-1}>
        {words[meanwhile.what].title}
      </h3>
      <p>{words[meanwhile.what].why}</p>
      {meanwhile.what === 'changed' && (
        <ul>
          {meanwhile.theirs.map((field) => (
            <li key={field}>
              <strong>{t.directory.fields[field]}</strong>
              <span>
                <span className="soft">{words.theirs}</span> {inWords(field, newest)}
              </span>
              {sameField(field, draft, newest) ? (
                <span className="soft">{words.same}</span>
              ) : (
                <>
                  <span>
                    <span className="soft">{words.mine}</span> {inWords(field, draft)}
                  </span>
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      onChange({ ...draft, [field]: newest[field] });
                      // The button goes; the focus stays where the differences are read.
                      heading.current?.focus();
                    }}
                  >
                    {words.take}
                    <span className="visually-hidden"> ({t.directory.fields[field]})</span>
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
