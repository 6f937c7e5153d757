/** Something that may stand in the catalog although a query reports it, and why. */
export type Allowed = Readonly<Record<string, string>>

/** A query over the system catalog. Each row it returns is a hole in the isolation of tenants, in words, in column `found`. */
export type CatalogQuery = { readonly name: string; readonly sql: string; readonly allowed?: Allowed }

const tenantTables = `pg_class c
join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`

const structure: readonly CatalogQuery[] = [
  {
    name: 'tables and partitions without forced row-level security',
    sql: `select c.oid::regclass::text as found from ${tenantTables} and not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    name: 'policies of the runtime role without the sub-select and nullif',
    sql: `select tablename || '.' || policyname as found from pg_policies
      where schemaname = 'public' and 'livery_system' <> all (roles)
        and coalesce(qual, with_check) !~ 'SELECT \\(?NULLIF\\(current_setting\\(''app\\.tenant_id'''`,
    allowed: {
      'outbox.relay_reading': 'livery_jobs hands on the events of all tenants; it reads no other table',
      'outbox.relay_marking': 'livery_jobs marks what it handed on, by a grant on sent_at alone',
    },
  },
  {
    name: 'primary and unique keys that do not start with tenant_id',
    sql: `select i.indexrelid::regclass::text as found from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
      join pg_attribute t on t.attrelid = i.indrelid and t.attname = 'tenant_id'
      where i.indisunique and i.indkey[0] <> t.attnum`,
    allowed: { store_domains_host_key: 'a host answers for one tenant in the whole installation; that it is taken shows in DNS anyway' },
  },
  {
    name: 'foreign keys between tenant tables that do not carry tenant_id on both sides',
    sql: `select f.conname::text as found from pg_constraint f
      join pg_attribute s on s.attrelid = f.conrelid and s.attname = 'tenant_id'
      join pg_attribute d on d.attrelid = f.confrelid and d.attname = 'tenant_id'
      where f.contype = 'f' and (array_position(f.conkey, s.attnum) is null
        or array_position(f.conkey, s.attnum) is distinct from array_position(f.confkey, d.attnum))`,
  },
  {
    name: 'views that run as their owner, and every materialised view',
    sql: `select c.oid::regclass::text as found from pg_class c
      where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or c.relkind = 'v'
        and not coalesce('security_invoker=on' = any (c.reloptions) or 'security_invoker=true' = any (c.reloptions), false))`,
  },
  {
    name: 'tables without tenant_id',
    sql: `select c.oid::regclass::text as found from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped)`,
    allowed: { _prisma_migrations: 'which migrations were applied; holds nothing of a tenant, and the runtime role has no grant on it' },
  },
  {
    name: 'tenant tables without a policy',
    sql: `select c.oid::regclass::text as found from ${tenantTables} and not exists (select from pg_policy p where p.polrelid = c.oid)`,
  },
  {
    name: 'tables of accounts with a policy that asks neither for the scope nor for the account',
    sql: `select p.tablename || '.' || p.policyname as found from pg_policies p
      join pg_class c on c.relname = p.tablename and c.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where p.schemaname = 'public' and 'livery_app' = any (p.roles) and p.cmd <> 'INSERT'
        and coalesce(p.qual, p.with_check) !~ 'app\\.scope'`,
  },
  {
    name: 'tenant_id that may be null or has a default',
    sql: `select c.oid::regclass::text as found from ${tenantTables} and (not t.attnotnull or t.atthasdef)`,
  },
  {
    name: 'enum columns in tenant tables',
    sql: `select c.oid::regclass || '.' || e.attname as found from ${tenantTables.replace(
      'where',
      `
      join pg_attribute e on e.attrelid = c.oid and e.attnum > 0 and not e.attisdropped
      join pg_type y on y.oid = e.atttypid and y.typtype = 'e'
      where`,
    )}`,
  },
]

const rights: readonly CatalogQuery[] = [
  {
    name: 'grants the runtime role, or everyone, must not have',
    sql: `select c.oid::regclass || ' ' || p.privilege_type as found from pg_class c cross join lateral aclexplode(c.relacl) p
      where p.grantee in ('livery_app'::regrole, 0)
        and (p.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER') or c.relispartition)`,
  },
  {
    name: 'grants to everyone',
    sql: `select c.oid::regclass || ' ' || p.privilege_type as found from pg_class c cross join lateral aclexplode(c.relacl) p
      where c.relnamespace = 'public'::regnamespace and p.grantee = 0`,
  },
  {
    name: 'grants of the runtime role on tables without tenant_id',
    sql: `select c.oid::regclass || ' ' || p.privilege_type as found from pg_class c cross join lateral aclexplode(c.relacl) p
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and p.grantee in ('livery_app'::regrole, 0)
        and not exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped)`,
  },
  {
    name: 'update or delete on ledger, posted invoices and audit',
    sql: `select c.relname || ' ' || p.privilege_type as found from pg_class c
      cross join lateral (
        select privilege_type, grantee from aclexplode(c.relacl)
        union all
        select x.privilege_type, x.grantee from pg_attribute a cross join lateral aclexplode(a.attacl) x where a.attrelid = c.oid
      ) p
      where c.relnamespace = 'public'::regnamespace and p.grantee in ('livery_app'::regrole, 0) and p.privilege_type in ('UPDATE', 'DELETE')
        and c.relname in ('ledger_entries', 'ledger_postings', 'invoices', 'invoice_lines', 'invoice_taxes', 'audit_entries')`,
  },
  {
    name: 'functions that run as their owner',
    sql: `select p.oid::regprocedure::text as found from pg_proc p
      where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
    allowed: {
      'ensure_raw_usage_partition(date)':
        'the runtime role cannot create tables; the function makes one month, with the policy and without a grant',
    },
  },
  {
    name: 'functions that run as their owner and do not set search_path',
    sql: `select p.oid::regprocedure::text as found from pg_proc p
      where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        and not exists (select from unnest(p.proconfig) s where s like 'search_path=%')`,
  },
  {
    name: 'things the runtime role owns',
    sql: `select coalesce(nullif(d.classid::regclass::text, ''), '?') || ' ' || d.objid as found from pg_shdepend d
      where d.refclassid = 'pg_authid'::regclass and d.refobjid = 'livery_app'::regrole and d.deptype = 'o'`,
  },
  {
    name: 'a runtime role above its station',
    sql: `select 'attribute of ' || rolname as found from pg_roles
      where rolname in ('livery_app', 'livery_system', 'livery_jobs') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
      union all
      select 'member of ' || m.roleid::regrole from pg_auth_members m where m.member = 'livery_app'::regrole
      union all
      select 'create in ' || n.nspname from pg_namespace n
      where n.nspname !~ '^pg_' and has_schema_privilege('livery_app', n.oid, 'create')
      union all
      select 'usage of ' || n.nspname from pg_namespace n
      where n.nspname in ('jobs', 'pgboss') and has_schema_privilege('livery_app', n.oid, 'usage')
      union all
      select 'create in database' where has_database_privilege('livery_app', current_database(), 'create')`,
  },
]

/** Every hole we know how to look for. The list of tables always comes from the catalog itself. */
export const catalogQueries: readonly CatalogQuery[] = [...structure, ...rights]
