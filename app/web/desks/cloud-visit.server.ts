import { data } from '@remix-run/node'
import {
  type AllowCloudVisitError,
  allowCloudVisit,
  type CloudOwner,
  visitableOwners,
} from '#app/services/clouds/allow-cloud-visit.server.ts'
import type { CloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import { interfaceAddress, setCloudInterface } from '#app/services/clouds/set-cloud-interface.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { asSeller } from '../request/as-seller.server.ts'
import { asStaff, staffOf } from '../request/as-staff.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { cloudFor } from './cloud-desk.server.ts'

/** The cloud of a seller's buyers, where it has an interface to open; null where it has none. */
async function openableCloud(tenantId: string): Promise<CloudAbove | null> {
  const cloud = await cloudFor(tenantId)
  return cloud?.capabilities.includes('cloud-interface') ? cloud : null
}

/** Whether the reader may open the cloud's own interface, and there is something to open. */
export async function maySeeCloud(request: Request): Promise<boolean> {
  const { tenantId, accountId, can } = await customerOf(request)
  const cloud = can('cloud-interface:open') ? await openableCloud(tenantId) : null
  if (!cloud) return false
  return (await asSeller(request, (ctx) => visitableOwners(ctx, { accountId, cloudRef: cloud.cloudRef }))).length > 0
}

/** What of the cloud staff may look into for one of their accounts; nothing without the right, or where there is no interface. */
export async function ownersToVisit(request: Request, accountId: string): Promise<readonly CloudOwner[]> {
  const { tenant, can } = await staffOf(request)
  const cloud = can('cloud-interface:open') ? await openableCloud(tenant.tenantId) : null
  if (!cloud) return []
  return asStaff(request, 'cloud-interface:open', (ctx) => visitableOwners(ctx, { accountId, cloudRef: cloud.cloudRef }))
}

/** The way in, or why there is none. */
export type VisitAnswer = { readonly url?: string; readonly problem?: AllowCloudVisitError }

/** Opens the cloud's interface for the account the reader acts for. @throws 403 without the right, 404 where there is no interface. */
export async function visitAsCustomer(request: Request) {
  const { tenantId, accountId } = await customerOf(request, 'cloud-interface:open')
  const cloud = orNotFound(await openableCloud(tenantId))
  const wish = { accountId, cloudRef: cloud.cloudRef, isStaff: false }
  return answerVisit(cloud, await asSeller(request, (ctx) => allowCloudVisit(ctx, wish)))
}

export type StaffVisit = { readonly accountId: string; readonly externalId: string }

/** Opens the cloud's interface for staff, signed in to what belongs to one of their accounts. @throws as `visitAsCustomer`. */
export async function visitAsStaff(request: Request, visit: StaffVisit) {
  const { tenant } = await staffOf(request, 'cloud-interface:open')
  const cloud = orNotFound(await openableCloud(tenant.tenantId))
  const wish = { ...visit, cloudRef: cloud.cloudRef, isStaff: true }
  return answerVisit(cloud, await asStaff(request, 'cloud-interface:open', (ctx) => allowCloudVisit(ctx, wish)))
}

/** The browser goes on by itself: a form may not lead it to another host, a page may. */
async function answerVisit({ driver }: CloudAbove, allowed: Awaited<ReturnType<typeof allowCloudVisit>>) {
  if (!allowed.ok) return data<VisitAnswer>({ problem: allowed.error }, { status: 409 })
  const opened = await driver.parts['cloud-interface']?.open(allowed.value.externalId, allowed.value.address)
  if (!opened) return data<VisitAnswer>({ problem: 'nothing-in-cloud' }, { status: 409 })
  return data<VisitAnswer>({ url: opened.url }, { headers: { Refresh: `0;url=${opened.url}`, 'Cache-Control': 'no-store' } })
}

export type ShownVisit = {
  readonly ownerId: string
  readonly servers: readonly { readonly ref: string; readonly name: string; readonly state: ServerState; readonly address?: string }[]
}
type ServerState = 'building' | 'running' | 'stopped' | 'failed' | 'deleted'

/** What a visit to a cloud whose pages are ours shows, once for each ticket; null for a ticket that is not good here. */
export async function enterCloud(request: Request, ticket: string): Promise<ShownVisit | null> {
  const { tenantId } = await tenantOf(request)
  const enter = orNotFound((await openableCloud(tenantId))?.driver.parts['cloud-interface']?.enter)
  return enter(ticket, request.headers.get('host') ?? '')
}

/** Where the seller's visitors find the interface, and whether its cloud has one. */
export async function interfaceSettings(request: Request): Promise<{ readonly address: string | null; readonly isThere: boolean }> {
  const { tenant } = await staffOf(request, 'settings:write')
  const address = await asStaff(request, 'settings:write', interfaceAddress)
  return { address, isThere: (await openableCloud(tenant.tenantId)) !== null }
}

/** Keeps that address, or takes it away when it is empty. */
export async function keepInterfaceAddress(request: Request, address: string) {
  const { tenant, actor } = await staffOf(request, 'settings:write')
  return setCloudInterface({ tenantId: tenant.tenantId, actor, address })
}
