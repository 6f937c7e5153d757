import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import type { EventOutcome } from '#app/db/payments/gateway-events.server.ts'
import { methodsNamed, type PaymentMethodRow, renewMethod } from '#app/db/payments/payment-methods.server.ts'
import type { SavedMethod } from '#app/ports/payment-gateway.ts'
import type { EventAbout } from './event-handler.ts'
import { askGateway, type GatewayProcess } from './gateway-ports.server.ts'
import { forgetMethod } from './keep-methods.server.ts'

/**
 * A gateway told of a saved way to pay: what is kept of it follows what the gateway says now, and its owner is told. What we took away
 * ourselves, or never kept, is ignored. @throws when the gateway does not answer: the job asks again.
 */
export async function methodOfEvent(process: GatewayProcess, { gatewayAccountId, about }: EventAbout<'method'>): Promise<EventOutcome> {
  const { account, methods } = await process.inTenant(async (ctx) => ({
    account: await findGatewayAccount(ctx, gatewayAccountId),
    methods: await methodsNamed(ctx, { gatewayAccountId, methodRef: about.ref }),
  }))
  if (!account || methods.length === 0) return { state: 'ignored' }
  for (const method of methods) {
    const { customerRef, methodRef } = method
    const now = await askGateway(process, { account, attemptId: null }, (gateway) => gateway.readMethod({ customerRef, methodRef }))
    await process.inTenant((ctx) => (now ? follow(ctx, method, now) : withdraw(ctx, method)))
  }
  return { state: 'applied' }
}

async function follow(ctx: TenantContext, method: PaymentMethodRow, now: SavedMethod): Promise<void> {
  if (!(await renewMethod(ctx, method.id, now))) return
  const { lastDigits, expiresOn } = now
  await audit(ctx, {
    action: 'payment-method.renewed',
    subjectKind: 'payment-method',
    subjectId: method.id,
    detail: { lastDigits, expiresOn },
  })
  await tell(ctx, method, { change: 'renewed', key: `${lastDigits}:${expiresOn}` })
}

async function withdraw(ctx: TenantContext, method: PaymentMethodRow): Promise<void> {
  if (!(await forgetMethod(ctx, method))) return
  await audit(ctx, { action: 'payment-method.withdrawn', subjectKind: 'payment-method', subjectId: method.id })
  await tell(ctx, method, { change: 'withdrawn', key: 'gone' })
}

type Change = { readonly change: 'renewed' | 'withdrawn'; readonly key: string }

async function tell(ctx: TenantContext, { id, accountId }: PaymentMethodRow, { change, key }: Change): Promise<void> {
  const data = { tenantId: ctx.tenantId, paymentMethodId: id, accountId, change }
  await enqueue(ctx, { name: 'payment-method/changed', data, key: `payment-method:${id}:${key}` })
}
