REVOKE ALL ON DATABASE "{database}" FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA intake FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON ALL TABLES IN SCHEMA intake FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON SCHEMA sealed FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON SCHEMA published FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON ALL TABLES IN SCHEMA published FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON SCHEMA desk FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE ALL ON ALL TABLES IN SCHEMA desk FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
REVOKE UPDATE (codes, month), SELECT (receipt_hash) ON intake.call FROM PUBLIC, "{database}_intake", "{database}_reader", "{database}_desk", "{database}_keeper";
GRANT CONNECT ON DATABASE "{database}" TO "{database}_intake";
GRANT USAGE ON SCHEMA intake, published TO "{database}_intake";
    GRANT INSERT, DELETE, UPDATE (codes, month), SELECT (receipt_hash) ON intake.call TO "{database}_intake";
    GRANT SELECT ON intake.receipt_memory TO "{database}_intake";
    GRANT SELECT ON published.period TO "{database}_intake";
GRANT CONNECT ON DATABASE "{database}" TO "{database}_reader";
GRANT USAGE ON SCHEMA published TO "{database}_reader";
    GRANT SELECT ON ALL TABLES IN SCHEMA published TO "{database}_reader";
GRANT CONNECT ON DATABASE "{database}" TO "{database}_desk";
GRANT USAGE ON SCHEMA desk TO "{database}_desk";
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.account, desk.session, desk.invitation, desk.sign_in_failure TO "{database}_desk";
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.two_factor, desk.recovery_code, desk.used_code, desk.setting TO "{database}_desk";
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.unanswered TO "{database}_desk";
    GRANT SELECT, INSERT, UPDATE ON desk.plan, desk.vocabulary TO "{database}_desk";
    GRANT SELECT, INSERT, UPDATE ON desk.organisation TO "{database}_desk";
    GRANT SELECT, INSERT ON desk.event, desk.release_request TO "{database}_desk";
    GRANT SELECT ON desk.import_key TO "{database}_desk";
    GRANT SELECT, INSERT, DELETE ON desk.import_request TO "{database}_desk";
GRANT CONNECT ON DATABASE "{database}" TO "{database}_keeper";
GRANT USAGE ON SCHEMA intake, published, desk TO "{database}_keeper";
    GRANT USAGE, CREATE ON SCHEMA sealed TO "{database}_keeper";
    GRANT SELECT, INSERT, DELETE, TRUNCATE ON intake.call, intake.receipt_memory TO "{database}_keeper";
    GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA published TO "{database}_keeper";
    GRANT SELECT ON desk.plan, desk.vocabulary, desk.release_request, desk.setting, desk.unanswered TO "{database}_keeper";
    GRANT INSERT ON desk.event TO "{database}_keeper";
    GRANT SELECT, INSERT, UPDATE ON desk.import_key TO "{database}_keeper";
    GRANT SELECT, UPDATE, DELETE ON desk.import_request TO "{database}_keeper";
GRANT TEMPORARY ON DATABASE "{database}" TO "{database}_keeper";
DO $$ DECLARE f regprocedure; BEGIN
      FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'pg_catalog' AND (p.proname LIKE 'pg\_stat\_get\_%'
          OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_total_relation_size', 'pg_indexes_size'))
      LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP;
    END $$;
GRANT pg_checkpoint TO "{database}_keeper";
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO "{database}_keeper";
