import type { TenantContext } from '#app/db/context.server.ts'
import type { InvoiceLine } from '#app/domain/invoice/invoice-line.ts'
import type { DraftFlag } from '#app/domain/invoice/judge-draft.ts'
import { type Money, zero } from '#app/domain/money/money.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { monthPeriod } from './create-billing-run.server.ts'
import { draftPage } from './draft-contracts.server.ts'
import type { BillingDraft } from './draft-invoice.server.ts'
import type { JudgedDraft } from './judge-drafts.server.ts'

export type PreviewInput = { readonly month: string; readonly afterContractId?: string | null }

/** What a run would make of one contract, beside its invoice before; `problem` says why it would be parked. */
export type PreviewRow = {
  readonly contractId: string
  readonly accountId: string
  readonly buyerName: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly state: BillingDraft['state']
  readonly problem: string | null
  /** What the invoice would show, in its order. */
  readonly shown: readonly PreviewLine[]
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly previousTotal: Money | null
  readonly flags: readonly DraftFlag[]
}
/** One line as an invoice would show it. */
export type PreviewLine = Pick<
  InvoiceLine,
  'kind' | 'meter' | 'resourceName' | 'unit' | 'quantity' | 'billedQuantity' | 'unitPrice' | 'net'
>

export type BillingPreview = { readonly rows: readonly PreviewRow[]; readonly nextContractId: string | null }

/**
 * What a run of the month would make of the next contracts, as it would make it now: the same function, nothing written.
 * Contracts with nothing to bill and parked ones are in it; a month that is not over shows what stands so far.
 */
export async function previewBillingRun(ctx: TenantContext, input: PreviewInput): Promise<Result<BillingPreview, 'malformed-month'>> {
  const period = await monthPeriod(ctx, input.month)
  if (!period.ok) return period
  const page = await draftPage(ctx, period.value, input.afterContractId ?? null)
  return ok({ rows: page.drafts.map(toRow), nextContractId: page.lastContractId })
}

function toRow({ draft, previous, flags }: JudgedDraft): PreviewRow {
  const { contract, period } = draft
  const nothing = zero(contract.currency)
  const amounts = draft.state === 'drafted' ? draft.invoice : { net: nothing, tax: nothing, total: nothing, lines: [] }
  return {
    contractId: contract.id,
    accountId: contract.accountId,
    buyerName: contract.buyer.name,
    periodStart: period.start,
    periodEnd: period.end,
    state: draft.state,
    problem: draft.state === 'parked' ? draft.problem : null,
    shown: amounts.lines.map((line) => toLine(line)),
    net: amounts.net,
    tax: amounts.tax,
    total: amounts.total,
    previousTotal: previous?.total ?? null,
    flags,
  }
}

function toLine({ kind, meter, resourceName, unit, quantity, billedQuantity, unitPrice, net }: InvoiceLine): PreviewLine {
  return { kind, meter, resourceName, unit, quantity, billedQuantity, unitPrice, net }
}
