import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { resealFields } from '#app/services/secrets/reseal-fields.server.ts'
import { rotateSecrets } from '#app/services/secrets/rotate-secrets.server.ts'
import { sealFiles } from '#app/services/secrets/seal-files.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, secretRotation } from '#app/wiring.server.ts'
import { command, commandLine } from './command.ts'

/**
 * `livery secrets rotate`: seals every secret and every encrypted field with the present key, tenant by tenant, while the application runs, and
 * files from before there was sealing. Issued documents and files have keys of their own; those are sealed anew, not what they sealed.
 * Ended half way, it goes on when run again.
 */
export const secretsRotate = command('rotate', 'seal all secrets and encrypted fields anew with the present key', async () => {
  const lines: string[] = []
  const total = { rotated: 0, fields: 0, files: 0 }
  for (const { tenantId, slug } of await listTenants()) {
    const rotated = await rotateTenant(tenantId)
    const fields = await resealFields(tenantId, commandLine)
    const files = await sealFiles(processOf(tenantId, { files: fileStore() }, commandLine))
    total.rotated += rotated
    total.fields += fields
    total.files += files
    lines.push(`${slug}  ${rotated} secrets  ${fields} fields  ${files} files`)
  }
  lines.push(
    `${total.rotated} secrets, ${total.fields} fields and ${total.files} files sealed anew; "livery secrets status" tells whether the key before may go`,
  )
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
