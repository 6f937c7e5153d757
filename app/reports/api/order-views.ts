import { toPublicId } from '#app/domain/shared/ids.ts'
import type { OrderProgress, OrderQuestion } from '../order-progress/shape.ts'
import type { OrderQuote } from '../order-quote/shape.ts'
import { amount } from './views.ts'

/** What was asked about an order, and what was answered. */
export function questionView({ id, question, askedAt, answer, answeredAt, isOpen }: OrderQuestion) {
  return {
    id: toPublicId('order-question', id),
    question,
    answer,
    is_open: isOpen,
    asked_at: askedAt.toISOString(),
    answered_at: answeredAt?.toISOString() ?? null,
  }
}

/** An order with its pieces and what its buyer is asked; `payUrl` is where it can be paid. */
export function orderDetailView(order: OrderProgress, payUrl: string) {
  const { id, publicId, serverName: name, planName: product, state, subscriptionId, serverId } = order
  const pieces = order.pieces.length > 0 ? order.pieces : [{ id, name, planName: product, state, subscriptionId, serverId }]
  return {
    id: publicId,
    name,
    product,
    state,
    total: amount(order.total),
    placed_at: order.placedAt.toISOString(),
    problem: order.ownProblem,
    pay_url: order.isToPay ? payUrl : null,
    pieces: pieces.map((piece) => ({
      id: toPublicId('order', piece.id),
      name: piece.name,
      product: piece.planName,
      state: piece.state,
      server_id: piece.serverId && toPublicId('resource', piece.serverId),
      subscription_id: piece.subscriptionId && toPublicId('subscription', piece.subscriptionId),
    })),
    questions: order.questions.map(questionView),
  }
}

/** What an order would cost: the first invoice, and the most a month costs. */
export function quoteView(quote: OrderQuote) {
  return {
    lines: quote.lines.map(({ feeKind, role, name, count, hourly, amount: charged }) => ({
      kind: feeKind,
      role,
      name,
      count,
      hourly_rate: hourly,
      amount: amount(charged),
    })),
    discounts: quote.discounts.map((discount) => ({ name: discount.name, amount: amount(discount.amount) })),
    tax_percent: quote.tax.percent,
    first: { net: amount(quote.firstNet), tax: amount(quote.firstTax), total: amount(quote.firstTotal) },
    monthly: { net: amount(quote.monthlyNet), tax: amount(quote.monthlyTax), total: amount(quote.monthlyTotal) },
  }
}
