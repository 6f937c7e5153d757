import { describe, expect, test } from 'vitest'
import { findingOf, type HostFacts, hostRecords } from './host-records.ts'
import { mailRecords } from './mail-records.ts'

const host: HostFacts = {
  host: 'shop.ahorn.at',
  isApex: false,
  token: 'abc',
  fallbackHost: 'ahorn.stores.example',
  addresses: ['192.0.2.7', '2001:db8::7'],
}
const none = { texts: [], aliases: [], addresses: [] }
const proof = { texts: ['google-site-verification=x', 'store-verify=abc'] }

describe('the records of a host', () => {
  test('below a registered name are a text and an alias', () => {
    const records = hostRecords(host, none)
    expect(records.map(({ type, name, expected }) => [type, name, expected])).toEqual([
      ['TXT', '_store-verify.shop.ahorn.at', 'store-verify=abc'],
      ['CNAME', 'shop.ahorn.at', 'ahorn.stores.example'],
    ])
    expect(findingOf(records)).toEqual({ hasProof: false, isPointing: false })
  })

  test('of a registered name are its addresses, since no alias may stand there', () => {
    const records = hostRecords({ ...host, host: 'ahorn.at', isApex: true }, none)
    expect(records.slice(1).map(({ type, expected }) => [type, expected])).toEqual([
      ['A', '192.0.2.7'],
      ['AAAA', '2001:db8::7'],
    ])
    const unknown = hostRecords({ ...host, isApex: true, addresses: [] }, none)
    expect(unknown[1]).toMatchObject({ type: 'ALIAS', expected: 'ahorn.stores.example' })
  })

  test.each([
    ['an alias of the fallback host', { aliases: ['ahorn.stores.example'], addresses: [] }, true],
    ['one of our addresses', { aliases: [], addresses: ['192.0.2.7'] }, true],
    ['an alias of somebody else that leads to our addresses', { aliases: ['cdn.example'], addresses: ['192.0.2.7'] }, true],
    ['one of ours and one of somebody else', { aliases: [], addresses: ['192.0.2.7', '198.51.100.1'] }, false],
    ['somebody else', { aliases: ['parked.example'], addresses: ['198.51.100.1'] }, false],
  ])('%s is pointing here: %o', (_name, answers, isPointing) => {
    expect(findingOf(hostRecords(host, { ...proof, ...answers }))).toEqual({ hasProof: true, isPointing })
  })

  test('the proof of another seller, and one with more behind it, prove nothing', () => {
    for (const text of ['store-verify=abd', 'store-verify=abcd', 'xstore-verify=abc'])
      expect(findingOf(hostRecords(host, { ...none, texts: [text] })).hasProof).toBe(false)
  })

  test('of what strangers put there little is kept', () => {
    const [record] = hostRecords(host, { ...none, texts: Array(50).fill(`\u0000${'x'.repeat(2000)}`) })
    expect(record?.found).toHaveLength(10)
    expect(record?.found[0]).toHaveLength(500)
    expect(record?.found[0]).toMatch(/^\uFFFDx/)
  })
})

const mail = { domain: 'ahorn.at', selector: 'store', publicKey: 'MIIB', spfDomain: 'spf.stores.example' }
const looked = (answers: Partial<Parameters<typeof mailRecords>[1]>) => mailRecords(mail, { dkim: [], texts: [], dmarc: [], ...answers })
const good = (answers: Parameters<typeof looked>[0]) => looked(answers).map(({ isGood }) => isGood)

describe('the records of a mail domain', () => {
  test('are the key, the servers and the policy', () => {
    expect(looked({}).map(({ name, expected }) => [name, expected])).toEqual([
      ['store._domainkey.ahorn.at', 'v=DKIM1; k=rsa; p=MIIB'],
      ['ahorn.at', 'v=spf1 include:spf.stores.example ~all'],
      ['_dmarc.ahorn.at', 'v=DMARC1; p=quarantine'],
    ])
    const right = {
      dkim: ['v=DKIM1;k=rsa; p=MI IB'],
      texts: ['v=spf1 mx include:spf.stores.example -all'],
      dmarc: ['v=DMARC1; p=none; rua=mailto:a@b'],
    }
    expect(good(right)).toEqual([true, true, true])
  })

  test.each([
    ['another key', { dkim: ['v=DKIM1; p=MIIC'] }],
    ['a key that was revoked', { dkim: ['v=DKIM1; p='] }],
    ['two SPF records', { texts: ['v=spf1 include:spf.stores.example -all', 'v=spf1 -all'] }],
    ['an SPF record that lets everybody send', { texts: ['v=spf1 include:spf.stores.example +all'] }],
    ['another include', { texts: ['v=spf1 include:spf.stores.example.evil.at -all'] }],
    ['a policy without a word', { dmarc: ['v=DMARC1; rua=mailto:a@b'] }],
    ['two policies', { dmarc: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }],
  ])('%s is not what it must be', (_name, answers) => {
    expect(good(answers)).toEqual([false, false, false])
  })

  test('an SPF record that is there is kept, and our servers added', () => {
    expect(looked({ texts: ['v=spf1 mx -all', 'other'] })[1]).toMatchObject({
      expected: 'v=spf1 include:spf.stores.example mx -all',
      found: ['v=spf1 mx -all'],
    })
  })
})
