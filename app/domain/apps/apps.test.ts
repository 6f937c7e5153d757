import { describe, expect, test } from 'vitest'
import { appPortsOf } from './app-ports.ts'
import { type AppTier, tiersProblem, withoutTier } from './app-template.ts'
import { stateOfApplication } from './application-state.ts'
import { checkComposition, compose } from './composition.ts'
import { mergeRules, rulesOfTier } from './tier-rules.ts'

const web: AppTier = {
  code: 'web',
  name: { en: 'Web' },
  planCodes: ['web-1', 'web-2'],
  imageCode: 'nginx',
  least: 1,
  most: 4,
  port: 443,
  isPublic: true,
  talksTo: ['db'],
}
const db: AppTier = {
  code: 'db',
  name: { en: 'Database' },
  planCodes: ['web-2'],
  imageCode: 'postgres',
  least: 1,
  most: 1,
  port: 5432,
  isPublic: false,
  talksTo: [],
}
const tiers = [web, db]

describe('what staff compose', () => {
  test('holds together: a tier calls others at their port, and the least of all fits in one order', () => {
    expect(tiersProblem(tiers)).toBeNull()
    expect(tiersProblem([])).toEqual({ tier: '', problem: 'tier-missing' })
    expect(tiersProblem([{ ...web, least: 5 }, db])).toEqual({ tier: 'web', problem: 'least-over-most' })
    expect(tiersProblem([{ ...web, talksTo: ['cache'] }, db])).toEqual({ tier: 'web', problem: 'talks-to-nobody' })
    expect(tiersProblem([web, { ...db, port: null }])).toEqual({ tier: 'web', problem: 'talks-to-deaf' })
    expect(tiersProblem([{ ...web, least: 20, most: 20 }, db])).toEqual({ tier: 'web', problem: 'too-many-pieces' })
  })

  test('loses a tier together with whoever called it', () => {
    expect(withoutTier(tiers, 'db')).toEqual([{ ...web, talksTo: [] }])
  })
})

describe('what a buyer orders', () => {
  test('is the first size and the fewest servers unless it says otherwise; what cannot be is named', () => {
    expect(compose(tiers, { web: { plan: 'web-2', count: '3' } })).toEqual({
      tiers: [
        { tier: web, planCode: 'web-2', count: 3 },
        { tier: db, planCode: 'web-2', count: 1 },
      ],
      problems: [],
    })
    expect(compose(tiers, { web: { plan: 'web-9', count: '1e308' }, db: { count: '2' } }).problems).toEqual([
      { tier: 'web', problem: 'tier-plan' },
      { tier: 'web', problem: 'tier-count' },
      { tier: 'db', problem: 'tier-count' },
    ])
  })

  test('has every tier within its limits, in its size and image, all in one place', () => {
    const front = { tier: 'web', planCode: 'web-1', imageCode: 'nginx', locationCode: 'vie-1', quantity: 2 }
    const back = { tier: 'db', planCode: 'web-2', imageCode: 'postgres', locationCode: 'vie-1' }
    expect(checkComposition(tiers, [front, back], null)).toEqual({ ok: true, value: null })
    expect(checkComposition(tiers, [front], null)).toEqual({ ok: false, error: 'tier-count' })
    for (const wrong of [{ tier: 'cache' }, { planCode: 'web-1' }, { imageCode: 'nginx' }, { locationCode: 'fra-1' }])
      expect(checkComposition(tiers, [front, { ...back, ...wrong }], null)).toEqual({ ok: false, error: 'application-not-offered' })
    expect(checkComposition(tiers, [{ ...front, quantity: 1 }], new Map([['web', 3]]))).toEqual({ ok: true, value: null })
    expect(checkComposition(tiers, [front], new Map([['web', 3]]))).toEqual({ ok: false, error: 'tier-count' })
  })
})

test('a server answers at the ports of its image and of the apps that came with it', () => {
  const plan = { kind: 'plan', spec: { images: [{ code: 'debian-12' }, { code: 'nginx', port: 80 }] } }
  const apps = [5432, 80].map((port) => ({ kind: 'app', spec: { app: 'free', port } }))
  expect(appPortsOf([plan, ...apps, { kind: 'app', spec: { app: 'free' } }], 'nginx')).toEqual([80, 5432])
  expect(appPortsOf([plan, { kind: 'sla', spec: { port: 443 } }], 'debian-12')).toEqual([])
})

test('an application is as its pieces are together', () => {
  const piece = (server: 'running' | 'stopped' | 'failed' | 'deleted' | 'building' | null, order = 'active') =>
    ({ server, order }) as Parameters<typeof stateOfApplication>[0][number]
  expect(stateOfApplication([piece('running'), piece(null, 'placed')])).toBe('building')
  expect(stateOfApplication([piece('running'), piece('running'), piece('deleted')])).toBe('running')
  expect(stateOfApplication([piece('running'), piece('stopped')])).toBe('partial')
  expect(stateOfApplication([piece('stopped'), piece('stopped')])).toBe('stopped')
  expect(stateOfApplication([piece(null, 'refused'), piece('failed', 'failed')])).toBe('failed')
  expect(stateOfApplication([piece('deleted'), piece(null, 'failed')])).toBe('removed')
})

describe('who may call a server', () => {
  const members = [
    { tier: 'web', address: '192.0.2.7' },
    { tier: 'web', address: '192.0.2.3' },
    { tier: 'db', address: '192.0.2.9' },
    { tier: 'web', address: null },
  ]
  const open = (tier: AppTier) => rulesOfTier(tier, tiers, members).map(({ firstPort, range }) => `${firstPort} ${range}`)

  test('is anybody for a public tier, and for another one the servers of the tiers that talk to it', () => {
    expect(open(web)).toEqual(['22 0.0.0.0/0', '22 ::/0', '443 0.0.0.0/0', '443 ::/0'])
    expect(open(db)).toEqual(['22 0.0.0.0/0', '22 ::/0', '5432 192.0.2.3/32', '5432 192.0.2.7/32'])
    expect(open({ ...db, port: null })).toEqual([])
  })

  test('and whoever its owner let in, before and after a server joined', () => {
    const own = { direction: 'in', protocol: 'tcp', firstPort: 9100, lastPort: 9100, range: '198.51.100.0/24' } as const
    const before = rulesOfTier(db, tiers, members.slice(0, 1))
    const wanted = rulesOfTier(db, tiers, members)
    expect(mergeRules([...before, own], { before, wanted })).toEqual([...wanted, own])
    expect(mergeRules([own], { before: [], wanted })).toEqual([...wanted, own])
    expect(mergeRules([...wanted, own], { before: wanted, wanted: [] })).toEqual([own])
  })
})
