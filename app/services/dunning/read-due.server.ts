import type { TenantContext } from '#app/db/context.server.ts'
import { type OverdueInvoiceRow, type OverdueRow, overdueAccounts, readOverdue } from '#app/db/dunning/dunning-cases.server.ts'
import { policiesInUse, type StoredPolicy } from '#app/db/dunning/dunning-policies.server.ts'
import { type DunningDeed, type DunningFacts, dueToday, type OverdueInvoice } from '#app/domain/dunning/due-today.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'

/** An account that is overdue in a currency; `deed` is what today does about it, null for nothing. */
export type OverdueAccount = Pick<OverdueRow, 'accountId' | 'accountName' | 'currency' | 'caseId'> & {
  /** What is overdue in all, what dunning charged included. */
  readonly overdue: Money
  /** Undefined when no policy is active for it: nothing will ever happen. */
  readonly policy: StoredPolicy | undefined
  readonly facts: DunningFacts | undefined
  readonly deed: DunningDeed | null
}

/** The seller's day now. */
export async function sellerToday(ctx: TenantContext): Promise<LocalDate> {
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  return localDateOf(ctx.now, timeZone)
}

/** What today does about these accounts: what the run will do, before it does it. One row per account and currency. */
export async function readDue(ctx: TenantContext, accountIds: readonly string[]): Promise<OverdueAccount[]> {
  const today = await sellerToday(ctx)
  const rows = await readOverdue(ctx, { today, accountIds })
  const policies = await policiesInUse(
    ctx,
    rows.flatMap(({ policyId }) => policyId ?? []),
  )
  return rows.map((row) => {
    const { accountId, accountName, currency, caseId } = row
    const policy = policyOf(row, policies)
    const facts = policy && factsOf(row, policy)
    const overdue = sum(
      currency,
      row.invoices.map(({ openMinor }) => money(BigInt(openMinor), currency)),
    )
    return { accountId, accountName, currency, caseId, overdue, policy, facts, deed: facts ? dueToday(facts, today) : null }
  })
}

/** The same for the tenant's accounts after `afterId`, at most `limit` of them. */
export async function readDuePage(ctx: TenantContext, { afterId, limit }: { afterId: string | null; limit: number }) {
  const ids = await overdueAccounts(ctx, { today: await sellerToday(ctx), afterId, limit })
  return { accounts: await readDue(ctx, ids), lastId: ids.length < limit ? null : (ids.at(-1) ?? null) }
}

/** The version a case began with; otherwise the active one of the account's segment, otherwise that of all others. */
function policyOf({ policyId, segment, currency }: OverdueRow, policies: readonly StoredPolicy[]): StoredPolicy | undefined {
  if (policyId) return policies.find(({ id }) => id === policyId)
  const active = policies.filter((policy) => policy.state === 'active' && policy.currency === currency)
  return active.find((policy) => policy.segment !== null && policy.segment === segment) ?? active.find((policy) => policy.segment === null)
}

function factsOf({ currency, chargedMinor, quietUntil, invoices }: OverdueRow, policy: StoredPolicy): DunningFacts {
  return {
    policy,
    quietUntil,
    charged: money(chargedMinor, currency),
    invoices: invoices.map((invoice) => toInvoice(invoice, policy)),
  }
}

function toInvoice({ steps, openMinor, ...row }: OverdueInvoiceRow, policy: StoredPolicy): OverdueInvoice {
  const charged = steps.filter(([position]) => policy.steps[position]?.ratePercent.gt(0)).map(([, day]) => day)
  return {
    ...row,
    open: money(BigInt(openMinor), policy.currency),
    reached: steps.at(-1)?.[0] ?? -1,
    reachedOn: steps.at(-1)?.[1] ?? null,
    interestFrom: charged.toSorted().at(-1) ?? row.dueOn,
  }
}
