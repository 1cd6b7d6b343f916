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
      <dl className="besides">
        {besidesItems.map(([name, kept]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{kept}</dd>
          </div>
        ))}
      </dl>
      <p>{never}</p>
    </section>
  );
}

function Guarantee() {
  const { words } = useLanguage();
  const { guarantee, guaranteeWhat, guaranteeWhy, limits, limitsItems } = words.about;
  return (
    <>
      <section>
        <h2>{guarantee}</h2>
        <p className="promised">{guaranteeWhat}</p>
        <p>{guaranteeWhy}</p>
      </section>
      <section>
        <h2>{limits}</h2>
        <dl className="besides">
          {limitsItems.map(([name, what]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

export function AboutPage() {
  const { words } = useLanguage();
  const { title, lead, run, howLong, questions, questionsWhat, more } = words.about;
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
      <section>
        <h2>{questions}</h2>
        <p>{questionsWhat}</p>
        <p className="soft">{more}</p>
      </section>
    </div>
  );
}
