import { toPublicId } from '#app/domain/shared/ids.ts'
import type { PanelMember } from '../members/shape.ts'
import type { PaymentDetail, PaymentRow } from '../payments/shape.ts'
import { amount } from './views.ts'

/** A payment that came. */
export function paymentView({ id, accountId, receivedOn, method, reference, state, ...money }: PaymentRow) {
  return {
    id: toPublicId('payment', id),
    account_id: toPublicId('account', accountId),
    received_on: receivedOn,
    method,
    reference,
    state,
    amount: amount(money.amount),
    unapplied: amount(money.unapplied),
    refunded: amount(money.refunded),
  }
}

/** A payment with the documents it settles. */
export function paymentDetailView(payment: PaymentDetail) {
  return {
    ...paymentView(payment),
    allocations: payment.allocations
      .filter(({ reversedAt }) => reversedAt === null)
      .map(({ invoiceId, number, amount: settled }) => ({ invoice_id: toPublicId('invoice', invoiceId), number, amount: amount(settled) })),
  }
}

/** A person of an account. */
export function memberView({ membershipId, accountId, name, email, profile, isOwner, isLimited, projectIds }: PanelMember) {
  return {
    id: toPublicId('member', membershipId),
    account_id: accountId && toPublicId('account', accountId),
    name,
    email,
    profile,
    is_owner: isOwner,
    projects: isLimited ? projectIds.map((projectId) => toPublicId('project', projectId)) : null,
  }
}
