/** What Tyst keeps of a call, for anybody who wants to know: in short, with the questions as they are right now. */
import { getAbout } from '../../contract/api/vocabulary.js';
import type { About } from '../../contract/vocabulary.js';
import { call } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useLanguage, useTitle } from '../messages/language.js';
import '../styles/about.css';
import { useFocus } from '../use-focus.js';
import { VocabularyList } from './vocabulary-list.js';

const load = () => call(getAbout);

function Lifetimes() {
  const { words } = useLanguage();
  const { when, what, lifetimes } = words.about;
  return (
    <table className="lifetimes">
      <thead>
        <tr>
          <th scope="col">{when}</th>
          <th scope="col">{what}</th>
        </tr>
      </thead>
      <tbody>
        {lifetimes.map(([moment, kept]) => (
          <tr key={moment}>
            <th scope="row">{moment}</th>
            <td>{kept}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type LoadedAbout = ReturnType<typeof useLoaded<About>>;

type Item = readonly [name: string, what: string];

function Items({ items }: { readonly items: readonly Item[] }) {
  return (
    <dl className="besides">
      {items.map(([name, what]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

function Everything({ loaded, reload }: LoadedAbout) {
  const { words } = useLanguage();
  const { everything, everythingWhy, besides, besidesItems, never } = words.about;
  return (
    <section>
      <h2>{everything}</h2>
      <p>{everythingWhy}</p>
      {loaded.status === 'here' ? (
        <VocabularyList vocabulary={loaded.body.vocabulary} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
      <h3>{besides}</h3>
      <Items items={besidesItems} />
      <p>{never}</p>
    </section>
  );
}

function Guarantee() {
  const { words } = useLanguage();
  const { guarantee, guaranteeWhat, guaranteeStories, guaranteeWhy } = words.about;
  return (
    <section>
      <h2>{guarantee}</h2>
      <div className="promised">
        <p>{guaranteeWhat}</p>
        <p>{guaranteeStories}</p>
      </div>
      <p>{guaranteeWhy}</p>
    </section>
  );
}

/** What the promise does not cover: a part with a heading, item by item. */
function Beyond({ title, items }: { readonly title: string; readonly items: readonly Item[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <Items items={items} />
    </section>
  );
}

export function AboutPage() {
  const { words } = useLanguage();
  const { title, lead, run, howLong, questions, questionsWhat, more } = words.about;
  const { copies, copiesItems, limits, limitsItems } = words.about;
  const about = useLoaded(load);
  const organisation = about.loaded.status === 'here' ? about.loaded.body.organisation : null;
  const heading = useFocus();
  useTitle(title);
  return (
    <div className="page about">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="lead">{lead}</p>
      {organisation !== null && <p>{run(organisation)}</p>}
      <section>
        <h2>{howLong}</h2>
        <Lifetimes />
      </section>
      <Everything {...about} />
      <Guarantee />
      <Beyond title={copies} items={copiesItems} />
      <Beyond title={limits} items={limitsItems} />
      <section>
        <h2>{questions}</h2>
        <p>{questionsWhat}</p>
        <p className="soft">{more}</p>
      </section>
    </div>
  );
}
