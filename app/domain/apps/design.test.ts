import { describe, expect, test } from 'vitest'
import type { AppTier } from './app-template.ts'
import { codeOfDesign, type DesignOffer, designOfCode, designProblems, isDesignWhole, placesOfDesign } from './design.ts'

const web: AppTier = {
  code: 'web',
  name: { en: 'Web' },
  planCodes: ['small', 'large'],
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
  planCodes: ['large'],
  imageCode: 'postgres',
  least: 1,
  most: 1,
  port: 5432,
  isPublic: false,
  talksTo: [],
}
const design = { tiers: [web, db], networkId: null }
const images = ['nginx', 'postgres']
const offer: DesignOffer = {
  plans: [
    { code: 'small', images, places: ['vie-1', 'fra-1'] },
    { code: 'large', images, places: ['vie-1'] },
  ],
  networks: [{ id: 'inner', zone: 'vie-1' }],
  hasFirewall: true,
}

describe('a design', () => {
  test('stands where every tier has one of its sizes, in the place of its network where it has one', () => {
    expect(placesOfDesign(design, offer)).toEqual(['vie-1'])
    expect(placesOfDesign({ ...design, tiers: [web] }, offer)).toEqual(['vie-1', 'fra-1'])
    expect(placesOfDesign({ tiers: [web], networkId: 'inner' }, offer)).toEqual(['vie-1'])
    expect(placesOfDesign({ tiers: [web], networkId: 'of-another' }, offer)).toEqual([])
  })

  test('can be ordered while it holds together and all of it is on offer', () => {
    expect(designProblems(design, offer)).toEqual([])
    expect(isDesignWhole(design, offer)).toBe(true)
    expect(isDesignWhole({ ...design, tiers: [] }, offer)).toBe(false)
    expect(isDesignWhole({ ...design, tiers: [web] }, offer)).toBe(false)
  })

  test('names what is not on offer: a size, an image, a network of another, a port that cannot be kept shut', () => {
    const problemsOf = (tier: Partial<AppTier>, of: Partial<DesignOffer> = {}) =>
      designProblems({ ...design, tiers: [{ ...web, ...tier }, db] }, { ...offer, ...of })
    expect(problemsOf({ planCodes: ['small', 'huge'] })).toEqual([{ tier: 'web', field: 'planCodes', problem: 'size-not-offered' }])
    expect(problemsOf({ imageCode: 'mail' })).toEqual([{ tier: 'web', field: 'imageCode', problem: 'image-not-there' }])
    expect(problemsOf({}, { hasFirewall: false })).toEqual([{ tier: 'db', field: 'port', problem: 'no-firewall' }])
    expect(designProblems({ ...design, networkId: 'of-another' }, offer)).toEqual([
      { tier: '', field: 'network', problem: 'network-not-offered' },
    ])
  })

  test('names the tier whose sizes are sold out, or elsewhere than the others', () => {
    const [small] = offer.plans
    const without = (places: string[]) => ({ ...offer, plans: small ? [small, { code: 'large', images, places }] : [] })
    const nowhere = { field: 'planCodes', problem: 'no-common-place' }
    expect(designProblems(design, without([]))).toEqual([
      { tier: 'web', ...nowhere },
      { tier: 'db', ...nowhere },
    ])
    const apart = { ...design, tiers: [web, { ...db, planCodes: ['small'] }], networkId: 'inner' }
    expect(designProblems(apart, without(['fra-1']))).toEqual([{ tier: 'web', ...nowhere }])
  })

  test('is ordered by its public id, which no code of a template is', () => {
    const id = '0193b1a2-0000-7000-8000-000000000001'
    expect(codeOfDesign(id)).toBe('dsg_0193b1a2000070008000000000000001')
    expect(designOfCode(codeOfDesign(id))).toBe(id)
    expect(designOfCode('website')).toBeUndefined()
  })
})
