import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeDnsResolver } from '#app/adapters/dns/node-resolver.ts'
import { DnsUnavailableError } from '#app/ports/dns-resolver.ts'
import { type DnsServer, startDnsServer } from '#tests/support/dns-server.ts'

let server: DnsServer
beforeAll(async () => {
  server = await startDnsServer()
  server.set('shop.example', 'TXT', 'one', 'k'.repeat(600))
  server.set('www.shop.example', 'CNAME', 'Ahorn.Base.example')
  server.set('ahorn.base.example', 'A', '192.0.2.7')
  server.set('ahorn.base.example', 'AAAA', '2001:db8::7')
})
afterAll(() => server.close())

const resolver = () => nodeDnsResolver({ servers: [server.address], timeoutMs: 300 })

test('a long text comes in one piece, an alias in lower case, addresses of both kinds through the alias', async () => {
  expect([...(await resolver().texts('shop.example'))].sort()).toEqual(['k'.repeat(600), 'one'])
  expect(await resolver().aliases('www.shop.example')).toEqual(['ahorn.base.example'])
  expect(await resolver().addresses('www.shop.example')).toEqual(['192.0.2.7', '2001:db8::7'])
})

test('a name that does not exist, and one without such a record, have nothing', async () => {
  expect(await resolver().texts('nobody.example')).toEqual([])
  expect(await resolver().aliases('shop.example')).toEqual([])
  expect(await resolver().addresses('shop.example')).toEqual([])
})

test('silence is no answer', async () => {
  server.fallSilent(true)
  await expect(resolver().texts('shop.example')).rejects.toThrow(DnsUnavailableError)
  server.fallSilent(false)
})
