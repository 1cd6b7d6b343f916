/** What a plan does not give, said plainly, and what to do about it. */
import { AddressLink } from '../address-link.js';
import { paths } from '../supervisor/paths.js';
import { Card } from './card.js';
import { useNames } from './names.js';

interface Props {
  /** The plan of the period in words. */
  readonly plan: string;
  /** What somebody may look for and not find. */
  readonly things: readonly string[];
}

export function NotCounted({ plan, things }: Props) {
  const { statistics } = useNames();
  if (things.length === 0) return null;
  return (
    <Card title={statistics.notCountedTitle}>
      <p>{statistics.notCounted(plan)}</p>
      <ul className="plain-list">
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
      <p>
        <AddressLink to={paths.plan}>{statistics.changeThePlan}</AddressLink>
      </p>
    </Card>
  );
}
