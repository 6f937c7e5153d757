import { data, redirectDocument } from '@remix-run/node'
import { z } from 'zod'
import { sum } from '#app/domain/money/money.ts'
import type { AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { type ChargeSavedMethodError, chargeSavedMethod } from '#app/services/gateways/charge-saved-method.server.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { type Customer, customerOf } from '../request/as-customer.server.ts'
import { uuid } from '../request/form-fields.ts'
import { languageOf } from '../request/preferences.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** Who pays, and the process that speaks to the seller's gateways for them. */
export type Desk = { readonly actor: Actor; readonly process: GatewayProcess; readonly host: string; readonly language: string }
/** A customer who pays. */
export type Payer = Desk & { readonly customer: Customer }

/** The payer behind a request. @throws as `customerOf`, and 403 without the right to pay. */
export async function payerOf(request: Request, permission: 'invoice:read' | 'payment:write' = 'payment:write'): Promise<Payer> {
  const customer = await customerOf(request, permission)
  return { customer, ...(await deskOf(request, customer.actor)) }
}

/** The seller's gateways for whoever pays at the host of the request. */
export async function deskOf(request: Request, actor: Actor): Promise<Desk> {
  const tenant = await tenantOf(request)
  return {
    actor,
    process: processOf(tenant.tenantId, gatewayPorts(), actor),
    host: tenant.host,
    language: await languageOf(request, tenant),
  }
}

/** How the payer chose to pay: `saved:<id>` or `page:<id of the gateway account>`. `key` is the form's own. */
export const WayForm = z.object({
  way: z.string('required').regex(/^(saved|page):[0-9a-f-]{36}$/, 'required'),
  saves: z.literal('on').optional(),
  key: uuid,
})
export type WayForm = z.output<typeof WayForm>

export type Paid = {
  readonly accountId: string
  readonly purpose: 'invoices' | 'order' | 'top-up'
  readonly targets: readonly [AttemptTarget, ...AttemptTarget[]]
  /** The path of the page that shows what came of it, with `:attemptId`; the panel's unless said. */
  readonly returnPath?: string
}

/** Pays what was chosen in the way that was chosen, and goes to the page of the attempt; there the payer is sent on to the gateway. */
export async function payBy(payer: Desk, form: WayForm, paid: Paid) {
  const opened = await openPayment(payer, form, paid)
  return opened.ok ? redirectDocument(opened.value) : data({ problem: opened.error }, { status: 409 })
}

/** Opens the attempt to pay in the way that was chosen. Returns the path of its page, from which the payer is sent on. */
export async function openPayment(payer: Desk, form: WayForm, paid: Paid): Promise<Result<string, ChargeSavedMethodError>> {
  const [kind, id = ''] = form.way.split(':')
  const { process, host, language, actor } = payer
  const amount = sum(
    paid.targets[0].amount.currency,
    paid.targets.map((target) => target.amount),
  )
  const { returnPath = '/panel/pay/:attemptId' } = paid
  const wish = { ...paid, amount, returnPath, host, actor }
  const opened =
    kind === 'saved'
      ? await chargeSavedMethod(process, { ...wish, paymentMethodId: id, key: `form:${form.key}` })
      : await startCheckout(process, { ...wish, gatewayAccountId: id, saves: form.saves === 'on', language })
  if (!opened.ok) return opened
  const path = returnPath.replace(':attemptId', opened.value.attemptId)
  return ok(`${path}${path.includes('?') ? '&' : '?'}from=form`)
}
