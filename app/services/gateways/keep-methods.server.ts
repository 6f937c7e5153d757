import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { saveAutoPayment } from '#app/db/payments/auto-payments.server.ts'
import { findGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import {
  findPaymentMethod,
  listPaymentMethods,
  makeDefaultMethod,
  markMethodRemoved,
  type PaymentMethodRow,
} from '#app/db/payments/payment-methods.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { GatewayRefused, GatewayUnknown } from '#app/ports/payment-gateway.ts'
import { askGateway, type GatewayProcess } from './gateway-ports.server.ts'

export type MethodOfAccount = { readonly accountId: string; readonly paymentMethodId: string }
export type KeepMethodError = 'payment-method-not-found'

/** Makes a way to pay the one that is charged when nobody chooses. Safe to repeat. */
export async function chooseDefaultMethod(ctx: TenantContext, input: MethodOfAccount): Promise<Result<void, KeepMethodError>> {
  const method = await findPaymentMethod(ctx, input.paymentMethodId)
  if (method?.accountId !== input.accountId) return err('payment-method-not-found')
  await makeDefaultMethod(ctx, method)
  await audit(ctx, { action: 'payment-method.default', subjectKind: 'payment-method', subjectId: method.id })
  return ok(undefined)
}

/**
 * Forgets a way to pay, here at once and then at its gateway; what the gateway answers changes nothing, since it is charged no more. The
 * newest of the others becomes the default when it was that.
 */
export async function removeMethod(process: GatewayProcess, input: MethodOfAccount): Promise<Result<void, KeepMethodError>> {
  const removed = await process.inTenant(async (ctx) => {
    const method = await findPaymentMethod(ctx, input.paymentMethodId)
    if (method?.accountId !== input.accountId) return null
    await forgetMethod(ctx, method)
    await audit(ctx, { action: 'payment-method.removed', subjectKind: 'payment-method', subjectId: method.id })
    const account = await findGatewayAccount(ctx, method.gatewayAccountId)
    invariant(account, `payment method ${method.id} has no gateway account`)
    return { method, account }
  })
  if (!removed) return err('payment-method-not-found')
  const { customerRef, methodRef } = removed.method
  try {
    await askGateway(process, { account: removed.account, attemptId: null }, (gateway) => gateway.removeMethod({ customerRef, methodRef }))
  } catch (failure) {
    if (!(failure instanceof GatewayRefused || failure instanceof GatewayUnknown)) throw failure
  }
  return ok(undefined)
}

/** Keeps a way to pay no more; the newest of the others becomes the default when it was that. False when it was forgotten before. */
export async function forgetMethod(ctx: TenantContext, { id, accountId, isDefault }: PaymentMethodRow): Promise<boolean> {
  if (!(await markMethodRemoved(ctx, id))) return false
  const [next] = await listPaymentMethods(ctx, accountId)
  if (isDefault && next) await makeDefaultMethod(ctx, next)
  return true
}

export type SetAutoPayInput = { readonly accountId: string; readonly isOn: boolean }

/** Has an account's invoices collected by its default method on the day they are due, or no more. Needs a way to pay. Safe to repeat. */
export async function setAutoPay(ctx: TenantContext, { accountId, isOn }: SetAutoPayInput): Promise<Result<void, 'no-payment-method'>> {
  if (isOn && (await listPaymentMethods(ctx, accountId)).length === 0) return err('no-payment-method')
  await saveAutoPayment(ctx, { accountId, isOn })
  await audit(ctx, { action: isOn ? 'auto-pay.on' : 'auto-pay.off', subjectKind: 'account', subjectId: accountId })
  return ok(undefined)
}
