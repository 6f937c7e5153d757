import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export type OidcPerson = Readonly<Record<string, unknown>> & { readonly sub: string }
export type OidcClient = { readonly id: string; readonly secret: string }
/** What a hostile or broken directory does differently. */
export type Mischief = {
  readonly claims?: Readonly<Record<string, unknown>>
  /** Signs with a key that is not among the published ones. */
  readonly foreignKey?: boolean
}

type Code = { readonly nonce: string | null; readonly challenge: string; readonly redirectUri: string; isUsed: boolean }

/** A directory that speaks OpenID Connect, made from the texts of the standards with `jose` alone. Whoever comes is `person`. */
export async function startOidcEmulator({ client, person }: { client: OidcClient; person: OidcPerson }) {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, Code>()
  const state = { person, mischief: {} as Mischief, logouts: [] as URLSearchParams[], issuer: '', sid: 'sid-1' }

  const sign = (payload: JWTPayload, { foreignKey = false, typ = 'JWT' } = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'own', typ }).sign(foreignKey ? foreign.privateKey : own.privateKey)
  const seconds = () => Math.floor(Date.now() / 1000)

  const pages: Record<string, (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void> = {
    '/.well-known/openid-configuration': (_request, response) =>
      json(response, {
        issuer: state.issuer,
        authorization_endpoint: `${state.issuer}/authorize`,
        token_endpoint: `${state.issuer}/token`,
        userinfo_endpoint: `${state.issuer}/userinfo`,
        jwks_uri: `${state.issuer}/jwks`,
        end_session_endpoint: `${state.issuer}/logout`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
        code_challenge_methods_supported: ['S256'],
      }),
    '/jwks': (_request, response) => json(response, { keys: [jwk] }),
    '/authorize': (_request, response, { searchParams: asked }) => {
      const redirectUri = asked.get('redirect_uri') ?? ''
      const isWell =
        asked.get('client_id') === client.id && asked.get('code_challenge_method') === 'S256' && asked.get('response_type') === 'code'
      if (!isWell) return json(response, { error: 'invalid_request' }, 400)
      const code = randomBytes(12).toString('hex')
      codes.set(code, { nonce: asked.get('nonce'), challenge: asked.get('code_challenge') ?? '', redirectUri, isUsed: false })
      const back = new URL(redirectUri)
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      response.writeHead(302, { location: back.href }).end()
    },
    '/token': async (request, response) => {
      const asked = new URLSearchParams(await textOf(request))
      if (credentialsIn(request) !== `${client.id} ${client.secret}`) return json(response, { error: 'invalid_client' }, 401)
      const code = codes.get(asked.get('code') ?? '')
      const proof = createHash('sha256')
        .update(asked.get('code_verifier') ?? '')
        .digest('base64url')
      if (!code || code.isUsed || proof !== code.challenge || asked.get('redirect_uri') !== code.redirectUri)
        return json(response, { error: 'invalid_grant' }, 400)
      code.isUsed = true
      const about = { iss: state.issuer, aud: client.id, iat: seconds(), exp: seconds() + 300, nonce: code.nonce, sid: state.sid }
      const { mischief } = state
      const idToken = await sign({ ...about, ...state.person, ...mischief.claims } as JWTPayload, {
        foreignKey: mischief.foreignKey ?? false,
      })
      return json(response, { access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: idToken })
    },
    '/userinfo': (_request, response) => json(response, state.person),
    '/logout': (_request, response, { searchParams }) => {
      state.logouts.push(searchParams)
      const after = searchParams.get('post_logout_redirect_uri')
      if (!after) return json(response, {})
      response.writeHead(302, { location: after }).end()
    },
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', state.issuer)
    const page = pages[url.pathname]
    if (!page) return void response.writeHead(404).end()
    Promise.resolve(page(request, response, url)).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    state,
    /** What the directory tells from server to server when a person signs out there. */
    logoutToken: (claims: Readonly<Record<string, unknown>> = {}, how: { foreignKey?: boolean; typ?: string } = {}) =>
      sign(
        {
          iss: state.issuer,
          aud: client.id,
          iat: seconds(),
          exp: seconds() + 120,
          jti: randomBytes(8).toString('hex'),
          sub: state.person.sub,
          sid: state.sid,
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
          ...claims,
        },
        { typ: 'logout+jwt', ...how },
      ),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** RFC 6749, 2.3.1: both halves are encoded as a form is before they are joined. */
function credentialsIn({ headers }: IncomingMessage): string {
  const [id = '', secret = ''] = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64')
    .toString('utf8')
    .split(':')
  const plain = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
  return `${plain(id)} ${plain(secret)}`
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
