import { asSystem, inTenant } from './context.server.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** What keeps this process from serving; nothing when the database answers, as each of the two roles it must be. */
export async function databaseProblems(): Promise<string[]> {
  try {
    const system = await asSystem(
      'readiness',
      (db) => db.$queryRaw<{ role: string }[]>`select current_user::text as role from tenants limit 1`,
    )
    const runtime = await inTenant(nobody, ({ db }) => db.$queryRaw<{ role: string }[]>`select current_user::text as role`)
    const isRight = runtime[0]?.role === 'livery_app' && system.every((row) => row.role === 'livery_system')
    return isRight ? [] : ['database-role']
  } catch {
    // Whatever it is, the answer is the same: not now. The cause stands in the database's and the pool's own logs.
    return ['database']
  }
}
