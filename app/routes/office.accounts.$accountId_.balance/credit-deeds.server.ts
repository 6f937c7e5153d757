import { z } from 'zod'
import { money } from '#app/domain/money/money.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { givenKinds, grantScopes } from '#app/domain/wallet/credit-grant.ts'
import { paymentModes } from '#app/domain/wallet/payment-mode.ts'
import { readApprovalSetting, readBalances } from '#app/reports/balances/query.server.ts'
import { decideCredit, giveCredit, setApprovalLimit } from '#app/services/wallet/give-credit.server.ts'
import { setPaymentMode } from '#app/services/wallet/payment-mode.server.ts'
import { freeBalance } from '#app/services/wallet/refund-balance.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const day = z.preprocess((text) => (text === '' ? undefined : text), z.iso.date('date').optional())
const DeedForm = z.object({ deed: z.enum(['give', 'approve', 'refuse', 'free', 'mode', 'limit']) })
const GiveForm = z.object({
  formKey: uuid,
  amount: line(20),
  currency: z.string('required').regex(/^[A-Z]{3}$/, 'invalid'),
  kind: z.enum(givenKinds, 'invalid'),
  scope: z.enum(grantScopes, 'invalid'),
  products: z.string().max(1_000, 'too-long').optional(),
  expiresOn: day,
  reason: line(200),
})
const GrantForm = z.object({ grantId: uuid })
const ModeForm = z.object({ contractId: uuid, mode: z.enum(paymentModes, 'invalid'), trialEndsOn: day })
const LimitForm = z.object({ limit: z.string().trim().max(20, 'amount').optional() })

type Refused = {
  readonly fields?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, string>>
  readonly problem?: string
}
type Done = { readonly response: Awaited<ReturnType<typeof redirectWithToast>> }

/** Gives credit, decides on what waits, takes unused money back to its payment, or changes how the account pays. */
export async function doCreditDeed(request: Request, accountId: string): Promise<Refused | Done> {
  const chosen = await parseForm(request.clone(), DeedForm)
  if (!chosen.ok) return { fields: chosen.error }
  const path = `/office/accounts/${accountId}/balance`
  const { deed } = chosen.value
  if (deed === 'give') return give(request, accountId, path)
  if (deed === 'free') return free(request, accountId)
  if (deed === 'mode') return changeMode(request, path)
  return deed === 'limit' ? changeLimit(request, path) : decide(request, deed, path)
}

async function give(request: Request, accountId: string, path: string): Promise<Refused | Done> {
  const form = await parseForm(request.clone(), GiveForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { amount: text, currency, expiresOn, products, ...facts } = form.value
  const values = { ...facts, products: products ?? '', amount: text, currency, expiresOn: expiresOn ?? '' }
  const amount = typedAmount(text, currency)
  if (!amount) return { fields: { amount: 'amount' }, values }
  const given = await asStaff(request, 'payment:write', (ctx) =>
    giveCredit(ctx, { ...facts, productCodes: codesIn(products), accountId, amount, expiresOn: expiresOn ?? null }),
  )
  if (given.ok) return { response: await redirectWithToast(request, path, 'saved') }
  if (given.error === 'account-not-found') throw refuse(404, 'not-found')
  if (given.error === 'products-missing' || given.error === 'product-unknown') {
    return { fields: { products: given.error === 'products-missing' ? 'required' : 'product-unknown' }, values }
  }
  const isOfDay = given.error === 'expiry-in-past' || given.error === 'expiry-missing'
  const code = given.error === 'expiry-missing' ? 'required' : given.error === 'amount-not-positive' ? 'amount' : 'invalid'
  return { fields: { [isOfDay ? 'expiresOn' : 'amount']: code }, values }
}

/** Codes as typed, with commas, blanks or lines between them. */
function codesIn(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,;]+/).filter(Boolean)
}

async function decide(request: Request, deed: 'approve' | 'refuse', path: string): Promise<Refused | Done> {
  const form = await parseForm(request.clone(), GrantForm)
  if (!form.ok) return { fields: form.error }
  const { grantId } = form.value
  const decided = await asStaff(request, 'payment:write', (ctx) => decideCredit(ctx, { grantId, decision: deed }))
  if (decided.ok) return { response: await redirectWithToast(request, path, 'saved') }
  if (decided.error === 'grant-not-found') throw refuse(404, 'not-found')
  return { problem: decided.error }
}

/** All that is unused of a payment is taken back to it; from there it is refunded to where it came from. */
async function free(request: Request, accountId: string): Promise<Refused | Done> {
  const form = await parseForm(request.clone(), GrantForm)
  if (!form.ok) return { fields: form.error }
  const freed = await asStaff(request, 'payment:write', async (ctx) => {
    const grants = (await readBalances(ctx, accountId)).flatMap((balance) => balance.grants)
    const grant = orNotFound(grants.find(({ id }) => id === form.value.grantId))
    return freeBalance(ctx, { grantId: grant.id, amount: grant.left, reason: 'refund' })
  })
  if (freed.ok) return { response: await redirectWithToast(request, `/office/payments/${freed.value.paymentId}`, 'saved') }
  if (freed.error === 'grant-not-found') throw refuse(404, 'not-found')
  return { problem: freed.error }
}

async function changeMode(request: Request, path: string): Promise<Refused | Done> {
  const form = await parseForm(request.clone(), ModeForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { trialEndsOn = null, ...facts } = form.value
  const changed = await asStaff(request, 'contract:write', (ctx) => setPaymentMode(ctx, { ...facts, trialEndsOn }))
  if (changed.ok) return { response: await redirectWithToast(request, path, 'saved') }
  if (changed.error === 'contract-not-found') throw refuse(404, 'not-found')
  const code = changed.error === 'trial-end-missing' ? 'required' : 'invalid'
  return { fields: { trialEndsOn: code }, values: { mode: facts.mode, trialEndsOn: trialEndsOn ?? '' } }
}

async function changeLimit(request: Request, path: string): Promise<Refused | Done> {
  const form = await parseForm(request.clone(), LimitForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const text = form.value.limit ?? ''
  const changed = await asStaff(request, 'settings:write', async (ctx) => {
    const { currency } = await readApprovalSetting(ctx)
    const limit = text === '' ? null : (typedAmount(text, currency) ?? money(-1n, currency))
    return setApprovalLimit(ctx, limit)
  })
  if (changed.ok) return { response: await redirectWithToast(request, path, 'saved') }
  return { fields: { limit: 'amount' }, values: { limit: text } }
}
