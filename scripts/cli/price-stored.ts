import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import type { Period } from '#app/domain/time/period.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'
import { readUsageOf } from '#app/reports/price-simulation/query.server.ts'
import { type SimulatedPlan, type SimulationAnswer, simulateUsage } from '#app/services/pricing/simulate-prices.server.ts'
import { type Answer, refused, wrongUse } from './command.ts'
import { connect } from './connect.ts'
import { tenantNamed } from './options.ts'

/** What names a stored plan and stored usage on the command line. */
export type StoredOptions = { tenant?: string; book?: string; product?: string; account?: string; month?: string; zone: string }

export type StoredInput = {
  /** The plan as a file; undefined when it is one of a book. */
  readonly text: string | undefined
  /** The usage of a file; undefined when it is an account's. */
  readonly usage: readonly SheetUsage[] | undefined
  readonly span: Period | null
}

export type StoredSimulation = { readonly answer: Answer } | Extract<SimulationAnswer, { ok: true }>['value']

/** Simulates with what a tenant has stored: a plan of a price book, the usage of an account and month, or both. */
export async function simulateStored(options: StoredOptions, { text, usage, span }: StoredInput): Promise<StoredSimulation> {
  const close = await connect()
  try {
    const { tenantId } = await tenantNamed(options.tenant ?? '')
    const simulated = await inTenant(tenantId, async (ctx) => {
      const plan: SimulatedPlan = text === undefined ? await planOfBook(ctx, options) : { kind: 'file', text }
      return simulateUsage(ctx, { plan, usage: usage ?? (await usageOfAccount(ctx, options)), zone: options.zone, span })
    })
    return simulated.ok ? simulated.value : { answer: refused(simulated.error) }
  } finally {
    await close()
  }
}

/** The meters that a seller defined, by code. */
export async function metersOfTenant(slug: string): Promise<OwnMeters> {
  const close = await connect()
  try {
    const { tenantId } = await tenantNamed(slug)
    return await inTenant(tenantId, readOwnMeters)
  } finally {
    await close()
  }
}

async function planOfBook({ db, tenantId }: TenantContext, { book: code = '', product }: StoredOptions): Promise<SimulatedPlan> {
  const book = await db.priceBook.findUnique({ where: { tenantId_code: { tenantId, code } }, select: { id: true } })
  if (!book) return wrongUse(`there is no price book "${code}"`)
  const known = product && (await db.product.findUnique({ where: { tenantId_code: { tenantId, code: product } }, select: { id: true } }))
  if (product && !known) return wrongUse(`there is no product "${product}"`)
  return { kind: 'book', priceBookId: book.id, productId: known ? known.id : null }
}

function usageOfAccount(ctx: TenantContext, { account = '', month = '', zone }: StoredOptions): Promise<SheetUsage[]> {
  const [year = 2026, number = 1] = month.split('-').map(Number)
  return readUsageOf(ctx, account, monthOf(zone, year, number))
}
