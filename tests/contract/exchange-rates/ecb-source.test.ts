import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { ecbExchangeRates } from '#app/adapters/exchange-rates/ecb/ecb-source.ts'
import { usualLimits } from '#app/adapters/exchange-rates/guarded-fetch.ts'
import { isPrivateAddress } from '#app/config/public-network.server.ts'

const day = (time: string, rates: string) => `<Cube time='${time}'>${rates}</Cube>`
const file = (days: string) => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube>${days}</Cube>
</gesmes:Envelope>`
const friday = file(
  day('2026-06-05', "<Cube currency='USD' rate='1.0821'/><Cube currency='JPY' rate='168.37'/><Cube currency='CHF' rate='0.9400'/>"),
)

const atHand = { ...usualLimits, reachesPrivateNetworks: true }
const open: Server[] = []
const folders: string[] = []

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/eurofxref-daily.xml`
}

const serveText = (text: string) => serve((_, response) => response.end(text))
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )

describe('the daily file of the central bank', () => {
  test('gives every rate from the euro with its date, exactly as published', async () => {
    const rates = await ecbExchangeRates(await serveText(friday), atHand).fetchRates()
    expect(rates.map(({ base, quote, rate, source, date }) => [base, quote, rate.toFixed(), source, date])).toEqual([
      ['EUR', 'USD', '1.0821', 'ECB', '2026-06-05'],
      ['EUR', 'JPY', '168.37', 'ECB', '2026-06-05'],
      ['EUR', 'CHF', '0.94', 'ECB', '2026-06-05'],
    ])
  })

  test('is read from a file on disk just the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rates-'))
    folders.push(folder)
    writeFileSync(join(folder, 'rates.xml'), friday)
    expect(await ecbExchangeRates(pathToFileURL(join(folder, 'rates.xml')).href).fetchRates()).toHaveLength(3)
    expect(await refusal(ecbExchangeRates(pathToFileURL(join(folder, 'none.xml')).href).fetchRates())).toBe('unavailable')
  })

  test('of several days only the newest counts, and currencies nobody can invoice in are left out', async () => {
    const days =
      day('2026-06-04', "<Cube currency='USD' rate='1.0800'/>") +
      day('2026-06-05', "<Cube currency='USD' rate='1.0821'/><Cube currency='XTS' rate='3'/>")
    const rates = await ecbExchangeRates(await serveText(file(days)), atHand).fetchRates()
    expect(rates.map(({ quote, date }) => [quote, date])).toEqual([['USD', '2026-06-05']])
  })

  test.each([
    ['a rate in words', file(day('2026-06-05', "<Cube currency='USD' rate='N/A'/>"))],
    ['a rate of zero', file(day('2026-06-05', "<Cube currency='USD' rate='0'/>"))],
    ['a rate below zero', file(day('2026-06-05', "<Cube currency='USD' rate='-1.08'/>"))],
    ['a rate in powers of ten', file(day('2026-06-05', "<Cube currency='USD' rate='1e3'/>"))],
    ['a currency that comes twice', file(day('2026-06-05', "<Cube currency='USD' rate='1'/><Cube currency='USD' rate='2'/>"))],
    ['a day that does not exist', file(day('2026-02-30', "<Cube currency='USD' rate='1'/>"))],
    ['a page of words', '<html><body>Maintenance</body></html>'],
    ['half a file', friday.slice(0, -20)],
    ['nothing', ''],
    ['a document type', friday.replace('?>', '?><!DOCTYPE x [<!ENTITY a "1">]>')],
  ])('%s refuses the whole set', async (_, text) => {
    expect(await refusal(ecbExchangeRates(await serveText(text), atHand).fetchRates())).toBe('malformed')
  })
})

describe('a source that misbehaves', () => {
  test('an error page is no set of rates', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('later'))
    expect(await refusal(ecbExchangeRates(url, atHand).fetchRates())).toBe('unavailable')
  })

  test('a redirect is not followed', async () => {
    const target = await serveText(friday)
    const url = await serve((_, response) => response.writeHead(302, { location: target }).end())
    expect(await refusal(ecbExchangeRates(url, atHand).fetchRates())).toBe('unavailable')
  })

  test('a source that never answers is given up', async () => {
    const url = await serve(() => undefined)
    expect(await refusal(ecbExchangeRates(url, { ...atHand, timeoutMs: 80 }).fetchRates())).toBe('timed-out')
  })

  test('an answer without end is cut off', async () => {
    const url = await serveText(' '.repeat(20_000))
    expect(await refusal(ecbExchangeRates(url, { ...atHand, maxBytes: 10_000 }).fetchRates())).toBe('answer-too-large')
  })

  test('an address of a private network is not asked, written as a number or as a name', async () => {
    const url = await serveText(friday)
    expect(await refusal(ecbExchangeRates(url).fetchRates())).toBe('refused-address')
    expect(await refusal(ecbExchangeRates(url.replace('127.0.0.1', 'localhost')).fetchRates())).toBe('refused-address')
    expect(await refusal(ecbExchangeRates(url.replace('127.0.0.1', '[::1]')).fetchRates())).toBe('refused-address')
    expect(await refusal(ecbExchangeRates('ftp://rates.example/daily.xml').fetchRates())).toBe('refused-address')
  })

  test.each(['10.1.2.3', '169.254.169.254', '172.20.0.1', '192.168.1.1', '::1', 'fd00::1', '::ffff:127.0.0.1', '100.64.0.1'])(
    '%s is private',
    (address) => {
      expect(isPrivateAddress(address)).toBe(true)
    },
  )

  test('an address of the public net is not private', () => {
    expect(['147.67.210.44', '2a00:1450:4001:80b::200e'].map(isPrivateAddress)).toEqual([false, false])
  })
})
