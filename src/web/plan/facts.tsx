/** What a number under a plan will look like, and the sums behind it for whoever wants to check them. */
import { useLanguage } from '../messages/language.js';
import { usePlanWords } from '../messages/plan.js';
import type { Preview } from './preview.js';

/** A count of 20 under the plan, in words. */
function Twenty({ preview }: { readonly preview: Preview }) {
  const plan = usePlanWords();
  const { twenty, twentyUnder, threshold, uncertainty } = preview;
  if (twenty === null) return <strong>{plan.twentyUnder(threshold)}</strong>;
  return (
    <>
      <strong>{plan.twentyValue(twenty, uncertainty)}</strong>
      {twentyUnder >= 0.01 && <span className="soft">, {plan.twentyOften(twentyUnder, threshold)}</span>}
    </>
  );
}

export function PlanFacts({ preview }: { readonly preview: Preview }) {
  const { locale } = useLanguage();
  const plan = usePlanWords();
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  const { tables, cost, sigma2, threshold, step } = preview;
  const facts: readonly (readonly [string, string])[] = [
    [plan.counts, plan.tables(tables)],
    [plan.cost, plan.costValue(number(cost))],
    [plan.sigma, plan.sigmaValue(number(Math.sqrt(sigma2)), number(sigma2))],
    [plan.threshold, plan.thresholdValue(threshold)],
    [plan.step, plan.stepValue(step)],
  ];
  return (
    <>
      <p>
        {plan.twenty} <Twenty preview={preview} />.
      </p>
      <details className="sums">
        <summary>{plan.check}</summary>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
