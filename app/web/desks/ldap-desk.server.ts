import { data } from '@remix-run/node'
import { z } from 'zod'
import { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import { ldapEncryptions, ldapFlavours, ldapGroupWays } from '#app/domain/people/ldap-ways.ts'
import { type KeepLdapInput, keepLdap, tryLdap } from '#app/services/access/keep-ldap.server.ts'
import { switchProvider } from '#app/services/sign-on/keep-provider.server.ts'
import { givableProfiles } from '#app/services/sign-on/provider-rules.server.ts'
import { keepLdapPorts, takesPlainDirectories } from '#app/wiring.server.ts'
import { asStaff, staffOf } from '../request/as-staff.server.ts'
import { line } from '../request/form-fields.ts'
import { type FieldErrors, parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { refuse } from '../request/refuse.server.ts'

export const ldapPath = '/office/settings/sign-on/ldap'
export const ruleRows = 40

const text = (longest: number) => z.string().trim().max(longest, 'too-long').default('')
const rows = Array.from({ length: ruleRows }, (_, row) => row)
const ruleFields = Object.fromEntries(
  rows.flatMap((row) => [
    [`group${row}`, text(400)],
    [`profile${row}`, text(100)],
    [`account${row}`, text(254)],
  ]),
)
const TermsForm = z.object({
  name: line(60),
  flavour: z.enum(ldapFlavours, 'not-offered'),
  host: text(300),
  port: text(6),
  encryption: z.enum(ldapEncryptions, 'not-offered'),
  bindDn: text(500),
  bindPassword: z.string().max(1_000, 'too-long').optional(),
  base: text(500),
  groupBase: text(500),
  groups: z.enum(ldapGroupWays, 'not-offered'),
  caCertificate: text(20_000),
  audience: z.enum(['staff', 'customers'], 'not-offered'),
  emailDomains: text(1_000),
  createsPeople: z.literal('on').optional(),
  isSecondFactor: z.literal('on').optional(),
  withoutGroup: z.enum(['refuse', 'keep', 'profile'], 'not-offered'),
  fallbackProfile: text(100),
  fallbackAccount: text(254),
  ...ruleFields,
})
const DeedForm = z.object({ deed: z.enum(['save', 'test', 'on', 'off']) })

/** What the form has to offer. */
export async function ldapChoices(request: Request) {
  const profiles = await asStaff(request, 'settings:write', async (ctx, { membership }) => ({
    staff: (await givableProfiles(ctx, 'staff', membership)).map(({ name }) => name),
    customers: (await givableProfiles(ctx, 'customers', membership)).map(({ name }) => name),
  }))
  return { profiles, takesPlain: takesPlainDirectories(), rows: ruleRows }
}

/** What the page of a directory is answered. */
export type LdapAnswer = {
  readonly fields?: FieldErrors
  readonly values?: Readonly<Record<string, string>>
  readonly problem?: string
  readonly report?: { readonly people: number; readonly usable: number; readonly isMore: boolean; readonly groups: readonly string[] }
}

/** Does what the page of a directory asks for. @throws 404 for a directory the seller has not. */
export async function ldapDeed(request: Request, id: string | null) {
  const form = await parseForm(request.clone(), DeedForm)
  if (!form.ok) throw refuse(400, 'invalid-deed')
  const { deed } = form.value
  if (deed === 'save' || id === null) return saveLdap(request, id)
  const { tenant, actor } = await staffOf(request, 'settings:write')
  if (deed === 'test') {
    const tried = await tryLdap(keepLdapPorts(), { tenantId: tenant.tenantId, actor, id })
    if (tried.ok) return data<LdapAnswer>({ report: tried.value })
    return problem(tried.error)
  }
  const switched = await asStaff(request, 'settings:write', (ctx) => switchProvider(ctx, id, deed === 'on' ? 'active' : 'off'))
  return switched.ok ? redirectWithToast(request, `${ldapPath}/${id}`, 'saved') : problem(switched.error)
}

function problem(code: string) {
  if (code === 'provider-not-found') throw refuse(404, 'not-found')
  return data<LdapAnswer>({ problem: code }, { status: 409 })
}

async function saveLdap(request: Request, id: string | null) {
  const form = await parseForm(request, TermsForm)
  if (!form.ok) return data<LdapAnswer>({ fields: form.error, values: form.values }, { status: 422 })
  const { value } = form
  const { bindPassword, ...shown } = value
  const values = Object.fromEntries(Object.entries(shown).map(([key, typed]) => [key, String(typed ?? '')]))
  const settings = LdapSettings.safeParse({ ...value, groupBase: value.groupBase || null, caCertificate: value.caCertificate || null })
  if (!settings.success) {
    const fields = Object.fromEntries(settings.error.issues.map(({ path, message }) => [String(path[0]), message]))
    return data<LdapAnswer>({ fields, values }, { status: 422 })
  }
  const typed = values as Readonly<Record<string, string>>
  const input: Omit<KeepLdapInput, 'own'> = {
    id,
    name: value.name,
    settings: settings.data,
    bindPassword: bindPassword || null,
    audience: value.audience,
    emailDomains: domainsOf(value.emailDomains),
    createsPeople: value.createsPeople === 'on',
    isSecondFactor: value.isSecondFactor === 'on',
    withoutGroup: value.withoutGroup,
    fallback: { profile: value.fallbackProfile, account: value.fallbackAccount },
    groups: rows.flatMap((row) => {
      const groupName = typed[`group${row}`]?.trim() ?? ''
      return groupName === '' ? [] : [{ groupName, profile: typed[`profile${row}`] ?? '', account: typed[`account${row}`] ?? '' }]
    }),
  }
  const kept = await asStaff(request, 'settings:write', (ctx, { membership }) =>
    keepLdap(ctx, keepLdapPorts(), { ...input, own: membership }),
  )
  if (kept.ok) return redirectWithToast(request, `${ldapPath}/${kept.value}`, 'saved')
  if (kept.error === 'provider-not-found') throw refuse(404, 'not-found')
  const field = fieldOf[kept.error]
  return data<LdapAnswer>(field ? { fields: { [field]: kept.error }, values } : { problem: kept.error, values }, { status: 422 })
}

const fieldOf: Readonly<Record<string, string>> = {
  'password-missing': 'bindPassword',
  'plain-not-allowed': 'encryption',
  'other-audience': 'audience',
}

function domainsOf(text: string): string[] {
  const domains = text.toLowerCase().split(/[\s,;]+/)
  return [...new Set(domains.map((one) => one.replace(/^@/, '')).filter((one) => /^[a-z0-9.-]+\.[a-z0-9-]+$/.test(one)))]
}
