import { describe, expect, test } from 'vitest'
import { mayGive, permissionsAmong, problemOfMemberChange, rightsOfKey, rightsWithinProjects } from './member-rules.ts'

const rights = (...permissions: string[]) => ({ isOwner: false, permissions })
const owner = { isOwner: true, permissions: [] }

test('nobody hands on more than they have, an owner anything', () => {
  expect(mayGive(owner, owner)).toBe(true)
  expect(mayGive(rights('member:write', 'invoice:read'), rights('invoice:read'))).toBe(true)
  expect(mayGive(rights('member:write'), rights('invoice:read'))).toBe(false)
  expect(mayGive(rights('member:write'), owner)).toBe(false)
})

test('a member of projects keeps what is about resources, however much the profile gives', () => {
  expect(rightsWithinProjects(rights('order:write', 'server:write', 'invoice:read', 'usage:read')).permissions).toEqual([
    'server:write',
    'usage:read',
  ])
  expect(rightsWithinProjects(owner)).toEqual({
    isOwner: false,
    permissions: ['budget:read', 'server:read', 'server:write', 'spend:read', 'ticket:read', 'ticket:write', 'usage:read'],
  })
})

test('a key does what it was given, as far as its person still may; nothing once the person left', () => {
  expect(rightsOfKey(['invoice:read', 'server:write'], rights('invoice:read')).permissions).toEqual(['invoice:read'])
  expect(rightsOfKey(['invoice:read'], owner)).toEqual(rights('invoice:read'))
  expect(rightsOfKey(['invoice:read'], null)).toEqual(rights())
})

test('only permissions that exist are kept, each once', () => {
  const names = ['server:read', 'ledger:write', 'server:read', 'webhook:write', 'made:up']
  expect(permissionsAmong('customer', names)).toEqual(['server:read', 'webhook:write'])
  expect(permissionsAmong('staff', names)).toEqual(['ledger:write', 'server:read'])
})

describe('a change of a member', () => {
  const change = { own: owner, isOwnMembership: false, before: rights('invoice:read'), after: null, otherOwners: 1 }
  const to = (permissions: string[], isLimited = false, isOwner = false) => ({ isOwner, permissions, isLimited })

  test('is refused to oneself, but everybody may leave', () => {
    expect(problemOfMemberChange({ ...change, isOwnMembership: true, after: to(['invoice:read']) })).toBe('own-membership')
    expect(problemOfMemberChange({ ...change, own: rights(), isOwnMembership: true })).toBeNull()
  })

  test('of somebody with more rights, or to more rights, takes an owner', () => {
    const manager = rights('member:write', 'invoice:read')
    expect(problemOfMemberChange({ ...change, own: manager, before: owner })).toBe('not-allowed')
    expect(problemOfMemberChange({ ...change, own: manager, after: to(['server:read']) })).toBe('not-allowed')
    expect(problemOfMemberChange({ ...change, own: manager, after: to([]) })).toBeNull()
  })

  test('never leaves an account without an owner', () => {
    expect(problemOfMemberChange({ ...change, before: owner, otherOwners: 0 })).toBe('last-owner')
    expect(problemOfMemberChange({ ...change, before: owner, after: to([]), otherOwners: 0 })).toBe('last-owner')
    expect(problemOfMemberChange({ ...change, before: owner, otherOwners: null })).toBeNull()
    expect(problemOfMemberChange({ ...change, before: owner, otherOwners: 1 })).toBeNull()
  })

  test('limits no owner to projects', () => {
    expect(problemOfMemberChange({ ...change, after: to([], true, true) })).toBe('owner-not-limited')
  })
})
