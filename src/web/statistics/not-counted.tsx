/** What a plan does not give, said plainly, and what to do about it. */
import { AddressLink } from '../address-link.js';
import { paths } from '../supervisor/paths.js';
import { Card } from './card.js';
import { useNames } from './names.js';

interface ListProps {
  readonly lead: string;
  readonly things: readonly string[];
}

function List({ lead, things }: ListProps) {
  if (things.length === 0) return null;
  return (
    <>
      <p>{lead}</p>
      <ul className="plain-list">
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
    </>
  );
}

interface Props extends ListProps {
  /** Of a year: what some of its quarters counted and it cannot add up. */
  readonly notAddedUp: readonly string[];
}

export function NotCounted({ lead, things, notAddedUp }: Props) {
  const { statistics } = useNames();
  if (things.length === 0 && notAddedUp.length === 0) return null;
  return (
    <Card title={statistics.notCountedTitle}>
      <List lead={lead} things={things} />
      <List lead={statistics.notAddedUp} things={notAddedUp} />
      <p>
        <AddressLink to={paths.plan}>{statistics.changeThePlan}</AddressLink>
      </p>
    </Card>
  );
}
