import type { ActionFunctionArgs } from '@remix-run/node'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { may } from '#app/domain/tenancy/permissions.ts'
import { quoteView } from '#app/reports/api/order-views.ts'
import { amount } from '#app/reports/api/views.ts'
import { combineQuotes } from '#app/reports/order-quote/combine.ts'
import { toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { weighOrder } from '#app/services/orders/weigh-order.server.ts'
import { answerPrepared } from '#app/web/api/answer.server.ts'
import { linesOfItems } from '#app/web/api/order-lines.server.ts'
import { refusedOrder } from '#app/web/api/place-order.server.ts'
import { addressHashOf } from '#app/web/store/order-quote.server.ts'
import { mayWithdraw, termsVersionOf } from '#app/web/store/terms.server.ts'

export function action({ request }: ActionFunctionArgs) {
  return answerPrepared(request, 'estimate', {
    scope: 'seller',
    before: async ({ tenantId }) => ({ addressHash: addressHashOf(request, tenantId), terms: (await termsVersionOf(request)) ?? null }),
    work: async (ctx, { client, body, language }, { addressHash, terms }) => {
      const lines = await linesOfItems(ctx, { items: body.items, accountId: client.accountId })
      if ('ok' in lines) return lines
      const weighed = await weighOrder(ctx, { accountId: client.accountId, lines, promoCodes: body.promo_codes, addressHash })
      if (!weighed.ok) return refusedOrder(weighed.error)
      const { tried, later, buyer, methods } = weighed.value
      const quote = combineQuotes(tried.pieces.map(({ price, count }) => ({ quote: toOrderQuote(price, language), count })))
      return {
        ...quoteView(quote),
        applied_codes: [...tried.acceptedCodes],
        code_problem: tried.problem,
        terms_version: terms,
        needs_waiver: mayWithdraw(buyer),
        pay_later: later && { kind: later.kind, available: amount(later.available), has_room: later.hasRoom },
        saved_methods: (may(client.rights, 'payment:write') ? methods : []).map(({ id, kind, label, lastDigits, isDefault }) => ({
          id: toPublicId('payment-method', id),
          kind,
          label,
          last_digits: lastDigits,
          is_default: isDefault,
        })),
      }
    },
  })
}

export const loader = action
