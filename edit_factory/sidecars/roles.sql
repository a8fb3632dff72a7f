-- The users of the database, one a service, and what each may see. Run by a superuser inside the database, as often as
-- one likes: by the embedded server at each start, by compose at the first one. Passwords are set by whoever runs it.
--
--   projection  owns the schema "factory", drops it and makes it anew (edit-factory projection rebuild)
--   gateway     reads "factory" and "catalog"; owns "gateway"; adds to the deliveries in "publish"
--   publish     owns "publish"
--   catalog     reads "factory"; owns "catalog"
--   reconciler  reads "factory"
--   edit_factory  owns the database; for a person: may be any of them

DO $$
DECLARE
    service text;
    found text;
BEGIN
    FOREACH service IN ARRAY ARRAY['projection', 'gateway', 'publish', 'catalog', 'reconciler'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', service);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), service);
        EXECUTE format('GRANT %I TO edit_factory', service);
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'factory_readers') THEN
        CREATE ROLE factory_readers NOLOGIN;
    END IF;

    FOREACH found IN ARRAY ARRAY[current_database()::text, 'postgres', 'template1'] LOOP
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', found);
    END LOOP;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO projection', current_database());

    FOREACH service IN ARRAY ARRAY['gateway', 'publish', 'catalog'] LOOP
        IF to_regnamespace(service) IS NULL THEN
            EXECUTE format('CREATE SCHEMA %I AUTHORIZATION %I', service, service);
        END IF;
    END LOOP;

    -- Before there were users for services, the database's owner owned the tables.
    IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'factory' AND nspowner <> 'projection'::regrole) THEN
        ALTER SCHEMA factory OWNER TO projection;
        FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'factory' LOOP
            EXECUTE format('ALTER TABLE factory.%I OWNER TO projection', found);
        END LOOP;
        GRANT USAGE ON SCHEMA factory TO factory_readers;
        GRANT SELECT ON ALL TABLES IN SCHEMA factory TO factory_readers;
    END IF;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT factory_readers TO gateway, catalog, reconciler;
-- The gateway shows the deliveries of webhooks, and asks for one to be sent or sent again.
GRANT USAGE ON SCHEMA publish TO gateway;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA publish TO gateway;
ALTER DEFAULT PRIVILEGES FOR ROLE publish IN SCHEMA publish GRANT SELECT, INSERT, UPDATE ON TABLES TO gateway;
-- It shows feeds and what was made of them.
GRANT USAGE ON SCHEMA catalog TO gateway;
GRANT SELECT ON ALL TABLES IN SCHEMA catalog TO gateway;
ALTER DEFAULT PRIVILEGES FOR ROLE catalog IN SCHEMA catalog GRANT SELECT ON TABLES TO gateway;
-- Of whatever projection makes, in any schema: a rebuilt one takes the place of the other with its grants in place.
ALTER DEFAULT PRIVILEGES FOR ROLE projection GRANT USAGE ON SCHEMAS TO factory_readers;
ALTER DEFAULT PRIVILEGES FOR ROLE projection GRANT SELECT ON TABLES TO factory_readers;
