import pg from 'pg'
import { badSetting } from '#app/config/configuration-error.server.ts'
import { rolePassword } from '#app/config/env.server.ts'

/** Roles whose password follows from the installation's secret. `livery_backup` is the operator's: the product never signs in as it. */
const signInRoles = ['livery_owner', 'livery_app', 'livery_system', 'livery_jobs'] as const
const oldestVersion = 150_000
// One number for every process that changes roles, on every server: it only has to be the same.
const lockNumber = 7_305_612

export type RolesInput = {
  /** URL of the database, as a superuser or as its owner with the right to create roles. */
  adminUrl: string
  secret: string
}

/**
 * Creates the roles of the product or brings them in line, and hands the schema `public` to livery_owner. Safe to repeat and
 * to run at the same time.
 * @returns what the server's administrator did not let us do, one sentence each; the product runs without it.
 * @throws ConfigurationError when the server cannot be reached, is too old, or refuses.
 */
export async function ensureRoles({ adminUrl, secret }: RolesInput): Promise<string[]> {
  const client = await connect(adminUrl)
  try {
    await refuseOldServer(client)
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber])
    const isSuperuser = await readIsSuperuser(client)
    for (const role of signInRoles) await ensureSignInRole(client, role, rolePassword(role, secret), isSuperuser)
    const notes = await ensureBackupRole(client)
    await ensureOwnership(client, isSuperuser)
    await client.query('commit')
    return notes
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw badSetting('DATABASE_URL', `names a user that may not set up the database roles: ${(error as Error).message}`, error)
  } finally {
    await client.end()
  }
}

/** @throws ConfigurationError when the server of `url` cannot be reached or refuses the sign-in. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000, application_name: 'livery setup' })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw badSetting('DATABASE_URL', `cannot be used: ${describe(error)} (${withoutPassword(url)})`, error)
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  )
  const version = rows[0]
  if (!version || version.number >= oldestVersion) return
  throw badSetting('DATABASE_URL', `points to PostgreSQL ${version.name}; version 15 or newer is needed`)
}

async function readIsSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user')
  return rows[0]?.rolsuper === true
}

async function ensureSignInRole(client: pg.Client, role: string, password: string, isSuperuser: boolean): Promise<void> {
  await createIfMissing(client, role)
  // Only a superuser may name these; for everyone else a new role has none of them, and one that has the worst is refused below.
  const attributes = isSuperuser ? 'nosuperuser nobypassrls noreplication nocreatedb nocreaterole' : ''
  await client.query(`alter role ${role} login ${attributes} password ${client.escapeLiteral(password)}`)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1 and (rolsuper or rolbypassrls)', [role])
  if (rowCount) throw badSetting('DATABASE_URL', `points to a server where ${role} may see past row-level security; take that right away`)
}

async function ensureBackupRole(client: pg.Client): Promise<string[]> {
  await createIfMissing(client, 'livery_backup')
  await client.query('savepoint backup')
  try {
    await client.query('alter role livery_backup login bypassrls')
    return []
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    await client.query('rollback to savepoint backup')
    return ['livery_backup has no BYPASSRLS: dumps made with it are empty until a superuser runs "alter role livery_backup bypassrls".']
  }
}

async function createIfMissing(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (rowCount === 0) await client.query(`create role ${role}`)
}

async function ensureOwnership(client: pg.Client, isSuperuser: boolean): Promise<void> {
  const { rows } = await client.query<{ database: string }>('select current_database() as database')
  const database = client.escapeIdentifier(rows[0]?.database ?? '')
  // A user that is no superuser must be a member of a role before it can hand it anything.
  if (!isSuperuser) await client.query('grant livery_owner to current_user')
  await client.query('grant livery_jobs to livery_owner')
  await client.query(`grant create, connect on database ${database} to livery_owner`)
  await client.query(`revoke temporary on database ${database} from public`)
  const { rowCount } = await client.query(`select from pg_namespace where nspname = 'public' and nspowner = 'livery_owner'::regrole`)
  if (rowCount === 0) await client.query('alter schema public owner to livery_owner')
  await client.query('revoke create on schema public from public')
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ')
  return error instanceof Error ? error.message : String(error)
}

function withoutPassword(url: string): string {
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
