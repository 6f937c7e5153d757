import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import { type PaymentSlip, transferSlip } from '#app/domain/invoice/payment-slip.ts'
import type { Money } from '#app/domain/money/money.ts'
import { postalAddressOf } from '#app/domain/shared/postal-address.ts'
import { paymentCodeSvg } from '#app/wiring.server.ts'

type Announced = { readonly reference: string; readonly amount: Money; readonly state: string }
type Payee = { readonly legalName: string; readonly addressLines: readonly string[]; readonly country: string }

/** The slip of a transfer that is awaited; null for one that is not, and where no code can say it. */
export function slipOfTransfer({ reference, amount, state }: Announced, bank: BankDetails | null, payee: Payee): PaymentSlip | null {
  if (!bank || (state !== 'awaited' && state !== 'overdue')) return null
  const creditor = { name: payee.legalName, address: postalAddressOf(payee.addressLines, payee.country) }
  return transferSlip({ bank, reference, amount, creditor })
}

/** The code of a slip as a picture that pages show. */
export function codePicture(slip: PaymentSlip): Response {
  return new Response(paymentCodeSvg(slip), { headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'private, no-store' } })
}
