import { data } from '@remix-run/node'
import { z } from 'zod'
import { disconnectPerson } from '#app/services/sign-on/disconnect-person.server.ts'
import {
  addProvider,
  changeProvider,
  type ProviderInput,
  type ProviderKeepingProcess,
  switchProvider,
  testProvider,
} from '#app/services/sign-on/keep-provider.server.ts'
import { ownDescription } from '#app/services/sign-on/own-description.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { providerKeepingPorts, signOnAddresses, signOnPorts } from '#app/wiring.server.ts'
import { staffOf } from '../request/as-staff.server.ts'
import { isUuid, line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { textsIn } from '../request/texts-in.ts'

const listPath = '/office/settings/sign-on'
/** Rows of groups that a form has. */
export const groupRows = 20

const text = (longest: number) => z.string().trim().max(longest, 'too-long').optional()
const rows = Object.fromEntries(
  Array.from({ length: groupRows }, (_, row) => [
    [`group${row}`, text(400)],
    [`profile${row}`, text(80)],
    [`account${row}`, text(254)],
  ]).flat(),
) as Record<string, ReturnType<typeof text>>
const settingNames = {
  oidc: ['issuer', 'clientId', 'scopes', 'groupsClaim'],
  saml: ['entityId', 'signInUrl', 'signOutUrl', 'certificates', 'subjectAttribute', 'emailAttribute', 'nameAttribute', 'groupsAttribute'],
} as const
const neededNames = { oidc: ['issuer', 'clientId'], saml: ['entityId', 'signInUrl', 'certificates'] } as const
const addressNames: readonly string[] = ['issuer', 'signInUrl', 'signOutUrl']

const fields = {
  name: line(60),
  audience: z.enum(['staff', 'customers']),
  issuer: text(500),
  clientId: text(400),
  clientSecret: text(1000),
  scopes: text(400),
  groupsClaim: text(200),
  entityId: text(1000),
  signInUrl: text(1000),
  signOutUrl: text(1000),
  certificates: text(20_000),
  subjectAttribute: text(400),
  emailAttribute: text(400),
  nameAttribute: text(400),
  groupsAttribute: text(400),
  emailDomains: text(2000),
  createsPeople: z.literal('on').optional(),
  isSecondFactor: z.literal('on').optional(),
  withoutGroup: z.enum(['refuse', 'keep', 'profile']),
  fallbackProfile: text(80),
  fallbackAccount: text(254),
}
/** Rows are read by their number; the type names the other fields. */
const ProviderForm = z.object({ ...rows, ...fields } as typeof fields)
const DeedForm = z.object({ deed: z.enum(['change', 'test', 'on', 'off', 'disconnect']).optional(), identityId: uuid.optional() })
type Typed = z.infer<typeof ProviderForm>
type Kind = 'oidc' | 'saml'

/** The addresses to enter at a directory; null while the store has no host. */
export function addressesFor(host: string | null, providerId: string) {
  return host === null ? null : signOnAddresses(host, providerId)
}

/** Connects the seller with a directory, as a draft. */
export async function addSignOnProvider(request: Request, kind: Kind) {
  const form = await parseForm(request, ProviderForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const missing = missingIn(form.value, kind, true)
  if (missing) return data({ fields: missing, values: shown(form.value) }, { status: 422 })
  const { process, input } = await deskOf(request, form.value, kind)
  const added = await addProvider(process, kind, input)
  if (added.ok) return redirectWithToast(request, `${listPath}/${added.value.providerId}`, 'saved')
  return data({ problem: orFound(added.error), values: shown(form.value) }, { status: 422 })
}

/** Does what the page of a directory asks for. @throws 404 for one the seller has not. */
export async function changeSignOnProvider(request: Request, { id, kind, host }: { id: string; kind: Kind; host: string | null }) {
  const { tenant, actor } = await staffOf(request, 'settings:write')
  const asked = await parseForm(request.clone(), DeedForm)
  const deed = asked.ok ? asked.value.deed : undefined
  const process: ProviderKeepingProcess = processOf(tenant.tenantId, providerKeepingPorts(), actor)
  if (deed === 'test') {
    const found = await testProvider(process, { id, host: host ?? tenant.host })
    return found.ok ? { findings: found.value } : data({ failure: orFound(found.error) }, { status: 422 })
  }
  const identityId = asked.ok ? asked.value.identityId : undefined
  if (deed === 'disconnect') {
    await process.inTenant((ctx) => disconnectPerson(ctx, { providerId: id, identityId: orNotFound(identityId) }))
    return redirectWithToast(request, `${listPath}/${id}`, 'saved')
  }
  if (deed === 'on' || deed === 'off') {
    const done = await process.inTenant((ctx) => switchProvider(ctx, id, deed === 'on' ? 'active' : 'off'))
    return done.ok ? redirectWithToast(request, `${listPath}/${id}`, 'saved') : data({ problem: orFound(done.error) }, { status: 422 })
  }
  const form = await parseForm(request, ProviderForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const missing = missingIn(form.value, kind, false)
  if (missing) return data({ fields: missing, values: shown(form.value) }, { status: 422 })
  const changed = await changeProvider(process, id, (await deskOf(request, form.value, kind)).input)
  if (changed.ok) return redirectWithToast(request, `${listPath}/${id}`, 'saved')
  return data({ problem: orFound(changed.error), values: shown(form.value) }, { status: 422 })
}

/** What a SAML directory reads of us. @throws 404 for a directory that is none of this seller's. */
export async function samlMetadata(request: Request, providerId: string | undefined): Promise<Response> {
  const id = orNotFound(isUuid(providerId) ? providerId : null)
  const { tenantId, host } = await tenantOf(request)
  const xml = orNotFound(await ownDescription(processOf(tenantId, signOnPorts()), { id, host }))
  return new Response(xml, { headers: { 'Content-Type': 'application/samlmetadata+xml; charset=utf-8', 'Cache-Control': 'no-cache' } })
}

async function deskOf(request: Request, typed: Typed, kind: Kind): Promise<{ process: ProviderKeepingProcess; input: ProviderInput }> {
  const { tenant, actor, membership } = await staffOf(request, 'settings:write')
  const { isOwner, permissions } = membership
  return {
    process: processOf(tenant.tenantId, providerKeepingPorts(), actor),
    input: { ...inputOf(typed, kind), own: { isOwner, permissions } },
  }
}

function inputOf(typed: Typed, kind: Kind): Omit<ProviderInput, 'own'> {
  const value = (name: string) => (typed as Record<string, string | undefined>)[name] ?? ''
  const entered = Array.from({ length: groupRows }, (_, row) => ({
    groupName: value(`group${row}`),
    profile: value(`profile${row}`),
    account: value(`account${row}`),
  }))
  return {
    name: typed.name,
    audience: typed.audience,
    settings: Object.fromEntries(settingNames[kind].flatMap((name) => (value(name) ? [[name, value(name)]] : []))),
    secrets: kind === 'oidc' && typed.clientSecret ? { clientSecret: typed.clientSecret } : {},
    emailDomains: value('emailDomains')
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    createsPeople: typed.createsPeople === 'on',
    isSecondFactor: typed.isSecondFactor === 'on',
    withoutGroup: typed.withoutGroup,
    groups: entered.filter(({ groupName }) => groupName !== ''),
    fallback: { profile: typed.fallbackProfile ?? '', account: typed.fallbackAccount ?? '' },
  }
}

function missingIn(typed: Typed, kind: Kind, isNew: boolean): Record<string, string> | null {
  const value = (name: string) => (typed as Record<string, string | undefined>)[name]
  const needed = [...neededNames[kind], ...(isNew && kind === 'oidc' ? ['clientSecret'] : [])].filter((name) => !value(name))
  const malformed = settingNames[kind].filter((name) => addressNames.includes(name) && value(name) && !isHttp(value(name) ?? ''))
  if (needed.length + malformed.length === 0) return null
  return Object.fromEntries([...needed.map((name) => [name, 'required']), ...malformed.map((name) => [name, 'invalid'])])
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

/** What is sent back to a form that was refused; the secret never is. */
function shown({ clientSecret: _, ...typed }: Typed): Record<string, string> {
  return textsIn(Object.entries(typed))
}

function orFound<E extends string>(error: E | 'provider-not-found'): Exclude<E, 'provider-not-found'> {
  return orNotFound(error === 'provider-not-found' ? null : (error as Exclude<E, 'provider-not-found'>))
}
