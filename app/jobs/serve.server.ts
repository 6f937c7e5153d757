import { serve } from 'inngest/remix'
import { appSecret, environment } from '#app/config/env.server.ts'
import { inngest } from './client.server.ts'
import { functions } from './functions.server.ts'
import { executorKeys } from './runtime/signing.ts'

type Handler = ReturnType<typeof serve>

let handler: Handler | undefined

/**
 * The loader and action of `/api/inngest`: lists and runs the functions, for signed requests only. The key is the
 * Inngest server's, or without one that of the embedded executor.
 */
export const inngestHandler: Handler = (args) => {
  handler ??= createHandler()
  return handler(args)
}

function createHandler(): Handler {
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL } = environment()
  const own = INNGEST_EVENT_KEY ? undefined : executorKeys(appSecret())
  // Given here and not left to the SDK, which reads variables but not the files that may hold them.
  inngest.setEnvVars({
    INNGEST_EVENT_KEY: own?.eventKey ?? INNGEST_EVENT_KEY,
    INNGEST_SIGNING_KEY: own?.signingKey ?? INNGEST_SIGNING_KEY,
    INNGEST_BASE_URL,
  })
  return serve({ client: inngest, functions: [...functions], enableUnauthedSync: false })
}
