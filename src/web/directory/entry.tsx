/** One organisation. Its addresses are text and not links: following one would leave it in the browser's history. */
import { CircleAlert, CircleCheck, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListedOrganisation } from '../../contract/directory.js';
import { useLanguage } from '../messages/language.js';
import { languageName } from './names.js';

export interface Taking {
  readonly taken: boolean;
  /** Why it cannot be taken; null when it can. */
  readonly refusal: string | null;
  readonly toggle: () => void;
}

interface Props {
  readonly organisation: ListedOrganisation;
  /** The words of its referral code; null when the vocabulary has none. */
  readonly referral: string | null;
  readonly placeName: (code: string) => string;
  /** Null where it cannot be taken into a call at all. */
  readonly taking: Taking | null;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Verified({ on }: { readonly on: string | null }) {
  const { words } = useLanguage();
  return on === null ? (
    <p className="unverified">
      <CircleAlert size={16} aria-hidden="true" />
      {words.directory.check}
    </p>
  ) : (
    <p className="soft">{words.directory.verified(on)}</p>
  );
}

function Take({ name, taking }: { readonly name: string; readonly taking: Taking }) {
  const { words } = useLanguage();
  const { taken, refusal, toggle } = taking;
  return (
    <button
      type="button"
      className="button take"
      aria-pressed={taken}
      aria-disabled={refusal !== null}
      aria-label={`${words.directory.take}: ${name}`}
      title={refusal ?? undefined}
      onClick={refusal === null ? toggle : undefined}
    >
      {taken ? <CircleCheck size={16} aria-hidden="true" /> : <Plus size={16} aria-hidden="true" />}
      {taken ? words.directory.taken : words.directory.take}
    </button>
  );
}

export function Entry({ organisation, referral, placeName, taking }: Props) {
  const { locale, words } = useLanguage();
  const { name, telephone, web, hours, languages, counties, municipalities, needs, verifiedOn } =
    organisation;
  const area = [...counties, ...municipalities].map(placeName);
  const facts: readonly (readonly [string, string | null])[] = [
    [words.directory.hours, hours],
    [words.directory.serves, area.length === 0 ? words.directory.everywhere : area.join(', ')],
    [words.directory.languages, languages.map((code) => languageName(code, locale)).join(', ') || null],
    [words.directory.need, needs.map((need) => words.directory.needs[need]).join(', ') || null],
    [words.directory.web, web?.replace(/^https?:\/\//, '') ?? null],
  ];
  return (
    <li className="entry">
      <div className="entry-head">
        <h2>{name}</h2>
        {referral !== null && <p className="soft">{referral}</p>}
        {telephone !== null && (
          <p className="telephone">
            <span className="visually-hidden">{words.directory.telephone} </span>
            {telephone}
          </p>
        )}
      </div>
      <dl>
        {facts.map(([fact, value]) => value !== null && <Fact key={fact} name={fact} children={value} />)}
      </dl>
      <div className="entry-foot">
        <Verified on={verifiedOn} />
        {taking !== null && <Take name={name} taking={taking} />}
      </div>
    </li>
  );
}
