/** The referral directory in the database: one document for each organisation. */
import { IsNull, Not } from 'typeorm';
import { z } from 'zod';
import {
  listedOrganisationSchema,
  type ListedOrganisation,
  type Organisation,
  type SuppliedOrganisation,
} from '../../contract/directory.js';
import type { Database, Sql } from '../../platform/database.js';
import { affected, all } from '../../platform/statements.js';
import { organisations } from '../entities.js';

/** An organisation's tag, made of its document alone. */
const TAG = `left(encode(sha256(convert_to(document::text, 'UTF8')), 'hex'), 16)`;

/** Every organisation, by id. */
export async function readDirectory(desk: Sql): Promise<ListedOrganisation[]> {
  const rows = await all(
    desk,
    z.strictObject({ id: z.string(), tag: z.string(), document: z.looseObject({}) }),
    `SELECT id, ${TAG} AS tag, document FROM desk.organisation
     WHERE document IS NOT NULL ORDER BY id COLLATE "C"`,
  );
  return rows.map(({ id, tag, document }) => listedOrganisationSchema.parse({ ...document, id, tag }));
}

/** Stores an organisation in place of the one of its id whose tag is given. */
async function replaceOrganisation(desk: Sql, id: string, document: string, tag: string): Promise<boolean> {
  // One that is there already in every word was stored by this same change, whose answer was lost on the way.
  const replaced = await affected(
    desk,
    `UPDATE desk.organisation SET document = $2 WHERE id = $1 AND (${TAG} = $3 OR document = $2::jsonb)`,
    [id, document, tag],
  );
  return replaced > 0;
}

/**
 * Stores an organisation, in place of the one that had its id. With a tag, only in place of that state of it; with null
 * as tag, only where there is none. False when it was not stored, because there is something else.
 */
export async function storeOrganisation(
  desk: Sql,
  id: string,
  organisation: Organisation,
  tag?: string | null,
): Promise<boolean> {
  const document = JSON.stringify(organisation);
  if (typeof tag === 'string') return replaceOrganisation(desk, id, document, tag);
  const stored = await affected(
    desk,
    `INSERT INTO desk.organisation AS known (id, document) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET document = excluded.document WHERE $3 OR known.document IS NULL`,
    [id, document, tag === undefined],
  );
  return stored > 0;
}

/**
 * Removes an organisation, with a tag only in that state. False when there is none such. Its id stays, so that no later
 * start brings it back.
 */
export async function removeOrganisation(desk: Sql, id: string, tag?: string): Promise<boolean> {
  const removed = await affected(
    desk,
    `UPDATE desk.organisation SET document = NULL
     WHERE id = $1 AND document IS NOT NULL AND ($2::text IS NULL OR ${TAG} = $2)`,
    [id, tag ?? null],
  );
  return removed > 0;
}

/** Whether there is an organisation of an id. */
export async function hasOrganisation(desk: Sql, id: string): Promise<boolean> {
  return desk.getRepository(organisations).existsBy({ id, document: Not(IsNull()) });
}

/** Stores those of the given organisations whose id is new here; one that was changed or removed stays that way. */
export async function addNewOrganisations(
  desk: Database,
  supplied: readonly SuppliedOrganisation[],
): Promise<void> {
  for (const { id, ...organisation } of supplied) {
    await affected(
      desk,
      'INSERT INTO desk.organisation (id, document) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      [id, JSON.stringify(organisation)],
    );
  }
}
