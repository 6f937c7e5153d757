import type { Names } from '../invoice/finalised-invoice.ts'
import { Decimal } from '../money/decimal.ts'

/** What the one line of a receipt of prepayment says. */
export const prepaymentTitle: Names = {
  en: 'Payment in advance for your balance',
  de: 'Vorauszahlung auf Ihr Guthaben',
  fr: 'Paiement d’avance pour votre solde',
  ar: 'دفعة مقدمة لرصيدك',
}

/**
 * How money paid ahead stands on its receipt: outside the scope of tax until it is used, since what it will pay, and at which rate, is not known
 * yet. `reason` finds the words for it.
 */
export const untaxedPrepayment = { category: 'O', rate: new Decimal(0), reason: 'advance-payment' } as const
