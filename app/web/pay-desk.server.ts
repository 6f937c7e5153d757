import { data, redirectDocument } from '@remix-run/node'
import { z } from 'zod'
import { sum } from '#app/domain/money/money.ts'
import type { AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { type ChargeSavedMethodError, chargeSavedMethod } from '#app/services/gateways/charge-saved-method.server.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { type Customer, customerOf } from './as-customer.server.ts'
import { uuid } from './form-fields.ts'
import { languageOf } from './preferences.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Who pays: the customer, and the process that speaks to the seller's gateways for them. */
export type Payer = { readonly customer: Customer; readonly process: GatewayProcess; readonly host: string; readonly language: string }

/** The payer behind a request. @throws as `customerOf`, and 403 without the right to pay. */
export async function payerOf(request: Request, permission: 'invoice:read' | 'payment:write' = 'payment:write'): Promise<Payer> {
  const customer = await customerOf(request, permission)
  const tenant = await tenantOf(request)
  return {
    customer,
    process: processOf(customer.tenantId, gatewayPorts(), customer.actor),
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
}

const returnPath = '/panel/pay/:attemptId'

/** Pays what was chosen in the way that was chosen, and goes to the page of the attempt; there the payer is sent on to the gateway. */
export async function payBy(payer: Payer, form: WayForm, paid: Paid) {
  const [kind, id = ''] = form.way.split(':')
  const { process, host, language, customer } = payer
  const amount = sum(
    paid.targets[0].amount.currency,
    paid.targets.map((target) => target.amount),
  )
  const wish = { ...paid, amount, returnPath, host, actor: customer.actor }
  if (kind === 'saved') {
    const charged = await chargeSavedMethod(process, { ...wish, paymentMethodId: id, key: `form:${form.key}` })
    return charged.ok ? redirectDocument(`/panel/pay/${charged.value.attemptId}?from=form`) : refused(charged.error)
  }
  const started = await startCheckout(process, { ...wish, gatewayAccountId: id, saves: form.saves === 'on', language })
  return started.ok ? redirectDocument(`/panel/pay/${started.value.attemptId}?from=form`) : refused(started.error)
}

function refused(problem: ChargeSavedMethodError) {
  return data({ problem }, { status: 409 })
}
