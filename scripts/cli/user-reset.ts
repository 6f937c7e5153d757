import { resetSecondFactor } from '#app/auth/authenticator.server.ts'
import { newToken } from '#app/auth/tokens.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { audit } from '#app/db/audit.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { saveOneTimeToken } from '#app/db/people/one-time-tokens.server.ts'
import { findUserByEmail } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { mailedLinkPath } from '#app/services/people/mailed-link-path.ts'
import { command, commandLine, refused } from './command.ts'
import { email, tenantNamed } from './options.ts'

type Options = { tenant: string; email: string; secondFactor?: boolean }

/**
 * `livery user reset`: ends every session of a person and prints a link to set a new password, good once and for an hour. The second factor
 * and passkeys stay unless `--second-factor` says that they are lost.
 */
export const userReset = command<Options>('reset', 'let a person set a new password', async (options) => {
  const tenant = await tenantNamed(options.tenant)
  const token = newToken()
  const host = await inTenant(
    tenant.tenantId,
    async (ctx) => {
      const user = await findUserByEmail(ctx, options.email)
      if (!user) return null
      await saveOneTimeToken(ctx, { userId: user.id, purpose: 'reset-password', token })
      await ctx.db.session.deleteMany({ where: { tenantId: ctx.tenantId, userId: user.id } })
      if (options.secondFactor) await resetSecondFactor(ctx, user.id)
      await audit(ctx, { action: 'user.reset-by-operator', subjectKind: 'user', subjectId: user.id })
      return primaryHost(ctx)
    },
    { actor: commandLine },
  )
  if (!host) return refused('user-not-found')
  const link = storeAddress(host, mailedLinkPath('reset-password', token))
  return { lines: [link], json: { ok: true, link } }
})
  .requiredOption('--tenant <slug>', 'the store')
  .requiredOption('--email <address>', 'the address the person signs in with', email)
  .option('--second-factor', 'takes away the app for codes and the passkeys too')
