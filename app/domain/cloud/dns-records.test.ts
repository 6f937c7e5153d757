import { expect, test } from 'vitest'
import { addRecord, type DnsRecord } from './dns-records.ts'

const record = (name: string, type: DnsRecord['type'], value: string, ttlSeconds = 3_600): DnsRecord => ({ name, type, value, ttlSeconds })
const refusal = (known: DnsRecord[], added: DnsRecord) => {
  const outcome = addRecord(known, added)
  return outcome.ok ? null : outcome.error
}

test.each<[string | null, DnsRecord]>([
  [null, record('@', 'A', '203.0.113.7')],
  ['malformed-ipv4', record('@', 'A', '203.0.113.256')],
  [null, record('*.shop', 'AAAA', '2001:db8::7')],
  ['malformed-ipv6', record('shop', 'AAAA', '203.0.113.7')],
  ['malformed-record-name', record('sh*p', 'A', '203.0.113.7')],
  ['malformed-record-name', record('-shop', 'A', '203.0.113.7')],
  [null, record('_dmarc', 'TXT', 'v=DMARC1; p=none')],
  ['malformed-text', record('@', 'TXT', 'zwei\nzeilen')],
  [null, record('@', 'MX', '10 mail.example.com')],
  ['malformed-mail-target', record('@', 'MX', 'mail.example.com')],
  ['malformed-mail-target', record('@', 'MX', '10 203.0.113.7')],
  [null, record('_sip._tcp', 'SRV', '10 5 443 www.example.com.')],
  ['malformed-service', record('_sip._tcp', 'SRV', '10 5 70000 www.example.com')],
  [null, record('@', 'CAA', '0 issue "ca.example"')],
  ['malformed-caa', record('@', 'CAA', 'issue ca.example')],
  ['malformed-target', record('www', 'CNAME', 'elsewhere')],
  ['cname-of-zone', record('@', 'CNAME', 'www.example.com')],
  ['malformed-ttl', record('@', 'A', '203.0.113.7', 59)],
])('%s: %j', (problem, added) => {
  expect(refusal([], added)).toBe(problem)
})

test('a CNAME stands alone, and nothing stands twice', () => {
  const www = record('www', 'A', '203.0.113.7')
  expect(refusal([www], record('WWW', 'CNAME', 'shop.example.com'))).toBe('cname-beside-others')
  expect(refusal([record('www', 'CNAME', 'shop.example.com')], www)).toBe('cname-beside-others')
  expect(refusal([www], { ...www, ttlSeconds: 60 })).toBe('record-twice')
  expect(refusal([www], record('www', 'A', '203.0.113.8'))).toBeNull()
})
