import type { Handover } from '#app/domain/export-schedule/schedule.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What can be asked for. `side` is of FOCUS files alone: what the seller sells, or what it buys from its parent. */
export type ExportWish =
  | {
      readonly kind: 'focus'
      readonly format: 'csv'
      readonly side: 'sell' | 'buy'
      readonly accountId: string | null
      readonly currency: null
    }
  | {
      readonly kind: 'accounting'
      readonly format: 'datev' | 'csv' | 'jsonl'
      readonly side: null
      readonly accountId: null
      /** Only entries in it; every currency when null. */
      readonly currency: string | null
    }
  | ({ readonly format: 'csv'; readonly side: null; readonly accountId: null; readonly currency: null } & (
      | { readonly kind: 'revenue' | 'margin' }
      /** What was owed at the end of `day`. */
      | { readonly kind: 'aging'; readonly day: LocalDate }
    ))

export type NewExport = ExportWish & {
  /** `YYYY-MM`. */
  readonly month: string
  readonly requestedBy: string
}

/** The run of a schedule that a file is made for. */
export type ScheduledRun = { readonly scheduleId: string; readonly dueOn: LocalDate }

/** Notes that a file is asked for and returns its id; null when the run of a schedule has its file. */
export async function insertExport(ctx: TenantContext, wish: NewExport, run: ScheduledRun | null = null): Promise<string | null> {
  const id = newId()
  const { kind, format, side, accountId, currency, month, requestedBy } = wish
  const day = kind === 'aging' ? wish.day : null
  const inserted = await ctx.db.$executeRaw`
    insert into exports (tenant_id, id, kind, format, period, account_id, side, currency, day, schedule_id, due_on, state, requested_by,
      requested_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${kind}, ${format}, ${`${month}-01`}::date, ${accountId}::uuid, ${side}, ${currency},
      ${day}::date, ${run?.scheduleId ?? null}::uuid, ${run?.dueOn ?? null}::date, 'requested', ${requestedBy}, ${ctx.now})
    on conflict (tenant_id, schedule_id, due_on) do nothing`
  return inserted === 1 ? id : null
}

export type ExportState = 'requested' | 'done' | 'failed'
export type ExportRow = ExportWish & {
  readonly id: string
  readonly month: string
  readonly state: ExportState
  /** It is of a buyer's own schedule: the buyer's rights decide what is in it. */
  readonly isBuyers: boolean
}

/** What was asked for; undefined when the tenant has no such export. */
export async function readExport(ctx: TenantContext, id: string): Promise<ExportRow | undefined> {
  const [row] = await ctx.db.$queryRaw<ExportRow[]>`
    select e.id, e.kind, e.format, to_char(e.period, 'YYYY-MM') as month, e.account_id as "accountId", e.side, e.currency, e.day::text as day,
      e.state, s.account_id is not null as "isBuyers"
    from exports e left join export_schedules s on s.tenant_id = e.tenant_id and s.id = e.schedule_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid`
  return row
}

/** A file that was written; `key` is null when it was handed over at once and is not kept. */
export type WrittenFile = { readonly key: string | null; readonly sha256: string; readonly sizeBytes: number; readonly rows: number }

/** Notes the file of an export, and until when it may be fetched; false when it was noted before. */
export async function markExportDone(
  ctx: TenantContext,
  { id, file, expiresAt }: { readonly id: string; readonly file: WrittenFile; readonly expiresAt: Date | null },
): Promise<boolean> {
  const noted = await ctx.db.$executeRaw`
    update exports set state = 'done', file_key = ${file.key}, sha256 = ${file.sha256}, size_bytes = ${file.sizeBytes}, row_count = ${file.rows},
      finished_at = ${ctx.now}, expires_at = ${expiresAt}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state <> 'done'`
  return noted === 1
}

/** What a file of a schedule is, whom it is for, and how it is handed over. */
export type ScheduledExport = {
  readonly kind: ExportWish['kind']
  readonly format: string
  readonly side: 'sell' | 'buy' | null
  readonly month: string
  readonly day: LocalDate | null
  readonly rows: number
  readonly sha256: string
  readonly expiresAt: Date
  readonly scheduleId: string
  /** Null: of the seller itself. */
  readonly accountId: string | null
  readonly accountName: string | null
  readonly delivery: Handover
  readonly mails: readonly string[]
  readonly language: string
}

/** A file of a schedule that is made and kept; undefined for any other, or when its time is over. */
export async function readScheduledExport(ctx: TenantContext, id: string): Promise<ScheduledExport | undefined> {
  const [row] = await ctx.db.$queryRaw<ScheduledExport[]>`
    select e.kind, e.format, e.side, to_char(e.period, 'YYYY-MM') as month, e.day::text as day, e.row_count as rows, e.sha256,
      e.expires_at as "expiresAt", s.id as "scheduleId", s.account_id as "accountId", a.name as "accountName", s.delivery, s.mails, s.language
    from exports e
    join export_schedules s on s.tenant_id = e.tenant_id and s.id = e.schedule_id
    left join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid and e.state = 'done' and e.expires_at > ${ctx.now}`
  return row
}

/** Notes the hash of the secret that leads to a file. */
export async function saveExportLink(ctx: TenantContext, id: string, linkHash: string): Promise<void> {
  await ctx.db.export.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { linkHash } })
}

/** Notes that no file could be made; false when that was noted before, or there is one. */
export async function markExportFailed(ctx: TenantContext, id: string): Promise<boolean> {
  const noted = await ctx.db.$executeRaw`
    update exports set state = 'failed', finished_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'requested'`
  return noted === 1
}

/** A file of a schedule that could not be made. */
export type FailedExport = Pick<ScheduledExport, 'kind' | 'month' | 'day' | 'accountId' | 'accountName' | 'mails' | 'language'> & {
  /** The file of the run before could not be made either. */
  readonly isRepeated: boolean
}

/** What could not be made by a schedule, and who waits for it; undefined for any other file, and once the schedule was removed. */
export async function readFailedExport(ctx: TenantContext, id: string): Promise<FailedExport | undefined> {
  const [row] = await ctx.db.$queryRaw<FailedExport[]>`
    select e.kind, to_char(e.period, 'YYYY-MM') as month, e.day::text as day, s.account_id as "accountId", a.name as "accountName", s.mails,
      s.language, coalesce(before.state = 'failed', false) as "isRepeated"
    from exports e
    join export_schedules s on s.tenant_id = e.tenant_id and s.id = e.schedule_id and s.state <> 'removed'
    left join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    left join lateral (
      select b.state from exports b
      where b.tenant_id = e.tenant_id and b.schedule_id = e.schedule_id and b.due_on < e.due_on and b.state <> 'requested'
      order by b.due_on desc limit 1
    ) before on true
    where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid and e.state = 'failed'`
  return row
}
