import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { may } from '#app/domain/tenancy/permissions.ts'
import { readyProfiles } from '#app/domain/tenancy/security-profiles.ts'

const folder = 'app/routes'

/** What any member may open: the frame, the seller's news, what is about the person, and what begins by looking at the rights itself. */
const anyMembers = new Set([
  'panel.tsx',
  'panel.$.tsx',
  'panel._index',
  'panel.account.tsx',
  'panel.news.tsx',
  'panel.resend-confirmation.ts',
  'panel.search.tsx',
  'panel.switch-account.ts',
])
const ownPerson = /^panel\.(profile|security)/

/** The code of a route, its folder's files together. */
function codeOf(route: string): string {
  const path = join(folder, route)
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8')
  return readdirSync(path)
    .map((file) => readFileSync(join(path, file), 'utf8'))
    .join('\n')
}

const routes = readdirSync(folder).filter((name) => name.startsWith('panel') && !anyMembers.has(name) && !ownPerson.test(name))

/** The permissions that a route asks for by name. */
const permissionsOf = (code: string) =>
  [...code.matchAll(/\b(?:asCustomer|customerOf|ownSubscription)\(\s*request,[^()]*?'([a-z-]+:[a-z]+)'/g)].map((match) => match[1])

/** The same with what it leaves to this folder. */
function withHelpers(code: string): string {
  const helpers = [...code.matchAll(/'#(app\/web\/[\w./-]+\.tsx?)'/g)].map(([, path = '']) => readFileSync(path, 'utf8'))
  return [code, ...helpers].join('\n')
}

test('every page of the panel asks for a right, or is an owner’s alone', () => {
  const answering = routes.filter((route) => /export (?:async function|function|const) (?:loader|action)\b/.test(codeOf(route)))
  const open = answering.filter((route) => permissionsOf(withHelpers(codeOf(route))).length === 0 && !/\bownerOf\(/.test(codeOf(route)))
  expect(open).toEqual([])
  const nameless = routes.filter((route) => /\b(?:asCustomer\(\s*request,\s*undefined|customerOf\(\s*request\s*\))/.test(codeOf(route)))
  expect(nameless).toEqual([])
})

test('a contact who sees invoices opens pages of documents and payments and nothing else', () => {
  const contact = readyProfiles.find(({ name }) => name === 'customer-billing')
  if (!contact) throw new Error('no such profile')
  const opened = routes.filter((route) => permissionsOf(codeOf(route)).some((permission) => may(contact, permission as 'invoice:read')))
  expect(
    opened.filter((route) => !/^panel\.(invoices|payments|balance|exports|showbacks|statement|pay\b|payment-methods|usage)/.test(route)),
  ).toEqual([])
})
