/** A browser as far as redirects and cookies go: it keeps what answers set, for one host. */
export function cookieJar(origin: string) {
  const cookies = new Map<string, string>()
  return {
    cookies,
    /** A request of this browser. One that another site posts carries no cookies along. */
    request(
      path: string,
      init: { readonly method?: string; readonly fields?: Record<string, string>; readonly isFromElsewhere?: boolean } = {},
    ) {
      const url = new URL(path, origin)
      const headers = new Headers({ host: url.host, 'user-agent': 'Firefox' })
      const carried = init.isFromElsewhere ? [] : [...cookies].map(([name, value]) => `${name}=${value}`)
      if (carried.length > 0) headers.set('cookie', carried.join('; '))
      if (!init.fields) return new Request(url, { headers, method: init.method ?? 'GET' })
      headers.set('content-type', 'application/x-www-form-urlencoded')
      return new Request(url, { headers, method: 'POST', body: new URLSearchParams(init.fields).toString() })
    },
    /** Keeps the cookies of an answer; the value is where it leads. */
    follow(response: Response): string {
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
        if (/max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response.headers.get('location') ?? ''
    },
  }
}
