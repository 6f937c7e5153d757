import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { changeByForm } from '#app/routes/_store.cart/deeds.server.ts'
import { loader as cartPage } from '#app/routes/_store.cart/route.tsx'
import { loader as checkoutPage } from '#app/routes/_store.checkout/route.tsx'
import { issueFormToken } from '#app/web/request/form-token.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'

const origin = 'http://ahorn.localhost'

beforeAll(async () => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
  const issued = await issueFormToken(request('/'), tenantIdOf('ahorn'))
  formToken = issued.token
  keep(issued.setCookie)
}, 120_000)
afterAll(() => setClock())

// The cookies of a browser, and the token of its forms.
let cookies: string[] = []
let formToken = ''
const keep = (set: string | null | undefined) => {
  const [pair = ''] = set?.split(';') ?? []
  if (pair) cookies = [...cookies.filter((each) => each.split('=')[0] !== pair.split('=')[0]), pair]
}
const request = (path: string, body?: URLSearchParams) => {
  const headers = { host: 'ahorn.localhost', cookie: cookies.join('; '), 'Accept-Language': 'en' }
  return new Request(`${origin}${path}`, { headers, ...(body ? { method: 'POST', body } : {}) })
}

/** What a form of the store does with the cart. Returns where it leads. */
async function send(fields: Readonly<Record<string, string>>): Promise<string> {
  const answer = (await changeByForm(request('/cart', new URLSearchParams({ ...fields, formToken })))) as Response
  keep(answer.headers?.get('Set-Cookie'))
  return answer.headers?.get('Location') ?? ''
}

const at = <T>(page: (args: never) => Promise<T>, path: string): Promise<T> => page({ request: request(path), params: {} } as never)

const website = { app: 'website', location: 'fra-1', name: 'shop' }

test('a visitor puts hours of work and an application into one cart, changes it where it is chosen, and orders both at the checkout', async () => {
  expect(await send({ service: 'work', units: '2' })).toBe('/cart')
  expect(await send({ ...website, name: 'Not A Name' })).toMatch(/^\/apps\/website\?.*check=on$/)
  expect(await send({ ...website, 'count-web': '99' })).toMatch(/^\/apps\/website\?.*count-web=99.*check=on$/)
  expect(await send(website)).toBe('/cart')

  const { lines } = await at(cartPage, '/cart')
  expect(lines.map(({ quantity, things, problems }) => [quantity, things.length, problems])).toEqual([
    [null, 1, {}],
    [null, 2, {}],
  ])
  const edit = new URL(lines[1]?.edit ?? '', origin)
  expect([edit.pathname, edit.searchParams.get('name'), edit.searchParams.get('count-web')]).toEqual(['/apps/website', 'shop', '1'])
  const line = edit.searchParams.get('line') ?? ''
  expect(await send({ ...website, 'count-web': '2', line })).toBe('/cart')
  expect(await send({ deed: 'count', line, [`quantity-${line}`]: '5' })).toBe('/cart')

  const changed = await at(cartPage, '/cart')
  const web = changed.lines[1]?.things.find(({ name }) => name === 'shop-web')
  expect([changed.lines.length, web?.quantity]).toEqual([2, 2])
  const { ordered, estimate } = await at(checkoutPage, '/checkout?cart=on')
  expect(ordered.map(({ name, quantity, units }) => `${quantity} ${name ?? 'work'} ${units ?? ''}`.trim()).toSorted()).toEqual([
    '1 shop-db',
    '1 work 2',
    '2 shop-web',
  ])
  expect(estimate.quote.firstTotal).toEqual(changed.quote?.firstTotal)

  expect(await send({ deed: 'remove', line })).toBe('/cart')
  expect((await at(cartPage, '/cart')).lines).toHaveLength(1)
})
