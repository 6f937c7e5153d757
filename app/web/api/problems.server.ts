import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { Language } from '#app/i18n/languages.ts'
import { languageOf } from '../request/preferences.server.ts'
import { requestIdOf } from '../request/request-id.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** Everything the API refuses with, and the status that goes with it. */
const statuses = {
  'key-missing': 401,
  'key-invalid': 401,
  'key-expired': 401,
  'address-not-allowed': 403,
  'permission-missing': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'invalid-request': 400,
  'unsupported-media-type': 415,
  'too-large': 413,
  'too-many-requests': 429,
  'request-running': 409,
  'idempotency-key-reused': 422,
  'action-not-possible': 409,
  'action-pending': 409,
  'server-suspended': 409,
  'format-not-possible': 409,
  'range-too-long': 400,
  'ssh-key-known': 409,
  'too-many-ssh-keys': 409,
  'idempotency-key-missing': 400,
  'changed-meanwhile': 412,
} as const

/** Why nothing is asked of the cloud, in the words of the panel's forms. */
const cloudStatuses = {
  'server-not-found': 422,
  'other-location': 409,
  'other-account': 409,
  'volume-only-grows': 422,
  'still-attached': 409,
  'already-attached': 409,
  'not-attached': 409,
  'network-in-use': 409,
  'image-not-there': 422,
  'ports-missing': 422,
  'ports-without-meaning': 422,
  'malformed-ports': 422,
  'malformed-range': 422,
  'rule-covered': 422,
  'too-many-rules': 422,
  'malformed-port': 422,
  'malformed-server-port': 422,
  'port-taken': 422,
  'malformed-record-name': 422,
  'malformed-ttl': 422,
  'malformed-ipv4': 422,
  'malformed-ipv6': 422,
  'malformed-target': 422,
  'malformed-mail-target': 422,
  'malformed-text': 422,
  'malformed-service': 422,
  'malformed-caa': 422,
  'cname-of-zone': 422,
  'cname-beside-others': 422,
  'record-twice': 422,
  'too-many-records': 422,
  'range-not-private': 422,
  'range-size': 422,
  'range-overlaps': 409,
  'vpn-on': 409,
  'vpn-off': 409,
  'vpn-user-taken': 409,
  'vpn-user-unknown': 409,
  'too-many-vpn-users': 409,
  'account-not-active': 409,
  'no-price': 409,
  'no-credit': 409,
  'account-blocked': 409,
  'not-available': 409,
  'project-limited': 403,
  'not-offered': 404,
} as const

/** Why a subscription is not changed, in the words of its page. */
const subscriptionStatuses = {
  'follows-another-level': 409,
  'date-in-past': 422,
  'product-not-available': 422,
  'not-running': 409,
  'not-paused': 409,
  'nothing-changes': 409,
  'add-on-already-there': 409,
  'add-on-not-there': 409,
  'changed-later': 409,
  'change-pending': 409,
  'no-tax-rate': 409,
  'change-already-made': 409,
  'no-fixed-term': 409,
} as const

/** Why nothing is ordered, in the words of the checkout. */
const orderStatuses = {
  'account-not-found': 409,
  'no-contract': 409,
  'limit-reached': 409,
  'trial-used': 409,
  'trial-limit': 409,
  'too-many-pieces': 422,
  'project-not-offered': 422,
  'project-stopped': 409,
  'network-not-offered': 422,
  'application-not-offered': 422,
  'tier-count': 422,
  'units-not-offered': 422,
  'option-not-offered': 422,
  'amount-changed': 409,
  'account-held': 409,
} as const

type OwnCode = keyof typeof statuses
type OrderCode = keyof typeof orderStatuses
type CloudCode = keyof typeof cloudStatuses
type SubscriptionCode = keyof typeof subscriptionStatuses
export type ProblemCode = OwnCode | CloudCode | SubscriptionCode | OrderCode

const allStatuses = { ...orderStatuses, ...subscriptionStatuses, ...cloudStatuses, ...statuses }
export const problemCodes = Object.keys(allStatuses) as readonly ProblemCode[]

function detailOf(code: ProblemCode, language: Language): { readonly title: string; readonly detail: string } {
  const t = translatorFor(language, 'access')
  if (code in statuses) return { title: t(`api.problem.${code as OwnCode}.title`), detail: t(`api.problem.${code as OwnCode}.detail`) }
  const title = t('api.refused')
  if (code in orderStatuses) return { title, detail: translatorFor(language, 'store')(`orderProblem.${code as OrderCode}`) }
  if (code in cloudStatuses) return { title, detail: translatorFor(language, 'cloud')(`problem.${code as CloudCode}`) }
  return { title, detail: translatorFor(language, 'subscription')(`problem.${code as SubscriptionCode}`) }
}
export type FieldProblem = { readonly pointer: string; readonly code: string }
/** A body that does not say what its endpoint needs. */
export type WrongFields = { readonly wrong: readonly FieldProblem[] }

/** An answer of the API that refuses, in words of the reader’s language; programs go by `code`. */
export async function problem(
  request: Request,
  code: ProblemCode,
  more: { readonly errors?: readonly FieldProblem[]; readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  const tenant = await tenantOf(request)
  const status = allStatuses[code]
  const body = {
    type: 'about:blank',
    status,
    ...detailOf(code, await languageOf(request, tenant)),
    instance: new URL(request.url).pathname,
    code,
    ...(more.errors ? { errors: more.errors } : {}),
    request_id: requestIdOf(request),
  }
  const headers = new Headers({ ...more.headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer')
  return new Response(JSON.stringify(body), { status, headers })
}
