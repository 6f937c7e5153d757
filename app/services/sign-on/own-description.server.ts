import { findIdentityProvider } from '#app/db/people/identity-providers.server.ts'
import { orFailure } from './sign-on.server.ts'
import { openDirectory, type SignOnProcess } from './sign-on-ports.ts'

/** What we tell a directory of ourselves, as a document; null where there is none of that id, or its kind reads none. */
export async function ownDescription(
  process: SignOnProcess,
  { id, host }: { readonly id: string; readonly host: string },
): Promise<string | null> {
  const row = await process.inTenant((ctx) => findIdentityProvider(ctx, id))
  if (!row || row.kind === 'ldap') return null
  const described = await orFailure((async () => openDirectory(process, row, host).describeUs())())
  return described.ok ? described.value : null
}
