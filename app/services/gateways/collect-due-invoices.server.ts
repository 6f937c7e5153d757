import type { TenantContext } from '#app/db/context.server.ts'
import {
  attemptsOfKeys,
  type DueCollection,
  dueCollections,
  expiringMethods,
  noteExpiryTold,
  type TriedAttempt,
} from '#app/db/payments/collections.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { money } from '#app/domain/money/money.ts'
import { isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import { type CollectionTry, collectionSteps, dueStep, isExpiryToTell } from '#app/domain/payment-attempt/auto-pay.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { chargeSavedMethod } from './charge-saved-method.server.ts'
import type { GatewayPorts } from './gateway-ports.server.ts'
import { type TellingPorts, type TellingProcess, tellPayer, tellWaitingAttempt } from './tell-payer.server.ts'

type Step = { readonly due: DueCollection; readonly step: number }

/**
 * Collects the invoices of the tenant that are due today or to be tried again, of accounts that pay by themselves: each invoice once a
 * step of the schedule, however often this runs. A payer whose bank wants it is told. Returns how many were charged.
 */
export async function collectDueInvoices(process: TenantProcess<GatewayPorts & TellingPorts>): Promise<number> {
  const steps = await process.inTenant(stepsOfToday)
  let charged = 0
  for (const { due, step } of steps) {
    const amount = money(due.openMinor, due.currency)
    const result = await chargeSavedMethod(process, {
      accountId: due.accountId,
      purpose: 'invoices',
      targets: [{ kind: 'invoice', id: due.invoiceId, amount }],
      amount,
      paymentMethodId: due.paymentMethodId,
      actor: process.actor,
      key: keyOf(due, step),
    })
    if (!result.ok) continue
    charged += 1
    if (result.value.state === 'action-required') await tellWaitingAttempt(process, result.value.attemptId)
  }
  return charged
}

function keyOf({ invoiceId }: Pick<DueCollection, 'invoiceId'>, step: number): string {
  return `auto/${invoiceId}/${step}`
}

async function stepsOfToday(ctx: TenantContext): Promise<Step[]> {
  const today = await todayOf(ctx)
  const due = await dueCollections(ctx, today)
  const { retryDays } = await readPaymentSettings(ctx)
  const keys = (one: DueCollection) => collectionSteps.map((step) => `${one.accountId}/${keyOf(one, step)}`)
  const tried = new Map((await attemptsOfKeys(ctx, due.flatMap(keys))).map((attempt) => [attempt.key, attempt]))
  return due.flatMap((one) => {
    const tries = keys(one).flatMap((key, step) => {
      const attempt = tried.get(key)
      return attempt ? [tryOf(attempt, step)] : []
    })
    const step = dueStep({ dueDate: one.dueDate, today, tries, paymentMethodId: one.paymentMethodId, retryDays })
    return step === null ? [] : [{ due: one, step }]
  })
}

function tryOf({ state, failureCode, paymentMethodId }: TriedAttempt, step: number): CollectionTry {
  const known = state === 'failed' || state === 'captured' ? state : isFinished(state) ? 'ended' : 'open'
  return { step, state: known, failureCode, paymentMethodId }
}

const toldDaysBefore = 30

/** Tells accounts of saved ways to pay that end soon, 30 and 7 days before, once each. Safe to repeat. Returns how many were told. */
export async function tellExpiringMethods(process: TellingProcess): Promise<number> {
  const { today, methods } = await process.inTenant(async (ctx) => {
    const day = await todayOf(ctx)
    return { today: day, methods: await expiringMethods(ctx, { today: day, until: addDays(day, toldDaysBefore) }) }
  })
  const due = methods.filter((method) => isExpiryToTell({ ...method, today }))
  for (const { id, accountId, label, lastDigits, expiresOn } of due) {
    const news = {
      kind: 'expiry',
      method: [label, lastDigits].filter(Boolean).join(' '),
      expiresOn,
      path: '/panel/payment-methods',
    } as const
    await tellPayer(process, { accountId, key: `method-expiry:${id}:${today}`, news })
    await process.inTenant((ctx) => noteExpiryTold(ctx, id, today))
  }
  return due.length
}

async function todayOf(ctx: TenantContext): Promise<LocalDate> {
  const tenant = await ownTenant(ctx)
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  return localDateOf(ctx.now, tenant.timeZone)
}
