import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import type { AutoTopUpProblem } from '#app/domain/wallet/auto-top-up.ts'
import { announcePayment } from '#app/services/payments/announce-payment.server.ts'
import { saveAutoTopUp } from '#app/services/wallet/auto-top-up.server.ts'
import { openWallet } from '#app/services/wallet/open-wallet.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { asSeller } from '../request/as-seller.server.ts'
import { uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { payBy, payerOf, WayForm } from './pay-desk.server.ts'
import { redeemGift } from './redeem-gift.server.ts'

const typed = z.string().trim().max(20, 'amount').optional()
const currency = z.string('required').regex(/^[A-Z]{3}$/, 'invalid')
const PayForm = WayForm.extend({ deed: z.literal('pay'), currency, preset: z.string().max(20).optional(), amount: typed })
const TransferForm = z.object({
  deed: z.literal('transfer'),
  currency,
  key: uuid,
  transferAmount: z.string('required').trim().max(20, 'amount'),
})
const AutoForm = z.object({
  deed: z.literal('auto'),
  currency,
  isOn: z.literal('on').optional(),
  threshold: z.string('required').trim().max(20, 'amount'),
  autoAmount: z.string('required').trim().max(20, 'amount'),
  monthlyCap: z.string('required').trim().max(20, 'amount'),
})
const DeedForm = z.object({ deed: z.enum(['pay', 'transfer', 'auto', 'gift']) })

type Refused = {
  readonly fields: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, string>>
  readonly task?: string
}
type Done = { readonly response: Response | Awaited<ReturnType<typeof payBy>> }

/** Where a refused rule is wrong. */
const ruleFields: Readonly<Record<AutoTopUpProblem | 'other-currency', Readonly<Record<string, string>>>> = {
  'other-currency': { autoAmount: 'invalid' },
  'threshold-below-zero': { threshold: 'amount' },
  'amount-not-positive': { autoAmount: 'amount' },
  'cap-below-amount': { monthlyCap: 'below-amount' },
}

/** How long a transfer is waited for. */
const transferDays = 14

/** Adds money to the balance of the reader's account, announces a transfer for it, or keeps what is charged by itself. */
export async function doBalanceDeed(request: Request, path: string): Promise<Refused | Done> {
  await customerOf(request, 'payment:write')
  const chosen = await parseForm(request.clone(), DeedForm)
  if (!chosen.ok) return { fields: chosen.error }
  switch (chosen.value.deed) {
    case 'pay': {
      const form = await parseForm(request.clone(), PayForm)
      return form.ok ? pay(request, form.value) : { fields: form.error, values: form.values }
    }
    case 'transfer': {
      const form = await parseForm(request.clone(), TransferForm)
      return form.ok ? announce(request, path, form.value) : { fields: form.error, values: form.values }
    }
    case 'gift':
      return redeemGift(request, path)
    case 'auto': {
      const form = await parseForm(request.clone(), AutoForm)
      return form.ok ? keepRule(request, path, form.value) : { fields: form.error, values: form.values }
    }
  }
}

async function pay(request: Request, form: z.output<typeof PayForm>): Promise<Refused | Done> {
  const payer = await payerOf(request)
  // An amount that was written counts, whatever is chosen above it.
  const text = form.amount || (form.preset ?? '')
  const amount = typedAmount(text, form.currency)
  if (!amount || amount.minor <= 0n) return { fields: { amount: 'amount' }, values: { amount: text } }
  const { accountId } = payer.customer
  const wallet = await asSeller(request, (ctx) => openWallet(ctx, { accountId, currency: form.currency }))
  if (!wallet.ok) return { fields: { amount: 'invalid' } }
  const targets = [{ kind: 'wallet', id: wallet.value.walletId, amount }] as const
  return { response: await payBy(payer, form, { accountId, purpose: 'top-up', targets }) }
}

async function announce(request: Request, path: string, form: z.output<typeof TransferForm>): Promise<Refused | Done> {
  const { accountId } = await customerOf(request, 'payment:write')
  const { timeZone } = await tenantOf(request)
  const amount = typedAmount(form.transferAmount, form.currency)
  const values = { transferAmount: form.transferAmount }
  if (!amount) return { fields: { transferAmount: 'amount' }, values }
  const announced = await asSeller(request, async (ctx) => {
    const wallet = await openWallet(ctx, { accountId, currency: form.currency })
    if (!wallet.ok) return wallet
    const dueOn = addDays(localDateOf(ctx.now, timeZone), transferDays)
    return announcePayment(ctx, { accountId, amount, dueOn, formKey: form.key, purpose: 'top-up' })
  })
  if (!announced.ok) return { fields: { transferAmount: 'amount' }, values }
  return { response: await redirectWithToast(request, path, 'saved') }
}

async function keepRule(request: Request, path: string, form: z.output<typeof AutoForm>): Promise<Refused | Done> {
  const { accountId } = await customerOf(request, 'payment:write')
  const [threshold, amount, monthlyCap] = [form.threshold, form.autoAmount, form.monthlyCap].map((text) => typedAmount(text, form.currency))
  const values = { threshold: form.threshold, autoAmount: form.autoAmount, monthlyCap: form.monthlyCap }
  if (!threshold) return { fields: { threshold: 'amount' }, values }
  if (!amount) return { fields: { autoAmount: 'amount' }, values }
  if (!monthlyCap) return { fields: { monthlyCap: 'amount' }, values }
  const saved = await asSeller(request, async (ctx) => {
    const wallet = await openWallet(ctx, { accountId, currency: form.currency })
    return wallet.ok ? saveAutoTopUp(ctx, { accountId, isOn: form.isOn === 'on', threshold, amount, monthlyCap }) : wallet
  })
  if (saved.ok) return { response: await redirectWithToast(request, path, 'saved') }
  return { fields: ruleFields[saved.error], values }
}
