import { expect, test } from 'vitest'
import { oldKey, sshKeys, weakKey } from '#tests/support/ssh-keys.ts'
import { parseSshKey } from './ssh-key.ts'

function read(text: string) {
  const key = parseSshKey(text)
  return key.ok ? `${key.value.kind} ${key.value.bits} ${key.value.comment}` : key.error
}

test('a public key is known by its kind, its length and what its maker noted', () => {
  expect(read(sshKeys.ed25519.text)).toBe('ssh-ed25519 256 anna@laptop')
  expect(read(sshKeys.rsa.text)).toBe('ssh-rsa 2048 anna@laptop')
  expect(read(sshKeys.ecdsa.text)).toBe('ecdsa-sha2-nistp521 521 anna@laptop')
})

test('blanks around and between its parts are no part of a key, nor is a missing note', () => {
  const [kind, body] = sshKeys.ed25519.text.split(' ')
  const key = parseSshKey(`\n ${kind} \t ${body}  anna  at work \n`)
  expect(key.ok && key.value.text).toBe(`${kind} ${body} anna at work`)
  expect(read(`${kind} ${body}`)).toBe('ssh-ed25519 256 ')
})

test('a private key is refused as one, with or without its first line', () => {
  const armour = (what: string) => `-----BEGIN ${what}-----\nabc\n-----END ${what}-----`
  expect(read(armour('OPENSSH PRIVATE KEY'))).toBe('private-ssh-key')
  expect(read(armour('RSA PRIVATE KEY'))).toBe('private-ssh-key')
  expect(read('PuTTY-User-Key-File-3: ssh-ed25519')).toBe('private-ssh-key')
  expect(read('b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ')).toBe('private-ssh-key')
})

test('a key that is too short or of an old kind is refused by name', () => {
  expect(read(weakKey)).toBe('weak-ssh-key')
  expect(read(oldKey)).toBe('ssh-key-kind')
})

test('what was cut, broken over lines, or says another kind than it is, is no key', () => {
  const [kind = '', body = ''] = sshKeys.ed25519.text.split(' ')
  expect(read(`${kind} ${body.slice(0, -4)}`)).toBe('malformed-ssh-key')
  expect(read(`${kind} ${body.slice(0, 40)}\n${body.slice(40)}`)).toBe('malformed-ssh-key')
  expect(read(`ssh-rsa ${body}`)).toBe('malformed-ssh-key')
  expect(read(`${kind} ${'A'.repeat(68)}`)).toBe('malformed-ssh-key')
  expect(read(`${sshKeys.ed25519.text}\nssh-rsa`)).toBe('malformed-ssh-key')
  expect(read(body)).toBe('malformed-ssh-key')
  expect(read('')).toBe('malformed-ssh-key')
})
