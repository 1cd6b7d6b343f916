/** The referral directory beside the call: searched in the browser, and taken from straight into the call. */
import { useId, useMemo, useState } from 'react';
import { leafCodes } from '../../contract/codes.js';
import type { Directory, ListedOrganisation, Need } from '../../contract/directory.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import type { CallState } from '../call/call-state.js';
import { Combobox } from '../call/combobox.js';
import { answerTo, chosenIn, isAsked } from '../call/draft.js';
import { choiceOf, type FormDimension, type FormVocabulary } from '../call/form-vocabulary.js';
import { useLanguage } from '../messages/language.js';
import '../styles/chips.css';
import '../styles/directory.css';
import { useFocus } from '../use-focus.js';
import { Entry, type Taking } from './entry.js';
import { anything, search, type Wanted } from './filter.js';
import { languageName, placesOf } from './names.js';

const referralId = 'referral';
const areaId = 'area';

interface Props {
  readonly directory: Directory;
  readonly vocabulary: Vocabulary;
  /** What of it the form asks. */
  readonly asked: FormVocabulary;
  readonly call: CallState;
  readonly onLeave: () => void;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly values: readonly (readonly [Value, string])[];
  readonly chosen: Value | null;
  readonly onChoose: (value: Value | null) => void;
}

/** One of a few, or any, as buttons: the state of a select would be written down by the browser. */
function Choice<Value extends string>({ label, values, chosen, onChoose }: ChoiceProps<Value>) {
  const { words } = useLanguage();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} className="label">
        {label}
      </p>
      <div className="chips">
        {([[null, words.directory.any], ...values] as const).map(([value, text]) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={value === chosen}
            onClick={() => {
              onChoose(value);
            }}
          >
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}

function Filter({ directory, vocabulary, wanted, onWant }: FilterProps) {
  const { locale, words } = useLanguage();
  const id = useId();
  const places = useMemo(() => placesOf(vocabulary), [vocabulary]);
  const languages = [...new Set(directory.organisations.flatMap((one) => one.languages))].toSorted();
  const needs = Object.entries(words.directory.needs) as [Need, string][];
  const used = needs.filter(([need]) => directory.organisations.some((one) => one.needs.includes(need)));
  return (
    <div className="filter" role="search">
      <div>
        <p id={id} className="label">
          {words.directory.place}
        </p>
        <Combobox
          codes={places}
          chosen={wanted.place === null ? [] : [wanted.place]}
          onChoose={(place) => {
            onWant({ ...wanted, place });
          }}
          labelledBy={id}
          describedBy={undefined}
          invalid={false}
          required={false}
        />
      </div>
      <Choice
        label={words.directory.need}
        values={used}
        chosen={wanted.need}
        onChoose={(need) => {
          onWant({ ...wanted, need });
        }}
      />
      <Choice
        label={words.directory.language}
        values={languages.map((code) => [code, languageName(code, locale)] as const)}
        chosen={wanted.language}
        onChoose={(language) => {
          onWant({ ...wanted, language });
        }}
      />
      <button
        type="button"
        className="link"
        onClick={() => {
          onWant(anything);
        }}
      >
        {words.directory.clear}
      </button>
    </div>
  );
}

interface FilterProps extends Pick<Props, 'directory' | 'vocabulary'> {
  readonly wanted: Wanted;
  readonly onWant: (wanted: Wanted) => void;
}

/** How an organisation is taken into the call as it stands; null where its code cannot be chosen at all. */
function useTaking({ asked: vocabulary, call }: Pick<Props, 'asked' | 'call'>) {
  const { words } = useLanguage();
  const dimension = vocabulary.dimensions.find(({ id }) => id === referralId);
  const { chosen } = call.draft;
  const refusal = (asked: FormDimension, code: string): string | null => {
    if (call.phase.name !== 'editing' || !isAsked(asked, chosen)) return words.directory.notNow;
    const given = answerTo(asked, chosen);
    const alone = leafCodes(asked).some(({ id, exclusive }) => exclusive === true && given.includes(id));
    const full = !alone && given.length >= asked.max && !given.includes(code);
    return full ? words.directory.full(asked.max) : null;
  };
  const takingOf = ({ referral }: ListedOrganisation): Taking | null => {
    const choice = dimension === undefined ? undefined : choiceOf(dimension, referral);
    if (dimension === undefined || choice === undefined || choice.group === true) return null;
    return {
      taken: answerTo(dimension, chosen).includes(choice.id),
      refusal: refusal(dimension, choice.id),
      toggle: () => {
        call.choose(dimension, choice.id);
      },
    };
  };
  return { dimension, takingOf };
}

/** What the call refers to so far, and the way back to it. */
function InCall({
  dimension,
  call,
  onLeave,
}: Pick<Props, 'call' | 'onLeave'> & { dimension: FormDimension }) {
  const { locale, words } = useLanguage();
  const given = answerTo(dimension, call.draft.chosen);
  const labels = leafCodes(dimension).flatMap(({ id, label }) => (given.includes(id) ? [label[locale]] : []));
  return (
    <div className="in-call">
      <p aria-live="polite">
        <strong>{words.directory.inCall}:</strong> {labels.join(', ') || words.directory.noneInCall}
      </p>
      <button type="button" className="button primary" onClick={onLeave}>
        {words.directory.back}
      </button>
    </div>
  );
}

export function DirectoryPage({ directory, vocabulary, asked, call, onLeave }: Props) {
  const { locale, words } = useLanguage();
  const heading = useFocus();
  const places = useMemo(() => placesOf(vocabulary), [vocabulary]);
  // Where the call says that somebody lives is where the search begins.
  const [wanted, setWanted] = useState<Wanted>(() => {
    const [area = null] = chosenIn(call.draft.chosen, areaId);
    return { ...anything, place: places.some(({ id }) => id === area) ? area : null };
  });
  const { dimension, takingOf } = useTaking({ asked, call });
  const found = search(directory.organisations, wanted);
  const placeName = (code: string) => places.find(({ id }) => id === code)?.label[locale] ?? code;
  const referrals = vocabulary.dimensions.find(({ id }) => id === referralId)?.codes ?? [];
  const labelOf = (code: string) => referrals.find(({ id }) => id === code)?.label[locale] ?? null;
  const empty = directory.organisations.length === 0 ? words.directory.empty : words.directory.none;
  return (
    <div className="page directory">
      <h1 ref={heading} tabIndex={-1}>
        {words.directory.title}
      </h1>
      <p className="soft">{words.directory.intro}</p>
      <Filter directory={directory} vocabulary={vocabulary} wanted={wanted} onWant={setWanted} />
      <p role="status">{found.length === 0 ? empty : words.directory.found(found.length)}</p>
      <ul className="entries">
        {found.map((organisation) => (
          <Entry
            key={organisation.id}
            organisation={organisation}
            referral={labelOf(organisation.referral)}
            placeName={placeName}
            taking={takingOf(organisation)}
          />
        ))}
      </ul>
      {dimension !== undefined && <InCall dimension={dimension} call={call} onLeave={onLeave} />}
    </div>
  );
}
