import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { endSessionsOf } from '#app/db/people/external-identities.server.ts'
import {
  findIdentityProvider,
  type IdentityProviderRow,
  insertIdentityProvider,
  noteProviderTested,
  type ProviderTerms,
  replaceProviderGroups,
  saveProviderState,
  updateIdentityProvider,
} from '#app/db/people/identity-providers.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { Rights } from '#app/domain/tenancy/permissions.ts'
import type { SignOnFailure, SignOnFinding } from '#app/ports/sign-on.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { checkRules, type RulesError, type RulesInput } from './provider-rules.server.ts'
import { orFailure } from './sign-on.server.ts'
import { openDirectory, type ProviderSecrets, type SignOnPorts } from './sign-on-ports.ts'

export type ProviderKeepingPorts = SignOnPorts & {
  seal(secrets: ProviderSecrets, providerId: string): { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
  /** Keys of our own that a kind needs, made anew. */
  makeKeys(kind: 'oidc' | 'saml'): Promise<ProviderSecrets>
}
export type ProviderKeepingProcess = TenantProcess<ProviderKeepingPorts>

export type ProviderInput = RulesInput & {
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
  /** Those that are given: a directory that exists keeps the others. */
  readonly secrets: ProviderSecrets
  readonly emailDomains: readonly string[]
  readonly createsPeople: boolean
  readonly isSecondFactor: boolean
  /** What the person who connects it may give. */
  readonly own: Rights
}
export type KeepProviderError = RulesError | 'provider-not-found' | 'other-audience'

/** Connects the seller with a directory, as a draft: it counts once it was tried and taken into use. */
export async function addProvider(
  process: ProviderKeepingProcess,
  kind: 'oidc' | 'saml',
  input: ProviderInput,
): Promise<Result<{ readonly providerId: string }, KeepProviderError>> {
  const id = newId()
  const secrets = { ...(await process.ports.makeKeys(kind)), ...input.secrets }
  return process.inTenant(async (ctx) => {
    const checked = await checkRules(ctx, input, input.own)
    if (!checked.ok) return checked
    const { groups, ...places } = checked.value
    await insertIdentityProvider(ctx, { id, kind, ...termsOf(input), ...places, secret: process.ports.seal(secrets, id) })
    await replaceProviderGroups(ctx, id, groups)
    await note(ctx, 'identity-provider.added', id, { kind, name: input.name, audience: input.audience })
    return ok({ providerId: id })
  })
}

/**
 * Changes a directory; one in use goes on with what was entered, and is tried again by its next sign-in. Whom it is for stays: what it gave
 * stands in memberships.
 */
export async function changeProvider(
  process: ProviderKeepingProcess,
  id: string,
  input: ProviderInput,
): Promise<Result<{ readonly providerId: string }, KeepProviderError>> {
  return process.inTenant(async (ctx) => {
    const row = await findIdentityProvider(ctx, id)
    if (!row || row.kind === 'ldap') return err('provider-not-found')
    if (row.audience !== input.audience) return err('other-audience')
    const checked = await checkRules(ctx, input, input.own)
    if (!checked.ok) return checked
    const { groups, ...places } = checked.value
    const isNewSecret = Object.keys(input.secrets).length > 0
    const secrets = { ...process.ports.openSecrets(row.secretCiphertext, id), ...input.secrets }
    const secret = isNewSecret ? { secret: process.ports.seal(secrets, id) } : {}
    await updateIdentityProvider(ctx, id, { ...termsOf(input), ...places, ...secret })
    await replaceProviderGroups(ctx, id, groups)
    await note(ctx, 'identity-provider.changed', id, { name: input.name, replaced: Object.keys(input.secrets) })
    return ok({ providerId: id })
  })
}

function termsOf(input: ProviderInput): Omit<ProviderTerms, 'defaultProfileId' | 'defaultAccountId' | 'secret'> {
  const { name, audience, settings, emailDomains, createsPeople, withoutGroup, isSecondFactor } = input
  return { name, audience, settings, emailDomains, createsPeople, withoutGroup, isSecondFactor }
}

/** Tries a directory without a person; what was found. A success is noted for the version that was tried. */
export async function testProvider(
  process: ProviderKeepingProcess,
  { id, host }: { readonly id: string; readonly host: string },
): Promise<Result<readonly SignOnFinding[], SignOnFailure | 'provider-not-found'>> {
  const row = await process.inTenant((ctx) => findIdentityProvider(ctx, id))
  if (!row || row.kind === 'ldap') return err('provider-not-found')
  const found = await orFailure(openDirectory(process, row, host).check())
  if (found.ok) await process.inTenant((ctx) => noteProviderTested(ctx, id, row.version))
  return found
}

/** Takes a directory into use, once its present version was tried, or out of it: then all sessions that come from it end. Safe to repeat. */
export async function switchProvider(
  ctx: TenantContext,
  id: string,
  state: 'active' | 'off',
): Promise<Result<void, 'provider-not-found' | 'not-tested'>> {
  const row = await findIdentityProvider(ctx, id)
  if (!row) return err('provider-not-found')
  if (row.state === state) return ok(undefined)
  if (state === 'active' && !isTested(row)) return err('not-tested')
  await saveProviderState(ctx, id, state)
  const sessions = state === 'off' ? await endSessionsOf(ctx, { providerId: id }) : 0
  await note(ctx, `identity-provider.${state}`, id, { sessions })
  return ok(undefined)
}

function isTested({ version, testedVersion }: IdentityProviderRow): boolean {
  return testedVersion === version
}

function note(ctx: TenantContext, action: string, subjectId: string, detail: Record<string, string | number | string[]>): Promise<void> {
  return audit(ctx, { action, subjectKind: 'identity-provider', subjectId, detail })
}
