import { data } from '@remix-run/node'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import { takeLevelLimit } from '#app/services/credit/follow-level.server.ts'
import { readCreditPage } from '#app/services/credit/read-credit-page.server.ts'
import { decideCreditLimit, setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { setThresholds } from '#app/services/credit/set-thresholds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

type Fields = Readonly<Record<string, string>>
export type CreditAnswer = {
  readonly fields: Fields
  readonly values: Fields
  readonly problem: 'second-person-needed' | 'limit-not-found' | null
}

const answer = (status: number, given: Partial<CreditAnswer>) =>
  data<CreditAnswer>({ fields: {}, values: {}, problem: null, ...given }, { status })
const done = (request: Request, accountId: string) => redirectWithToast(request, `/office/accounts/${accountId}/credit`, 'saved')
const pageOf = async (ctx: Parameters<typeof readCreditPage>[0], accountId: string) => orNotFound(await readCreditPage(ctx, accountId))

const LimitForm = z.object({ limit: line(20), limitReason: line(500) })

/** A new base limit, from now on. */
export async function changeLimit(request: Request, accountId: string) {
  const form = await parseForm(request, LimitForm)
  if (!form.ok) return answer(422, { fields: form.error, values: form.values })
  const { limit, limitReason: reason } = form.value
  const changed = await asStaff(request, 'contract:write', async (ctx) => {
    const amount = typedAmount(limit, (await pageOf(ctx, accountId)).standing.limit.currency)
    return amount ? setCreditLimit(ctx, { accountId, amountMinor: amount.minor, reason, span: null }) : null
  })
  return changed?.ok ? done(request, accountId) : answer(422, { fields: { limit: 'amount' }, values: form.value })
}

/** The limit of its level in place of its own one. */
export async function followLevel(request: Request, accountId: string) {
  orNotFound((await asStaff(request, 'contract:write', (ctx) => takeLevelLimit(ctx, accountId))).ok || null)
  return done(request, accountId)
}

const day = z.iso.date('invalid')
const IncreaseForm = z.object({ increase: line(20), from: day, until: day, increaseReason: line(500) })

/** More for a time: the days are the seller's, the last one not part of it. */
export async function raiseLimit(request: Request, accountId: string) {
  const form = await parseForm(request, IncreaseForm)
  if (!form.ok) return answer(422, { fields: form.error, values: form.values })
  const { increase, from, until, increaseReason: reason } = form.value
  const raised = await asStaff(request, 'contract:write', async (ctx) => {
    const { standing } = await pageOf(ctx, accountId)
    const amount = typedAmount(increase, standing.limit.currency)
    const span = { from: startOfDay(from, standing.zone), until: startOfDay(until, standing.zone) }
    return amount ? setCreditLimit(ctx, { accountId, amountMinor: amount.minor, reason, span }) : null
  })
  if (raised?.ok) return done(request, accountId)
  const fields: Fields = raised?.error === 'span-over' ? { until: 'invalid' } : { increase: 'amount' }
  return answer(422, { fields, values: form.value })
}

const DepartmentForm = z.object({ departmentId: uuid, departmentLimit: line(20), departmentReason: line(500) })

/** A limit of its own for a department of the enterprise. */
export async function limitDepartment(request: Request, accountId: string) {
  const form = await parseForm(request, DepartmentForm)
  if (!form.ok) return answer(422, { fields: form.error, values: form.values })
  const { departmentId, departmentLimit, departmentReason: reason } = form.value
  const changed = await asStaff(request, 'contract:write', async (ctx) => {
    const { standing, departments } = await pageOf(ctx, accountId)
    const amount = typedAmount(departmentLimit, standing.limit.currency)
    if (!amount || !departments.some(({ id }) => id === departmentId)) return null
    return setCreditLimit(ctx, { accountId: departmentId, amountMinor: amount.minor, reason, span: null })
  })
  return changed?.ok ? done(request, accountId) : answer(422, { fields: { departmentLimit: 'amount' }, values: form.value })
}

const DecideForm = z.object({ limitId: uuid, decision: z.enum(['approve', 'refuse']) })

/** A second person's word on a limit that waits for it. */
export async function decideLimit(request: Request, accountId: string) {
  const form = await parseForm(request, DecideForm)
  if (!form.ok) return answer(422, { problem: 'limit-not-found' })
  const { limitId, decision } = form.value
  const decided = await asStaff(request, 'contract:write', (ctx) =>
    decideCreditLimit(ctx, { accountId, limitId, isApproved: decision === 'approve' }),
  )
  return decided.ok ? done(request, accountId) : answer(409, { problem: decided.error })
}

const percents = z
  .string('required')
  .trim()
  .regex(/^\d{1,3}(\s*,\s*\d{1,3}){0,4}$/, 'invalid')
  .transform((text) => text.split(',').map(Number))
  .refine((all) => all.every((percent) => percent >= 1 && percent <= 100), 'invalid')
const whole = (least: number, most: number) => z.coerce.number('invalid').int('invalid').min(least, 'invalid').max(most, 'invalid')
const ThresholdsForm = z.object({
  warnPercents: percents,
  suspendPercent: whole(100, 1000),
  suspendHours: whole(0, 720),
  policy: z.enum(['block-only', 'suspend-services'], 'invalid'),
  prepaidDays: whole(0, 90),
})

/** What happens as the limit is used up. */
export async function changeThresholds(request: Request, accountId: string) {
  const form = await parseForm(request, ThresholdsForm)
  if (!form.ok) return answer(422, { fields: form.error, values: form.values })
  const thresholds = { ...form.value, warnPercents: [...new Set(form.value.warnPercents)].sort((a, b) => a - b) }
  await asStaff(request, 'contract:write', (ctx) => setThresholds(ctx, { accountId, thresholds }))
  return done(request, accountId)
}
