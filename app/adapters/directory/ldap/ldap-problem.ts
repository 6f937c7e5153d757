import { InvalidCredentialsError, NoSuchObjectError, ResultCodeError } from 'ldapts'
import { DirectoryError, type DirectoryProblem } from '#app/ports/password-directory.ts'

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** What a directory answers when a password is not right, or is not taken: of somebody unknown, locked or without one. */
const refusals = [19, 32, 34, 48, 49, 50, 53]

/** Whether a bind was answered, and the answer is no. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ResultCodeError && refusals.includes(error.code)
}

/** Why a directory could not be asked. */
export function problemOf(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error
  return new DirectoryError(kindOf(error), { cause: error })
}

function kindOf(error: unknown): DirectoryProblem {
  if (error instanceof InvalidCredentialsError) return 'bind-refused'
  if (error instanceof NoSuchObjectError) return 'base-missing'
  // 8: stronger authentication, 13: confidentiality is required; 2: the directory does not know what was asked, such as StartTLS.
  if (error instanceof ResultCodeError) return [8, 13].includes(error.code) ? 'not-encrypted' : 'unreadable'
  const { message } = error as Error
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(codeOf(error))) return 'certificate'
  if (/timed? ?out/i.test(message) || codeOf(error) === 'ETIMEDOUT') return 'timed-out'
  return /refused-address/.test(message) ? 'refused-address' : 'unreachable'
}
