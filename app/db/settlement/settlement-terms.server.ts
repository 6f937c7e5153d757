import { plainSettings, SettlementSettings, storedSettings } from '#app/domain/settlement/settings.ts'
import type { SettlementModel } from '#app/domain/settlement/settlement-effect.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** The contract of an account, as far as its settlement needs it. `agreed` is what holds without further terms. */
export type SettledContract = {
  readonly contractId: string
  readonly accountId: string
  readonly accountName: string
  readonly childTenantId: string | null
  readonly currency: string
  readonly creditLimitMinor: bigint
  readonly agreed: SettlementSettings
}

type ContractColumns = Omit<SettledContract, 'agreed'> &
  Pick<SettlementSettings, 'pricing' | 'chargeTrigger' | 'collectsPayments' | 'issuer' | 'isSelfBilled'> & { readonly paymentDays: number }

/** The contract of `accountId`; undefined when it has none. */
export async function readSettledContract(ctx: TenantContext, accountId: string): Promise<SettledContract | undefined> {
  const [row] = await ctx.db.$queryRaw<ContractColumns[]>`
    select c.id as "contractId", c.account_id as "accountId", a.name as "accountName", a.child_tenant_id as "childTenantId", c.currency,
      c.credit_limit_minor as "creditLimitMinor", c.pricing, c.charge_trigger as "chargeTrigger", c.collects_payments as "collectsPayments",
      c.issuer, c.is_self_billed as "isSelfBilled", c.payment_days as "paymentDays"
    from contracts c join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = ${accountId}::uuid`
  if (!row) return undefined
  const { contractId, accountName, childTenantId, creditLimitMinor, ...agreed } = row
  const { currency } = agreed
  return { contractId, accountId, accountName, childTenantId, currency, creditLimitMinor, agreed: plainSettings(agreed) }
}

export type TermsState = 'waiting' | 'agreed' | 'withdrawn'

/** Settings that hold from a day on: proposed, seen by whoever must see them, then agreed. */
export type SettlementTerms = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
  readonly settings: SettlementSettings
  readonly state: TermsState
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly needsSecondPerson: boolean
  readonly approvedBy: string | null
  readonly needsChild: boolean
  readonly acceptedBy: string | null
}

const columns = Prisma.sql`id, account_id as "accountId", contract_id as "contractId", valid_from::text as "validFrom", valid_to::text as "validTo", settings,
  state, reason, proposed_by as "proposedBy", proposed_at as "proposedAt", needs_second_person as "needsSecondPerson",
  approved_by as "approvedBy", needs_child as "needsChild", accepted_by as "acceptedBy"`

type TermsRow = Omit<SettlementTerms, 'settings'> & { readonly settings: unknown }

function toTerms(row: TermsRow): SettlementTerms {
  return { ...row, settings: SettlementSettings.parse(row.settings) }
}

export type NewTerms = Pick<
  SettlementTerms,
  'accountId' | 'contractId' | 'validFrom' | 'settings' | 'reason' | 'needsSecondPerson' | 'needsChild'
> & {
  readonly model: SettlementModel
}

/** Saves proposed terms and returns their id. */
export async function insertTerms(ctx: TenantContext, terms: NewTerms): Promise<string> {
  const id = newId()
  await ctx.db.$executeRaw`
    insert into settlement_terms (tenant_id, id, account_id, contract_id, valid_from, settings, model, state, reason, proposed_by, proposed_at,
      needs_second_person, needs_child)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${terms.accountId}::uuid, ${terms.contractId}::uuid, ${terms.validFrom}::date,
      ${JSON.stringify(storedSettings(terms.settings))}::jsonb, ${terms.model}, 'waiting', ${terms.reason}, ${actorName(ctx.actor)}, ${ctx.now},
      ${terms.needsSecondPerson}, ${terms.needsChild})`
  return id
}

/** Terms by their id, held until the transaction ends together with the contract they are about. */
export async function lockTerms(ctx: TenantContext, id: string): Promise<SettlementTerms | undefined> {
  await ctx.db.$executeRaw`
    select c.id from contracts c join settlement_terms s on s.tenant_id = c.tenant_id and s.contract_id = c.id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.id = ${id}::uuid for no key update of c`
  return termsById(ctx, id)
}

/** Notes who saw proposed terms: a second person of the parent, or the child. */
export async function noteConsent(ctx: TenantContext, id: string, side: 'parent' | 'child'): Promise<void> {
  const who = actorName(ctx.actor)
  const data = side === 'parent' ? { approvedBy: who, approvedAt: ctx.now } : { acceptedBy: who, acceptedAt: ctx.now }
  await ctx.db.settlementTerms.updateMany({ where: { tenantId: ctx.tenantId, id }, data })
}

