import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '#app/auth/cookie.server.ts'
import { signOut } from '#app/auth/sign-out.server.ts'
import { clock, fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { keepPage, keptPage, keptPageKey } from '#app/web/kept-pages.server.ts'
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

async function kept(request: Request): Promise<string | undefined> {
  const key = await keptPageKey(request)
  return key ? (await keptPage(request, key, answer))?.html.toString() : undefined
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

  test('is not given once the session has ended or a right was taken', async () => {
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

  test('is the only page of the panel that is kept', async () => {
    const { ask } = await customer('seven@example.test')
    expect(await keptPageKey(ask('/panel/servers'))).toBeNull()
    expect(await keptPageKey(ask('/panel?x=1'))).toBeNull()
  })
})
