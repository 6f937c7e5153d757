import { randomBytes } from 'node:crypto'
import { sha256 } from '@oslojs/crypto/sha2'
import { encodeBase32LowerCaseNoPadding, encodeHexLowerCase } from '@oslojs/encoding'

const howMany = 10

/** Ten codes of 80 random bits each, in groups of four that can be copied by hand. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: howMany }, () => inGroups(encodeBase32LowerCaseNoPadding(randomBytes(10))))
}

/** What is kept of a recovery code: SHA-256 with the person's id, so that one code of two people has two hashes. */
export function hashOfRecoveryCode(userId: string, code: string): string {
  return encodeHexLowerCase(sha256(new TextEncoder().encode(`${userId}:${plain(code)}`)))
}

/** Whether `text` can be a recovery code at all; one of the app has six digits. */
export function looksLikeRecoveryCode(text: string): boolean {
  return /^[a-z2-7]{16}$/.test(plain(text))
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '')
}

function inGroups(code: string): string {
  return code.match(/.{4}/g)?.join('-') ?? code
}
