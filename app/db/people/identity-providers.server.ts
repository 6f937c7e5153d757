import type { GroupRule } from '#app/domain/people/directory-rights.ts'
import type { DirectoryAudience } from '#app/domain/people/way-in.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

export type ProviderKind = 'oidc' | 'saml' | 'ldap'
export type ProviderState = 'draft' | 'active' | 'off'

/** A directory of the seller, its secrets sealed for `identity_providers/<id>`. */
export type IdentityProviderRow = {
  readonly id: string
  readonly kind: ProviderKind
  readonly name: string
  readonly audience: DirectoryAudience
  readonly state: ProviderState
  /** What the kind needs to be reached, without secrets. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly secretCiphertext: Uint8Array | null
  readonly createsPeople: boolean
  readonly emailDomains: readonly string[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  readonly defaultProfileId: string | null
  readonly defaultAccountId: string | null
  readonly isSecondFactor: boolean
  readonly version: number
  /** The version that was tried with success; null before. */
  readonly testedVersion: number | null
}

const columns = {
  id: true,
  kind: true,
  name: true,
  audience: true,
  state: true,
  settings: true,
  secretCiphertext: true,
  createsPeople: true,
  emailDomains: true,
  withoutGroup: true,
  defaultProfileId: true,
  defaultAccountId: true,
  isSecondFactor: true,
  version: true,
  testedVersion: true,
} as const

const providersAtMost = 50

/** The seller's directories in the order they were connected; only those in use, or of one kind, when asked. */
export async function listIdentityProviders(
  ctx: TenantContext,
  filter: { readonly state?: ProviderState; readonly kind?: ProviderKind } = {},
): Promise<IdentityProviderRow[]> {
  const rows = await ctx.db.identityProvider.findMany({
    where: { tenantId: ctx.tenantId, ...filter },
    select: columns,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: providersAtMost,
  })
  return rows as unknown as IdentityProviderRow[]
}

/** One directory of the seller; null when it has none of that id. */
export async function findIdentityProvider(ctx: TenantContext, id: string): Promise<IdentityProviderRow | null> {
  const row = await ctx.db.identityProvider.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row as unknown as IdentityProviderRow | null
}

type Sealed = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
/** What a form of the office decides; `secret` is left out where it stays, null where there is none. */
export type ProviderTerms = Pick<
  IdentityProviderRow,
  'name' | 'audience' | 'createsPeople' | 'withoutGroup' | 'defaultProfileId' | 'defaultAccountId' | 'isSecondFactor' | 'emailDomains'
> & { readonly settings: Prisma.InputJsonObject; readonly secret?: Sealed | null }

/** Saves a directory as a draft. */
export async function insertIdentityProvider(
  ctx: TenantContext,
  { id, kind, ...terms }: ProviderTerms & { readonly id: string; readonly kind: ProviderKind },
): Promise<void> {
  const who = actorName(ctx.actor)
  const times = { createdBy: who, createdAt: ctx.now, changedBy: who, changedAt: ctx.now }
  await ctx.db.identityProvider.createMany({
    data: [{ tenantId: ctx.tenantId, id, kind, state: 'draft', version: 1, testedVersion: null, ...columnsOf(terms), ...times }],
  })
}

/** Changes a directory and counts its version up; a test of the version before proves nothing of the new one. */
export async function updateIdentityProvider(ctx: TenantContext, id: string, terms: ProviderTerms): Promise<void> {
  await ctx.db.identityProvider.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { ...columnsOf(terms), version: { increment: 1 }, changedBy: actorName(ctx.actor), changedAt: ctx.now },
  })
}

function columnsOf({ secret, emailDomains, ...terms }: ProviderTerms) {
  const sealed = secret === undefined ? {} : { secretCiphertext: secret?.ciphertext ?? null, secretKeyId: secret?.keyId ?? null }
  return { ...terms, ...sealed, emailDomains: [...emailDomains] }
}

/** Takes a directory into use or out of it. */
export async function saveProviderState(ctx: TenantContext, id: string, state: ProviderState): Promise<void> {
  const data = { state, changedBy: actorName(ctx.actor), changedAt: ctx.now }
  await ctx.db.identityProvider.updateMany({ where: { tenantId: ctx.tenantId, id }, data })
}

/** Notes that a version was tried with success. */
export async function noteProviderTested(ctx: TenantContext, id: string, version: number): Promise<void> {
  await ctx.db.identityProvider.updateMany({ where: { tenantId: ctx.tenantId, id, version }, data: { testedVersion: version } })
}

/** What the groups of a directory give, in the order they count. */
export function groupsOfProvider(ctx: TenantContext, providerId: string): Promise<GroupRule[]> {
  return ctx.db.identityProviderGroup.findMany({
    where: { tenantId: ctx.tenantId, providerId },
    select: { groupName: true, securityProfileId: true, accountId: true },
    orderBy: { position: 'asc' },
    take: 500,
  })
}

/** Puts these groups in place of all the directory had. */
export async function replaceProviderGroups(ctx: TenantContext, providerId: string, rules: readonly GroupRule[]): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.identityProviderGroup.deleteMany({ where: { tenantId, providerId } })
  await ctx.db.identityProviderGroup.createMany({
    data: rules.map(({ groupName, securityProfileId, accountId }, position) => ({
      tenantId,
      id: newId(),
      providerId,
      position,
      groupName,
      securityProfileId,
      accountId,
    })),
  })
}
