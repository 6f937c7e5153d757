import type { TenantContext } from '#app/db/context.server.ts'

/** Something that was asked for and takes its time: an action on a server, a deed in the cloud, a change of a subscription. */
export type ApiOperation = {
  readonly id: string
  /** What it is about; null for a subscription. */
  readonly resource: { readonly id: string; readonly kind: string } | null
  readonly subscriptionId: string | null
  readonly action: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly problem: string | null
  readonly requestedAt: Date
  readonly finishedAt: Date | null
}

/** How far something is that was asked for, by its id; null when the scope holds no such thing. */
export async function readOperation(ctx: TenantContext, id: string): Promise<ApiOperation | null> {
  return (await readAction(ctx, { id })) ?? (await readDeed(ctx, { id })) ?? (await readChangeOperation(ctx, id))
}

/** The latest action that was asked of a server. */
export function readServerOperation(ctx: TenantContext, serverId: string): Promise<ApiOperation | null> {
  return readAction(ctx, { resourceId: serverId })
}

/** The latest deed that was asked for on a resource. */
export function readThingOperation(ctx: TenantContext, resourceId: string): Promise<ApiOperation | null> {
  return readDeed(ctx, { resourceId })
}

type Which = { readonly id: string } | { readonly resourceId: string }

const outcomes: Readonly<Record<string, string>> = {
  'requested-start': 'started',
  'requested-stop': 'stopped',
  'requested-reboot': 'rebooted',
}

async function readAction(ctx: TenantContext, which: Which): Promise<ApiOperation | null> {
  const asked = await ctx.db.resourceEvent.findFirst({
    where: { tenantId: ctx.tenantId, ...which, action: { in: Object.keys(outcomes) } },
    select: { id: true, resourceId: true, action: true, at: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  if (!asked) return null
  const end = await endOf(ctx, asked)
  return {
    id: asked.id,
    resource: { id: asked.resourceId, kind: 'server' },
    subscriptionId: null,
    action: asked.action.replace('requested-', ''),
    state: end === null ? 'pending' : end.action === outcomes[asked.action] ? 'done' : 'failed',
    problem: null,
    requestedAt: asked.at,
    finishedAt: end?.at ?? null,
  }
}

type Event = { readonly id: string; readonly resourceId: string; readonly at: Date }

/** What the cloud answered to an action: the first thing told of the server after it. */
function endOf(ctx: TenantContext, { id, resourceId, at }: Event) {
  return ctx.db.resourceEvent.findFirst({
    where: {
      tenantId: ctx.tenantId,
      resourceId,
      at: { gte: at },
      id: { gt: id },
      action: { in: ['started', 'stopped', 'rebooted', 'failed', 'deleted'] },
    },
    select: { action: true, at: true },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
}

const deedStates: Readonly<Record<string, ApiOperation['state']>> = { requested: 'pending', done: 'done' }

async function readDeed(ctx: TenantContext, which: Which): Promise<ApiOperation | null> {
  const deed = await ctx.db.cloudDeed.findFirst({
    where: { tenantId: ctx.tenantId, ...which },
    select: {
      id: true,
      kind: true,
      state: true,
      problem: true,
      requestedAt: true,
      settledAt: true,
      resource: { select: { id: true, kind: true } },
    },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
  })
  if (!deed) return null
  const { id, kind, state, problem, requestedAt, settledAt, resource } = deed
  return {
    id,
    resource,
    problem,
    requestedAt,
    subscriptionId: null,
    action: kind,
    state: deedStates[state] ?? 'failed',
    finishedAt: settledAt,
  }
}

const changeStates: Readonly<Record<string, ApiOperation['state']>> = { proposed: 'pending', scheduled: 'pending', applied: 'done' }

/** A change of a subscription and how far it is. Why a level above refused it is nothing a buyer hears of. */
export async function readChangeOperation(ctx: TenantContext, id: string): Promise<ApiOperation | null> {
  const change = await ctx.db.subscriptionChange.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { subscriptionId: true, kind: true, state: true, createdAt: true, appliedAt: true, decidedAt: true },
  })
  if (!change) return null
  const state = changeStates[change.state] ?? 'failed'
  return {
    id,
    state,
    subscriptionId: change.subscriptionId,
    resource: null,
    action: change.kind,
    problem: state === 'failed' ? change.state : null,
    requestedAt: change.createdAt,
    finishedAt: state === 'pending' ? null : (change.appliedAt ?? change.decidedAt),
  }
}
