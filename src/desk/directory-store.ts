/** The referral directory in the database: one document for each organisation. */
import type { DataSource } from 'typeorm';
import {
  listedOrganisationSchema,
  type ListedOrganisation,
  type Organisation,
} from '../contract/directory.js';
import type { Sql } from './events.js';

/** Every organisation, by id. */
export async function readDirectory(desk: Sql): Promise<ListedOrganisation[]> {
  const rows: { id: string; document: object }[] = await desk.query(
    'SELECT id, document FROM desk.organisation WHERE document IS NOT NULL ORDER BY id COLLATE "C"',
  );
  return rows.map(({ id, document }) => listedOrganisationSchema.parse({ ...document, id }));
}

/** Stores an organisation, in place of the one that had its id. */
export async function storeOrganisation(desk: Sql, id: string, organisation: Organisation): Promise<void> {
  await desk.query(
    `INSERT INTO desk.organisation (id, document) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
    [id, JSON.stringify(organisation)],
  );
}

/** Removes an organisation; false when there is none. Its id stays, so that no later start brings it back. */
export async function removeOrganisation(desk: Sql, id: string): Promise<boolean> {
  const [rows]: [unknown[], number] = await desk.query(
    'UPDATE desk.organisation SET document = NULL WHERE id = $1 AND document IS NOT NULL RETURNING id',
    [id],
  );
  return rows.length > 0;
}

/** Stores those of the given organisations whose id is new here; one that was changed or removed stays that way. */
export async function addNewOrganisations(
  desk: DataSource,
  organisations: readonly ListedOrganisation[],
): Promise<void> {
  for (const { id, ...organisation } of organisations) {
    await desk.query(
      'INSERT INTO desk.organisation (id, document) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      [id, JSON.stringify(organisation)],
    );
  }
}
