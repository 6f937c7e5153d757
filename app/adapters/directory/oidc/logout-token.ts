import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { type LogoutAsked, SignOnFailed } from '#app/ports/sign-on.ts'
import { textIn } from './claims.ts'

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** Only what the directory signs with a key of its own: never nothing, never a secret that both sides have. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

export type LogoutTokenFacts = {
  readonly server: { readonly issuer: string; readonly jwks_uri?: string }
  readonly clientId: string
  readonly fetch: (url: string, init?: { method?: string }) => Promise<Response>
  readonly toleranceSeconds: number
}

/** Reads what a directory tells from server to server of a sign-out. @throws SignOnFailed for what is not its word to us, now. */
export async function readLogoutToken(token: string, facts: LogoutTokenFacts): Promise<LogoutAsked> {
  const { server, clientId, fetch, toleranceSeconds } = facts
  if (!server.jwks_uri) throw new SignOnFailed('wrong-settings', 'oidc: the directory has no keys')
  const keys = createRemoteJWKSet(new URL(server.jwks_uri), { [customFetch]: (url) => fetch(url) })
  const { payload } = await jwtVerify(token, keys, {
    issuer: server.issuer,
    audience: clientId,
    algorithms,
    clockTolerance: toleranceSeconds,
    maxTokenAge: 300,
    requiredClaims: ['iat', 'jti', 'events'],
  })
  const events = payload.events as Record<string, unknown> | null
  if (typeof events !== 'object' || events === null || !(logoutEvent in events)) throw notLogout()
  // A token of a sign-in has a nonce, one of a sign-out never: so none can be passed off as the other.
  if ('nonce' in payload) throw notLogout()
  const [subject, session] = [textIn(payload, 'sub'), textIn(payload, 'sid')]
  if (!subject && !session) throw notLogout()
  return { subject, session, answerUrl: null }
}

function notLogout(): SignOnFailed {
  return new SignOnFailed('not-proven', 'oidc: the token is not one of a sign-out')
}
