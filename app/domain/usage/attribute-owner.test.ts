import { expect, test } from 'vitest'
import { indexOwners, type MappingKind, type OwnerQuestion } from './attribute-owner.ts'

const mapping = (kind: MappingKind, ref: string, accountId: string) => ({ kind, ref, owner: { accountId, subscriptionId: null } })
const ownerOf = indexOwners([
  mapping('domain', '/ROOT/resellers/', 'resellers'),
  mapping('domain', 'ROOT/resellers/ahorn', 'ahorn'),
  mapping('domain', 'd-1', 'by domain id'),
  mapping('account', 'a-1', 'by account'),
  mapping('project', 'p-1', 'by project'),
  mapping('resource', 'r-1', 'by resource'),
])
const everywhere = { projectId: 'p-1', accountId: 'a-1', domainId: 'd-1', domainPath: 'ROOT/resellers/ahorn' }
const find = (owner: OwnerQuestion['owner'], resourceRef?: string) => ownerOf({ resourceRef, owner })?.accountId

test('the nearest mapping wins: resource, project, account, domain, path', () => {
  const { projectId: _project, ...withoutProject } = everywhere
  const { accountId: _account, ...withoutAccount } = withoutProject
  expect(find(everywhere, 'r-1')).toBe('by resource')
  expect(find(everywhere, 'r-2')).toBe('by project')
  expect(find(withoutProject)).toBe('by account')
  expect(find(withoutAccount)).toBe('by domain id')
})

test('of mapped paths the longest one above counts, whole segments only', () => {
  expect(find({ domainPath: 'ROOT/resellers/ahorn/linde' })).toBe('ahorn')
  expect(find({ domainPath: 'ROOT/resellers/ahornblatt' })).toBe('resellers')
  expect(find({ domainPath: 'ROOT' })).toBeUndefined()
})

test('a path is the same with and without slashes around it', () => {
  expect(find({ domainPath: '/ROOT/resellers/ahorn/' })).toBe('ahorn')
})

test('an id of one kind is never taken for another', () => {
  expect(find({ accountId: 'p-1' })).toBeUndefined()
})
