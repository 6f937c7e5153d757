import { storeAddress } from '#app/config/store-address.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { deskOf, openPayment } from '../desks/pay-desk.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import type { Asker } from './answer.server.ts'

type OrderToPay = {
  readonly id: string
  readonly accountId: string
  readonly targets: readonly { readonly id: string; readonly amount: Money }[]
  readonly methodId: string
}

/** Charges a saved way to pay for an order, once however often it is asked for. One that fails leaves the order to be paid at its link. */
export async function payByApi(request: Request, { client }: Asker, { id, accountId, targets, methodId }: OrderToPay): Promise<void> {
  const [first, ...others] = targets.map((target) => ({ kind: 'order' as const, ...target }))
  if (!first) return
  const desk = await deskOf(request, { kind: 'user', userId: client.userId, apiKeyId: client.keyId })
  const paid = { accountId, purpose: 'order', targets: [first, ...others], returnPath: `/order/${id}?attempt=:attemptId` } as const
  await openPayment(desk, { way: `saved:${methodId}`, key: `api:${id}` }, paid)
}

/** Where a person pays an order. */
export async function payUrlOf(request: Request, orderId: string): Promise<string> {
  return storeAddress((await tenantOf(request)).host, `/order/${orderId}/pay`)
}
