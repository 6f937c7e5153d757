import { randomUUID } from 'node:crypto'
import { data } from '@remix-run/node'
import { clock } from '#app/config/clock.server.ts'
import type { CloudCapability } from '#app/domain/cloud/capabilities.ts'
import { type CloudDeed, type DeedKind, deedTerms, parseDeed, shapeOf } from '#app/domain/cloud/deeds.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import type { MeterCode } from '#app/domain/usage/meters.ts'
import { type CloudAbove, cloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import { quoteHour } from '#app/services/clouds/quote-hour.server.ts'
import { type RequestDeedError, type RequestedDeed, requestDeed } from '#app/services/clouds/request-deed.server.ts'
import { loadOfDeed, type WeighDeedError, weighDeed } from '#app/services/clouds/weigh-deed.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { asCustomer, customerOf } from '../request/as-customer.server.ts'
import { asSeller } from '../request/as-seller.server.ts'
import { oneOf } from '../request/filters.ts'
import { line } from '../request/form-fields.ts'
import { type FieldErrors, parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'

const keptMs = 60_000
const kept = new Map<string, { readonly until: number; readonly cloud: Promise<CloudAbove | null> }>()

/** The cloud of a tenant's buyers, as it was at most a minute ago: every page of the panel asks. */
export function cloudFor(tenantId: string): Promise<CloudAbove | null> {
  const now = clock.now().getTime()
  const known = kept.get(tenantId)
  if (known && known.until > now && known.until <= now + keptMs) return known.cloud
  const cloud = cloudAbove(cloudPorts, tenantId)
  kept.set(tenantId, { until: now + keptMs, cloud })
  cloud.catch(() => kept.delete(tenantId))
  return cloud
}

/** What the cloud of a tenant's buyers offers beside servers. */
export async function capabilitiesFor(tenantId: string): Promise<readonly CloudCapability[]> {
  return (await cloudFor(tenantId))?.capabilities ?? []
}

/** The cloud behind the reader's panel. @throws 404 where it does not offer `capability`. */
export async function cloudWith(request: Request, capability: CloudCapability): Promise<CloudAbove> {
  const { tenantId } = await customerOf(request, 'server:read')
  const cloud = orNotFound(await cloudFor(tenantId))
  orNotFound(cloud.capabilities.includes(capability) ? true : null)
  return cloud
}

/** What a unit of a meter costs the reader in an hour; null where it has no price, and nothing can be made. */
export async function hourPriceFor(
  request: Request,
  { meter, location, accountId }: { readonly meter: MeterCode; readonly location: string; readonly accountId?: string },
): Promise<{ readonly hourly: string; readonly currency: string } | null> {
  const { accountId: own } = await customerOf(request)
  const price = await asSeller(request, (ctx) => quoteHour(ctx, { accountId: accountId ?? own, meter, zone: location }))
  return price.ok ? { hourly: price.value.hourly, currency: price.value.currency } : null
}

/** What goes into the forms of a page, so that each is carried out once. */
export function newFormKey(): string {
  return randomUUID()
}

export type DeedRefusal = RequestDeedError | WeighDeedError | 'project-limited'
export type DeedWish = { readonly deed: CloudDeed; readonly subjectId: string | null; readonly formKey: string }

/** Asks for a deed in the reader's name, once it is known what it costs and that the reader and its sellers may take that on. */
export async function doDeed(request: Request, { deed, subjectId, formKey }: DeedWish): Promise<Result<RequestedDeed, DeedRefusal>> {
  const terms = deedTerms[deed.kind]
  const { cloudRef } = await cloudWith(request, terms.capability)
  const { accountId, tenantId, membership } = await customerOf(request, 'server:write')
  if (terms.makes && membership.projectIds !== null) return err('project-limited')
  const load = await asCustomer(request, 'server:write', (ctx) => loadOfDeed(ctx, { deed, subjectId, accountId }))
  const weighed = load && (await weighDeed(tenantId, load))
  if (weighed && !weighed.ok) return weighed
  const key = `${deed.kind}:${subjectId ?? ''}:${formKey}`
  return asCustomer(request, 'server:write', (ctx, { session }) =>
    requestDeed(ctx, { deed, subjectId, accountId, cloudRef, key, userName: session.user.name }),
  )
}

/** What a refused form answers: codes at the fields, or one for the whole. One that was taken answers with what is told once. */
export type DeedAnswer = {
  readonly told?: { readonly secret: string; readonly user: string | null }
  readonly fields?: FieldErrors
  readonly values?: Readonly<Record<string, string>>
  readonly problem?: string
}

/** The deed that a form's address names among those of its page. @throws 404 for any other. */
export function deedNamed<const Kind extends DeedKind>(request: Request, kinds: readonly Kind[]): Kind {
  return orNotFound(oneOf(kinds, new URL(request.url).searchParams.get('deed')))
}

type PlainDeed = { readonly kind: DeedKind; readonly subjectId: string | null; readonly to: (resourceId: string) => string }

/** Does a deed whose fields are those of its form, and goes on to `to`. */
export async function doPlainDeed(request: Request, { kind, subjectId, to }: PlainDeed) {
  const form = await parseForm(request, shapeOf(kind).extend({ formKey: line(60) }))
  if (!form.ok) return refusedForm(form.error, form.values)
  const { formKey, ...facts } = form.value
  return answerDeed(request, { wish: { deed: parseDeed(kind, facts), subjectId, formKey }, to })
}

type Answering = {
  readonly wish: DeedWish
  readonly to: (resourceId: string) => string
  readonly values?: Readonly<Record<string, string>>
}

/** Does a deed and goes on to `to`, or says at the field or above the form why not. */
export async function answerDeed(request: Request, { wish, to, values = {} }: Answering) {
  const done = await doDeed(request, wish)
  return done.ok ? redirectWithToast(request, to(done.value.resourceId), 'cloud.asked') : answerRefusal(done.error, values)
}

/** Says at the field or above the form why a deed is refused. @throws 404 for one about something that is not there. */
export function answerRefusal(error: DeedRefusal, values: Readonly<Record<string, string>>) {
  if (error === 'resource-not-found') throw refuse(404, 'not-found')
  const field = fieldOf[error]
  return field ? refusedForm({ [field]: error }, values) : data<DeedAnswer>({ problem: error, values }, { status: 409 })
}

/** A form that was refused, with what was typed. */
export function refusedForm(fields: FieldErrors, values: Readonly<Record<string, string>>) {
  return data<DeedAnswer>({ fields, values }, { status: 422 })
}

/** The field of its form that a refusal is about. */
export function problemField(problem: string): string {
  return fieldOf[problem] ?? 'form'
}

const fieldOf: Readonly<Record<string, string>> = {
  'volume-only-grows': 'sizeGib',
  'server-not-found': 'serverId',
  'other-location': 'serverId',
  'other-account': 'serverId',
  'malformed-range': 'range',
  'range-not-private': 'range',
  'range-size': 'range',
  'range-overlaps': 'range',
  'ports-missing': 'firstPort',
  'ports-without-meaning': 'firstPort',
  'malformed-ports': 'firstPort',
  'rule-covered': 'range',
  'malformed-port': 'port',
  'port-taken': 'port',
  'malformed-server-port': 'serverPort',
  'too-many-rules': 'range',
  'vpn-user-taken': 'user',
  'too-many-vpn-users': 'user',
  'too-many-records': 'name',
  'malformed-record-name': 'name',
  'cname-of-zone': 'name',
  'cname-beside-others': 'name',
  'record-twice': 'value',
  'malformed-ttl': 'ttlSeconds',
  'malformed-ipv4': 'value',
  'malformed-ipv6': 'value',
  'malformed-target': 'value',
  'malformed-mail-target': 'value',
  'malformed-text': 'value',
  'malformed-service': 'value',
  'malformed-caa': 'value',
}

export type PlaceChoice = { readonly code: string; readonly city: string }

/** Places with what a unit of `meter` costs the reader in each; those without a price are left out. */
export async function pricedPlaces(request: Request, meter: MeterCode, places: readonly PlaceChoice[]) {
  const { accountId } = await customerOf(request)
  return asSeller(request, async (ctx) => {
    const priced: (PlaceChoice & { readonly price: { readonly hourly: string; readonly currency: string } })[] = []
    for (const place of places) {
      const price = await quoteHour(ctx, { accountId, meter, zone: place.code })
      if (price.ok) priced.push({ ...place, price: { hourly: price.value.hourly, currency: price.value.currency } })
    }
    return priced
  })
}
