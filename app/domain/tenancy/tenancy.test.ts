import { expect, test } from 'vitest'
import { customerPermissions, may, staffPermissions } from './permissions.ts'
import { readyProfiles } from './security-profiles.ts'
import { mayHaveChild } from './tenant-depth.ts'

const profile = (name: string) => readyProfiles.find((one) => one.name === name) ?? { isOwner: false, permissions: [] }

test('a new tenant has six profiles for staff and four for customers', () => {
  expect(readyProfiles.map((one) => one.name)).toEqual([
    'owner',
    'support-engineer',
    'account-manager',
    'channel-manager',
    'finance',
    'operator',
    'customer-owner',
    'customer-member',
    'customer-billing',
    'customer-manager',
  ])
  expect(readyProfiles.filter((one) => one.isOwner).map((one) => one.audience)).toEqual(['staff', 'customer'])
})

test('profiles grant what exists, once, to the right people', () => {
  for (const { audience, permissions } of readyProfiles) {
    const granted = new Set<string>(audience === 'staff' ? staffPermissions : customerPermissions)
    expect(permissions.every((permission) => granted.has(permission))).toBe(true)
    expect(new Set(permissions).size).toBe(permissions.length)
  }
})

test('whoever writes prices or staff is not support, and whoever runs clouds sees no invoice', () => {
  expect(may(profile('support-engineer'), 'staff:write')).toBe(false)
  expect(may(profile('support-engineer'), 'catalog:write')).toBe(false)
  expect(may(profile('operator'), 'invoice:read')).toBe(false)
  expect(may(profile('customer-member'), 'invoice:read')).toBe(false)
  expect(profile('customer-billing').permissions).toEqual(['invoice:read'])
  expect(may(profile('finance'), 'invoice:void')).toBe(true)
  expect(may(profile('owner'), 'settings:write')).toBe(true)
})

test('five levels of resellers fit below a provider, the sixth does not', () => {
  expect(mayHaveChild(4)).toBe(true)
  expect(mayHaveChild(5)).toBe(false)
  expect(mayHaveChild(1, 1)).toBe(false)
})
