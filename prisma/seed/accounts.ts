import { v5 } from 'uuid'
import { hashPassword } from '#app/auth/password.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { confirmUserEmail } from '#app/db/people/people.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addAccount } from '#app/services/accounts/add-account.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { customers, type DemoCustomer } from './customers.ts'
import { demoPassword, people } from './people.ts'
import type { SeededSeller, Slug } from './sellers.ts'

const namespace = '2f0c1a4e-6a53-4d55-9d0c-0d3f1a7c9b10'

/** The id of something in the demo, the same at every seeding. */
export function demoId(...names: readonly string[]): string {
  return v5(names.join('/'), namespace)
}

/** All customers with their contracts, and everybody who signs in. Safe to repeat. */
export async function seedAccounts(sellers: ReadonlyMap<Slug, SeededSeller>, startsOn: Date): Promise<void> {
  for (const customer of customers) await seedCustomer(tenantOf(sellers, customer.seller), customer, startsOn)
  const passwordHash = await hashPassword(demoPassword)
  for (const person of people) {
    const { email, name, language, profile, customer } = person
    await inTenant(tenantOf(sellers, person.seller), async (ctx) => {
      const added = await addMember(ctx, {
        email,
        name,
        language,
        profile,
        passwordHash,
        ...(customer ? { accountId: demoId('account', customer) } : {}),
      })
      invariant(added.ok, `person ${email}: ${added.ok ? '' : added.error}`)
      await confirmUserEmail(ctx, added.value.userId)
      return added
    })
  }
}

/** The tenant of a seller of the demo. */
export function tenantOf(sellers: ReadonlyMap<Slug, SeededSeller>, slug: Slug): string {
  const seller = sellers.get(slug)
  invariant(seller, `seller ${slug} is not seeded`)
  return seller.tenantId
}

async function seedCustomer(tenantId: string, customer: DemoCustomer, startsOn: Date): Promise<void> {
  const { key, kind, name, language, country, addressLines, vatId, departmentOf, priceBook = 'retail', creditLimitMinor = 0n } = customer
  const added = await inTenant(tenantId, (ctx) =>
    addAccount(ctx, {
      id: demoId('account', key),
      kind,
      name,
      language,
      country,
      addressLines,
      vatId: vatId ?? null,
      email: `rechnung@${key}.example`,
      ...(departmentOf
        ? { parentAccountId: demoId('account', departmentOf) }
        : { contract: { priceBookCode: priceBook, terms: { creditLimitMinor, startsOn, ...customer.terms } } }),
    }),
  )
  invariant(added.ok, `customer ${key}: ${added.ok ? '' : added.error}`)
}
