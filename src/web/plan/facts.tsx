/** What a plan costs and what its numbers will look like. */
import { useLanguage } from '../messages/language.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import type { Preview } from './preview.js';

/** A count of 20 under the plan, in words. */
function Twenty({ preview }: { readonly preview: Preview }) {
  const { plan } = useSupervisorWords();
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
  const { plan } = useSupervisorWords();
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  const { tables, cost, sigma2, threshold, step } = preview;
  const facts: readonly (readonly [string, string])[] = [
    [plan.counts, plan.tables(tables)],
    [plan.cost, number(cost)],
    [plan.sigma, plan.sigmaValue(number(Math.sqrt(sigma2)), number(sigma2))],
    [plan.threshold, plan.thresholdValue(threshold)],
    [plan.step, plan.stepValue(step)],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div className="twenty">
        <dt>{plan.twenty}</dt>
        <dd>
          <Twenty preview={preview} />
        </dd>
      </div>
    </dl>
  );
}
