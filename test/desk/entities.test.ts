/** The desk's entities are the tables that the migrations make: each column, its type, its nullability, its key. */
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.destroy();
});

type EntityColumn = TestDatabase['desk']['entityMetadatas'][number]['columns'][number];

/** A column in the words of the catalogue: "account.locale text NOT NULL". */
interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
}

const described = ({ name, type, nullable, primary }: Column): string =>
  `${name} ${type}${nullable ? '' : ' NOT NULL'}${primary ? ' PRIMARY KEY' : ''}`;

async function liveColumns(): Promise<Column[]> {
  return database.owner.query(
    `SELECT c.relname || '.' || a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable, coalesce(a.attnum = ANY (i.indkey), false) AS primary
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
     WHERE c.relnamespace = 'desk'::regnamespace AND c.relkind = 'r'`,
  );
}

function entityColumns(): Column[] {
  const { entityMetadatas, driver } = database.desk;
  /** As `format_type` writes it, which puts the precision of a time into the middle: "timestamp(0) with time zone[]". */
  const typeOf = ({ type, precision, isArray }: EntityColumn): string => {
    const plain = driver.normalizeType({ type });
    const precise = typeof precision === 'number' ? plain.replace(/^\w+/, `$&(${precision})`) : plain;
    return isArray ? `${precise}[]` : precise;
  };
  return entityMetadatas.flatMap(({ tableName, columns }) =>
    columns.map((column) => ({
      name: `${tableName}.${column.databaseName}`,
      type: typeOf(column),
      nullable: column.isNullable,
      primary: column.isPrimary,
    })),
  );
}

test('every table of schema desk has its entity, and every entity its table', async () => {
  const live = await liveColumns();
  expect(live.length).toBeGreaterThan(40);
  expect(entityColumns().map(described).toSorted()).toEqual(live.map(described).toSorted());
  expect(database.desk.entityMetadatas.every(({ schema }) => schema === 'desk')).toBe(true);
});
