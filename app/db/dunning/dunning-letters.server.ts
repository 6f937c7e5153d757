import type { DunningDeed } from '#app/domain/dunning/due-today.ts'
import type { DunningAction } from '#app/domain/dunning/policy.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

type NewLetter = { readonly caseId: string; readonly accountId: string; readonly today: LocalDate; readonly deed: DunningDeed }

/** Writes the letter of a day with the steps its invoices take. Returns its id. */
export async function insertLetter(ctx: TenantContext, { caseId, accountId, today, deed }: NewLetter): Promise<string> {
  const { tenantId, now } = ctx
  const id = newId()
  const { position, step, total, fee, interest, taken } = deed
  const amounts = { totalMinor: total.minor, feeMinor: fee.minor, interestMinor: interest.minor }
  const day = new Date(today)
  await ctx.db.dunningLetter.createMany({
    data: [{ tenantId, id, accountId, caseId, position, action: step.action, doneOn: day, ...amounts, createdAt: now }],
  })
  await ctx.db.dunningStep.createMany({
    data: taken.map((invoice) => ({
      tenantId,
      id: newId(),
      accountId,
      caseId,
      letterId: id,
      invoiceId: invoice.id,
      position: invoice.position,
      doneOn: day,
      openMinor: invoice.open.minor,
    })),
  })
  return id
}

/** Notes the document that asks for fee and interest of a letter. */
export async function noteFeeDocument(ctx: TenantContext, id: string, feeDocumentId: string): Promise<void> {
  await ctx.db.dunningLetter.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { feeDocumentId } })
}

/** What a case has been through: the actions of its letters. */
export async function actionsOfCase(ctx: TenantContext, caseId: string): Promise<DunningAction[]> {
  const letters = await ctx.db.dunningLetter.findMany({ where: { tenantId: ctx.tenantId, caseId }, select: { action: true } })
  return letters.map(({ action }) => action as DunningAction)
}

export type LetterRow = {
  readonly id: string
  readonly accountId: string
  readonly caseId: string
  readonly policyId: string
  readonly position: number
  readonly action: DunningAction
  readonly doneOn: LocalDate
  readonly fee: Money
  readonly interest: Money
  readonly isClosed: boolean
  readonly sentAt: Date | null
  readonly tokenExpiresAt: Date | null
}

type StoredLetter = Omit<LetterRow, 'fee' | 'interest'> & {
  readonly currency: string
  readonly feeMinor: bigint
  readonly interestMinor: bigint
}

/** A letter by its id, or by the hash of the secret in its mail; undefined when there is none. */
export async function findLetter(ctx: TenantContext, by: { id: string } | { tokenHash: string }): Promise<LetterRow | undefined> {
  const [id, hash] = 'id' in by ? [by.id, null] : [null, by.tokenHash]
  const [row] = await ctx.db.$queryRaw<StoredLetter[]>`
    select l.id::text, l.account_id::text as "accountId", l.case_id::text as "caseId", c.policy_id::text as "policyId", l.position, l.action,
      l.done_on::text as "doneOn", c.currency, l.fee_minor as "feeMinor", l.interest_minor as "interestMinor",
      c.closed_at is not null as "isClosed", l.sent_at as "sentAt", l.token_expires_at as "tokenExpiresAt"
    from dunning_letters l join dunning_cases c on c.tenant_id = l.tenant_id and c.id = l.case_id
    where l.tenant_id = ${ctx.tenantId}::uuid and (l.id = ${id}::uuid or l.token_hash = ${hash})`
  if (!row) return undefined
  const { currency, feeMinor, interestMinor, ...letter } = row
  return { ...letter, fee: money(feeMinor, currency), interest: money(interestMinor, currency) }
}

/** Gives the mail of a letter its secret; a repeat changes nothing. */
export async function openLetterLink(ctx: TenantContext, id: string, link: { hash: string; expiresAt: Date }): Promise<void> {
  await ctx.db.dunningLetter.updateMany({
    where: { tenantId: ctx.tenantId, id, tokenHash: null },
    data: { tokenHash: link.hash, tokenExpiresAt: link.expiresAt },
  })
}

/** Notes that the mail was handed over. */
export async function markLetterSent(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.dunningLetter.updateMany({ where: { tenantId: ctx.tenantId, id, sentAt: null }, data: { sentAt: ctx.now } })
}
