import type { CloudOwner } from './mediation-input.ts'

/** Whose usage it is: an account of the tenant, and the subscription where one is known. */
export type UsageOwner = { readonly accountId: string; readonly subscriptionId: string | null }

/** Parts of a cloud that staff map to an owner. */
export const mappedKinds = ['domain', 'account', 'project'] as const
export type MappingKind = 'resource' | (typeof mappedKinds)[number]

/** Ties a part of the cloud to an owner. A domain is named by its id or by its path, e.g. `ROOT/resellers/ahorn`. */
export type OwnerMapping = { readonly kind: MappingKind; readonly ref: string; readonly owner: UsageOwner }

export type OwnerQuestion = { readonly resourceRef: string | undefined; readonly owner: CloudOwner }

/** Answers whose usage a record is; undefined when nothing is mapped. */
export type OwnerIndex = (question: OwnerQuestion) => UsageOwner | undefined

/**
 * Prepares mappings for many questions. The nearest mapping wins: the resource itself, then its project, its account,
 * its domain by id, then the longest mapped path above it. A path matches whole segments only.
 */
export function indexOwners(mappings: readonly OwnerMapping[]): OwnerIndex {
  const byName = new Map<string, UsageOwner>()
  for (const mapping of mappings) byName.set(nameOf(mapping.kind, mapping.ref), mapping.owner)
  const find = (kind: MappingKind, ref: string | undefined) => (ref === undefined ? undefined : byName.get(nameOf(kind, ref)))
  const byPath = new Map<string, UsageOwner | undefined>()

  const findPath = (path: string | undefined) => {
    if (path === undefined) return undefined
    if (!byPath.has(path))
      byPath.set(
        path,
        pathsAbove(path)
          .map((part) => find('domain', part))
          .find((owner) => owner !== undefined),
      )
    return byPath.get(path)
  }
  return ({ resourceRef, owner }) =>
    find('resource', resourceRef) ??
    find('project', owner.projectId) ??
    find('account', owner.accountId) ??
    find('domain', owner.domainId) ??
    findPath(owner.domainPath)
}

function nameOf(kind: MappingKind, ref: string): string {
  return `${kind}|${kind === 'domain' ? segments(ref).join('/') : ref}`
}

/** The path itself and every path above it, the longest first. */
function pathsAbove(path: string): string[] {
  const parts = segments(path)
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}

/** Leading and trailing slashes do not matter: clouds print the same path both ways. */
function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}
