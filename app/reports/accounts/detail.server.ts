import type { TenantContext } from '#app/db/context.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { openAddress } from '#app/db/sealing/sealed-fields.server.ts'
import { exposureOf } from '#app/domain/credit/exposure.ts'
import { subtract, zero } from '#app/domain/money/money.ts'
import { type CycleTerms, cycleAt, cycleOf } from '#app/domain/time/invoice-cycle.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listInvoices } from '../invoices/query.server.ts'
import { membersOf } from '../people/members.server.ts'
import { listServers } from '../servers/query.server.ts'
import { readBalances } from './balances.server.ts'
import { toAccountRow } from './list.server.ts'
import type { AccountDetail, AccountKind, AccountStatus } from './shape.ts'

/** One buyer with its contract, people, servers and latest invoices; null when the scope holds no such account. */
export async function readAccount(ctx: TenantContext, id: string, language: string): Promise<AccountDetail | null> {
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    include: {
      parent: { select: { id: true, name: true } },
    },
  })
  if (!account) return null

  const balances = await readBalances(ctx, [id])
  const { name, country, email, createdAt, vatId, parent } = account
  const kind = (parent ? 'department' : account.kind) as AccountKind
  const plain = {
    id,
    name,
    kind,
    isReseller: account.childTenantId !== null,
    status: account.status as AccountStatus,
    country,
    email,
    createdAt,
  }
  return {
    ...toAccountRow(plain, balances),
    addressLines: openAddress(ctx, id, account.addressLines),
    vatId,
    vatIdStatus: account.vatIdStatus as AccountDetail['vatIdStatus'],
    language: account.language,
    parent,
    contract: await readContract(ctx, id),
    people: await membersOf(ctx, id),
    serverRows: (await listServers(ctx, { accountId: id, page: 1, language })).rows,
    invoiceRows: (await listInvoices(ctx, { accountId: id, limit: 12 })).rows,
  }
}

async function readContract(ctx: TenantContext, accountId: string): Promise<AccountDetail['contract']> {
  const contract = await ctx.db.contract.findUnique({
    where: { tenantId_accountId: { tenantId: ctx.tenantId, accountId } },
    select: {
      currency: true,
      paymentDays: true,
      startsOn: true,
      cycleUnit: true,
      cycleCount: true,
      cycleDay: true,
      feesInAdvance: true,
      invoicesOrders: true,
      priceBook: { select: { name: true } },
    },
  })
  if (!contract) return null
  const { currency, paymentDays } = contract
  const position = (await positionsOf(ctx, [accountId])).get(accountId)
  const creditLimit = position?.limit ?? zero(currency)
  const exposure = position ? exposureOf(position.parts) : zero(currency)
  const startsOn = contract.startsOn.toISOString().slice(0, 10)
  return {
    priceBook: contract.priceBook.name,
    currency,
    paymentDays,
    creditLimit,
    exposure,
    available: subtract(creditLimit, exposure),
    startsOn,
    fees: contract.invoicesOrders ? 'with-order' : contract.feesInAdvance ? 'in-advance' : 'in-arrears',
    cycle: await cycleFacts(ctx, { ...contract, startsOn }),
  }
}

type CycleRow = Omit<CycleTerms, 'cycleUnit'> & { readonly cycleUnit: string }

/** How often the contract is invoiced, and the seller's day on which the present cycle ends. */
async function cycleFacts(ctx: TenantContext, row: CycleRow): Promise<NonNullable<AccountDetail['contract']>['cycle']> {
  const terms = { ...row, cycleUnit: row.cycleUnit as CycleTerms['cycleUnit'] }
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const { end } = cycleAt(cycleOf(terms), localDateOf(ctx.now, timeZone))
  return { unit: terms.cycleUnit, count: terms.cycleCount, day: terms.cycleDay, nextOn: end }
}
