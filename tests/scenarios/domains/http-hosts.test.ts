import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { provideEnvironment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { insertHost, makePrimary } from '#app/db/sellers/store-domains.server.ts'
import { mayHaveCertificate } from '#app/services/domains/may-have-certificate.server.ts'
import { storeFile } from '#app/web/answers/store-files.server.ts'
import { findTenant } from '#app/web/request/tenant-of.server.ts'
import { httpApp } from '#app/web/server/http-app.server.ts'
import { growTenant } from '#tests/support/tree.ts'

let port = 0
let close: () => void
const secret = 'a secret that only the proxy has'

beforeAll(async () => {
  const ahorn = await growTenant('ahorn')
  await inTenant(ahorn, async (ctx) => {
    for (const host of ['www.ahorn.example', 'ahorn.example', 'waiting.example']) {
      const id = (await insertHost(ctx, { host, registrable: host, skeleton: host })) ?? ''
      if (host === 'waiting.example') continue
      await ctx.db.storeDomain.updateMany({ where: { id }, data: { state: 'active', verifiedAt: ctx.now } })
      if (host === 'ahorn.example') await makePrimary(ctx, id)
    }
  })
  provideEnvironment({ TLS_ASK_SECRET: secret })
  // The pages behind are not asked for: every answer here is given before them.
  const build = { entry: { module: { findTenant, mayHaveCertificate } } } as unknown as ServerBuild
  const assets = (_request: unknown, response: { status(code: number): { send(text: string): unknown } }) =>
    void response.status(200).send('the store')
  const server = httpApp({ build, assets: assets as never, isDevelopment: false, isDraining: () => false }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  port = (server.address() as AddressInfo).port
  close = () => server.close()
})
afterAll(() => {
  provideEnvironment({ TLS_ASK_SECRET: '' })
  close()
})

type Answer = { readonly status: number; readonly location: string | undefined; readonly text: string }

function ask(path: string, headers: Record<string, string | string[]>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers, setHost: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('an unknown host', () => {
  test.each([
    'nobody.example',
    'waiting.example',
    'AHORN.localhost',
    'ahorn.localhost.',
    'ahorn.localhost:99999999',
    'evil@ahorn.localhost',
    'ahorn.localhost@evil.example',
    'ahorn.localhost/evil',
    'xahorn.localhost',
    'ahorn.localhost.evil.example',
    '127.0.0.1',
    '[::1]',
    `${'a'.repeat(5_000)}.example`,
    "' or 1=1 --",
  ])('%s gets a plain 404 that names nobody', async (host) => {
    expect(await ask('/', { host, 'x-forwarded-host': 'ahorn.localhost' })).toEqual({ status: 404, location: undefined, text: 'Not found' })
  })

  test('two host headers are none, and what a stranger forwards is not read', async () => {
    expect((await ask('/', { host: 'nobody.example', forwarded: 'host=ahorn.localhost' })).status).toBe(404)
    expect((await ask('/', { host: 'ahorn.localhost', 'x-forwarded-host': 'evil.example' })).text).toBe('the store')
  })
})

describe('a host that is not the main one', () => {
  test('leads to the main one for good, path and query kept', async () => {
    const answer = await ask('/compare?plans=s,m&x=%2F', { host: 'www.ahorn.example' })
    expect([answer.status, answer.location]).toEqual([301, 'https://ahorn.example/compare?plans=s,m&x=%2F'])
  })

  test.each(['//evil.example/x', '/\\evil.example', '///evil.example'])('never leads to a stranger: %s', async (path) => {
    const { location = '' } = await ask(path, { host: 'www.ahorn.example' })
    expect(new URL(location).host).toBe('ahorn.example')
  })

  test('the main one and the one that always works stay, and so do calls of machines', async () => {
    const seen = await Promise.all([
      ask('/', { host: 'ahorn.example' }),
      ask('/', { host: 'ahorn.localhost' }),
      ask('/webhooks/payments/stripe', { host: 'www.ahorn.example' }),
      ask('/api/v1', { host: 'www.ahorn.example' }, 'POST'),
    ])
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })
})

describe('a browser that sent a form', () => {
  const host = 'ahorn.localhost'
  const cookiesAfter = (method: string, path: string) =>
    new Promise<string[]>((resolve, reject) => {
      const headers = { host, origin: `http://${host}` }
      const sent = request({ port, host: '127.0.0.1', path, method, headers, setHost: false }, (answer) => {
        answer.resume().on('end', () => resolve(answer.headers['set-cookie'] ?? []))
      })
      sent.on('error', reject)
      sent.end()
    })

  test('says so for ten seconds, so that it reads what it changed; a reader and a machine do not', async () => {
    expect(await cookiesAfter('POST', '/panel/servers')).toEqual([
      expect.stringMatching(/^wrote=1; Max-Age=10; Path=\/;.* HttpOnly; SameSite=Lax$/),
    ])
    expect(await cookiesAfter('GET', '/panel/servers')).toEqual([])
    expect(await cookiesAfter('POST', '/api/v1/orders')).toEqual([])
  })
})

describe('files for machines', () => {
  const read = async (host: string, name: Parameters<typeof storeFile>[1]) => {
    const answer = await storeFile(new Request(`https://${host}/${name}`, { headers: { host } }), name)
    return answer.text()
  }

  test('begin with the main host on every host of the store, and name its owner', async () => {
    for (const host of ['ahorn.localhost', 'www.ahorn.example', 'ahorn.example']) {
      expect(await read(host, 'robots.txt')).toContain('Disallow: /panel\n')
      expect(await read(host, 'robots.txt')).toContain('Sitemap: https://ahorn.example/sitemap.xml')
      expect(await read(host, 'sitemap.xml')).toContain('<loc>https://ahorn.example/compare</loc>')
      const contact = await read(host, 'security.txt')
      expect(contact).toContain('Contact: mailto:office@ahorn.example')
      expect(contact).toContain('Canonical: https://ahorn.example/.well-known/security.txt')
      const expires = /^Expires: (.*)$/m.exec(contact)?.[1] ?? ''
      expect(Date.parse(expires) - Date.now()).toBeGreaterThan(100 * 86_400_000)
      expect(Date.parse(expires) - Date.now()).toBeLessThan(366 * 86_400_000)
      for (const name of ['robots.txt', 'sitemap.xml', 'security.txt', 'llms.txt'] as const)
        expect((await read(host, name)).toLowerCase()).not.toMatch(/livery|meridian/)
    }
  })

  test('are nobody’s on an unknown host', async () => {
    await expect(read('nobody.example', 'sitemap.xml')).rejects.toMatchObject({ status: 404 })
  })
})

describe('who asks for a certificate', () => {
  const path = (domain: string) => `/internal/tls-ask?domain=${encodeURIComponent(domain)}`
  const host = 'proxy'

  test('hears yes for a proven host, and nothing else for all others', async () => {
    expect(await ask(path('www.ahorn.example'), { host })).toEqual({ status: 200, location: undefined, text: '' })
    const others = [
      'waiting.example',
      'nobody.example',
      'WWW.ahorn.example',
      'www.ahorn.example.',
      'www.ahorn.example:443',
      '127.0.0.1',
      '*',
      '',
    ]
    for (const domain of others) expect([domain, (await ask(path(domain), { host })).status]).toEqual([domain, 403])
    expect((await ask('/internal/tls-ask', { host })).status).toBe(403)
    expect((await ask('/internal/tls-ask?domain=ahorn.example&domain=ahorn.example', { host })).status).toBe(403)
  })

  test('is refused when it was passed on, with the wrong secret, or by another method', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host'])
      expect((await ask(path('ahorn.example'), { host, [header]: '127.0.0.1' })).status, header).toBe(403)
    expect((await ask(`${path('ahorn.example')}&secret=wrong`, { host })).status).toBe(403)
    expect((await ask(`${path('ahorn.example')}&secret=${encodeURIComponent(secret)}`, { host })).status).toBe(200)
    expect((await ask(path('ahorn.example'), { host }, 'POST')).status).toBe(403)
  })

  test('is slowed down when it tries names', async () => {
    const seen = await Promise.all(Array.from({ length: 60 }, (_, at) => ask(path(`try-${at}.example`), { host })))
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([403, 429]))
  })
})
