import { readCookie, toastCookie } from './cookies.server.ts'

/** The toast to show on this page, and the cookie that takes it away. */
export async function takeToast(request: Request): Promise<{ toast?: string; setCookie?: string }> {
  const cookie = toastCookie(request)
  const toast = await readCookie(cookie, request)
  if (!toast || !/^[a-z-]+(\.[a-z-]+)?$/i.test(toast)) return {}
  return { toast, setCookie: await cookie.serialize('', { maxAge: 0 }) }
}
