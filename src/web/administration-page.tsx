import { useLanguage, useTitle } from './messages/language.js';

/** What an administrator does, and with which command. */
export function AdministrationPage() {
  const { words } = useLanguage();
  const { title, intro, accounts, accountsWhy, plan, planWhy } = words.administration;
  useTitle(title);
  return (
    <div className="page prose">
      <h1>{title}</h1>
      <p>{intro}</p>
      <h2>{accounts}</h2>
      <p>{accountsWhy}</p>
      <pre>npx tyst user add --username anna --role handler</pre>
      <h2>{plan}</h2>
      <p>{planWhy}</p>
      <pre>{'npx tyst plan show 2027-Q1\nnpx tyst plan set 2027-Q1 --preset small'}</pre>
    </div>
  );
}
