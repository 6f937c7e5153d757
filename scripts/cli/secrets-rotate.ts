import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/tenants.server.ts'
import { resealFields } from '#app/services/secrets/reseal-fields.server.ts'
import { rotateSecrets } from '#app/services/secrets/rotate-secrets.server.ts'
import { secretRotation } from '#app/wiring.server.ts'
import { command, commandLine } from './command.ts'

/**
 * `livery secrets rotate`: seals every secret and every encrypted field with the present key, tenant by tenant, while the application runs.
 * Ended half way, it goes on when run again.
 */
export const secretsRotate = command('rotate', 'seal all secrets and encrypted fields anew with the present key', async () => {
  const lines: string[] = []
  const total = { rotated: 0, fields: 0 }
  for (const { tenantId, slug } of await listTenants()) {
    const rotated = await rotateTenant(tenantId)
    const fields = await resealFields(tenantId, commandLine)
    total.rotated += rotated
    total.fields += fields
    lines.push(`${slug}  ${rotated} secrets  ${fields} fields`)
  }
  lines.push(`${total.rotated} secrets and ${total.fields} fields sealed anew; "livery secrets status" tells whether the key before may go`)
  return { lines, json: { ok: true, ...total } }
})

async function rotateTenant(tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const done = await inTenant(tenantId, (ctx) => rotateSecrets(ctx, secretRotation), { actor: commandLine })
    if (!done.ok || done.value.rotated === 0) return total
    total += done.value.rotated
  }
}
