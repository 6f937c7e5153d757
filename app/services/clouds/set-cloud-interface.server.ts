import { audit } from '#app/db/audit.server.ts'
import { findInterfaceAddress, saveInterfaceAddress } from '#app/db/cloud/cloud-interfaces.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { holderOfHost } from '#app/db/sellers/hosts.server.ts'
import { type InterfaceAddressProblem, readInterfaceAddress } from '#app/domain/cloud/interface-address.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Where the store's visitors find the cloud's own interface; null where it is not offered. */
export const interfaceAddress = findInterfaceAddress

export type SetCloudInterfaceInput = { readonly tenantId: string; readonly actor: Actor; readonly address: string }
export type SetCloudInterfaceError = InterfaceAddressProblem | 'address-of-another'

/**
 * Says where the store's visitors find the cloud's own interface; an empty address takes it away. The host of another seller is
 * refused: it would name whoever stands above.
 */
export async function setCloudInterface(input: SetCloudInterfaceInput): Promise<Result<string | null, SetCloudInterfaceError>> {
  const read = input.address.trim() === '' ? ok(null) : readInterfaceAddress(input.address)
  if (!read.ok) return read
  const holder = read.value === null ? null : await holderOfHost(new URL(read.value).hostname)
  if (holder !== null && holder !== input.tenantId) return err('address-of-another')
  await inTenant(
    input.tenantId,
    async (ctx) => {
      const before = await findInterfaceAddress(ctx)
      if (before === read.value) return
      await saveInterfaceAddress(ctx, read.value)
      const detail = { before, after: read.value }
      await audit(ctx, { action: 'cloud-interface.changed', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
    },
    { actor: input.actor },
  )
  return ok(read.value)
}
