import type { ContractRow, PriceBookRow } from '#app/db/people/accounts.server.ts'

/** What may be agreed otherwise than usual; amounts in minor units of the price book's currency. */
export type ContractTerms = Partial<Omit<ContractRow, 'accountId' | 'priceBookId' | 'currency'>>

/**
 * The terms of a contract, in the currency of its price book: what was agreed, and for the rest the usual. Settlement as most
 * know it (own buy price book, owed on usage, the child collects and issues), monthly by calendar in arrears, 14 days to pay.
 * Without an agreed limit a contract has none to spend: prepaid.
 */
export function contractTerms(accountId: string, book: PriceBookRow, agreed: ContractTerms, today: Date): ContractRow {
  return {
    paymentDays: 14,
    billingAnchor: 'calendar',
    billingDay: 1,
    feesInAdvance: false,
    pricing: 'buy-price-book',
    chargeTrigger: 'on-usage',
    collectsPayments: 'child',
    issuer: 'child',
    isSelfBilled: false,
    creditLimitMinor: 0n,
    startsOn: today,
    ...agreed,
    accountId,
    priceBookId: book.id,
    currency: book.currency,
  }
}
