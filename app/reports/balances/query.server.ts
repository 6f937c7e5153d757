import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { GrantKind, GrantScope, GrantState } from '#app/domain/wallet/credit-grant.ts'
import type { PaymentMode } from '#app/domain/wallet/payment-mode.ts'

/** One amount of a balance, as lists show it. `shown` is its state, or `used` when nothing is left. */
export type GrantRow = {
  readonly id: string
  readonly kind: GrantKind
  readonly shown: GrantState | 'used'
  readonly amount: Money
  readonly left: Money
  readonly scope: GrantScope
  /** Of the scope `products`: what these are called, by language. */
  readonly products: readonly Readonly<Record<string, string>>[]
  readonly expiresOn: LocalDate | null
  readonly reason: string | null
  readonly grantedBy: string
  readonly grantedAt: Date
  readonly receiptId: string | null
  readonly paymentId: string | null
}

/** What of a balance settles which document. */
export type GrantUseRow = {
  readonly id: string
  readonly invoiceId: string
  readonly number: string
  readonly amount: Money
  readonly usedAt: Date
}

/** The rule of an account for one currency. */
export type AutoTopUpView = {
  readonly isOn: boolean
  readonly threshold: Money
  readonly amount: Money
  readonly monthlyCap: Money
  readonly pausedFor: string | null
}

export type BalancePage = {
  readonly currency: string
  readonly balance: Money
  readonly due: Money
  /** Whether it ends within three days at what was used in the last seven. */
  readonly isLow: boolean
  readonly grants: readonly GrantRow[]
  readonly uses: readonly GrantUseRow[]
  readonly auto: AutoTopUpView | null
  readonly contracts: readonly { readonly id: string; readonly mode: PaymentMode; readonly trialEndsOn: LocalDate | null }[]
}

type SumColumns = { currency: string; balance: bigint; due: bigint; isLow: boolean }

/** The balances of an account, one for each currency it has a contract or a wallet in; the contracts' currencies first. */
export async function readBalances(ctx: TenantContext, accountId: string): Promise<BalancePage[]> {
  const sums = await ctx.db.$queryRaw<SumColumns[]>`
    with own as (
      select currency::text as currency, 0 as place from contracts where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid
      union all
      select currency::text, 1 from wallets where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid
    ), currencies as (
      select currency, min(place) as place from own group by currency
    )
    select c.currency, g.minor as balance, d.minor as due, g.minor > 0 and u.minor > 0 and g.minor < u.minor * 3 / 7 as "isLow"
    from currencies c
    cross join lateral (
      select coalesce(sum(g.amount_minor - g.used_minor - g.expired_minor - g.returned_minor - g.taken_minor), 0)::bigint as minor
      from credit_grants g join tenants t on t.tenant_id = g.tenant_id
      where g.tenant_id = ${ctx.tenantId}::uuid and g.account_id = ${accountId}::uuid and g.currency = c.currency and g.state = 'active'
        and (g.expires_on is null or g.expires_on >= (${ctx.now} at time zone t.time_zone)::date)) g
    cross join lateral (
      select coalesce(sum(s.total_minor - s.paid_minor), 0)::bigint as minor
      from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
      where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = ${accountId}::uuid and s.status in ('open', 'partly-paid')
        and i.document_type in ('invoice', 'debit-note') and i.currency = c.currency) d
    cross join lateral (
      select coalesce(sum(amount_minor - returned_minor), 0)::bigint as minor from grant_uses
      where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and currency = c.currency
        and created_at >= ${ctx.now}::timestamptz - interval '7 days') u
    order by c.place, c.currency`
  const pages: BalancePage[] = []
  for (const sum of sums) pages.push(await pageOf(ctx, accountId, sum))
  return pages
}

async function pageOf(ctx: TenantContext, accountId: string, { currency, balance, due, isLow }: SumColumns): Promise<BalancePage> {
  return {
    currency,
    balance: money(balance, currency),
    due: money(due, currency),
    isLow,
    grants: await readGrants(ctx, accountId, currency),
    uses: await readUses(ctx, accountId, currency),
    auto: await readAuto(ctx, accountId, currency),
    contracts: await ctx.db.$queryRaw`
      select id, payment_mode as mode, trial_ends_on::text as "trialEndsOn" from contracts
      where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and currency = ${currency} order by id limit 20`,
  }
}

