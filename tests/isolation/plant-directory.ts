import { inTenant } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertIdentity } from '#app/db/people/external-identities.server.ts'
import { insertIdentityProvider, replaceProviderGroups } from '#app/db/people/identity-providers.server.ts'

/** A directory with a group, a person of it, and a browser on its way. */
export async function plantDirectory(tenantId: string, userId: string): Promise<void> {
  const providerId = newId()
  const rules = { createsPeople: true, emailDomains: ['canary.example'], withoutGroup: 'refuse', isSecondFactor: false } as const
  const nobody = { defaultProfileId: null, defaultAccountId: null, settings: {}, secret: null }
  await inTenant(tenantId, async (ctx) => {
    const { db, now } = ctx
    const profile = await db.securityProfile.findFirstOrThrow({ where: { tenantId, name: 'finance' } })
    await insertIdentityProvider(ctx, { id: providerId, kind: 'oidc', name: 'Directory', audience: 'staff', ...rules, ...nobody })
    await replaceProviderGroups(ctx, providerId, [{ groupName: 'Finance', securityProfileId: profile.id, accountId: null }])
    await insertIdentity(ctx, { providerId, userId, subject: `canary-${userId}`, email: 'canary@canary.example' })
    const way = { purpose: 'sign-in', host: 'store.localhost', browserHash: 'x', returnTo: '/', createdAt: now, expiresAt: now }
    await db.signOnAttempt.createMany({ data: [{ tenantId, id: providerId, providerId, ...way }] })
  })
}
