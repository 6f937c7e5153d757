import { environment } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { findPriceBook } from '#app/db/people/accounts.server.ts'
import { type AddTenantInput, addTenant } from '#app/services/tenancy/add-tenant.server.ts'
import { answerOf, collect, command, commandLine, wrongUse } from './command.ts'
import { country, currency, email, minorUnits, tenantNamed, timeZone } from './options.ts'

type Options = {
  slug: string
  name: string
  country: string
  currency: string
  timeZone: string
  language: string
  vatId?: string
  address?: string[]
  email: string
  prefix?: string
  host?: string
  ownerEmail: string
  ownerName: string
  parent?: string
  priceBook?: string
  creditLimit?: string
}

/** `livery tenant add`: a provider, or a reseller below a parent. Run again with the same slug it completes and repeats nothing. */
export const tenantAdd = command<Options>('add', 'add a provider, or with --parent a reseller', async (options) => {
  const host = options.host ?? `${options.slug}.${environment().BASE_DOMAIN}`
  const parent = await parentOf(options)
  const result = await addTenant({
    slug: options.slug,
    legalName: options.name,
    country: options.country,
    currency: options.currency,
    timeZone: options.timeZone,
    language: options.language,
    vatId: options.vatId ?? null,
    addressLines: options.address ?? [],
    email: options.email,
    numberPrefix: options.prefix ?? options.slug.slice(0, 3).toUpperCase(),
    host,
    owner: { email: options.ownerEmail, name: options.ownerName },
    actor: commandLine,
    ...(parent ? { parent } : {}),
  })
  return answerOf(result, () => [
    `${options.name} is ready at ${storeAddress(host)}, in a neutral look until it publishes a brand`,
    `${options.ownerEmail} is mailed a link to set a password`,
  ])
})
  .requiredOption('--slug <slug>', 'short name, for good: lower-case letters, digits, dashes')
  .requiredOption('--name <legal name>', 'legal name, as on invoices')
  .requiredOption('--country <code>', 'country of its seat, ISO 3166', country)
  .requiredOption('--currency <code>', 'currency it sells in, ISO 4217', currency)
  .requiredOption('--time-zone <zone>', 'zone its billing months are cut in', timeZone)
  .option('--language <tag>', 'language of its store', 'en')
  .option('--vat-id <id>', 'its VAT id')
  .option('--address <line>', 'one line of its address; may be repeated', collect)
  .requiredOption('--email <address>', 'where buyers write to', email)
  .option('--prefix <letters>', 'what stands before document numbers')
  .option('--host <host>', 'host of its store; usually <slug>.BASE_DOMAIN')
  .requiredOption('--owner-email <address>', 'its first member of staff', email)
  .requiredOption('--owner-name <name>', 'the name of that person')
  .option('--parent <slug>', 'the tenant it buys from')
  .option('--price-book <code>', 'the price book of the parent it buys by')
  .option('--credit-limit <amount>', 'greatest debt to the parent, in the currency of that book')

async function parentOf(options: Options): Promise<AddTenantInput['parent']> {
  const { parent: slug, priceBook, creditLimit } = options
  if (!slug) return priceBook || creditLimit ? wrongUse('--price-book and --credit-limit need --parent') : undefined
  if (!priceBook) return wrongUse('--parent needs --price-book')
  const parent = await tenantNamed(slug)
  const book = await inTenant(parent.tenantId, (ctx) => findPriceBook(ctx, priceBook))
  const terms = book && creditLimit ? { creditLimitMinor: minorUnits(creditLimit, book.currency) } : {}
  return { tenantId: parent.tenantId, contract: { priceBookCode: priceBook, terms } }
}
