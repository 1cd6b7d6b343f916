/** What the desk's statements run on. */
import type { DataSource, EntityManager } from 'typeorm';

/** A pool, or a transaction in it. */
export type Sql = DataSource | EntityManager;
