import type { GatewayExchange } from '#app/domain/payment-attempt/gateway-facts.ts'
import { masked } from '#app/domain/payment-log/masked.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sealField } from '../sealing/sealed-fields.server.ts'

export type AboutExchanges = { readonly gatewayAccountId: string; readonly attemptId: string | null }

/** Keeps what was said to a gateway and what it answered, secrets masked and the rest sealed. */
export async function keepExchanges(ctx: TenantContext, about: AboutExchanges, exchanges: readonly GatewayExchange[]): Promise<void> {
  const data = exchanges.map(({ request, answer, path, problem, ...exchange }) => {
    const id = newId()
    const kept = { tenantId: ctx.tenantId, id, ...about, ...exchange, direction: 'out', problem: problem && masked(problem) }
    return {
      ...kept,
      path: sealField(ctx, 'gateway_exchanges.path', id, masked(path)),
      request: sealField(ctx, 'gateway_exchanges.request', id, masked(request)),
      answer: sealField(ctx, 'gateway_exchanges.answer', id, masked(answer)),
    }
  })
  if (data.length > 0) await ctx.db.gatewayExchange.createMany({ data })
}

/** Takes away exchanges before `before`, the oldest first, at most `limit`. Returns how many. */
export function deleteExchangesBefore(ctx: TenantContext, before: Date, limit: number): Promise<number> {
  return ctx.db.$executeRaw`
    delete from gateway_exchanges where tenant_id = ${ctx.tenantId}::uuid and id in (
      select id from gateway_exchanges where tenant_id = ${ctx.tenantId}::uuid and at < ${before} order by at, id limit ${limit})`
}
