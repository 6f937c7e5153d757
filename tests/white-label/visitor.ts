import { request } from 'node:http'
import { partsOfPdf, textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { storePort } from '#tests/e2e/support/stores.ts'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}
export type Asking = {
  readonly path: string
  readonly method?: string
  readonly form?: Readonly<Record<string, string>>
  /** An API key, for a program that has no session. */
  readonly bearer?: string
}

/** Somebody who asks a store for anything, as a program does: no browser in between hides a header or a script. */
export class Visitor {
  private readonly cookies = new Map<string, string>()

  constructor(readonly store: string) {}

  /** The answer to one request; cookies are kept. */
  async ask({ path, method = 'GET', form, bearer }: Asking): Promise<Answer> {
    const host = `${this.store}.localhost:${storePort()}`
    const body = form ? new URLSearchParams(form).toString() : undefined
    const headers = {
      Host: host,
      ...(bearer
        ? { Authorization: `Bearer ${bearer}` }
        : { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      ...(body === undefined
        ? {}
        : { Origin: `http://${host}`, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length }),
    }
    const answer = await send({ path, method, headers }, body)
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answer
  }

  /** Signs in by the store's own form. @throws when the store does not let the person in. */
  async signIn(email: string, password: string): Promise<void> {
    const page = (await this.ask({ path: '/sign-in' })).body.toString()
    const form = /<form[^>]*>(?:(?!<\/form>)[\s\S])*name="password"[\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      attribute(input, 'name'),
      attribute(input, 'value'),
    ])
    const { status } = await this.ask({ path: '/sign-in', method: 'POST', form: { ...Object.fromEntries(hidden), email, password } })
    if (status !== 302) throw new Error(`${this.store} does not let ${email} in: ${status}`)
  }
}

/** Everything that can be read in an answer: its headers, and its body unpacked where it is a document. */
export function readable({ headers, body }: Answer): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`)
  const isPdf = String(headers['content-type']).includes('application/pdf')
  return [...head, isPdf ? `${textOfPdf(body)}\n${partsOfPdf(body)}` : body.toString()].join('\n')
}

function attribute(input: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]?.replaceAll('&amp;', '&') ?? ''
}

function send(options: { path: string; method: string; headers: Record<string, string | number> }, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: storePort(), ...options }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
