import { err, type Ok, ok, type Result } from '../shared/result.ts'
import { checkIban, type IbanProblem, isQrIban } from './iban.ts'

/** The account a seller is paid into. `qrIban` takes payments that carry a QR reference, in Switzerland and Liechtenstein only. */
export type BankDetails = {
  readonly holder: string
  readonly bankName: string
  /** Without blanks. */
  readonly iban: string
  readonly bic: string | null
  readonly qrIban: string | null
}

export type BankDetailsInput = {
  readonly holder: string
  readonly bankName: string
  readonly iban: string
  readonly bic: string
  readonly qrIban: string
}

export type BankDetailsProblem = {
  readonly field: keyof BankDetailsInput
  readonly code: IbanProblem | 'required' | 'bic-malformed' | 'qr-iban-is-none' | 'iban-is-qr-iban'
}

/** What a person typed, as bank details; empty BIC and QR-IBAN become null. Refuses with the first field that is wrong, by `problem`. */
export function toBankDetails(input: BankDetailsInput): Ok<BankDetails> | { readonly ok: false; readonly error: BankDetailsProblem } {
  const [holder, bankName] = [input.holder.trim(), input.bankName.trim()]
  if (!holder) return refuse('holder', 'required')
  if (!bankName) return refuse('bankName', 'required')
  const iban = checkIban(input.iban)
  if (!iban.ok) return refuse('iban', iban.error)
  // A QR-IBAN refuses payments without a QR reference, so it cannot stand alone.
  if (isQrIban(iban.value)) return refuse('iban', 'iban-is-qr-iban')
  const bic = toBic(input.bic)
  if (!bic.ok) return refuse('bic', bic.error)
  const qrIban = toQrIban(input.qrIban)
  if (!qrIban.ok) return refuse('qrIban', qrIban.error)
  return ok({ holder, bankName, iban: iban.value, bic: bic.value, qrIban: qrIban.value })
}

function refuse(field: BankDetailsProblem['field'], code: BankDetailsProblem['code']) {
  return { ok: false, error: { field, code } } as const
}

function toBic(input: string): Result<string | null, 'bic-malformed'> {
  const bic = input.replaceAll(/\s/g, '').toUpperCase()
  if (bic === '') return ok(null)
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic) ? ok(bic) : err('bic-malformed')
}

function toQrIban(input: string): Result<string | null, IbanProblem | 'qr-iban-is-none'> {
  if (input.trim() === '') return ok(null)
  const iban = checkIban(input)
  if (!iban.ok) return iban
  return isQrIban(iban.value) ? iban : err('qr-iban-is-none')
}
