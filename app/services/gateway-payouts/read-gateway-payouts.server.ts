import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findGatewayAccount, type GatewayAccountRow, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import {
  insertPayoutLines,
  keepGatewayPayout,
  latestPayoutDay,
  linesOfPayout,
  noteBooked,
  payoutsWithDifferences,
} from '#app/db/payments/gateway-payouts.server.ts'
import { sumsOf } from '#app/domain/gateway-payout/compare-payout.ts'
import { postingsOfGatewayPayout } from '#app/domain/ledger/rules.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import type { GatewayPayout } from '#app/ports/payment-gateway.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import type { EventAbout } from '../gateways/event-handler.ts'
import { askGateway, type GatewayProcess, openGateway } from '../gateways/gateway-ports.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { comparePayout } from './compare-payout.server.ts'

/** Gateways still change what they said of the last days; before the first payout a quarter of a year is read. */
const overlapDays = 7
const firstDays = 90

/** Reads the payouts of every gateway account in use, books what arrived and compares it with the books. Returns how many were new. */
export async function readGatewayPayouts(process: GatewayProcess): Promise<number> {
  const accounts = await process.inTenant((ctx) => listGatewayAccounts(ctx, { state: 'active' }))
  let added = 0
  for (const account of accounts) added += await readPayoutsOf(process, account)
  return added
}

/** A gateway told of a payout: its account's are read. @throws when the gateway does not answer: the job asks again. */
export async function payoutOfEvent(process: GatewayProcess, { gatewayAccountId }: EventAbout<'payout'>): Promise<EventOutcome> {
  const account = await process.inTenant((ctx) => findGatewayAccount(ctx, gatewayAccountId))
  if (!account) return { state: 'ignored' }
  await readPayoutsOf(process, account)
  return { state: 'applied' }
}

async function readPayoutsOf(process: GatewayProcess, account: GatewayAccountRow): Promise<number> {
  if (!openGateway(process, account).abilities.payouts) return 0
  const since = await process.inTenant(async (ctx) => {
    const latest = await latestPayoutDay(ctx, account.id)
    return latest ? addDays(latest, -overlapDays) : addDays(localDateOf(ctx.now, (await sellerOf(ctx)).timeZone), -firstDays)
  })
  const payouts = await askGateway(process, { account, attemptId: null }, (gateway) => gateway.listPayouts(since))
  let added = 0
  for (const payout of payouts) added += await process.inTenant((ctx) => takeInPayout(ctx, account, payout))
  for (const payoutId of await process.inTenant((ctx) => payoutsWithDifferences(ctx, account.id)))
    await process.inTenant((ctx) => comparePayout(ctx, { payoutId, gatewayAccountId: account.id }))
  return added
}

/** Keeps a payout once with what it is made of, and books it once it arrived. Safe to repeat. Returns 1 when it is new. */
export async function takeInPayout(
  ctx: TenantContext,
  account: Pick<GatewayAccountRow, 'id' | 'gateway'>,
  payout: GatewayPayout,
): Promise<number> {
  const { lines, ...facts } = payout
  const { currency } = facts.amount
  const kept = await keepGatewayPayout(ctx, { gatewayAccountId: account.id, payout: facts, fee: sumsOf(lines, currency).fee })
  if (kept.isNew) {
    await insertPayoutLines(ctx, kept.id, lines)
    await comparePayout(ctx, { payoutId: kept.id, gatewayAccountId: account.id })
  }
  if (!kept.isBooked && payout.state === 'paid') await book(ctx, { payoutId: kept.id, gateway: account.gateway, payout: facts })
  return kept.isNew ? 1 : 0
}

type Booking = { readonly payoutId: string; readonly gateway: string; readonly payout: Omit<GatewayPayout, 'lines'> }

/** What arrives is booked as the gateway says, also where its lines do not add up to it: that is listed, not corrected. */
async function book(ctx: TenantContext, { payoutId, gateway, payout }: Booking): Promise<void> {
  const { amount: arrives } = payout
  const { fee } = sumsOf(await linesOfPayout(ctx, payoutId), arrives.currency)
  const postings = postingsOfGatewayPayout({ gateway, amount: { ...arrives, minor: arrives.minor + fee.minor }, fee })
  const entry = { kind: 'gateway-payout' as const, accountId: null, invoiceId: null }
  if (postings.length > 0) await postEntry(ctx, { ...entry, sourceKey: `gateway-payout:${payoutId}`, postings })
  await noteBooked(ctx, payoutId)
  const detail = {
    payoutRef: payout.ref,
    amountMinor: arrives.minor.toString(),
    feeMinor: fee.minor.toString(),
    currency: arrives.currency,
  }
  await audit(ctx, { action: 'gateway-payout.booked', subjectKind: 'gateway-payout', subjectId: payoutId, detail })
}
