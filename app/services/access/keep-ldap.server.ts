import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  findIdentityProvider,
  type IdentityProviderRow,
  insertIdentityProvider,
  noteProviderTested,
  replaceProviderGroups,
  updateIdentityProvider,
} from '#app/db/people/identity-providers.server.ts'
import { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { Rights } from '#app/domain/tenancy/permissions.ts'
import { DirectoryError, type DirectoryProblem, type DirectoryReport } from '#app/ports/password-directory.ts'
import { checkRules, type RulesError, type RulesInput } from '../sign-on/provider-rules.server.ts'
import { connectionOf, type PasswordDirectoryPorts } from './ask-directories.server.ts'

/** What keeping directories with passwords needs of the outside. */
export type KeepLdapPorts = PasswordDirectoryPorts & {
  readonly takesPlain: boolean
  seal(plain: string, providerId: string): { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
}

export type KeepLdapInput = RulesInput & {
  /** The directory to change; a new one when null. */
  readonly id: string | null
  readonly name: string
  readonly settings: LdapSettings
  /** Of the service account; the known one stays when null. */
  readonly bindPassword: string | null
  readonly emailDomains: readonly string[]
  readonly createsPeople: boolean
  readonly isSecondFactor: boolean
  /** What the person who connects it may give. */
  readonly own: Rights
}
export type KeepLdapError = RulesError | 'provider-not-found' | 'other-audience' | 'password-missing' | 'plain-not-allowed'

/**
 * Keeps how a directory that speaks LDAP is reached, for whom it is and what its groups give; a new one is a draft until it was tried and
 * taken into use. A password is never kept on when the host changes: it would be sent to whoever was typed.
 */
export async function keepLdap(ctx: TenantContext, ports: KeepLdapPorts, input: KeepLdapInput): Promise<Result<string, KeepLdapError>> {
  const { settings, name, bindPassword, emailDomains, createsPeople, isSecondFactor, audience, withoutGroup } = input
  if (settings.encryption === 'none' && !ports.takesPlain) return err('plain-not-allowed')
  const known = input.id === null ? null : await findLdap(ctx, input.id)
  if (input.id !== null && !known) return err('provider-not-found')
  if (known && known.audience !== audience) return err('other-audience')
  if (bindPassword === null && !keepsPassword(known, settings)) return err('password-missing')
  const checked = await checkRules(ctx, input, input.own)
  if (!checked.ok) return checked

  const { groups, ...places } = checked.value
  const id = known?.id ?? newId()
  const secret = bindPassword === null ? {} : { secret: ports.seal(bindPassword, id) }
  const terms = { name, settings, audience, withoutGroup, emailDomains, createsPeople, isSecondFactor, ...places, ...secret }
  if (known) await updateIdentityProvider(ctx, id, terms)
  else await insertIdentityProvider(ctx, { ...terms, id, kind: 'ldap' })
  await replaceProviderGroups(ctx, id, groups)
  const action = known ? 'identity-provider.changed' : 'identity-provider.added'
  const detail = { kind: 'ldap', name, host: settings.host, encryption: settings.encryption, replacesPassword: bindPassword !== null }
  await audit(ctx, { action, subjectKind: 'identity-provider', subjectId: id, detail })
  return ok(id)
}

function keepsPassword(known: IdentityProviderRow | null, { host }: LdapSettings): boolean {
  return known?.secretCiphertext != null && LdapSettings.safeParse(known.settings).data?.host === host
}

/** A directory of the seller that speaks LDAP; null when the id is none's, or of another kind. */
export async function findLdap(ctx: TenantContext, id: string): Promise<IdentityProviderRow | null> {
  const found = await findIdentityProvider(ctx, id)
  return found?.kind === 'ldap' ? found : null
}

export type TryLdapInput = { readonly tenantId: string; readonly actor: Actor; readonly id: string }

/** Tries a directory as it is saved, and notes which version was found to work. */
export async function tryLdap(
  ports: PasswordDirectoryPorts,
  { tenantId, actor, id }: TryLdapInput,
): Promise<Result<DirectoryReport, DirectoryProblem | 'provider-not-found'>> {
  const provider = await inTenant(tenantId, (ctx) => findLdap(ctx, id))
  if (!provider) return err('provider-not-found')
  try {
    const report = await ports.directory.examine(connectionOf(provider, ports.openSecret))
    await inTenant(
      tenantId,
      async (ctx) => {
        await noteProviderTested(ctx, id, provider.version)
      },
      { actor },
    )
    return ok(report)
  } catch (error) {
    if (error instanceof DirectoryError) return err(error.problem)
    throw error
  }
}
