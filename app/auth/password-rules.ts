import { commonPasswords } from './common-passwords.ts'

export type PasswordProblem = 'password-too-short' | 'password-too-long' | 'password-too-common'

/**
 * What is wrong with a new password; undefined when nothing is. Eight to 256 characters of any kind, counted as a person counts
 * them; none that stands on every list of leaks, none that is the person's own address. No rule about kinds of characters.
 */
export function passwordProblem(password: string, email = ''): PasswordProblem | undefined {
  const length = [...password.normalize('NFC')].length
  if (length < 8) return 'password-too-short'
  if (length > 256) return 'password-too-long'
  return isCommon(password.normalize('NFC').toLowerCase(), email.toLowerCase()) ? 'password-too-common' : undefined
}

function isCommon(password: string, email: string): boolean {
  const withoutTail = password.replace(/[\d!.?*#]+$/, '')
  const isListed = commonPasswords.has(password) || (withoutTail.length >= 4 && commonPasswords.has(withoutTail))
  const isOneCharacter = new Set(password).size === 1
  const isOwnAddress = email !== '' && (password === email || password === email.split('@')[0])
  return isListed || isOneCharacter || isOwnAddress
}
