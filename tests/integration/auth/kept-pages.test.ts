import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '#app/auth/cookie.server.ts'
import { signOut } from '#app/auth/sign-out.server.ts'
import { clock, fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { keepPage, keptPage, keptPageKey, stopMaking } from '#app/web/server/kept-pages.server.ts'
import { growTenant } from '#tests/support/tree.ts'
import { register, tokenFor } from './store-people.ts'

const origin = 'http://ahorn.localhost'
const answer = { nonce: 'nonce-of-the-answer', requestId: 'id-of-the-request' }
let ahorn: string

beforeAll(async () => {
  ahorn = await growTenant('ahorn')
})
afterEach(() => setClock())

/** A customer of the store, and how its browser asks for a page. */
async function customer(email: string) {
  const { userId } = await register(ahorn, email)
  const token = await tokenFor(ahorn, 'ahorn.localhost', email)
  const [cookie = ''] = sessionCookie(new Request(origin), token).split(';')
  const ask = (path: string, more = '') => new Request(origin + path, { headers: { host: 'ahorn.localhost', cookie: cookie + more } })
  return { userId, token, ask }
}

/** Keeps `html` for who asks so. */
async function keep(request: Request, html: string) {
  const key = await keptPageKey(request)
  if (!key) throw new Error('keep: this page is not kept')
  keepPage(key, html, { nonce: 'N0', formToken: 'F0', requestId: 'R0' })
}

const htmlOf = (page: Awaited<ReturnType<typeof keptPage>>) => page && Buffer.concat(page.parts).toString()

/** One who asks for the page, as the web server does: its key, and what it is given in the end. */
async function reader(request: Request) {
  const key = await keptPageKey(request)
  if (!key) throw new Error('reader: this page is not kept')
  return { key, page: keptPage(request, key, answer).then(htmlOf) }
}

async function kept(request: Request): Promise<string | undefined> {
  const key = await keptPageKey(request)
  return key ? htmlOf(await keptPage(request, key, answer)) : undefined
}

describe('the overview of a customer', () => {
  test('is given again to the same browser, with the words of the new answer in it', async () => {
    const { ask } = await customer('one@example.test')
    await keep(ask('/panel'), '<p nonce="N0">Straße R0</p>')
    expect(await kept(ask('/panel'))).toBe('<p nonce="nonce-of-the-answer">Straße id-of-the-request</p>')
  })

  test('is made anew after three seconds', async () => {
    const { ask } = await customer('two@example.test')
    await keep(ask('/panel'), 'as it was')
    setClock(fixedClock(new Date(clock.now().getTime() + 3_001).toISOString()))
    expect(await kept(ask('/panel'))).toBeUndefined()
  })

  test('is made anew at once for who has just sent a form, or is to be told something', async () => {
    const { ask } = await customer('three@example.test')
    await keep(ask('/panel'), 'as it was')
    expect(await keptPageKey(ask('/panel', '; wrote=1'))).toBeNull()
    expect(await keptPageKey(ask('/panel', '; toast=x'))).toBeNull()
  })

  test('is nobody else’s, and in no other language', async () => {
    const one = await customer('four@example.test')
    const other = await customer('five@example.test')
    await keep(one.ask('/panel'), 'mine')
    expect(await kept(other.ask('/panel'))).toBeUndefined()
    expect(await kept(one.ask('/panel', '; theme=ImRhcmsi'))).toBeUndefined()
    expect(await keptPageKey(new Request(`${origin}/panel`, { headers: { host: 'ahorn.localhost' } }))).toBeNull()
  })

  test('is made anew once something of the person has changed, and not given once the session has ended', async () => {
    const { ask, token, userId } = await customer('six@example.test')
    await keep(ask('/panel'), 'as it was')
    await inTenant(ahorn, async ({ db, tenantId }) => {
      await db.user.updateMany({ where: { tenantId, id: userId }, data: { name: 'Lena Berger' } })
    })
    expect(await kept(ask('/panel'))).toBeUndefined()
    await keep(ask('/panel'), 'as it is')
    await signOut({ tenantId: ahorn, token })
    expect(await kept(ask('/panel'))).toBeUndefined()
  })

  test('is not given once a right was taken', async () => {
    const { ask, userId } = await customer('eight@example.test')
    await keep(ask('/panel'), 'with the invoices')
    await inTenant(ahorn, async ({ db, tenantId }) => {
      await db.membership.deleteMany({ where: { tenantId, userId } })
    })
    expect(await kept(ask('/panel'))).toBeUndefined()
  })

  test('is the only page of the panel that is kept', async () => {
    const { ask } = await customer('seven@example.test')
    expect(await keptPageKey(ask('/panel/servers'))).toBeNull()
    expect(await keptPageKey(ask('/panel?x=1'))).toBeNull()
  })
})

describe('a page that several ask for at once', () => {
  test('is made by the first of them, while the others wait for it', async () => {
    const { ask } = await customer('nine@example.test')
    const first = await reader(ask('/panel'))
    expect(await first.page).toBeUndefined()
    const others = await Promise.all([reader(ask('/panel')), reader(ask('/panel'))])
    keepPage(first.key, 'made once', { nonce: 'N0', formToken: 'F0', requestId: 'R0' })
    expect(await Promise.all(others.map(({ page }) => page))).toEqual(['made once', 'made once'])
  })

  test('is made by each of the others when the first gives up, and nobody waits any longer', async () => {
    const { ask } = await customer('ten@example.test')
    const first = await reader(ask('/panel'))
    expect(await first.page).toBeUndefined()
    const other = await reader(ask('/panel'))
    stopMaking(first.key)
    expect(await other.page).toBeUndefined()
    stopMaking(other.key)
    const next = await reader(ask('/panel'))
    expect(await next.page).toBeUndefined()
  })
})
