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
  if (!environment().INNGEST_EVENT_KEY) {
    const { signingKey, eventKey } = executorKeys(appSecret())
    inngest.setEnvVars({ INNGEST_SIGNING_KEY: signingKey, INNGEST_EVENT_KEY: eventKey })
  }
  return serve({ client: inngest, functions: [...functions], enableUnauthedSync: false })
}
