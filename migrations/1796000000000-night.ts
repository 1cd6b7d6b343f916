import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The night keeps nothing: calls are sealed envelopes, what is counted of them stands in one blob a quarter, and what is
 * published is one noisy answer a query. What version 0.1 holds of calls is set aside; the keeper counts it at its first
 * start, with keys that no migration has, and then drops it.
 */
export class Night1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await setAside(runner);
    await runner.query(`
      CREATE TABLE intake.key (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
        public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
        open boolean NOT NULL,
        only_one boolean NOT NULL DEFAULT true UNIQUE CHECK (only_one)
      );
      CREATE TABLE intake.call (
        receipt_hash bytea PRIMARY KEY CHECK (octet_length(receipt_hash) = 32),
        key_id text NOT NULL REFERENCES intake.key (id),
        day date NOT NULL,
        month text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        envelope bytea NOT NULL CHECK (octet_length(envelope) = 304)
      ) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
      ALTER TABLE intake.call
        ALTER receipt_hash SET STATISTICS 0, ALTER key_id SET STATISTICS 0, ALTER day SET STATISTICS 0,
        ALTER month SET STATISTICS 0, ALTER envelope SET STATISTICS 0, ALTER envelope SET STORAGE PLAIN;

      ALTER TABLE intake.receipt_memory RENAME TO receipts_before;
      ALTER INDEX intake.receipt_memory_pkey RENAME TO receipts_before_pkey;
    `);
    // Two of them: the nightly rewriting fills the one while people still read the other.
    for (const table of ['receipt_memory_a', 'receipt_memory_b'])
      await runner.query(`
        CREATE TABLE intake.${table} (
          receipt_hash bytea PRIMARY KEY CHECK (octet_length(receipt_hash) = 32),
          forget_on date NOT NULL CHECK (extract(isodow FROM forget_on) = 1)
        ) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
        ALTER TABLE intake.${table} ALTER receipt_hash SET STATISTICS 0, ALTER forget_on SET STATISTICS 0;
      `);
    await runner.query(`
      INSERT INTO intake.receipt_memory_a (receipt_hash, forget_on)
        SELECT receipt_hash, (date_trunc('week', forget_on + 6))::date FROM intake.receipts_before ORDER BY receipt_hash;
      CREATE VIEW intake.receipt_memory AS
        SELECT receipt_hash, forget_on FROM intake.receipt_memory_a
        UNION ALL SELECT receipt_hash, forget_on FROM intake.receipt_memory_b;

      CREATE TABLE sealed.counters (
        quarter text PRIMARY KEY CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        key_id text NOT NULL CHECK (key_id ~ '^[0-9a-f]{32}$'),
        blob bytea NOT NULL
      );
      ALTER TABLE sealed.counters ALTER blob SET STATISTICS 0, ALTER blob SET STORAGE EXTERNAL;

      CREATE TABLE sealed.request (
        id uuid PRIMARY KEY,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'answered', 'refused')),
        envelope bytea,
        answer bytea,
        CHECK ((state IN ('waiting', 'taken')) = (envelope IS NOT NULL)),
        CHECK ((state = 'answered') = (answer IS NOT NULL))
      );
      ALTER TABLE sealed.request
        ALTER id SET STATISTICS 0, ALTER state SET STATISTICS 0,
        ALTER envelope SET STATISTICS 0, ALTER answer SET STATISTICS 0,
        ALTER envelope SET STORAGE EXTERNAL, ALTER answer SET STORAGE EXTERNAL;

      ALTER TABLE published.installation
        ADD id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD sealed_on date;
      UPDATE published.installation SET sealed_on = (
        SELECT max(day) FROM (
          SELECT forget_on - 7 AS day FROM intake.receipts_before
          UNION ALL SELECT published_on FROM published.period
          UNION ALL SELECT day FROM desk.event
        ) AS known
      );
      DROP TABLE intake.receipts_before;

      ALTER TABLE published.quarter_plan
        ADD queries jsonb,
        ADD display_rules integer NOT NULL DEFAULT 1,
        ADD counted_from date;
      CREATE TABLE published.imported_month (
        month text PRIMARY KEY CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
      );
      CREATE TABLE published.noisy_answer (
        period text NOT NULL REFERENCES published.period (id),
        query integer NOT NULL CHECK (query >= 0),
        noisy bigint NOT NULL,
        PRIMARY KEY (period, query)
      );
      INSERT INTO published.noisy_answer (period, query, noisy)
        SELECT t.period, row_number() OVER (PARTITION BY t.period ORDER BY planned.place, answer.place) - 1, answer.noisy
        FROM published.noisy_table t
        JOIN published.period p ON p.id = t.period
        JOIN published.quarter_plan q ON q.quarter = p.quarter
        CROSS JOIN LATERAL jsonb_array_elements(q.plan -> 'tables') WITH ORDINALITY AS planned (document, place)
        CROSS JOIN LATERAL unnest(t.noisy) WITH ORDINALITY AS answer (noisy, place)
        WHERE planned.document ->> 'id' = t.id;
      DROP TABLE published.noisy_table;
    `);
    await runner.query(`
      CREATE FUNCTION desk.write_anew() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        LOCK TABLE desk.session, desk.event IN ACCESS EXCLUSIVE MODE;
        CREATE TEMPORARY TABLE sessions_aside ON COMMIT DROP AS SELECT * FROM desk.session;
        CREATE TEMPORARY TABLE events_aside ON COMMIT DROP AS SELECT * FROM desk.event;
        TRUNCATE desk.session, desk.event;
        INSERT INTO desk.session SELECT * FROM pg_temp.sessions_aside ORDER BY token_hash;
        INSERT INTO desk.event OVERRIDING SYSTEM VALUE SELECT * FROM pg_temp.events_aside ORDER BY id;
      END $$;
      REVOKE ALL ON FUNCTION desk.write_anew() FROM PUBLIC;
    `);
  }

  async down(): Promise<void> {
    return Promise.reject(new Error('Calls that were sealed cannot be opened again for version 0.1.'));
  }
}

/** Sets the open calls of version 0.1 aside where it holds any, and else drops their table. */
async function setAside(runner: QueryRunner): Promise<void> {
  const [found] = (await runner.query(`
    SELECT EXISTS (SELECT 1 FROM intake.call) OR EXISTS (
      SELECT 1 FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r' AND relname LIKE 'calls\\_%'
    ) AS held`)) as [{ held: boolean }];
  if (!found.held) {
    await runner.query('DROP TABLE intake.call');
    return;
  }
  await runner.query(`
    ALTER TABLE intake.call SET SCHEMA sealed;
    ALTER TABLE sealed.call RENAME TO open_calls_before;
    CREATE FUNCTION sealed.forget_before() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      DROP TABLE sealed.open_calls_before;
      DROP FUNCTION sealed.forget_before();
    END $$;
    REVOKE ALL ON FUNCTION sealed.forget_before() FROM PUBLIC;
  `);
}
