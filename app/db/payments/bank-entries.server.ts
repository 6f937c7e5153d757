import { type Money, money } from '#app/domain/money/money.ts'
import type { StatementEntry } from '#app/domain/reconciliation/bank-statement.ts'
import type { Announced, Candidate, KnownPayers } from '#app/domain/reconciliation/match-entry.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { indexesOf, openField } from '../sealing/sealed-fields.server.ts'

export type EntryState = 'open' | 'matched' | 'aside'
/** A kept line of a bank file. */
export type BankEntry = StatementEntry & { readonly id: string; readonly state: EntryState }

type EntryColumns = {
  id: string
  state: EntryState
  bookedOn: LocalDate
  currency: string
  amountMinor: bigint
  reference: string | null
  text: string
  name: string | null
  iban: string | null
  bankReference: string | null
}

const columns = Prisma.sql`e.id, e.state, e.booked_on::text as "bookedOn", e.currency, e.amount_minor as "amountMinor", e.reference, e.text,
  e.counterparty_name as name, e.counterparty_iban as iban, e.bank_reference as "bankReference"`

function entryOf(ctx: TenantContext, { currency, amountMinor, name, iban, ...facts }: EntryColumns): BankEntry {
  const text = openField(ctx, 'bank_entries.text', facts.id, facts.text)
  const counterparty = { name, iban: iban && openField(ctx, 'bank_entries.counterparty_iban', facts.id, iban) }
  return { ...facts, text, counterparty, amount: money(amountMinor, currency) }
}

/** An entry, held until the transaction ends: of two who decide one waits for the other. */
export async function lockBankEntry(ctx: TenantContext, id: string): Promise<BankEntry | undefined> {
  const [row] = await ctx.db.$queryRaw<EntryColumns[]>`
    select ${columns} from bank_entries e where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid for update`
  return row && entryOf(ctx, row)
}

/** Entries nobody decided on, oldest first, those after `afterId` in that order; at most `limit`. */
export async function openBankEntries(
  ctx: TenantContext,
  { after, limit }: { after: { readonly bookedOn: LocalDate; readonly id: string } | null; limit: number },
): Promise<BankEntry[]> {
  const rows = await ctx.db.$queryRaw<EntryColumns[]>`
    select ${columns} from bank_entries e where e.tenant_id = ${ctx.tenantId}::uuid and e.state = 'open'
      and (${after?.id ?? null}::uuid is null or (e.booked_on, e.id) > (${after?.bookedOn ?? null}::date, ${after?.id ?? null}::uuid))
    order by e.booked_on, e.id limit ${limit}`
  return rows.map((row) => entryOf(ctx, row))
}

export type Decision =
  | { readonly state: 'open' }
  | { readonly state: 'aside'; readonly reason: string }
  | { readonly state: 'matched'; readonly paymentId: string | null; readonly refundId: string | null; readonly gatewayPayoutId?: string }

/** Notes what became of an entry. */
export async function decideBankEntry(ctx: TenantContext, entryId: string, decision: Decision): Promise<void> {
  const [paymentId, refundId] = decision.state === 'matched' ? [decision.paymentId, decision.refundId] : [null, null]
  const payoutId = decision.state === 'matched' ? (decision.gatewayPayoutId ?? null) : null
  const [by, at] = decision.state === 'open' ? [null, null] : [actorName(ctx.actor), ctx.now]
  await ctx.db.$executeRaw`
    update bank_entries set state = ${decision.state}, payment_id = ${paymentId}::uuid, refund_id = ${refundId}::uuid,
      gateway_payout_id = ${payoutId}::uuid,
      aside_reason = ${decision.state === 'aside' ? decision.reason : null}, decided_by = ${by}, decided_at = ${at}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${entryId}::uuid`
}

const candidatesAtMost = 20_000

/** Documents that ask for money, with their buyers, the one due first first; at most 20,000. */
export async function matchCandidates(ctx: TenantContext): Promise<Candidate[]> {
  const rows = await ctx.db.$queryRaw<(Omit<Candidate, 'open'> & { currency: string; openMinor: bigint })[]>`
    select i.id, i.number, i.due_date::text as "dueDate", i.account_id as "accountId", a.name as "buyerName", i.currency,
      s.total_minor - s.paid_minor as "openMinor"
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.status in ('open', 'partly-paid') and i.document_type in ('invoice', 'debit-note')
    order by i.due_date, i.number limit ${candidatesAtMost}`
  return rows.map(({ currency, openMinor, ...facts }) => ({ ...facts, open: money(openMinor, currency) }))
}

