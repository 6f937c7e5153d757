import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { AutoTopUpRule } from '#app/domain/wallet/auto-top-up.ts'
import type { TenantContext } from '../context.server.ts'
import type { WalletRow } from './wallets.server.ts'

/** Who starts the charges of automatic top-ups. */
export const autoTopUpActor = 'automatic top-up'

/** Keeps what an account wants charged by itself; what paused it is forgotten. */
export async function saveAutoTopUpRow(
  ctx: TenantContext,
  wallet: WalletRow,
  rule: AutoTopUpRule & { readonly isOn: boolean },
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into auto_top_ups (tenant_id, wallet_id, account_id, is_on, threshold_minor, amount_minor, monthly_cap_minor, changed_by, changed_at)
    values (${ctx.tenantId}::uuid, ${wallet.id}::uuid, ${wallet.accountId}::uuid, ${rule.isOn}, ${rule.threshold.minor}, ${rule.amount.minor},
      ${rule.monthlyCap.minor}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, wallet_id) do update set is_on = excluded.is_on, threshold_minor = excluded.threshold_minor,
      amount_minor = excluded.amount_minor, monthly_cap_minor = excluded.monthly_cap_minor, paused_for = null,
      changed_by = excluded.changed_by, changed_at = excluded.changed_at`
}

/** A balance that may be charged for: its rule, what it holds, what was charged this month by itself, and its last attempt. */
export type AutoTopUpCandidate = AutoTopUpRule & {
  readonly walletId: string
  readonly accountId: string
  readonly attemptId: string | null
  readonly balance: Money
  readonly charged: Money
}

type Columns = {
  walletId: string
  accountId: string
  currency: string
  attemptId: string | null
  threshold: bigint
  amount: bigint
  monthlyCap: bigint
  balance: bigint
  charged: bigint
}

/** Balances below their threshold, and not below nothing as after a dispute, for which nothing is under way: the last attempt ended, and what it brought is in the balance. At most 500. */
export async function autoTopUpCandidates(ctx: TenantContext): Promise<AutoTopUpCandidate[]> {
  const rows = await ctx.db.$queryRaw<Columns[]>`
    select r.wallet_id as "walletId", r.account_id as "accountId", w.currency, r.attempt_id as "attemptId", r.threshold_minor as threshold,
      r.amount_minor as amount, r.monthly_cap_minor as "monthlyCap", g.minor as balance, c.minor as charged
    from auto_top_ups r
    join tenants t on t.tenant_id = r.tenant_id
    join wallets w on w.tenant_id = r.tenant_id and w.id = r.wallet_id
    left join payment_attempts a on a.tenant_id = r.tenant_id and a.id = r.attempt_id
    cross join lateral (
      select coalesce(sum(amount_minor - used_minor - expired_minor - returned_minor - taken_minor), 0)::bigint as minor from credit_grants g
      where g.tenant_id = r.tenant_id and g.wallet_id = r.wallet_id and g.state = 'active'
        and (g.expires_on is null or g.expires_on >= (${ctx.now} at time zone t.time_zone)::date)) g
    cross join lateral (
      select coalesce(sum(p.amount_minor), 0)::bigint as minor from payment_attempts p
      where p.tenant_id = r.tenant_id and p.account_id = r.account_id and p.purpose = 'top-up' and p.started_by = ${autoTopUpActor}
        and p.currency = w.currency and p.state not in ('failed', 'cancelled', 'expired')
        and p.created_at >= date_trunc('month', ${ctx.now} at time zone t.time_zone) at time zone t.time_zone) c
    where r.tenant_id = ${ctx.tenantId}::uuid and r.is_on and r.paused_for is null and g.minor between 0 and r.threshold_minor - 1
      and (a.id is null or a.finished_at is not null)
      and (a.state is distinct from 'captured' or exists (
        select 1 from top_ups u where u.tenant_id = a.tenant_id and u.payment_id = a.payment_id))
    order by r.wallet_id limit 500`
  return rows.map(({ currency, threshold, amount, monthlyCap, balance, charged, ...facts }) => ({
    ...facts,
    threshold: money(threshold, currency),
    amount: money(amount, currency),
    monthlyCap: money(monthlyCap, currency),
    balance: money(balance, currency),
    charged: money(charged, currency),
  }))
}

/** Notes the attempt that is under way for a balance. */
export async function noteAutoTopUp(ctx: TenantContext, walletId: string, attemptId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update auto_top_ups set attempt_id = ${attemptId}::uuid, attempted_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and wallet_id = ${walletId}::uuid`
}

/** Stops charging for a balance until its account looks at it: `code` says why. False when it was stopped before. */
export async function pauseAutoTopUpRow(
  ctx: TenantContext,
  of: { readonly walletId: string } | { readonly attemptId: string },
  code: string,
): Promise<boolean> {
  const walletId = 'walletId' in of ? of.walletId : null
  const attemptId = 'attemptId' in of ? of.attemptId : null
  const changed = await ctx.db.$executeRaw`
    update auto_top_ups set paused_for = ${code}
    where tenant_id = ${ctx.tenantId}::uuid and paused_for is null and (wallet_id = ${walletId}::uuid or attempt_id = ${attemptId}::uuid)`
  return changed === 1
}
