import { hashPassword } from '#app/auth/password.server.ts'
import { environment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { confirmUserEmail } from '#app/db/people/people.server.ts'
import { resellerAccountIdOf, tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import { addTenant } from '#app/services/tenancy/add-tenant.server.ts'
import { seedAssignment } from './partner-levels.ts'
import { demoPassword } from './people.ts'

const slug = 'inntal'
/** Above so much, in cents, a second person of the provider agrees. */
const approvalAboveMinor = 500_000n

/** The account of the partner that buys capacity, in the provider's books. */
export function capacityPartnerOf(providerId: string): string {
  return resellerAccountIdOf(providerId, tenantIdOf(slug))
}

/** A reseller that buys capacity and has no store, and the amount from which the provider wants two people to agree. Safe to repeat. */
export async function seedCapacityPartner(providerId: string, startsOn: Date): Promise<void> {
  const added = await addTenant({
    slug,
    legalName: 'Inntal Rechenzentrum GmbH',
    country: 'AT',
    currency: 'EUR',
    timeZone: 'Europe/Vienna',
    language: 'de',
    vatId: 'ATU74815603',
    addressLines: ['Andreas-Hofer-Straße 2', '6330 Kufstein'],
    email: `einkauf@${slug}.example`,
    numberPrefix: 'IR',
    host: `${slug}.${environment().BASE_DOMAIN}`,
    owner: { email: `vroni@${slug}.example`, name: 'Vroni Huter', passwordHash: await hashPassword(demoPassword) },
    parent: {
      tenantId: providerId,
      contract: { priceBookCode: 'bronze', terms: { creditLimitMinor: 600_000n, paymentDays: 60, startsOn } },
    },
  })
  invariant(added.ok, `reseller ${slug}: ${added.ok ? '' : added.error}`)
  const { tenantId, ownerUserId } = added.value
  await inTenant(tenantId, (ctx) => confirmUserEmail(ctx, ownerUserId))
  await inTenant(providerId, async (ctx) => {
    await seedAssignment(ctx, { accountId: capacityPartnerOf(providerId), level: 'bronze', validFrom: startsOn })
    const settings = await readBillingSettings(ctx)
    if (settings.approvalAbove.EUR === undefined)
      await saveBillingSettings(ctx, { ...settings, approvalAbove: { EUR: approvalAboveMinor } })
  })
}