/** Payments that buyers announced and that did not come yet, the one due first first; at most 2,000. */
export async function awaitedPayments(ctx: TenantContext): Promise<Announced[]> {
  const rows = await ctx.db.$queryRaw<(Omit<Announced, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select x.id, x.account_id as "accountId", a.name as "buyerName", x.reference, x.currency, x.amount_minor as "amountMinor"
    from expected_payments x join accounts a on a.tenant_id = x.tenant_id and a.id = x.account_id
    where x.tenant_id = ${ctx.tenantId}::uuid and x.state = 'awaited' order by x.due_on, x.id limit 2000`
  return rows.map(({ currency, amountMinor, ...facts }) => ({ ...facts, amount: money(amountMinor, currency) }))
}

/** Which buyers paid from these bank accounts before. */
export async function knownPayers(ctx: TenantContext, ibans: readonly string[]): Promise<KnownPayers> {
  const named = new Map(ibans.flatMap((iban) => [iban, ...indexesOf(ctx, 'payments.payer_iban', iban)].map((key) => [key, iban] as const)))
  const rows = await ctx.db.$queryRaw<{ key: string; accountId: string }[]>`
    select distinct coalesce(payer_iban_index, payer_iban) as key, account_id as "accountId" from payments
    where tenant_id = ${ctx.tenantId}::uuid and coalesce(payer_iban_index, payer_iban) = any (${[...named.keys()]}::text[]) order by 2`
  const accounts = groupBy(rows, ({ key }) => named.get(key) ?? '')
  return new Map([...accounts].map(([iban, own]) => [iban, [...new Set(own.map(({ accountId }) => accountId))]]))
}

/** What may stand behind an entry: a refund that was booked, a payment that the bank takes back, or a payout of a gateway. */
export type Outgoing = {
  readonly kind: 'refund' | 'return' | 'payout'
  readonly id: string
  /** Of a payout, the gateway's own name of it. */
  readonly buyerName: string
  readonly day: LocalDate
  readonly amount: Money
}

/** Refunds of exactly that amount that no entry stands for, and payments that could be taken back by as much; at most 20. */
export async function outgoingFor(ctx: TenantContext, amount: Money): Promise<Outgoing[]> {
  const rows = await ctx.db.$queryRaw<(Omit<Outgoing, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select kind, id, "buyerName", day, currency, "amountMinor" from (
      select 'refund' as kind, r.id, a.name as "buyerName", r.refunded_on::text as day, r.currency, r.amount_minor as "amountMinor"
      from payment_refunds r join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
      where r.tenant_id = ${ctx.tenantId}::uuid and r.currency = ${amount.currency} and r.amount_minor = ${amount.minor}
        and r.reversed_at is null and r.held_at = 'bank' and not exists (select 1 from bank_entries e where e.tenant_id = r.tenant_id and e.refund_id = r.id)
      union all
      select 'return', p.id, a.name, p.received_on::text, p.currency, p.amount_minor
      from payments p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
      where p.tenant_id = ${ctx.tenantId}::uuid and p.currency = ${amount.currency} and p.amount_minor = ${amount.minor}
        and p.refunded_minor = 0 and p.held_at = 'bank') o
    order by kind, day desc, id limit 20`
  return rows.map(({ currency, amountMinor, ...facts }) => ({ ...facts, amount: money(amountMinor, currency) }))
}

/** Payouts of gateways over exactly that amount that no entry stands for, the latest first; at most 20. */
export async function payoutsFor(ctx: TenantContext, amount: Money): Promise<Outgoing[]> {
  const rows = await ctx.db.$queryRaw<{ id: string; buyerName: string; day: LocalDate }[]>`
    select p.id, p.payout_ref as "buyerName", p.arrives_on::text as day from gateway_payouts p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.state = 'paid' and p.currency = ${amount.currency} and p.amount_minor = ${amount.minor}
      and not exists (select 1 from bank_entries e where e.tenant_id = p.tenant_id and e.gateway_payout_id = p.id)
    order by p.arrives_on desc, p.id limit 20`
  return rows.map((row) => ({ ...row, kind: 'payout', amount }))
}
