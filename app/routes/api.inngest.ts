import { inngestHandler } from '#app/jobs/serve.server.ts'

/** Where the job executor, ours or an Inngest server, lists and runs the functions. Signed requests only. */
export const loader = inngestHandler
export const action = inngestHandler
