/** Every question that is asked with every answer there is to it, and the questions that are not. */
import { leafCodes } from '../../contract/codes.js';
import { CONVERSATION, KIND } from '../../contract/kind.js';
import type { AskedVocabulary, Dimension } from '../../contract/vocabulary.js';
import { formOf, hintOf, type Choice, type FormDimension } from '../call/form-vocabulary.js';
import { useLanguage } from '../messages/language.js';

interface AnswersProps {
  readonly dimension: FormDimension;
  /** The codes of one level: those without a parent, or the children of a group. */
  readonly codes: readonly Choice[];
}

/**
 * Answers on one line; a group that opens on a line of its own, after what they have in common. A group that is an answer
 * says what it stands for.
 */
function Answers({ dimension, codes }: AnswersProps) {
  const { locale } = useLanguage();
  return (
    <ul>
      {codes.map((code) => {
        const { id, group, label } = code;
        if (group === true)
          return (
            <li key={id} className="group">
              <span>{label[locale]}:</span>{' '}
              <Answers dimension={dimension} codes={dimension.codes.filter(({ parent }) => parent === id)} />
            </li>
          );
        const hint = hintOf(code, locale);
        return (
          <li key={id}>
            {label[locale]}
            {hint !== undefined && <span className="soft"> ({hint})</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Questions({
  title,
  dimensions,
}: {
  readonly title: string;
  readonly dimensions: readonly FormDimension[];
}) {
  const { locale, words } = useLanguage();
  if (dimensions.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className="questions-asked">
        {dimensions.map((dimension) => (
          <div key={dimension.id} data-dimension={dimension.id}>
            <dt>
              {dimension.label[locale]}
              {dimension.max > 1 && <span className="aside soft"> {words.call.upTo(dimension.max)}</span>}
            </dt>
            <dd>
              <Answers
                dimension={dimension}
                codes={dimension.codes.filter(({ parent }) => parent === undefined)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The questions that the plan leaves out. */
function NotAsked({ dimensions }: { readonly dimensions: readonly Dimension[] }) {
  const { locale, words } = useLanguage();
  if (dimensions.length === 0) return null;
  return (
    <>
      <h3>{words.about.notAsked}</h3>
      <p>{words.about.notAskedWhy}</p>
      <ul className="not-asked">
        {dimensions.map(({ id, label }) => (
          <li key={id}>{label[locale]}</li>
        ))}
      </ul>
    </>
  );
}

export function VocabularyList({ vocabulary }: { readonly vocabulary: AskedVocabulary }) {
  const { locale, words } = useLanguage();
  const { dimensions } = formOf(vocabulary);
  const kinds = dimensions.find(({ id }) => id === KIND)?.codes ?? [];
  const answers = dimensions.reduce((sum, dimension) => sum + leafCodes(dimension).length, 0);
  const of = (applies: Dimension['applies']) =>
    dimensions.filter((dimension) => dimension.applies === applies);
  return (
    <>
      <p className="soft">{words.about.counted(dimensions.length, answers, vocabulary.version)}</p>
      <Questions title={words.about.ofAll} dimensions={of('all')} />
      <Questions
        title={words.about.ofConversations(kinds.find(({ id }) => id === CONVERSATION)?.label[locale] ?? '')}
        dimensions={of('conversation')}
      />
      <NotAsked dimensions={vocabulary.dimensions.filter(({ asked }) => !asked)} />
    </>
  );
}
