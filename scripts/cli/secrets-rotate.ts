import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/tenants.server.ts'
import { rotateSecrets } from '#app/services/secrets/rotate-secrets.server.ts'
import { secretRotation } from '#app/wiring.server.ts'
import { command, commandLine } from './command.ts'

/** `livery secrets rotate`: seals every secret with the present APP_SECRET, tenant by tenant. Ended half way, it goes on when run again. */
export const secretsRotate = command('rotate', 'seal all secrets anew with APP_SECRET, from APP_SECRET_PREVIOUS', async () => {
  const lines: string[] = []
  let total = 0
  for (const { tenantId, slug } of await listTenants()) {
    const rotated = await rotateTenant(tenantId)
    total += rotated
    lines.push(`${slug}  ${rotated}`)
  }
  lines.push(`${total} secrets sealed anew; none is left that needs APP_SECRET_PREVIOUS`)
  return { lines, json: { ok: true, rotated: total } }
})

async function rotateTenant(tenantId: string): Promise<number> {
  let total = 0
  for (;;) {
    const done = await inTenant(tenantId, (ctx) => rotateSecrets(ctx, secretRotation), { actor: commandLine })
    if (!done.ok || done.value.rotated === 0) return total
    total += done.value.rotated
  }
}
