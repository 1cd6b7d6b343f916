/** Everything that the directory has of one organisation, to be changed. */
import { useMemo, useRef, useState, type SubmitEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Need } from '../../contract/directory.js';
import type { Code, Dimension, Vocabulary } from '../../contract/vocabulary.js';
import type { Problem } from '../api.js';
import { placesOf } from '../directory/names.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { today } from '../statistics/upcoming.js';
import '../styles/bar.css';
import { languageCodes } from './language-codes.js';
import { fieldOf, type Field, type OrganisationDraft } from './organisation-draft.js';
import { MeanwhilePanel } from './organisation-meanwhile.js';
import { SelectField, SeveralField, TextField, TicksField } from './organisation-fields.js';
import type { Meanwhile } from './use-organisations.js';
import { useAdministration } from './words.js';

interface Props {
  readonly label: string;
  readonly vocabulary: Vocabulary;
  readonly draft: OrganisationDraft;
  /** What somebody else has done to it meanwhile; null when nothing is known. */
  readonly meanwhile: Meanwhile | null;
  /** As it is in the directory, as far as is known here. */
  readonly newest: OrganisationDraft;
  readonly unsaved: boolean;
  readonly onChange: (draft: OrganisationDraft) => void;
  /** Stores it; gives what the server found wrong, or null. */
  readonly onSave: () => Promise<Problem | null>;
  readonly onUndo: () => void;
  /** Null for a new one, which is not there to be removed. */
  readonly onRemove: (() => void) | null;
  readonly onCancel: (() => void) | null;
}

/** The codes that a call can be referred by, each group's under its name. */
function Referrals({ vocabulary, value }: { readonly vocabulary: Vocabulary; readonly value: string }) {
  const { t } = useAdministration();
  const { locale } = useLanguage();
  const dimension: Dimension | undefined = vocabulary.dimensions.find(({ id }) => id === 'referral');
  const codes = (dimension?.codes ?? []).filter((code) => code.exclusive !== true);
  const option = ({ id, label }: Code) => (
    <option key={id} value={id}>
      {label[locale]}
    </option>
  );
  const known = codes.some(({ id, group }) => id === value && group !== true);
  return (
    <>
      {value === '' && <option value="">{t.directory.choose}</option>}
      {value !== '' && !known && <option value={value}>{t.directory.notInUse(value)}</option>}
      {codes
        .filter(({ group }) => group === true)
        .map((group) => (
          <optgroup key={group.id} label={group.label[locale]}>
            {codes.filter(({ parent }) => parent === group.id).map(option)}
          </optgroup>
        ))}
      {codes.filter(({ parent, group }) => parent === undefined && group !== true).map(option)}
    </>
  );
}

type State =
  | { readonly name: 'typing' | 'sending' }
  | { readonly name: 'failed'; readonly problem: Problem; readonly wrong: readonly Field[] };

function failureOf(problem: Problem): State {
  const wrong = problem.errors.flatMap(({ path }) => fieldOf(path) ?? []);
  return { name: 'failed', problem, wrong };
}

function SaveWords({ state, unsaved }: { readonly state: State; readonly unsaved: boolean }) {
  const { t, tell } = useAdministration();
  if (state.name === 'failed')
    return (
      <ErrorText>{state.problem.errors.length > 0 ? t.directory.toMend : tell(state.problem)}</ErrorText>
    );
  return <span className="soft">{unsaved && t.directory.unsaved}</span>;
}

export function OrganisationForm(props: Props) {
  const { label, vocabulary, draft, unsaved, onChange, onSave, onUndo, onRemove, onCancel } = props;
  const { t } = useAdministration();
  const { words } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<State>({ name: 'typing' });
  const places = useMemo(() => placesOf(vocabulary), [vocabulary]);
  const languages = useMemo(() => languageCodes(draft.languages), [draft.languages]);
  const needs = Object.entries(words.directory.needs) as [Need, string][];

  const save = async () => {
    setState({ name: 'sending' });
    const problem = await onSave();
    flushSync(() => {
      setState(problem === null ? { name: 'typing' } : failureOf(problem));
    });
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name !== 'sending') void save();
  };
  /** What every field is given: its words, what is wrong with it, its value and how it is changed. */
  const field = <Name extends Field>(name: Name) => ({
    label: t.directory.fields[name],
    error: state.name === 'failed' && state.wrong.includes(name) ? t.directory.errors[name] : null,
    onChange: (value: OrganisationDraft[Name]) => {
      onChange({ ...draft, [name]: value });
      if (state.name === 'failed') {
        const wrong = state.wrong.filter((one) => one !== name);
        setState(wrong.length > 0 ? { ...state, wrong } : { name: 'typing' });
      }
    },
  });
  const text = (name: 'name' | 'telephone' | 'web' | 'hours' | 'verifiedOn') => ({
    ...field(name),
    value: draft[name],
  });
  const { hints } = t.directory;
  const checked = field('verifiedOn');
  return (
    <form ref={form} className="organisation-form" onSubmit={submit} noValidate aria-label={label}>
      {props.meanwhile !== null && (
        <MeanwhilePanel
          meanwhile={props.meanwhile}
          vocabulary={vocabulary}
          newest={props.newest}
          draft={draft}
          onChange={onChange}
        />
      )}
      <TextField {...text('name')} most={120} required />
      <SelectField {...field('referral')} value={draft.referral}>
        <Referrals vocabulary={vocabulary} value={draft.referral} />
      </SelectField>
      <TextField {...text('telephone')} type="tel" most={40} />
      <TextField {...text('web')} type="url" most={200} />
      <SeveralField {...field('places')} hint={hints.places} codes={places} chosen={draft.places} />
      <SeveralField
        {...field('languages')}
        hint={hints.languages}
        codes={languages}
        chosen={draft.languages}
      />
      <TextField {...text('hours')} hint={hints.hours} most={80} />
      <TextField {...text('verifiedOn')} type="date" hint={hints.verifiedOn}>
        <button
          type="button"
          className="button"
          onClick={() => {
            checked.onChange(today());
          }}
        >
          {t.directory.today}
        </button>
      </TextField>
      <TicksField {...field('needs')} values={needs} chosen={draft.needs} />
      <div className="form-foot">
        <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
          {t.save}
        </button>
        {onCancel !== null && (
          <button type="button" className="button" onClick={onCancel}>
            {t.cancel}
          </button>
        )}
        {onRemove !== null && (
          <>
            <button
              type="button"
              className="button"
              aria-disabled={!unsaved}
              onClick={() => {
                setState({ name: 'typing' });
                if (unsaved) onUndo();
              }}
            >
              {t.directory.undo}
            </button>
            <button type="button" className="button danger" onClick={onRemove}>
              {t.directory.remove}
            </button>
          </>
        )}
        <p className="promise">
          <SaveWords state={state} unsaved={unsaved} />
        </p>
      </div>
    </form>
  );
}
