import { readFileSync } from 'node:fs'
import { hashPassword } from '#app/auth/password.server.ts'
import { shippedPack } from '#app/brand/read-pack.server.ts'
import { environment } from '#app/config/env.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { confirmUserEmail } from '#app/db/people/people.server.ts'
import { updateBankDetails } from '#app/db/sellers/tenants.server.ts'
import { CatalogFile } from '#app/domain/catalog/catalog-file.ts'
import { catalogRules, listPrice, type PriceShare } from '#app/domain/catalog/catalog-rules.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { importBrand } from '#app/services/brand/import-brand.server.ts'
import { importPriceBook, importProducts } from '#app/services/catalog/import-catalog.server.ts'
import { addHost } from '#app/services/domains/add-host.server.ts'
import { addTenant } from '#app/services/tenancy/add-tenant.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts } from '#app/wiring.server.ts'
import { demoBankDetails } from './bank-details.ts'
import { type DemoLevel, meridianLevels, resellerLevels, seedAssignment, seedExchangeRate, seedLevels } from './partner-levels.ts'
import { demoPassword, owners } from './people.ts'

/** The book whose plans are paid by the year. */
export const yearlyBook = 'yearly'

export type Slug = 'meridian' | 'ahorn' | 'lakeside' | 'nakhla'

type DemoSeller = {
  readonly slug: Slug
  readonly numberPrefix: string
  /** A host it has added and not proven yet. */
  readonly ownHost?: string
  readonly parent?: { readonly slug: Slug; readonly level: string; readonly creditLimitMinor: bigint }
  /** What resellers buy by. */
  readonly levels: readonly DemoLevel[]
  /** One unit of the parent's currency in the seller's own, where they differ. */
  readonly exchangeRate?: { readonly base: string; readonly quote: string; readonly rate: string }
  /** Currencies its store sells in beside its own, at the same figures. */
  readonly alsoIn?: readonly string[]
  /** Price books beside the store's own: what enterprises buy by. */
  readonly agreed: readonly { readonly code: string; readonly name: string; readonly share: PriceShare }[]
}

const share = (setup: string, recurring: string, usage: string): PriceShare => ({
  setup: new Decimal(setup),
  recurring: new Decimal(recurring),
  usage: new Decimal(usage),
})

const sellers: readonly DemoSeller[] = [
  {
    slug: 'meridian',
    numberPrefix: 'MG',
    levels: meridianLevels,
    agreed: [
      { code: 'hanse', name: 'Hanse Maschinenbau', share: share('0', '0.9', '1') },
      { code: yearlyBook, name: 'Jahresverträge', share: listPrice },
    ],
  },
  {
    slug: 'ahorn',
    numberPrefix: 'AH',
    ownHost: 'www.ahorn-hosting.example',
    parent: { slug: 'meridian', level: 'silver', creditLimitMinor: 500_000n },
    levels: [],
    agreed: [],
  },
  {
    slug: 'lakeside',
    numberPrefix: 'LC',
    parent: { slug: 'meridian', level: 'bronze', creditLimitMinor: 200_000n },
    levels: resellerLevels,
    exchangeRate: { base: 'EUR', quote: 'CHF', rate: '0.94' },
    alsoIn: ['EUR'],
    agreed: [],
  },
  {
    slug: 'nakhla',
    numberPrefix: 'NK',
    parent: { slug: 'lakeside', level: 'partner', creditLimitMinor: 300_000n },
    levels: resellerLevels,
    exchangeRate: { base: 'CHF', quote: 'AED', rate: '4.53' },
    agreed: [],
  },
]

export type SeededSeller = {
  readonly tenantId: string
  readonly products: ReadonlyMap<string, string>
  readonly parentAccountId: string | null
}

