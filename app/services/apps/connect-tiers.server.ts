import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { type ApplicationPieceRow, applicationOf, lockApplication, noteRules } from '#app/db/cloud/applications.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { mergeRules, rulesOfTier } from '#app/domain/apps/tier-rules.ts'
import { type FirewallRule, ruleKey } from '#app/domain/cloud/firewall.ts'
import { cloudAbove } from '../clouds/cloud-above.server.ts'
import type { CloudPorts } from '../clouds/cloud-ports.ts'
import { requestDeed } from '../clouds/request-deed.server.ts'
import { standingPieces } from './standing-pieces.server.ts'

/** Says that the servers of an application are not the same any more: one of it was built, or is gone. Nothing of what is no piece. */
export async function tellApplicationChanged(ctx: TenantContext, of: { readonly orderId?: string; readonly resourceId?: string }) {
  const application = await applicationOf(ctx, of)
  if (!application) return
  const cause = of.orderId ?? of.resourceId ?? application.id
  const data = { tenantId: ctx.tenantId, applicationId: application.id, cause }
  await enqueue(ctx, { name: 'application/changed', data, key: `application-changed:${application.id}:${cause}:${ctx.now.getTime()}` })
}

export type ChangedApplication = { readonly tenantId: string; readonly applicationId: string; readonly cause: string }

/**
 * Tells the firewall of each running server who may call it: the tiers that talk to its own, as they are now. Rules that its owner added
 * stay. Returns how many servers are being worked on and have to be told later; none where the cloud has no firewall. Safe to repeat.
 */
export async function connectTiers(ports: CloudPorts, { tenantId, applicationId, cause }: ChangedApplication): Promise<number> {
  const cloud = await cloudAbove(ports, tenantId)
  if (!cloud?.capabilities.includes('firewall')) return 0
  return inTenant(tenantId, async (ctx) => {
    const application = await lockApplication(ctx, applicationId)
    const source = application && (await sourceOf(ctx, application))
    if (!application || !source) return 0
    const pieces = await standingPieces(ctx, applicationId)
    let waiting = 0
    for (const piece of pieces.filter(
      ({ cloudRef, server }) => cloudRef === cloud.cloudRef && (server === 'running' || server === 'stopped'),
    )) {
      const tier = source.tiers.find(({ code }) => code === piece.tier)
      const wanted = tier ? rulesOfTier(tier, source.tiers, pieces) : []
      const isTold = await tellServer(ctx, piece, { wanted, cause, accountId: application.accountId })
      if (!isTold) waiting += 1
    }
    return waiting
  })
}

type Telling = { readonly wanted: readonly FirewallRule[]; readonly cause: string; readonly accountId: string }

/** False while another deed on the server is under way. */
async function tellServer(ctx: TenantContext, piece: ApplicationPieceRow, { wanted, cause, accountId }: Telling): Promise<boolean> {
  const rules = mergeRules(piece.firewall, { before: piece.rules, wanted })
  if (isSame(rules, piece.firewall)) return true
  const deed = { kind: 'set-firewall' as const, rules }
  const key = `application:${piece.id}:${cause}:${ctx.now.getTime()}`
  const wish = { deed, subjectId: piece.serverId, accountId, cloudRef: piece.cloudRef ?? '', key, userName: null }
  const asked = await requestDeed(ctx, wish)
  if (!asked.ok) return asked.error !== 'action-pending'
  await noteRules(ctx, piece.id, wanted)
  return true
}

function isSame(one: readonly FirewallRule[], other: readonly FirewallRule[]): boolean {
  return one.length === other.length && one.every((rule) => other.some((each) => ruleKey(each) === ruleKey(rule)))
}
