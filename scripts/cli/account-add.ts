import { bookOfVisitor } from '#app/db/catalog/buyer-catalog.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { findPriceBook } from '#app/db/people/accounts.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { type AddAccountInput, addAccount } from '#app/services/accounts/add-account.server.ts'
import { type Answer, collect, command, commandLine, refused, wrongUse } from './command.ts'
import { accountId, country, email, minorUnits, tenantNamed } from './options.ts'

type Options = {
  tenant: string
  kind: AddAccountInput['kind']
  name: string
  email: string
  language?: string
  country: string
  address?: string[]
  vatId?: string
  parent?: string
  priceBook?: string
  creditLimit?: string
}

/** `livery account add`: a buyer of a tenant, or with --parent a department of an enterprise. */
export const accountAdd = command<Options>('add', 'add a buyer to a tenant', async (options) => {
  const tenant = await tenantNamed(options.tenant)
  const facts = {
    kind: options.kind,
    name: options.name,
    email: options.email,
    language: options.language ?? tenant.language,
    country: options.country,
    addressLines: options.address ?? [],
    vatId: options.vatId ?? null,
    ...(options.parent ? { parentAccountId: options.parent } : {}),
  }
  const result = await inTenant(
    tenant.tenantId,
    async (ctx) => {
      const contract = await contractOf(ctx, options)
      return addAccount(ctx, { ...facts, ...(contract ? { contract } : {}) })
    },
    { actor: commandLine },
  )
  if (!result.ok) return refused(result.error)
  const id = toPublicId('account', result.value.accountId)
  return { lines: [`${options.name} is ${id}`], json: { ok: true, id } } satisfies Answer
})
  .requiredOption('--tenant <slug>', 'the seller')
  .requiredOption('--kind <kind>', 'personal, business or enterprise', kind)
  .requiredOption('--name <name>', 'name, as on invoices')
  .requiredOption('--email <address>', 'where invoices go', email)
  .option('--language <tag>', 'language of mails and documents; usually the seller’s')
  .requiredOption('--country <code>', 'country, ISO 3166', country)
  .option('--address <line>', 'one line of the address; may be repeated', collect)
  .option('--vat-id <id>', 'VAT id')
  .option('--parent <id>', 'the enterprise this is a department of, cus_…', accountId)
  .option('--price-book <code>', 'the price book of the contract; usually the public one')
  .option('--credit-limit <amount>', 'greatest debt, in the currency of that book')

function kind(text: string): string {
  return ['personal', 'business', 'enterprise'].includes(text) ? text : wrongUse(`"${text}" is not personal, business or enterprise`)
}

async function contractOf(ctx: TenantContext, { parent, priceBook, creditLimit }: Options): Promise<AddAccountInput['contract']> {
  if (parent && !priceBook && !creditLimit) return undefined
  const book = priceBook ? await findPriceBook(ctx, priceBook) : await bookOfVisitor(ctx)
  if (!book) return priceBook ? { priceBookCode: priceBook } : undefined
  return { priceBookCode: book.code, terms: creditLimit ? { creditLimitMinor: minorUnits(creditLimit, book.currency) } : {} }
}