/** The four sellers with their owners, products and price books, parents first. Safe to repeat. */
export async function seedSellers(validFrom: Date): Promise<Map<Slug, SeededSeller>> {
  const passwordHash = await hashPassword(demoPassword)
  const seeded = new Map<Slug, SeededSeller>()
  for (const seller of sellers) {
    const parent = seller.parent ? seeded.get(seller.parent.slug) : undefined
    const { tenantId, ownerUserId, parentAccountId } = await openSeller({ seller, parent, passwordHash, startsOn: validFrom })
    const catalog = readCatalog(seller.slug)
    const products = await inTenant(tenantId, async (ctx) => {
      await confirmUserEmail(ctx, ownerUserId)
      await updateBankDetails(ctx, demoBankDetails(seller.slug) ?? null)
      return importCatalog(ctx, { seller, catalog, validFrom, ...(parent ? { parentProducts: parent.products } : {}) })
    })
    if (seller.ownHost) await addHost(processOf(tenantId, { baseDomain: environment().BASE_DOMAIN }), seller.ownHost)
    const level = seller.parent?.level
    if (parent && level && parentAccountId)
      await inTenant(parent.tenantId, (ctx) => seedAssignment(ctx, { accountId: parentAccountId, level, validFrom }))
    seeded.set(seller.slug, { tenantId, products, parentAccountId })
  }
  return seeded
}

type Opening = {
  readonly seller: DemoSeller
  readonly parent: SeededSeller | undefined
  readonly passwordHash: string
  readonly startsOn: Date
}

async function openSeller({ seller, parent, passwordHash, startsOn }: Opening) {
  const read = shippedPack(seller.slug)
  const { pack } = read
  const { legalName, address, taxIds, email } = pack.seller
  const owner = owners[seller.slug]
  const opened = await addTenant({
    slug: seller.slug,
    legalName,
    country: address.country,
    currency: pack.currency,
    timeZone: pack.zone,
    language: pack.languages[0],
    vatId: taxIds[0]?.value ?? null,
    addressLines: [address.street, [address.postalCode, address.city].filter((part) => part !== '').join(' ')],
    email,
    numberPrefix: seller.numberPrefix,
    host: `${seller.slug}.${environment().BASE_DOMAIN}`,
    owner: { email: owner.email, name: owner.name, passwordHash },
    ...(seller.parent && parent
      ? {
          parent: {
            tenantId: parent.tenantId,
            contract: { priceBookCode: seller.parent.level, terms: termsOf(seller.parent, startsOn) },
          },
        }
      : {}),
  })
  invariant(opened.ok, `seller ${seller.slug}: ${opened.ok ? '' : opened.error}`)
  const worn = await importBrand(processOf(opened.value.tenantId, brandPorts()), read)
  invariant(worn.ok, `brand of ${seller.slug}: ${worn.ok ? '' : JSON.stringify(worn.problems)}`)
  return opened.value
}

function termsOf({ creditLimitMinor }: { creditLimitMinor: bigint }, startsOn: Date) {
  return { creditLimitMinor, paymentDays: 30, startsOn }
}

function readCatalog(slug: Slug): CatalogFile {
  return CatalogFile.parse(JSON.parse(readFileSync(new URL(`../../tenants/${slug}/catalog/catalog.json`, import.meta.url), 'utf8')))
}

/** The book of a store's other currency. */
function otherRetail(currency: string) {
  return { code: `retail-${currency.toLowerCase()}`, name: `Retail ${currency}`, currency }
}

type Import = {
  readonly seller: DemoSeller
  readonly catalog: CatalogFile
  readonly validFrom: Date
  readonly parentProducts?: ReadonlyMap<string, string>
}

async function importCatalog(ctx: TenantContext, { seller, catalog, validFrom, parentProducts }: Import): Promise<Map<string, string>> {
  const products = await importProducts(ctx, { catalog, ...(parentProducts ? { parentProducts } : {}) })
  const books = [
    { code: 'retail', name: 'Retail', currency: catalog.currency, share: listPrice, isPublic: true },
    ...(seller.alsoIn ?? []).map((currency) => ({ ...otherRetail(currency), share: listPrice, isPublic: true })),
    ...seller.agreed.map((book) => ({ ...book, currency: catalog.currency, isPublic: false })),
  ]
  for (const book of books) {
    const { code, name, currency, isPublic } = book
    await importPriceBook(ctx, {
      code,
      name,
      isPublic,
      currency,
      validFrom,
      rules: catalogRules(catalog, book.share),
      products,
    })
  }
  await seedLevels(ctx, seller.levels, validFrom)
  if (seller.exchangeRate) await seedExchangeRate(ctx, { ...seller.exchangeRate, date: localDateOf(validFrom, 'UTC') })
  return products
}
