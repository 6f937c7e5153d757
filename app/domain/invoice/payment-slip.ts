import type { BankDetails } from '../bank/bank-details.ts'
import { isSepaIban, isSwissIban } from '../bank/iban.ts'
import { creditorReference, qrReference } from '../bank/payment-references.ts'
import { type Money, toDecimal } from '../money/money.ts'
import type { PostalAddress } from '../shared/postal-address.ts'

/** A code that a banking app reads: what it would type by hand. */
export type PaymentSlip = EpcSlip | SwissSlip

/** SEPA credit transfer (EPC069-12, version 002): `payload` is the text of the code. */
export type EpcSlip = { readonly kind: 'epc'; readonly payload: string }

/** Swiss QR bill. Without `debtor` its place is left to be filled in by hand. */
export type SwissSlip = {
  readonly kind: 'swiss'
  readonly iban: string
  /** A QR reference with a QR-IBAN, a creditor reference with another account; null when the number gives neither. */
  readonly reference: string | null
  readonly message: string | null
  readonly amount: Money
  readonly creditor: SlipParty
  readonly debtor: SlipParty | null
}

export type SlipParty = { readonly name: string; readonly address: PostalAddress }

export type SlipInput = {
  readonly bank: BankDetails
  /** Number of the document, by which the payment is found again. */
  readonly number: string
  readonly amount: Money
  readonly creditor: SlipParty
  readonly debtor: SlipParty
}

/** `reference` is a creditor reference, unspaced. */
export type TransferInput = Pick<SlipInput, 'bank' | 'amount' | 'creditor'> & { readonly reference: string }

/**
 * The slip a document carries: a Swiss QR bill for francs and euros on an account in Switzerland or Liechtenstein, else the EPC code
 * for euros on a SEPA account. Null for everything else, and for amounts a code cannot hold.
 */
export function paymentSlip(input: SlipInput): PaymentSlip | null {
  const { bank, amount } = input
  if (amount.minor <= 0n || amount.minor > 99_999_999_999n) return null
  if (isSwissIban(bank.iban)) return swissSlip(input)
  return amount.currency === 'EUR' && isSepaIban(bank.iban) ? { kind: 'epc', payload: epcPayload(input) } : null
}

/**
 * The slip of a transfer that was announced, under its creditor reference: a Swiss QR bill for francs and euros on an account in Switzerland
 * or Liechtenstein, else the EPC code for euros on a SEPA account. Null for everything else, and for amounts a code cannot hold.
 */
export function transferSlip({ bank, reference, amount, creditor }: TransferInput): PaymentSlip | null {
  if (amount.minor <= 0n || amount.minor > 99_999_999_999n) return null
  if (!isSwissIban(bank.iban)) {
    const text = { bank, number: '', amount, reference }
    return amount.currency === 'EUR' && isSepaIban(bank.iban) ? { kind: 'epc', payload: epcPayload(text) } : null
  }
  const payee = { ...creditor, name: bank.holder }
  if ((amount.currency !== 'CHF' && amount.currency !== 'EUR') || !isComplete(payee)) return null
  return { kind: 'swiss', iban: bank.iban, reference, message: null, amount, creditor: payee, debtor: null }
}

/** What a transfer must carry so that it is found again: the reference of the slip, else the document's number. */
export function paymentReference(slip: PaymentSlip | null, number: string): string {
  return slip?.kind === 'swiss' ? (slip.reference ?? number) : number
}

function swissSlip({ bank, number, amount, creditor, debtor }: SlipInput): SwissSlip | null {
  if (amount.currency !== 'CHF' && amount.currency !== 'EUR') return null
  const payee = { ...creditor, name: bank.holder }
  if (!isComplete(payee)) return null
  const qr = bank.qrIban ? qrReference(number) : null
  const reference = qr ?? creditorReference(number)
  return {
    kind: 'swiss',
    iban: qr && bank.qrIban ? bank.qrIban : bank.iban,
    reference,
    message: number,
    amount,
    creditor: payee,
    debtor: isComplete(debtor) ? debtor : null,
  }
}

/** The scheme's letters: Latin with its extensions, and the euro sign. */
const swissText = /^[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]+$/

/** Whether the scheme can hold the party: structured addresses of bounded length, in its own letters. */
function isComplete({ name, address }: SlipParty): boolean {
  const { street, postalCode, city } = address
  const fits = (text: string | null, longest: number) => text !== null && text.length <= longest && swissText.test(text)
  return fits(name, 70) && fits(street ?? ' ', 70) && fits(postalCode, 16) && fits(city, 35)
}

type EpcInput = Pick<SlipInput, 'bank' | 'number' | 'amount'> & { readonly reference?: string }

/** The text of an EPC code: a structured reference, or the number in words, never both. */
function epcPayload({ bank, number, amount, reference = '' }: EpcInput): string {
  const oneLine = (text: string, longest: number) => [...text.replaceAll(/\s+/g, ' ')].slice(0, longest).join('')
  const [characterSetUtf8, purpose] = ['1', '']
  return [
    'BCD',
    '002',
    characterSetUtf8,
    'SCT',
    bank.bic ?? '',
    oneLine(bank.holder, 70),
    bank.iban,
    `EUR${toDecimal(amount).toFixed(2)}`,
    purpose,
    reference,
    oneLine(number, 140),
  ].join('\n')
}
