import type { ServerBuild } from '@remix-run/node'
import type { mayHaveCertificate } from '#app/services/domains/may-have-certificate.server.ts'
import type { findTenant } from '../request/tenant-of.server.ts'

/** The Remix build, or how to get it anew for each request in development. */
type Build = ServerBuild | (() => Promise<ServerBuild>)

type Entry = { readonly findTenant: typeof findTenant; readonly mayHaveCertificate: typeof mayHaveCertificate }

/** What the build exports beside its pages: look-ups live inside it, so that the process holds one set of database connections, not two. */
export async function entryOf(build: Build): Promise<Entry> {
  const { entry } = typeof build === 'function' ? await build() : build
  return entry.module as unknown as Entry
}
