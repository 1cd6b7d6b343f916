/** The tables of a plan of one's own: each a question, or one question split by another. */
import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { MONTH, type PlanTable } from '../../contract/plan.js';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { Select } from '../explorer/select.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { hasGroups, named, nextTable } from './own-plan.js';

/** What is chosen for a table; no columns for a question that is not split. */
interface Sides {
  readonly rows: string;
  readonly level: string | undefined;
  readonly columns: string | undefined;
  readonly columnsLevel: string | undefined;
}

type Grouped = (dimension: string | undefined) => boolean;

/** The table that is chosen: a level only where it makes a difference. */
function tableOf({ rows, level, columns, columnsLevel }: Sides, grouped: Grouped): PlanTable {
  const top = (dimension: string, chosen: string | undefined) => chosen === 'top' && grouped(dimension);
  return named({
    rows,
    ...(top(rows, level) && { level: 'top' }),
    ...(columns !== undefined && { columns, ...(top(columns, columnsLevel) && { columnsLevel: 'top' }) }),
  });
}

interface TableProps {
  readonly table: PlanTable;
  readonly number: number;
  readonly dimensions: readonly Dimension[];
  readonly onChange: (table: PlanTable) => void;
  readonly onRemove: () => void;
}

function OneTable({ table, number, dimensions, onChange, onRemove }: TableProps) {
  const { locale } = useLanguage();
  const { own } = useSupervisorWords().plan;
  const { rows, level, columns, columnsLevel } = table;
  const questions = dimensions.map(({ id, label }) => ({ value: id, text: label[locale] }));
  const levels = [
    { value: 'leaf', text: own.leaf },
    { value: 'top', text: own.top },
  ];
  const grouped: Grouped = (id) => hasGroups(dimensions.find((each) => each.id === id));
  const change = (next: Partial<Sides>) => {
    onChange(tableOf({ rows, level, columns, columnsLevel, ...next }, grouped));
  };
  return (
    <fieldset className="own-table">
      <legend>{own.table(number)}</legend>
      <Select
        label={own.rows}
        value={rows}
        options={[{ value: MONTH, text: own.month }, ...questions]}
        onChange={(value) => {
          change({ rows: value });
        }}
      />
      {grouped(rows) && (
        <Select
          label={own.level}
          value={level ?? 'leaf'}
          options={levels}
          onChange={(value) => {
            change({ level: value });
          }}
        />
      )}
      <Select
        label={own.by}
        value={columns ?? ''}
        options={[{ value: '', text: own.nothing }, ...questions]}
        onChange={(value) => {
          change({ columns: value === '' ? undefined : value });
        }}
      />
      {grouped(columns) && (
        <Select
          label={own.level}
          value={columnsLevel ?? 'leaf'}
          options={levels}
          onChange={(value) => {
            change({ columnsLevel: value });
          }}
        />
      )}
      <button type="button" className="link" aria-label={own.remove(number)} onClick={onRemove}>
        <Trash2 size={16} aria-hidden="true" />
      </button>
    </fieldset>
  );
}

interface Props {
  readonly tables: readonly PlanTable[];
  readonly vocabulary: Vocabulary;
  readonly onChange: (tables: readonly PlanTable[]) => void;
}

export function OwnTables({ tables, vocabulary, onChange }: Props) {
  const { own } = useSupervisorWords().plan;
  const id = useId();
  return (
    <section className="own-tables" aria-labelledby={id}>
      <h2 id={id}>{own.title}</h2>
      {tables.map((table, index) => (
        <OneTable
          // Its place is what a table is known by while it is being put together.
          key={index}
          table={table}
          number={index + 1}
          dimensions={vocabulary.dimensions}
          onChange={(next) => {
            onChange(tables.with(index, next));
          }}
          onRemove={() => {
            onChange(tables.toSpliced(index, 1));
          }}
        />
      ))}
      <button
        type="button"
        className="button"
        onClick={() => {
          onChange([...tables, nextTable(tables, vocabulary)]);
        }}
      >
        <Plus size={16} aria-hidden="true" />
        {own.add}
      </button>
    </section>
  );
}
