import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { keyStanding } from '#app/services/secrets/key-standing.server.ts'
import { secretRotation } from '#app/wiring.server.ts'
import { command, exitCodes } from './command.ts'

/** `livery secrets status`: by column, how much is encrypted and how much is not with the present key; exit 1 while the key before is needed. */
export const secretsStatus = command('status', 'tell what the present key has not sealed yet', async () => {
  const standing = await installationStanding()
  const lines = standing.fields.map(({ field, rows, stale }) => `${field.padEnd(40)} ${rows} values  ${stale} to seal`)
  lines.push(`${'secrets'.padEnd(40)} ${standing.secrets} to seal`, `${'files of documents'.padEnd(40)} ${standing.files} to seal`)
  lines.push(
    standing.stale === 0 ? 'everything is sealed with the present key' : 'run "livery secrets rotate" and keep the key before until then',
  )
  return { lines, json: { ok: standing.stale === 0, ...standing }, exitCode: standing.stale === 0 ? exitCodes.done : exitCodes.failed }
})

/** What all tenants together still have that the present key did not seal. */
export async function installationStanding() {
  const fields = new Map<string, { field: string; rows: number; stale: number }>()
  const sums = { secrets: 0, files: 0 }
  for (const { tenantId } of await listTenants()) {
    const standing = await keyStanding(tenantId, secretRotation.keyId())
    sums.secrets += standing.secrets
    sums.files += standing.files
    for (const { field, rows, stale } of standing.fields) {
      const sum = fields.get(field) ?? { field, rows: 0, stale: 0 }
      fields.set(field, { field, rows: sum.rows + rows, stale: sum.stale + stale })
    }
  }
  const list = [...fields.values()]
  return { ...sums, fields: list, stale: sums.secrets + sums.files + list.reduce((sum, { stale }) => sum + stale, 0) }
}
