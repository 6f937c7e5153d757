import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { claimFallbackHost, holderOfHost } from '#app/db/sellers/hosts.server.ts'
import {
  findTenant,
  findTenantBySlug,
  insertTenant,
  resellerAccountIdOf,
  type TenantRow,
  tenantIdOf,
} from '#app/db/sellers/tenants.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { readyProfiles } from '#app/domain/tenancy/security-profiles.ts'
import { mayHaveChild } from '#app/domain/tenancy/tenant-depth.ts'
import { type AddAccountError, addAccount } from '#app/services/accounts/add-account.server.ts'
import type { ContractTerms } from '#app/services/accounts/contract-terms.ts'
import { type AddMemberError, addMember } from '#app/services/people/add-member.server.ts'

export type AddTenantInput = {
  /** Names the tenant in hosts, files and commands, for good. */
  readonly slug: string
  readonly legalName: string
  readonly country: string
  readonly currency: string
  readonly timeZone: string
  readonly language: string
  readonly vatId?: string | null
  readonly addressLines: readonly string[]
  readonly email: string
  /** Stands before every document number. */
  readonly numberPrefix: string
  /** The host of its store, verified because it lies below the installation's own domain. */
  readonly host: string
  readonly owner: { readonly email: string; readonly name: string; readonly passwordHash?: string }
  /** Absent for a provider. A reseller buys from its parent under `contract`. */
  readonly parent?: {
    readonly tenantId: string
    readonly contract: { readonly priceBookCode: string; readonly terms?: ContractTerms }
    readonly isOperatingUnit?: boolean
  }
  /** How many levels of resellers the installation allows below a provider. */
  readonly depthLimit?: number
  readonly actor?: Actor
}
export type AddTenantError =
  | 'slug-invalid'
  | 'slug-taken'
  | 'host-taken'
  | 'tenant-not-found'
  | 'too-deep'
  | AddAccountError
  | AddMemberError
export type AddedTenant = { readonly tenantId: string; readonly ownerUserId: string; readonly parentAccountId: string | null }

/**
 * Makes a selling organisation: for a reseller first its account and contract in the parent, then the tenant with its store's
 * host, the ready-made security profiles and its owner, who is mailed a link. Two tenants are two transactions; both follow
 * from the slug, so running it again completes what a crash left undone and changes nothing that stands.
 */
export async function addTenant(input: AddTenantInput): Promise<Result<AddedTenant, AddTenantError>> {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(input.slug)) return err('slug-invalid')
  const tenantId = tenantIdOf(input.slug)
  const known = await findTenantBySlug(input.slug)
  if (known && known.parentTenantId !== (input.parent?.tenantId ?? null)) return err('slug-taken')

  const holder = await holderOfHost(input.host)
  if (holder !== null && holder !== tenantId) return err('host-taken')

  const place = await placeOf(input, tenantId)
  if (!place.ok) return place
  const account = await openInParent(input, tenantId)
  if (!account.ok) return account

  const owner = await inTenant(tenantId, (ctx) => openTenant(ctx, input, place.value), options(input))
  return owner.ok ? ok({ tenantId, ownerUserId: owner.value.userId, parentAccountId: place.value.parentAccountId }) : owner
}

type Place = Pick<TenantRow, 'kind' | 'parentTenantId' | 'parentAccountId' | 'depth' | 'isOperatingUnit'>

async function placeOf(input: AddTenantInput, tenantId: string): Promise<Result<Place, 'tenant-not-found' | 'too-deep'>> {
  if (!input.parent) return ok({ kind: 'provider', parentTenantId: null, parentAccountId: null, depth: 0, isOperatingUnit: false })
  const parent = await findTenant(input.parent.tenantId)
  if (!parent) return err('tenant-not-found')
  if (!mayHaveChild(parent.depth, input.depthLimit)) return err('too-deep')
  const parentAccountId = resellerAccountIdOf(parent.tenantId, tenantId)
  return ok({
    kind: 'reseller',
    parentTenantId: parent.tenantId,
    parentAccountId,
    depth: parent.depth + 1,
    isOperatingUnit: input.parent.isOperatingUnit ?? false,
  })
}

async function openInParent(input: AddTenantInput, tenantId: string): Promise<Result<unknown, AddAccountError>> {
  const { parent, legalName: name, email, language, country, addressLines, vatId } = input
  if (!parent) return ok(null)
  const id = resellerAccountIdOf(parent.tenantId, tenantId)
  const facts = { id, kind: 'business', name, email, language, country, addressLines, vatId, childTenantId: tenantId } as const
  return inTenant(parent.tenantId, (ctx) => addAccount(ctx, { ...facts, contract: parent.contract }), options(input))
}

async function openTenant(ctx: TenantContext, input: AddTenantInput, place: Place): Promise<Result<{ userId: string }, AddTenantError>> {
  const { slug, legalName, country, currency, timeZone, language, email, numberPrefix, host, owner } = input
  const facts = { slug, legalName, country, currency, timeZone, language, email, numberPrefix }
  const rest = { vatId: input.vatId ?? null, addressLines: [...input.addressLines], status: 'active' } as const
  const isNew = await insertTenant(ctx, { ...facts, ...rest, ...place })
  if (!(await claimFallbackHost(ctx, host))) return err('host-taken')

  await insertSecurityProfiles(ctx, readyProfiles)
  const member = await addMember(ctx, { ...owner, language, profile: 'owner' })
  if (!member.ok) return member
  if (isNew)
    await audit(ctx, { action: 'tenant.added', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { slug, kind: place.kind } })
  return member
}

function options(input: AddTenantInput): { actor?: Actor } {
  return input.actor ? { actor: input.actor } : {}
}
