/** The part of smtp-server that the tests use; the package ships no types. */
declare module 'smtp-server' {
  import type { Server } from 'node:net'
  import type { Readable } from 'node:stream'

  type Session = { readonly envelope: object }
  type Done = (error?: Error | null) => void

  export class SMTPServer {
    constructor(options: {
      disabledCommands?: string[]
      allowInsecureAuth?: boolean
      onAuth?(
        auth: { username?: string; password?: string },
        session: Session,
        done: (error: Error | null, response?: { user: string | undefined }) => void,
      ): void
      onRcptTo?(address: { address: string }, session: Session, done: Done): void
      onData?(stream: Readable, session: Session, done: Done): void
    })
    readonly server: Server
    listen(port: number, host: string, listening: () => void): void
    close(closed: () => void): void
  }
}