/** Takes proposed terms back. */
export async function withdrawTermsRow(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.settlementTerms.updateMany({ where: { tenantId: ctx.tenantId, id, state: 'waiting' }, data: { state: 'withdrawn' } })
}

/**
 * Lets proposed terms hold from their day on until others that were agreed begin. What held over that day ends there; terms of the same
 * day keep their row and no day.
 */
export async function agreeTerms(
  ctx: TenantContext,
  { id, contractId, validFrom }: Pick<SettlementTerms, 'id' | 'contractId' | 'validFrom'>,
): Promise<void> {
  const next = await ctx.db.$queryRaw<{ validFrom: LocalDate }[]>`
    select min(valid_from)::text as "validFrom" from settlement_terms where tenant_id = ${ctx.tenantId}::uuid
      and contract_id = ${contractId}::uuid and state = 'agreed' and valid_from > ${validFrom}::date`
  await ctx.db.$executeRaw`
    update settlement_terms set valid_to = greatest(valid_from, ${validFrom}::date)
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and state = 'agreed' and valid_from <= ${validFrom}::date
      and (valid_to is null or valid_to > ${validFrom}::date)`
  await ctx.db.$executeRaw`
    update settlement_terms set state = 'agreed', valid_to = ${next[0]?.validFrom ?? null}::date
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Terms by their id. */
export async function termsById(ctx: TenantContext, id: string): Promise<SettlementTerms | undefined> {
  const [row] = await ctx.db.$queryRaw<TermsRow[]>`
    select ${columns} from settlement_terms where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row && toTerms(row)
}

/** The terms that hold for a contract on a day; undefined when none were agreed. */
export async function termsOn(ctx: TenantContext, contractId: string, day: LocalDate): Promise<SettlementTerms | undefined> {
  return (await termsOfContracts(ctx, [contractId], day)).get(contractId)
}

/** The same for many, by contract. */
export async function termsOfContracts(
  ctx: TenantContext,
  contractIds: readonly string[],
  day: LocalDate,
): Promise<ReadonlyMap<string, SettlementTerms>> {
  const rows = await ctx.db.$queryRaw<TermsRow[]>`
    select ${columns}
    from settlement_terms
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = any (${contractIds}::uuid[]) and state = 'agreed'
      and valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)`
  return new Map(rows.map((row) => [row.contractId, toTerms(row)]))
}

/** Everything that was ever proposed for a contract, the newest first; at most 100. */
export async function termsHistory(ctx: TenantContext, contractId: string): Promise<SettlementTerms[]> {
  const rows = await ctx.db.$queryRaw<TermsRow[]>`
    select ${columns}
    from settlement_terms where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid
    order by valid_from desc, proposed_at desc, id desc limit 100`
  return rows.map(toTerms)
}

/** Days of a contract whose charges are shown and owed in another way than by invoice, `[from, to)`; `to` null has no end. */
export type ShownOnly = { readonly contractId: string; readonly from: LocalDate; readonly to: LocalDate | null }

/** The same of many contracts. */
export function shownOnlyOf(ctx: TenantContext, contractIds: readonly string[]): Promise<ShownOnly[]> {
  return ctx.db.$queryRaw<ShownOnly[]>`
    select contract_id as "contractId", valid_from::text as "from", valid_to::text as "to" from settlement_terms
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = any (${contractIds}::uuid[]) and state = 'agreed' and model <> 'invoiced'
      and valid_to is distinct from valid_from
    order by contract_id, valid_from`
}

/** The resellers whose customers pay the tenant on a day: by their terms, or by their contract while there are none. At most 200, by name. */
export function collectedContracts(ctx: TenantContext, day: LocalDate): Promise<{ id: string; name: string; currency: string }[]> {
  return ctx.db.$queryRaw<{ id: string; name: string; currency: string }[]>`
    select a.id, a.name, c.currency from accounts a
    join contracts c on c.tenant_id = a.tenant_id and c.account_id = a.id
    left join settlement_terms s on s.tenant_id = c.tenant_id and s.contract_id = c.id and s.state = 'agreed'
      and s.valid_from <= ${day}::date and (s.valid_to is null or s.valid_to > ${day}::date)
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null
      and coalesce(s.settings ->> 'collectsPayments', c.collects_payments) = 'parent'
    order by a.name, a.id limit 200`
}
