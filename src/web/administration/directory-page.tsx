/** The referral directory as it is kept: every organisation, and a form for the one that is chosen. */
import { ChevronDown, CircleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { ListedOrganisation } from '../../contract/directory.js';
import type { Code, Vocabulary } from '../../contract/vocabulary.js';
import { placesOf } from '../directory/names.js';
import { useLeaveGuard } from '../leaving.js';
import { Loading } from '../loaded.js';
import { useLanguage, useTitle } from '../messages/language.js';
import { ErrorText, Notice } from '../notice.js';
import { AskFirst, useQuestion } from '../ask-first.js';
import '../styles/organisations.css';
import '../styles/parts.css';
import { OrganisationForm } from './organisation-form.js';
import { useOrganisations } from './use-organisations.js';
import { useAdministration } from './words.js';

const rowId = (id: string) => `organisation-${id}`;
/** So many places are named in a row. */
const mostPlaces = 4;

interface RowProps {
  readonly organisation: ListedOrganisation;
  readonly vocabulary: Vocabulary;
  readonly places: readonly Code[];
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** One organisation in brief; pressed, it opens or closes its form. */
function Row({ organisation, vocabulary, places, open, onToggle }: RowProps) {
  const { t } = useAdministration();
  const { locale, words } = useLanguage();
  const { id, name, referral, verifiedOn } = organisation;
  const codes = vocabulary.dimensions.find((dimension) => dimension.id === 'referral')?.codes ?? [];
  const area = [...organisation.counties, ...organisation.municipalities].map(
    (code) => places.find((place) => place.id === code)?.label[locale] ?? code,
  );
  const named = area.slice(0, mostPlaces).join(', ');
  const more = area.length > mostPlaces ? ` ${t.directory.more(area.length - mostPlaces)}` : '';
  return (
    <button type="button" id={rowId(id)} className="organisation-row" aria-expanded={open} onClick={onToggle}>
      <span className="name">{name} </span>
      <span>{codes.find((code) => code.id === referral)?.label[locale] ?? referral} </span>
      <span className="soft">{area.length === 0 ? words.directory.everywhere : named + more} </span>
      {verifiedOn === null ? (
        <span>
          <span className="unverified">
            <CircleAlert size={16} aria-hidden="true" />
            {words.directory.check}
          </span>
        </span>
      ) : (
        <span className="soft">{words.directory.verified(verifiedOn)}</span>
      )}
      <ChevronDown size={18} aria-hidden="true" />
    </button>
  );
}

type Editing = ReturnType<typeof useOrganisations>;

/** Leads the focus to what was just saved, once it is in the list, or to the beginning of a new one's form. */
function useFocusOnNews({ news, open, loaded }: Editing) {
  const top = useRef<HTMLButtonElement>(null);
  const fresh = useRef<HTMLDivElement>(null);
  const told = useRef<Editing['news']>(null);
  const adding = open !== null && open.id === null;
  useEffect(() => {
    if (adding) fresh.current?.querySelector('input')?.focus();
  }, [adding]);
  useEffect(() => {
    if (news === null || told.current === news) return;
    const target = news.what === 'removed' ? top.current : document.getElementById(rowId(news.id));
    if (target === null) return;
    told.current = news;
    target.focus();
  }, [news, loaded]);
  return { top, fresh };
}

interface ListProps {
  readonly editing: Editing;
  readonly organisations: readonly ListedOrganisation[];
  readonly vocabulary: Vocabulary;
  /** Does what would lose changes, after asking where there are some. */
  readonly layAside: (proceed: () => void) => void;
}

function Organisations({ editing, organisations, vocabulary, layAside }: ListProps) {
  const { t } = useAdministration();
  const { open, news, unsaved, change, undo, save, close } = editing;
  const { top, fresh } = useFocusOnNews(editing);
  const removing = useQuestion();
  const places = useMemo(() => placesOf(vocabulary), [vocabulary]);
  const chosen = organisations.find(({ id }) => id === open?.id);
  const tell = news !== null && <Notice>{t.directory[news.what](news.name)}</Notice>;
  const sorted = organisations.toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
  const unchecked = organisations.filter(({ verifiedOn }) => verifiedOn === null).length;
  const shared = { vocabulary, unsaved, onChange: change, onSave: save, onUndo: undo };
  const cancel = () => {
    layAside(() => {
      close();
      top.current?.focus();
    });
  };
  return (
    <>
      <div className="organisations-head">
        <h2>
          {organisations.length === 0
            ? t.directory.empty
            : t.directory.count(organisations.length, unchecked)}
        </h2>
        <button
          ref={top}
          type="button"
          className="button"
          onClick={() => {
            if (open === null || open.id !== null) layAside(editing.openNew);
          }}
        >
          {t.directory.add}
        </button>
      </div>
      {news?.what === 'removed' && tell}
      {open !== null && open.id === null && (
        <div ref={fresh} className="organisation-new">
          <h3>{t.directory.addTitle}</h3>
          <OrganisationForm
            {...shared}
            label={t.directory.addTitle}
            draft={open.draft}
            newest={open.before}
            meanwhile={null}
            onRemove={null}
            onCancel={cancel}
          />
        </div>
      )}
      <ul className="organisations">
        {sorted.map((organisation) => {
          const { id, name } = organisation;
          const isOpen = open?.id === id;
          return (
            <li key={id}>
              <Row
                organisation={organisation}
                vocabulary={vocabulary}
                places={places}
                open={isOpen}
                onToggle={() => {
                  layAside(() => {
                    if (isOpen) close();
                    else editing.openOne(organisation);
                  });
                }}
              />
              {news?.id === id && news.what !== 'removed' && tell}
              {isOpen && (
                <OrganisationForm
                  {...shared}
                  label={name}
                  draft={open.draft}
                  newest={open.before}
                  meanwhile={open.meanwhile}
                  onCancel={null}
                  onRemove={() => {
                    removing.ask(() => void editing.remove(id, name));
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {removing.asked && chosen !== undefined && (
        <AskFirst
          {...t.directory.removing}
          title={t.directory.removing.title(chosen.name)}
          answer={removing.answer}
        />
      )}
    </>
  );
}

export function DirectoryPage() {
  const { t, tell } = useAdministration();
  useTitle(t.directory.title);
  const editing = useOrganisations();
  const { asked, ask, answer } = useQuestion();
  const { loaded, reload, unsaved, problem } = editing;
  useLeaveGuard(unsaved, ask);
  return (
    <div className="page administration parts">
      <h1>{t.directory.title}</h1>
      <p className="lead">{t.directory.intro}</p>
      {problem !== null && <ErrorText>{tell(problem)}</ErrorText>}
      {loaded.status === 'here' ? (
        <Organisations
          editing={editing}
          organisations={loaded.body.organisations}
          vocabulary={loaded.body.vocabulary}
          layAside={(proceed) => {
            if (unsaved) ask(proceed);
            else proceed();
          }}
        />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
      {asked && <AskFirst {...t.directory.leaving} answer={answer} />}
    </div>
  );
}
