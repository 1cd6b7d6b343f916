/** The tables of a plan by their titles. */
import type { PlanTable } from '../../contract/plan.js';
import { useNames } from '../statistics/names.js';
import { tableTitle } from '../statistics/titles.js';

const side = (dimension: string, level: PlanTable['level']) => ({ dimension, level: level ?? 'leaf' });

export function PlanTables({ tables }: { readonly tables: readonly PlanTable[] }) {
  const names = useNames();
  return (
    <ul className="plain-list in-columns">
      {tables.map(({ id, rows, level, columns, columnsLevel }) => (
        <li key={id}>
          {tableTitle(names, {
            rows: side(rows, level),
            columns: columns === undefined ? null : side(columns, columnsLevel),
          })}
        </li>
      ))}
    </ul>
  );
}
