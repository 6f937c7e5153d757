import { actorName } from '#app/domain/shared/actor.ts'
import type { PayerSpan } from '#app/domain/statement/payer-of.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

const columns = Prisma.sql`p.account_id as "accountId", p.contract_id as "contractId", p.under_contract_id as "underContractId",
  p.payer_account_id as "payerAccountId", p.payer_contract_id as "payerContractId", p.valid_from::text as "validFrom", p.valid_to::text as "validTo"`

/**
 * The contract that the charge `c` is billed to: that of the payer of its account, else of the payer of the contract it was rated under, else
 * that contract itself. Its first day decides, in the seller's zone.
 */
export const billedTo = Prisma.sql`coalesce((
  select p.payer_contract_id from payer_assignments p join tenants t on t.tenant_id = p.tenant_id
  where p.tenant_id = c.tenant_id and (p.account_id = c.account_id or p.contract_id = c.contract_id)
    and p.valid_from <= (c.period_start at time zone t.time_zone)::date
    and (p.valid_to is null or p.valid_to > (c.period_start at time zone t.time_zone)::date)
  order by (p.account_id = c.account_id) desc limit 1), c.contract_id)`

/** Every span in which somebody else pays or paid for what is rated under, or billed to, one of `contractIds`; null for a seller without any. */
export async function payersAround(ctx: TenantContext, contractIds: readonly string[]): Promise<PayerSpan[] | null> {
  const [any] = await ctx.db.$queryRaw<{ id: string }[]>`select id from payer_assignments where tenant_id = ${ctx.tenantId}::uuid limit 1`
  if (!any) return null
  return ctx.db.$queryRaw<PayerSpan[]>`
    select ${columns} from payer_assignments p
    where p.tenant_id = ${ctx.tenantId}::uuid
      and (p.under_contract_id = any (${contractIds}::uuid[]) or p.payer_contract_id = any (${contractIds}::uuid[]))
    order by p.account_id, p.valid_from`
}

/** One line of the history of who pays for an account. */
export type PayerRow = {
  readonly id: string
  readonly payerAccountId: string
  readonly payerName: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
  readonly reason: string
  readonly acceptedBy: string
}

/** Who pays and paid for an account, the latest first. */
export function readPayers(ctx: TenantContext, accountId: string): Promise<PayerRow[]> {
  return ctx.db.$queryRaw<PayerRow[]>`
    select p.id, p.payer_account_id as "payerAccountId", a.name as "payerName", p.valid_from::text as "validFrom", p.valid_to::text as "validTo",
      p.reason, p.accepted_by as "acceptedBy"
    from payer_assignments p join accounts a on a.tenant_id = p.tenant_id and a.id = p.payer_account_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.account_id = ${accountId}::uuid
    order by p.valid_from desc, p.created_at desc limit 200`
}

/** An account as it concerns who pays: the contract it is rated under, whose it is, and what it pays in. */
export type PayingFacts = {
  readonly accountId: string
  readonly isReseller: boolean
  /** Its own contract; null for a department that is under its enterprise's. */
  readonly contractId: string | null
  readonly underContractId: string | null
  readonly currency: string | null
  readonly taxBehaviour: string | null
}

/** Those facts, with the contract held until the transaction ends; undefined when there is no such account. */
export async function lockPayingFacts(ctx: TenantContext, accountId: string): Promise<PayingFacts | undefined> {
  const [row] = await ctx.db.$queryRaw<PayingFacts[]>`
    select a.id as "accountId", a.child_tenant_id is not null as "isReseller", own.id as "contractId", c.id as "underContractId",
      c.currency, b.tax_behaviour as "taxBehaviour"
    from accounts a
    left join contracts own on own.tenant_id = a.tenant_id and own.account_id = a.id
    left join contracts c on c.tenant_id = a.tenant_id and c.account_id = case when own.id is null then a.parent_account_id else a.id end
    left join price_books b on b.tenant_id = c.tenant_id and b.id = c.price_book_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid`
  if (row?.underContractId)
    await ctx.db.$executeRaw`
      select id from contracts where tenant_id = ${ctx.tenantId}::uuid and id = ${row.underContractId}::uuid for no key update`
  return row
}

/** Whether an account is paid for by another one on or after `from`, and whether it pays for others then. */
export async function payerTies(
  ctx: TenantContext,
  accountId: string,
  from: LocalDate,
): Promise<{ readonly isPaidFor: boolean; readonly paysForOthers: boolean }> {
  const [row] = await ctx.db.$queryRaw<{ isPaidFor: boolean; paysForOthers: boolean }[]>`
    select coalesce(bool_or(p.account_id = ${accountId}::uuid), false) as "isPaidFor",
      coalesce(bool_or(p.payer_account_id = ${accountId}::uuid), false) as "paysForOthers"
    from payer_assignments p
    where p.tenant_id = ${ctx.tenantId}::uuid and (p.account_id = ${accountId}::uuid or p.payer_account_id = ${accountId}::uuid)
      and (p.valid_to is null or p.valid_to > ${from}::date)`
  return row ?? { isPaidFor: false, paysForOthers: false }
}

/** Ends the open assignment of an account on `day`; what was before stays as it was. */
export async function endPayer(ctx: TenantContext, accountId: string, day: LocalDate): Promise<void> {
  await ctx.db.$executeRaw`
    update payer_assignments set valid_to = ${day}::date
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_to is null`
}

export type NewPayer = {
  readonly accountId: string
  readonly contractId: string | null
  readonly underContractId: string
  readonly payerAccountId: string
  readonly payerContractId: string
  readonly validFrom: LocalDate
  readonly reason: string
}

/** From a day on, another account pays. */
export async function insertPayer(ctx: TenantContext, payer: NewPayer): Promise<void> {
  await ctx.db.$executeRaw`
    insert into payer_assignments (tenant_id, id, account_id, contract_id, under_contract_id, payer_account_id, payer_contract_id, valid_from,
      reason, accepted_by, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${payer.accountId}::uuid, ${payer.contractId}::uuid, ${payer.underContractId}::uuid,
      ${payer.payerAccountId}::uuid, ${payer.payerContractId}::uuid, ${payer.validFrom}::date, ${payer.reason}, ${actorName(ctx.actor)}, ${ctx.now})`
}
