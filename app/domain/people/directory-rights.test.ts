import { expect, test } from 'vitest'
import { type GroupRule, membershipChanges, rightsByGroups } from './directory-rights.ts'
import { wayIn } from './way-in.ts'

const house = (groupName: string, securityProfileId: string): GroupRule => ({ groupName, securityProfileId, accountId: null })
const rules = [
  house('Finance', 'finance'),
  house('Support', 'support'),
  { groupName: 'Buyers', securityProfileId: 'member', accountId: 'acme' },
]
const refuse = { kind: 'refuse' } as const

test('of several groups of one place the first row counts, and each place has its own', () => {
  expect(rightsByGroups({ groups: ['Support', 'Finance', 'Other'], rules, withoutGroup: refuse })).toEqual({
    ok: true,
    value: [{ accountId: null, securityProfileId: 'finance' }],
  })
  const both = rightsByGroups({ groups: ['Buyers', 'Support'], rules, withoutGroup: refuse })
  expect(both.ok && both.value.map(({ securityProfileId }) => securityProfileId)).toEqual(['support', 'member'])
})

test('without a known group there is no way in, what one has, or the profile for all, as set', () => {
  const place = { accountId: null, securityProfileId: 'support' }
  expect(rightsByGroups({ groups: ['finance'], rules, withoutGroup: refuse })).toEqual({ ok: false, error: 'no-group' })
  expect(rightsByGroups({ groups: [], rules, withoutGroup: { kind: 'keep' } })).toEqual({ ok: true, value: [] })
  expect(rightsByGroups({ groups: [], rules, withoutGroup: { kind: 'profile', place } })).toEqual({ ok: true, value: [place] })
})

test('a group that is gone takes its profile along, and what people gave stays', () => {
  const given = { membershipId: '1', accountId: null, securityProfileId: 'finance', isGivenHere: true }
  const byHand = { membershipId: '2', accountId: 'acme', securityProfileId: 'member', isGivenHere: false }
  expect(membershipChanges([given, byHand], [])).toEqual({ added: [], changed: [], removed: [given] })
  const wanted = [
    { accountId: null, securityProfileId: 'support' },
    { accountId: 'acme', securityProfileId: 'manager' },
    { accountId: 'other', securityProfileId: 'member' },
  ]
  expect(membershipChanges([given, byHand], wanted)).toEqual({
    added: [wanted[2]],
    changed: [{ membership: given, securityProfileId: 'support' }],
    removed: [],
  })
})

const asked = {
  audience: 'staff',
  emailDomains: ['ahorn.example'],
  createsPeople: true,
  email: 'ada@ahorn.example',
  isEmailVerified: null,
  known: null,
} as const
const person = { isStaff: true, ownsHouse: false }

test('a new person comes in with an address the directory answers for or has checked', () => {
  expect(wayIn(asked)).toEqual({ ok: true, value: 'create' })
  expect(wayIn({ ...asked, email: 'ada@elsewhere.example' })).toEqual({ ok: false, error: 'email-not-proven' })
  expect(wayIn({ ...asked, email: 'ada@elsewhere.example', isEmailVerified: true })).toEqual({ ok: true, value: 'create' })
  expect(wayIn({ ...asked, isEmailVerified: false })).toEqual({ ok: false, error: 'email-not-proven' })
  expect(wayIn({ ...asked, createsPeople: false })).toEqual({ ok: false, error: 'not-known-here' })
  expect(wayIn({ ...asked, email: null })).toEqual({ ok: false, error: 'email-missing' })
})

test('an address is taken over only of a trusted domain, never of an owner, and never of staff by a directory of customers', () => {
  expect(wayIn({ ...asked, known: person })).toEqual({ ok: true, value: 'link' })
  expect(wayIn({ ...asked, email: 'ada@sub.ahorn.example', known: person })).toEqual({ ok: true, value: 'prove' })
  expect(wayIn({ ...asked, email: 'ada@elsewhere.example', isEmailVerified: true, known: person })).toEqual({ ok: true, value: 'prove' })
  expect(wayIn({ ...asked, known: { isStaff: true, ownsHouse: true } })).toEqual({ ok: true, value: 'prove' })
  expect(wayIn({ ...asked, audience: 'customers', known: person })).toEqual({ ok: false, error: 'not-for-staff' })
})
