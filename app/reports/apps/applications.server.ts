import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { type ApplicationPieceRow, findApplication, piecesOfApplications } from '#app/db/cloud/applications.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isGone, stateOfApplication } from '#app/domain/apps/application-state.ts'
import { composedOf } from '#app/domain/apps/design.ts'
import { add, type Money } from '#app/domain/money/money.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { listServers } from '../servers/query.server.ts'
import type { ServerRow } from '../servers/shape.ts'
import type { ApplicationDetail, ApplicationList, ApplicationTier, TierPiece } from './shape.ts'

type Words = Readonly<Record<string, string>>
const inLanguage = (words: Words, language: string) => words[language] ?? words.en ?? Object.values(words)[0] ?? ''

/** Applications of the scope, newest first. */
export async function listApplications(
  ctx: TenantContext,
  { page, language }: { readonly page: number; readonly language: string },
): Promise<ApplicationList> {
  const { db, tenantId } = ctx
  const total = await db.application.count({ where: { tenantId } })
  const rows = await db.application.findMany({
    where: { tenantId },
    select: { id: true, name: true, location: true, composed: true, template: { select: { name: true } } },
    orderBy: { id: 'desc' },
    take: pageSize,
    skip: offsetOf(page),
  })
  const ids = rows.map(({ id }) => id)
  const pieces = ids.length > 0 ? await piecesOfApplications(ctx, ids) : []
  return {
    rows: rows.map(({ id, name, location, composed, template }) => {
      const own = pieces.filter(({ applicationId }) => applicationId === id)
      const servers = own.filter((piece) => !isGone(piece)).length
      const app = composedOf(composed)?.name ?? inLanguage((template?.name ?? {}) as Words, language)
      return { id, name, location, app, state: stateOfApplication(own), servers }
    }),
    total,
    page,
    pageSize,
  }
}

/** One application with its tiers and the servers of each; null when the scope has none such. */
export async function readApplication(ctx: TenantContext, id: string, language: string): Promise<ApplicationDetail | null> {
  const application = await findApplication(ctx, id)
  const source = application && (await sourceOf(ctx, application))
  if (!application || !source) return null
  const { name, location, createdAt, accountId } = application
  const pieces = await piecesOfApplications(ctx, [id])
  const standing = pieces.filter((piece) => !isGone(piece))
  const serverIds = standing.flatMap(({ serverId }) => serverId ?? [])
  const servers = serverIds.length > 0 ? (await listServers(ctx, { ids: serverIds, page: 1, language })).rows : []
  const codes = [...new Set([...source.tiers.map(({ code }) => code), ...standing.map(({ tier }) => tier)])]
  return {
    id,
    name,
    location,
    createdAt,
    accountId,
    app: inLanguage(source.name, language),
    state: stateOfApplication(pieces),
    isBusy: standing.some(({ order, pendingAction }) => order !== 'active' || pendingAction !== null),
    monthly: sumOf(servers.flatMap(({ monthlyCap }) => monthlyCap ?? [])),
    costSoFar: sumOf(servers.map(({ costSoFar }) => costSoFar)),
    tiers: codes.map((code): ApplicationTier => {
      const tier = source.tiers.find((each) => each.code === code)
      const own = standing.filter((piece) => piece.tier === code)
      const counted = own.filter(({ pendingAction }) => pendingAction !== 'destroy').length
      return {
        code,
        title: tier ? inLanguage(tier.name, language) || code : code,
        pieces: own.map((piece) => toPiece(piece, { server: servers.find(({ id: of }) => of === piece.serverId), language })),
        planCodes: tier?.planCodes ?? [],
        port: tier?.port ?? null,
        imageCode: tier?.imageCode ?? null,
        mayGrow: tier !== undefined && counted < tier.most,
        mayShrink: counted > (tier?.least ?? 0),
        isBehind: tier !== undefined && own.some(({ image, serverId }) => serverId !== null && image !== tier.imageCode),
      }
    }),
  }
}

function toPiece(piece: ApplicationPieceRow, { server, language }: { server: ServerRow | undefined; language: string }): TierPiece {
  const { orderId, order, input, serverId, pendingAction, planName, address } = piece
  return {
    orderId,
    order,
    serverId,
    pendingAction,
    address,
    name: piece.serverName ?? input.name ?? '',
    state: piece.server ?? 'building',
    planName: planName ? inLanguage(planName, language) : '',
    monthlyCap: server?.monthlyCap ?? null,
  }
}

function sumOf([first, ...others]: readonly Money[]): Money | null {
  return first ? others.filter(({ currency }) => currency === first.currency).reduce(add, first) : null
}
