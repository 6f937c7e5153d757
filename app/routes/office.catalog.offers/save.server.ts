import { Decimal } from '#app/domain/money/decimal.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { delegatePlans, withdrawPlans } from '#app/services/offers/delegate-plans.server.ts'
import { importOffers } from '#app/services/offers/import-offers.server.ts'
import { resolveChanges } from '#app/services/offers/resolve-changes.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { type OfferDeed, offerForms } from './forms.ts'

type Refused = { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
export type OfferAnswer = Refused | { readonly problem: string } | { readonly saved: OfferDeed }

/** Does what one of the page's forms asks for. */
export function saveOfferDeed(request: Request, deed: OfferDeed): Promise<OfferAnswer> {
  if (deed === 'resolve') return resolve(request)
  if (deed === 'import') return takeOver(request)
  return deed === 'delegate' ? delegate(request) : withdraw(request)
}

async function resolve(request: Request): Promise<OfferAnswer> {
  const form = await parseForm(request, offerForms.resolve)
  if (!form.ok) return refusedBy(form)
  const { changeId, follow } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx) => resolveChanges(ctx, { changeIds: [changeId], follow: follow === 'yes' }))
  return result.ok ? { saved: 'resolve' } : { problem: result.error }
}

async function takeOver(request: Request): Promise<OfferAnswer> {
  const form = await parseForm(request, offerForms.import)
  if (!form.ok) return refusedBy(form)
  const { offerId, priceBookId = null, from, reason = null } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) => {
    const isToday = from <= localDateOf(ctx.now, tenant.timeZone)
    const validFrom = isToday ? ctx.now : startOfDay(from, tenant.timeZone)
    return importOffers(ctx, { offerIds: [offerId], priceBookId, validFrom, reason })
  })
  return result.ok ? { saved: 'import' } : { problem: result.error }
}

async function delegate(request: Request): Promise<OfferAnswer> {
  const form = await parseForm(request, offerForms.delegate)
  if (!form.ok) return refusedBy(form)
  const { accountId, productId, priceFloor, priceCeiling } = form.value
  const line = { productId, priceFloor: decimalOf(priceFloor), priceCeiling: decimalOf(priceCeiling) }
  const result = await asStaff(request, 'reseller:write', (ctx) => delegatePlans(ctx, { accountId, lines: [line] }))
  return result.ok ? { saved: 'delegate' } : { problem: result.error }
}

async function withdraw(request: Request): Promise<OfferAnswer> {
  const form = await parseForm(request, offerForms.withdraw)
  if (!form.ok) return refusedBy(form)
  const { accountId, productId } = form.value
  const result = await asStaff(request, 'reseller:write', (ctx) => withdrawPlans(ctx, { accountId, productIds: [productId] }))
  return result.ok ? { saved: 'withdraw' } : { problem: result.error }
}

function refusedBy({ error, values }: { error: Refused['fields']; values: Refused['values'] }): Refused {
  return { fields: error, values }
}

function decimalOf(text: string | undefined): Decimal | null {
  return text === undefined ? null : new Decimal(text)
}
