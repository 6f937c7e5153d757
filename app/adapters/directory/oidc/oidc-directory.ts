import * as oidc from 'openid-client'
import { z } from 'zod'
import { type LeavingPerson, type SignedOn, type SignOnDirectory, SignOnFailed, type SignOnProvider } from '#app/ports/sign-on.ts'
import { type DirectoryLimits, guardedFetch } from '../guarded-fetch.ts'
import { addressIn, claimsOf, groupsIn, textIn } from './claims.ts'
import { readLogoutToken } from './logout-token.ts'

const Settings = z.object({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1).max(400),
  scopes: z.string().max(400).default('openid profile email'),
  /** Where the groups stand, as a path with dots such as `realm_access.roles`. */
  groupsClaim: z.string().max(200).default('groups'),
})
/** How far the clocks of both sides may be apart. */
const toleranceSeconds = 60

/** A directory that speaks OpenID Connect: authorization code with PKCE, its id token checked in all it says. */
export function oidcDirectory(provider: SignOnProvider, limits: DirectoryLimits): SignOnDirectory {
  const fetch = guardedFetch(limits)
  const { addresses, secrets } = provider
  const read = () => {
    const parsed = Settings.safeParse(provider.settings)
    if (!parsed.success) throw new SignOnFailed('wrong-settings', 'oidc: the settings cannot be read')
    return parsed.data
  }

  async function discover(): Promise<oidc.Configuration> {
    const { issuer, clientId } = read()
    if (!limits.reachesPrivateNetworks && !issuer.startsWith('https:'))
      throw new SignOnFailed('refused-address', 'oidc: an issuer without https')
    const secret = secrets.clientSecret ?? ''
    const authentication: oidc.ClientAuth = (server, client, body, headers) => {
      const takesBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      const way = takesBody ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret)
      way(server, client, body, headers)
    }
    const execute = [oidc.enableNonRepudiationChecks, ...(limits.reachesPrivateNetworks ? [oidc.allowInsecureRequests] : [])]
    const metadata = { [oidc.clockTolerance]: toleranceSeconds }
    const options = { execute, algorithm: 'oidc', timeout: limits.timeoutMs / 1000, [oidc.customFetch]: fetch } as const
    return oidc.discovery(new URL(issuer), clientId, metadata, authentication, options)
  }

  return {
    check: () =>
      guarded('wrong-settings', async () => {
        const server = (await discover()).serverMetadata()
        if (!server.authorization_endpoint || !server.token_endpoint || !server.jwks_uri)
          throw new SignOnFailed('wrong-settings', 'oidc: the directory names no place to sign in')
        const keys = (await (await fetch(server.jwks_uri)).json()) as { keys?: unknown[] }
        if (!keys.keys?.length) throw new SignOnFailed('wrong-settings', 'oidc: the directory has no keys')
        const leave = server.end_session_endpoint
        return [
          { what: 'issuer', value: server.issuer },
          { what: 'sign-in', value: server.authorization_endpoint },
          { what: 'keys', value: String(keys.keys.length) },
          leave ? { what: 'sign-out', value: leave } : { what: 'no-sign-out', value: '' },
        ]
      }),

    begin: (word) =>
      guarded('unreachable', async () => {
        const [config, verifier, nonce] = [await discover(), oidc.randomPKCECodeVerifier(), oidc.randomNonce()]
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: addresses.callback,
          scope: read().scopes,
          state: word,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        })
        return { url: url.href, nonce, verifier, requestId: null }
      }),

    finish: ({ url, word }, { nonce, verifier }) =>
      guarded('not-proven', async () => {
        const config = await discover()
        // Only what was asked for is believed of the address; the rest of it is ours, from the table of hosts.
        const answered = new URL(`${addresses.callback}${new URL(url).search}`)
        const checks = { expectedState: word, expectedNonce: nonce ?? '', pkceCodeVerifier: verifier ?? '', idTokenExpected: true }
        const tokens = await oidc.authorizationCodeGrant(config, answered, checks)
        return signedOn(config, tokens, read().groupsClaim)
      }),

    leave: (person, word) =>
      guarded('unreachable', async () => endSession(await discover(), person, { word, after: addresses.afterLogout })),

    readLogout: ({ fields }) =>
      guarded('not-proven', async () => {
        const { serverMetadata } = await discover().then((config) => ({ serverMetadata: config.serverMetadata() }))
        return readLogoutToken(fields.logout_token ?? '', { server: serverMetadata, clientId: read().clientId, fetch, toleranceSeconds })
      }),

    describeUs: () => null,
  }
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>

async function signedOn(config: oidc.Configuration, tokens: Tokens, groupsClaim: string): Promise<SignedOn> {
  const own = tokens.claims()
  if (!own) throw new SignOnFailed('not-proven', 'oidc: no id token came')
  const isWhole = textIn(own, 'email') !== null && claimsOf(own, groupsClaim) !== undefined
  const more = !isWhole && config.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(config, tokens.access_token, own.sub) : {}
  // What the signed token says goes before what the directory tells besides.
  const said = { ...more, ...own }
  return {
    subject: own.sub,
    ...addressIn(own.email === undefined ? more : own),
    name: textIn(said, 'name') ?? textIn(said, 'preferred_username'),
    groups: groupsIn(claimsOf(own, groupsClaim) ?? claimsOf(more, groupsClaim)),
    session: textIn(own, 'sid'),
    logoutHint: tokens.id_token ?? null,
  }
}

function endSession(
  config: oidc.Configuration,
  { logoutHint }: LeavingPerson,
  { word, after }: { word: string; after: string },
): string | null {
  if (!config.serverMetadata().end_session_endpoint) return null
  const hint: Record<string, string> = logoutHint ? { id_token_hint: logoutHint } : {}
  return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: after, state: word, ...hint }).href
}

/** Runs `work`; what the library throws is told as ours. */
async function guarded<T>(otherwise: 'wrong-settings' | 'unreachable' | 'not-proven', work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    const inner = ownFailure(failure)
    if (inner) throw inner
    if (failure instanceof oidc.AuthorizationResponseError) throw new SignOnFailed('refused', `oidc: ${failure.error}`, { cause: failure })
    throw new SignOnFailed(otherwise, `oidc: ${failure instanceof Error ? failure.message : 'no answer'}`, { cause: failure })
  }
}

/** Ours may stand behind one of the library's. */
function ownFailure(failure: unknown): SignOnFailed | null {
  for (let cause = failure; cause instanceof Error; cause = cause.cause) if (cause instanceof SignOnFailed) return cause
  return null
}
