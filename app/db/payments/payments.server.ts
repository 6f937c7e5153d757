import { money } from '#app/domain/money/money.ts'
import type { Payer, Payment, PaymentMethod } from '#app/domain/payment/payment.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { indexesOf, openField, sealField } from '../sealing/sealed-fields.server.ts'

export type NewPayment = Pick<Payment, 'accountId' | 'sourceKey' | 'method' | 'heldAt' | 'amount' | 'receivedOn' | 'reference' | 'payer'>

type PaymentColumns = Omit<Payment, 'amount' | 'allocated' | 'refunded' | 'payer'> & {
  readonly currency: string
  readonly amountMinor: bigint
  readonly allocatedMinor: bigint
  readonly refundedMinor: bigint
  readonly payerName: string | null
  readonly payerIban: string | null
  readonly method: PaymentMethod
  readonly receivedOn: LocalDate
}

const columns = Prisma.sql`p.id, p.account_id as "accountId", p.source_key as "sourceKey", p.method, p.held_at as "heldAt", p.currency,
  p.amount_minor as "amountMinor", p.allocated_minor as "allocatedMinor", p.refunded_minor as "refundedMinor",
  p.received_on::text as "receivedOn", p.reference, p.payer_name as "payerName", p.payer_iban as "payerIban", p.created_at as "createdAt"`

function paymentOf(ctx: TenantContext, row: PaymentColumns): Payment {
  const { currency, amountMinor, allocatedMinor, refundedMinor, payerName, payerIban, ...facts } = row
  const payer: Payer = { name: payerName, iban: payerIban && openField(ctx, 'payments.payer_iban', row.id, payerIban) }
  return {
    ...facts,
    payer,
    amount: money(amountMinor, currency),
    allocated: money(allocatedMinor, currency),
    refunded: money(refundedMinor, currency),
  }
}

/** Saves a payment; of the same fact recorded twice the first one stays, and `isNew` is false. */
export async function insertPayment(
  ctx: TenantContext,
  payment: NewPayment,
): Promise<{ readonly payment: Payment; readonly isNew: boolean }> {
  const { amount, payer } = payment
  const id = newId()
  const iban = payer.iban && sealField(ctx, 'payments.payer_iban', id, payer.iban)
  const [index = null] = payer.iban ? indexesOf(ctx, 'payments.payer_iban', payer.iban) : []
  const inserted = await ctx.db.$queryRaw<PaymentColumns[]>`
    insert into payments as p (tenant_id, id, account_id, source_key, method, held_at, currency, amount_minor, received_on, reference,
      payer_name, payer_iban, payer_iban_index, recorded_by, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${payment.accountId}::uuid, ${payment.sourceKey}, ${payment.method}, ${payment.heldAt},
      ${amount.currency}, ${amount.minor}, ${payment.receivedOn}::date, ${payment.reference}, ${payer.name}, ${iban}, ${index},
      ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, source_key) do nothing returning ${columns}`
  const rows = inserted.length > 0 ? inserted : await paymentsOfKey(ctx, payment.sourceKey)
  const [row] = rows
  if (!row) throw new Error(`payment ${payment.sourceKey} is neither new nor there`)
  return { payment: paymentOf(ctx, row), isNew: inserted.length > 0 }
}

function paymentsOfKey(ctx: TenantContext, sourceKey: string): Promise<PaymentColumns[]> {
  return ctx.db.$queryRaw<PaymentColumns[]>`
    select ${columns} from payments p where p.tenant_id = ${ctx.tenantId}::uuid and p.source_key = ${sourceKey}`
}

/** A payment, held until the transaction ends: one change of it waits for the other. */
export async function lockPayment(ctx: TenantContext, id: string): Promise<Payment | undefined> {
  const [row] = await ctx.db.$queryRaw<PaymentColumns[]>`
    select ${columns} from payments p where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${id}::uuid for update`
  return row && paymentOf(ctx, row)
}

