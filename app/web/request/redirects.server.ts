import { redirect, type TypedResponse } from '@remix-run/node'
import { toastCookie } from './cookies.server.ts'

/** `target` when it is a path on this host, else `fallback`: an open redirect starts with a second slash, a backslash or a scheme. */
export function safePath(target: string | null | undefined, fallback: string): string {
  if (!target || target.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(target)) return fallback
  return target
}

/** Goes to a path of this host after a deed was done, and says so there once. `toast` is a key below `toast.` of the common texts. */
export async function redirectWithToast(request: Request, path: string, toast: string): Promise<TypedResponse<never>> {
  return redirect(path, { headers: { 'Set-Cookie': await toastCookie(request).serialize(toast) } })
}
