import { type OpenCase, openCases } from '#app/db/dunning/dunning-cases.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { readDuePage } from './read-due.server.ts'
import { resumeAccount } from './resume-account.server.ts'

const pageSize = 100
/** Letters leave between seven and eight in the evening where the seller is. */
const [firstHour, lastHour] = [7, 20]

/**
 * Wakes one job for every account that today does something about, and ends cases that a payment ended without saying so. Each account is a
 * job of its own, so that one that cannot be written to stops no other. Nothing in the seller's night. Returns how many were woken.
 */
export async function openDunningDay(process: TenantProcess<unknown>): Promise<number> {
  if (!(await process.inTenant(async (ctx) => isDaytime(ctx.now, (await ownTenant(ctx))?.timeZone)))) return 0
  await endPaidCases(process)
  let woken = 0
  for (let afterId: string | null = null; ; ) {
    const after: string | null = afterId
    const page = await process.inTenant(async (ctx) => {
      const { accounts, lastId } = await readDuePage(ctx, { afterId: after, limit: pageSize })
      const due = new Set(accounts.filter(({ deed }) => deed).map(({ accountId }) => accountId))
      await enqueue(ctx, ...[...due].map((accountId) => ({ name: 'dunning/due' as const, data: { tenantId: ctx.tenantId, accountId } })))
      return { woken: due.size, lastId }
    })
    woken += page.woken
    afterId = page.lastId
    if (afterId === null) return woken
  }
}

async function endPaidCases(process: TenantProcess<unknown>): Promise<void> {
  for (let afterId: string | null = null; ; ) {
    const after: string | null = afterId
    const cases: OpenCase[] = await process.inTenant((ctx) => openCases(ctx, { afterId: after, limit: pageSize }))
    for (const { accountId } of cases) await process.inTenant((ctx) => resumeAccount(ctx, accountId))
    if (cases.length < pageSize) return
    afterId = cases.at(-1)?.id ?? null
  }
}

function isDaytime(now: Date, zone: string | undefined): boolean {
  invariant(zone, 'openDunningDay: the tenant is not there')
  const hours = (now.getTime() - startOfDay(localDateOf(now, zone), zone).getTime()) / 3_600_000
  return hours >= firstHour && hours < lastHour
}
