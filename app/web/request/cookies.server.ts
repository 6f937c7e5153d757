import { createCookie } from '@remix-run/node'

const year = 60 * 60 * 24 * 365

/** Whether the browser reached us by https; the proxy in front says so. */
export function isSecure(request: Request): boolean {
  return new URL(request.url).protocol === 'https:'
}

/** On https the `__Host-` prefix pins a cookie to this one host; plain http (development) cannot carry it. */
function hostCookie(request: Request, name: string, maxAge?: number) {
  const secure = isSecure(request)
  return createCookie(`${secure ? '__Host-' : ''}${name}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    ...(maxAge ? { maxAge } : {}),
  })
}

/** The random half of the form token; it dies with the browser session. */
export const formCookie = (request: Request) => hostCookie(request, 'form')
/** The name of the toast to show on the next page. */
export const toastCookie = (request: Request) => hostCookie(request, 'toast', 60)
/** Light, dark or system. */
export const themeCookie = (request: Request) => hostCookie(request, 'theme', year)
/** The membership a person with several accounts works in. */
export const accountCookie = (request: Request) => hostCookie(request, 'account', year)
/** The currency a visitor chose to see prices in. */
export const currencyCookie = (request: Request) => hostCookie(request, 'currency', year)
/** Whether keys of the shell are switched off. */
export const shortcutsCookie = (request: Request) => hostCookie(request, 'shortcuts', year)
/** The chosen language. */
export const languageCookie = (request: Request) => hostCookie(request, 'language', year)

/** The sign-in that waits for its second step. */
export const stepCookie = (request: Request) => hostCookie(request, 'step', 60 * 10)
/** Names the browser that went to a directory, so that its answer counts in no other. */
export const signOnCookie = (request: Request) => hostCookie(request, 'sign-on', 60 * 60)
/** The name at a directory that waits for the password of who has the address here. */
export const linkCookie = (request: Request) => hostCookie(request, 'link', 60 * 10)
/** The question to a passkey that waits for its answer. */
export const passkeyCookie = (request: Request) => hostCookie(request, 'passkey', 60 * 10)

/** The order of a buyer without a sign-in, as long as it waits for the mailed link. */
export const guestOrderCookie = (request: Request) => hostCookie(request, 'order', 60 * 60 * 24 * 7)

/** The secret of a browser's cart. */
export const cartCookie = (request: Request) => hostCookie(request, 'cart', 60 * 60 * 24 * 14)

type Cookie = ReturnType<typeof hostCookie>

/** The text a cookie carries; undefined when absent or not text. */
export async function readCookie(cookie: Cookie, request: Request): Promise<string | undefined> {
  const value: unknown = await cookie.parse(request.headers.get('cookie'))
  return typeof value === 'string' ? value : undefined
}

/** The names of the cookies a request carries, without the prefix they have on https. */
export function namesOfCookies(request: Request): string[] {
  return (request.headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => (pair.split('=')[0] ?? '').trim().replace(/^__Host-/, ''))
    .filter((name) => name !== '')
}
