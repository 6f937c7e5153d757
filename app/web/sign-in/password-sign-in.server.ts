import { redirect, type TypedResponse } from '@remix-run/node'
import { forgetTries, type SignInError } from '#app/auth/sign-in.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type AskDirectoriesError, askDirectories, keepersOfPasswords } from '#app/services/access/ask-directories.server.ts'
import { passwordDirectoryPorts } from '#app/wiring.server.ts'
import { clientAddressOf, signInHere } from '../request/authentication.server.ts'
import { safePath } from '../request/redirects.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { webLog } from '../server/log-failure.server.ts'
import { enterFromDirectory } from './directory-sign-in.server.ts'

type Typed = { readonly email: string; readonly password: string; readonly returnTo: string | undefined }

/**
 * Signs in who typed an address and a password: by the password kept here, else by a directory that keeps passwords. Both take the same
 * tries; once they are used up, no directory is asked.
 */
export async function signInByPassword(
  request: Request,
  typed: Typed,
): Promise<Result<TypedResponse<never>, SignInError | AskDirectoriesError>> {
  const { email, password, returnTo } = typed
  const own = await signInHere(request, { email, password })
  if (own.ok) {
    const { isDone, headers } = own.value
    return ok(redirect(isDone ? safePath(returnTo, '/sign-in') : secondStepPath(returnTo), { headers }))
  }
  if (own.error !== 'wrong-credentials') return own
  const { tenantId } = await tenantOf(request)
  const { answer, failures } = await askDirectories(passwordDirectoryPorts(), { tenantId, email, password })
  for (const failure of failures) webLog().warn({ tenantId, ...failure }, 'a directory could not be asked')
  if (!answer.ok) return err(answer.error)
  forgetTries({ tenantId, email, address: clientAddressOf(request) })
  return ok(
    await enterFromDirectory(request, { person: answer.value, providerSession: null, logoutHint: null }, safePath(returnTo, '/sign-in')),
  )
}

/** Where the passwords of an address's domain are kept, if not here; by the domain alone, so that nobody's address is told. */
export async function keepersHere(request: Request, email: string): Promise<readonly string[]> {
  const { tenantId } = await tenantOf(request)
  return keepersOfPasswords(tenantId, email)
}

function secondStepPath(returnTo: string | undefined): string {
  return returnTo ? `/sign-in/second-step?returnTo=${encodeURIComponent(returnTo)}` : '/sign-in/second-step'
}
