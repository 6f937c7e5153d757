import type { TenantContext } from '#app/db/context.server.ts'
import { readSettledContract, type SettlementTerms, termsHistory, termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, money, toDecimal, zero } from '#app/domain/money/money.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { type WorkedExample, workedExample } from '#app/domain/settlement/worked-example.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

/** Terms as pages list them. */
export type ToldTerms = Pick<SettlementTerms, 'id' | 'validFrom' | 'validTo' | 'state' | 'reason'> & {
  readonly sentence: WorkedExample['sentence']
  readonly days: number
  readonly percent: string
  readonly waitsFor: 'parent' | 'child' | null
}

export type TermsPage = {
  readonly account: { readonly id: string; readonly name: string }
  readonly currency: string
  readonly today: string
  /** What holds today. */
  readonly settings: SettlementSettings
  readonly now: ToldTerms | null
  readonly history: readonly ToldTerms[]
  /** Figures of the contract's own, net in major units: what its customers paid last, and what it was last invoiced. */
  readonly example: { readonly paid: string; readonly purchases: string }
}

/** The terms of an edge with their history; null when the account has no contract, or is no reseller. */
export async function readTermsPage(ctx: TenantContext, accountId: string): Promise<TermsPage | null> {
  const contract = await readSettledContract(ctx, accountId)
  if (!contract || contract.childTenantId === null) return null
  const { contractId, currency, accountName } = contract
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const today = localDateOf(ctx.now, timeZone)
  const now = await termsOn(ctx, contractId, today)
  return {
    account: { id: accountId, name: accountName },
    currency,
    today,
    settings: now?.settings ?? contract.agreed,
    now: now ? told(now) : null,
    history: (await termsHistory(ctx, contractId)).map(told),
    example: await ownFigures(ctx, { accountId, currency }),
  }
}

function told({ id, validFrom, validTo, state, reason, settings, ...consent }: SettlementTerms): ToldTerms {
  const { needsSecondPerson, approvedBy, needsChild, acceptedBy } = consent
  const nothing = zero(settings.currency)
  const { sentence } = workedExample(settings, { paid: nothing, purchases: nothing })
  const missing = needsSecondPerson && approvedBy === null ? 'parent' : needsChild && acceptedBy === null ? 'child' : null
  return {
    id,
    validFrom,
    validTo,
    state,
    reason,
    sentence,
    days: sentence === 'invoiced' ? settings.creditTerms.dueDays : settings.holdDays,
    percent: settings.financialChargeRate.toFixed(),
    waitsFor: state === 'waiting' ? missing : null,
  }
}

/** Unless both figures are known, the round ones of a sale of 100 at a price of 70: one of each would tell of a sale that never was. */
async function ownFigures(ctx: TenantContext, of: { accountId: string; currency: string }): Promise<TermsPage['example']> {
  const [row] = await ctx.db.$queryRaw<[{ invoiced: bigint | null; paid: bigint | null }]>`
    select (select i.net_minor from invoices i where i.tenant_id = ${ctx.tenantId}::uuid and i.account_id = ${of.accountId}::uuid
        and i.currency = ${of.currency} and i.document_type = 'invoice' and i.net_minor > 0 order by i.issue_date desc, i.id desc limit 1) as invoiced,
      (select sum(s.paid_minor)::bigint from settlement_items s where s.tenant_id = ${ctx.tenantId}::uuid
        and s.account_id = ${of.accountId}::uuid and s.currency = ${of.currency} and s.kind <> 'tax') as paid`
  const isKnown = (row.paid ?? 0n) > 0n && (row.invoiced ?? 0n) > 0n
  const figure = (minor: bigint | null, otherwise: number) =>
    toDecimal(isKnown && minor !== null ? money(minor, of.currency) : fromDecimal(new Decimal(otherwise), of.currency)).toFixed()
  return { paid: figure(row.paid, 100), purchases: figure(row.invoiced, 70) }
}