type GrantColumns = Omit<GrantRow, 'amount' | 'left' | 'shown'> & { state: GrantState; amountMinor: bigint; leftMinor: bigint }

/** Grants in the order they are used in, those that are over after them; at most 100. */
async function readGrants(ctx: TenantContext, accountId: string, currency: string): Promise<GrantRow[]> {
  const rows = await ctx.db.$queryRaw<GrantColumns[]>`
    select g.id, g.kind, g.state, g.amount_minor as "amountMinor",
      case when g.state in ('waiting', 'refused') then 0 else g.amount_minor - g.used_minor - g.expired_minor - g.returned_minor - g.taken_minor end as "leftMinor",
      g.scope, g.expires_on::text as "expiresOn", g.reason, g.granted_by as "grantedBy", g.created_at as "grantedAt",
      coalesce((select jsonb_agg(p.name order by p.code) from grant_products gp join products p on p.tenant_id = gp.tenant_id and p.id = gp.product_id
        where gp.tenant_id = g.tenant_id and gp.grant_id = g.id), '[]') as products,
      t.receipt_id as "receiptId", t.payment_id as "paymentId"
    from credit_grants g left join top_ups t on t.tenant_id = g.tenant_id and t.grant_id = g.id
    where g.tenant_id = ${ctx.tenantId}::uuid and g.account_id = ${accountId}::uuid and g.currency = ${currency}
    order by g.state = 'waiting' desc,
      g.state <> 'active' or g.amount_minor = g.used_minor + g.expired_minor + g.returned_minor + g.taken_minor, g.priority, g.expires_on nulls last, g.id
    limit 100`
  return rows.map(({ state, amountMinor, leftMinor, ...row }) => ({
    ...row,
    shown: state === 'active' && leftMinor === 0n ? 'used' : state,
    amount: money(amountMinor, currency),
    left: money(BigInt(leftMinor), currency),
  }))
}

/** What the balance paid, newest first; at most 100. */
async function readUses(ctx: TenantContext, accountId: string, currency: string): Promise<GrantUseRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<GrantUseRow, 'amount'> & { minor: bigint })[]>`
    select u.id, u.invoice_id as "invoiceId", i.number, u.amount_minor - u.returned_minor as minor, u.created_at as "usedAt"
    from grant_uses u join invoices i on i.tenant_id = u.tenant_id and i.id = u.invoice_id
    where u.tenant_id = ${ctx.tenantId}::uuid and u.account_id = ${accountId}::uuid and u.currency = ${currency}
      and u.returned_minor < u.amount_minor
    order by u.id desc limit 100`
  return rows.map(({ minor, ...row }) => ({ ...row, amount: money(minor, currency) }))
}

type AutoColumns = { isOn: boolean; threshold: bigint; amount: bigint; cap: bigint; pausedFor: string | null }

async function readAuto(ctx: TenantContext, accountId: string, currency: string): Promise<AutoTopUpView | null> {
  const [row] = await ctx.db.$queryRaw<AutoColumns[]>`
    select r.is_on as "isOn", r.threshold_minor as threshold, r.amount_minor as amount, r.monthly_cap_minor as cap, r.paused_for as "pausedFor"
    from auto_top_ups r join wallets w on w.tenant_id = r.tenant_id and w.id = r.wallet_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.account_id = ${accountId}::uuid and w.currency = ${currency}`
  if (!row) return null
  const { isOn, pausedFor } = row
  const [threshold, amount, monthlyCap] = [row.threshold, row.amount, row.cap].map((minor) => money(minor, currency)) as [
    Money,
    Money,
    Money,
  ]
  return { isOn, pausedFor, threshold, amount, monthlyCap }
}

/** Above which amount of the seller's currency a second person approves credit; null for nobody. */
export async function readApprovalSetting(ctx: TenantContext): Promise<{ readonly currency: string; readonly amount: Money | null }> {
  const [row] = await ctx.db.$queryRaw<{ currency: string; minor: bigint | null }[]>`
    select t.currency, s.approval_above_minor as minor from tenants t left join wallet_settings s on s.tenant_id = t.tenant_id
    where t.tenant_id = ${ctx.tenantId}::uuid`
  const currency = row?.currency ?? ''
  return { currency, amount: row && row.minor !== null ? money(row.minor, currency) : null }
}