/** Whose payment it is, and in which currency; undefined when the tenant has none of that id. */
export async function paymentAccount(ctx: TenantContext, id: string): Promise<{ accountId: string; currency: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ accountId: string; currency: string }[]>`
    select account_id as "accountId", currency from payments where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row
}

/** Adds `minor` units (below zero: takes them away) to what of a payment is allocated; false when it does not have that much. */
export async function addAllocated(ctx: TenantContext, paymentId: string, minor: bigint): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update payments set allocated_minor = allocated_minor + ${minor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${paymentId}::uuid
      and allocated_minor + ${minor} >= 0 and allocated_minor + ${minor} + refunded_minor <= amount_minor`
  return changed === 1
}

export type NewRefund = {
  readonly payment: Payment
  readonly amount: Payment['amount']
  readonly kind: 'refund' | 'return'
  readonly heldAt: string
  readonly refundedOn: LocalDate
  readonly reason: string
  readonly sourceKey: string
}

/** The row of money that went back for that fact; undefined when none did. */
export async function refundOfSource(ctx: TenantContext, sourceKey: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from payment_refunds where tenant_id = ${ctx.tenantId}::uuid and source_key = ${sourceKey}`
  return row?.id
}

/** Notes what of a payment went back; returns the row's id, or nothing when the payment does not have that much unapplied. */
export async function insertRefund(ctx: TenantContext, refund: NewRefund): Promise<string | undefined> {
  const { payment, amount } = refund
  const changed = await ctx.db.$executeRaw`
    update payments set refunded_minor = refunded_minor + ${amount.minor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${payment.id}::uuid and allocated_minor + refunded_minor + ${amount.minor} <= amount_minor`
  if (changed === 0) return undefined
  const id = newId()
  await ctx.db.$executeRaw`
    insert into payment_refunds (tenant_id, id, account_id, payment_id, source_key, kind, held_at, currency, amount_minor, refunded_on,
      reason, refunded_by, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${payment.accountId}::uuid, ${payment.id}::uuid, ${refund.sourceKey}, ${refund.kind},
      ${refund.heldAt}, ${amount.currency}, ${amount.minor}, ${refund.refundedOn}::date, ${refund.reason}, ${actorName(ctx.actor)}, ${ctx.now})`
  return id
}

export type ReversedRefund = {
  readonly id: string
  readonly paymentId: string
  readonly accountId: string
  readonly amount: Payment['amount']
}

/** Takes back the row of money that went back for that fact: the payment has it again. Undefined when there is none, or it is taken back. */
export async function reverseRefund(
  ctx: TenantContext,
  { sourceKey, reason }: { readonly sourceKey: string; readonly reason: string },
): Promise<ReversedRefund | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string; paymentId: string; accountId: string; currency: string; amountMinor: bigint }[]>`
    update payment_refunds set reversed_at = ${ctx.now}, reversed_by = ${actorName(ctx.actor)}, reversal_reason = ${reason}
    where tenant_id = ${ctx.tenantId}::uuid and source_key = ${sourceKey} and reversed_at is null
    returning id, payment_id as "paymentId", account_id as "accountId", currency, amount_minor as "amountMinor"`
  if (!row) return undefined
  const { currency, amountMinor, ...facts } = row
  await ctx.db.$executeRaw`
    update payments set refunded_minor = refunded_minor - ${amountMinor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${row.paymentId}::uuid`
  return { ...facts, amount: money(amountMinor, currency) }
}

/** Ids of the entries that were booked under `sourceKeys`, by key. */
export async function entryIds(ctx: TenantContext, sourceKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; sourceKey: string }[]>`
    select id, source_key as "sourceKey" from ledger_entries
    where tenant_id = ${ctx.tenantId}::uuid and source_key = any (${sourceKeys}::text[]) order by source_key`
  return new Map(rows.map((row) => [row.sourceKey, row.id]))
}
