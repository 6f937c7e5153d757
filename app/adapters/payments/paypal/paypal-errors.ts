import { type DeclineCode, GatewayRefused, GatewayUnknown } from '#app/ports/payment-gateway.ts'

const rows = {
  declined: 'INSTRUMENT_DECLINED TRANSACTION_REFUSED PAYER_CANNOT_PAY DECLINED FAILED DENIED GENERIC_DECLINE',
  'insufficient-funds': 'INSUFFICIENT_FUNDS',
  'expired-card': 'CARD_EXPIRED TOKEN_EXPIRED',
  'limit-exceeded': 'MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED TRANSACTION_AMOUNT_EXCEEDS_MONTHLY_MAX_LIMIT TRANSACTION_LIMIT_EXCEEDED',
  'not-supported':
    'PAYEE_ACCOUNT_RESTRICTED PAYER_COUNTRY_NOT_SUPPORTED CURRENCY_NOT_SUPPORTED_FOR_COUNTRY PAYMENT_SOURCE_CANNOT_BE_USED PAYER_ACCOUNT_RESTRICTED',
  'authentication-required': 'PAYER_ACTION_REQUIRED REDIRECT_PAYER_FOR_ALTERNATE_FUNDING',
  'fraud-suspected': 'COMPLIANCE_VIOLATION DECLINED_DUE_TO_RELATED_TXN SUSPECTED_FRAUD',
  'cancelled-by-payer': 'AGREEMENT_ALREADY_CANCELLED BILLING_AGREEMENT_NOT_FOUND PAYER_ACCOUNT_LOCKED_OR_CLOSED',
} satisfies Partial<Record<DeclineCode, string>>

const declines = new Map(
  Object.entries(rows).flatMap(([ours, theirs]) => theirs.split(' ').map((code) => [code, ours as DeclineCode] as const)),
)

const answeredElsewhere = new Set([
  'ORDER_ALREADY_CAPTURED',
  'ORDER_ALREADY_AUTHORIZED',
  'AUTHORIZATION_ALREADY_CAPTURED',
  'PREVIOUSLY_CAPTURED',
  'PREVIOUSLY_VOIDED',
  'CAPTURE_FULLY_REFUNDED',
  'DUPLICATE_INVOICE_ID',
])

/** Why a payment did not come about, by PayPal's reason. */
export function paypalDecline(code: string | undefined): DeclineCode {
  return declines.get(code ?? '') ?? 'declined'
}

type Said = { readonly name?: string; readonly details?: readonly { readonly issue?: string }[] }

/** What a failed call means for whoever made it. */
export function paypalErrorOf(cause: unknown): Error {
  const { statusCode, message = '' } = cause as { statusCode?: number; message?: string }
  if (statusCode === undefined) return new GatewayUnknown('no answer that tells')
  if (statusCode === 401 || statusCode === 403) return new GatewayRefused('bad-credentials')
  if (statusCode === 404) return new GatewayRefused('not-found')
  if (statusCode === 409 || statusCode === 429 || statusCode >= 500) return new GatewayUnknown(`the gateway answered ${statusCode}`)
  const said = saidIn(message)
  const issue = said.details?.[0]?.issue ?? said.name ?? ''
  if (answeredElsewhere.has(issue)) return new GatewayRefused('already-done')
  if (issue === 'INVALID_RESOURCE_ID') return new GatewayRefused('not-found')
  return new GatewayRefused(declines.get(issue) ?? 'bad-request')
}

function saidIn(text: string): Said {
  try {
    return JSON.parse(text) as Said
  } catch {
    return {}
  }
}

/** Null when the gateway does not know what was asked for. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (cause) {
    if (cause instanceof GatewayRefused && cause.code === 'not-found') return null
    throw cause
  }
}
