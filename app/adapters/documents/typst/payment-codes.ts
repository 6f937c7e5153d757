import { create } from 'qrcode'
import { SwissQRCode } from 'swissqrbill/svg'
import type { SlipParty, SwissSlip } from '#app/domain/invoice/payment-slip.ts'
import { toDecimal } from '#app/domain/money/money.ts'
import { splitStreet } from '#app/domain/shared/postal-address.ts'

/** The EPC code as a picture, with the quiet zone of four modules that readers need. Error correction M, as the scheme has it. */
export function epcCodeSvg(payload: string): string {
  const { size, data } = create(payload, { errorCorrectionLevel: 'M' }).modules
  const quiet = 4
  const modules = Array.from(data, (isDark, index) =>
    isDark ? `M${(index % size) + quiet} ${Math.floor(index / size) + quiet}h1v1h-1z` : '',
  )
  const edge = size + 2 * quiet
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${edge} ${edge}"><path fill="#fff" d="M0 0h${edge}v${edge}H0z"/><path d="${modules.join('')}"/></svg>`
}

/** The Swiss code with its cross. @throws when the slip breaks a rule of the scheme. */
export function swissCodeSvg({ iban, reference, message, amount, creditor, debtor }: SwissSlip): string {
  const code = new SwissQRCode({
    currency: amount.currency === 'CHF' ? 'CHF' : 'EUR',
    // Two decimals and at most eleven digits: a double holds them exactly.
    amount: toDecimal(amount).toNumber(),
    creditor: { account: iban, ...partyOf(creditor) },
    ...(debtor ? { debtor: partyOf(debtor) } : {}),
    ...(reference ? { reference } : {}),
    ...(message ? { message } : {}),
  })
  return code.toString()
}

function partyOf({ name, address }: SlipParty) {
  const street = splitStreet(address.street ?? '')
  return {
    name,
    address: street.name,
    ...(street.number ? { buildingNumber: street.number } : {}),
    zip: address.postalCode ?? '',
    city: address.city ?? '',
    country: address.country,
  }
}
