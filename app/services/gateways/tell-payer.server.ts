import type { TenantContext } from '#app/db/context.server.ts'
import { type PaymentAttempt, readAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { readMethodName } from '#app/db/payments/payment-methods.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { readChoice } from '#app/db/people/notices.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { describeAttempt } from './start-checkout.server.ts'

/** What a payer is told by mail: a payment that failed, one that its bank wants it for, or a way to pay that ends or changed. */
export type PayerNews =
  | {
      readonly kind: 'failed' | 'confirm'
      readonly amount: Money
      readonly what: string
      readonly code: string | null
      readonly path: string
    }
  | { readonly kind: 'expiry'; readonly method: string; readonly expiresOn: LocalDate; readonly path: string }
  /** `expiresOn` is null where it does not end by itself. */
  | { readonly kind: 'renewed' | 'withdrawn'; readonly method: string; readonly expiresOn: LocalDate | null; readonly path: string }

export type PayerLetter = PayerNews & {
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly seller: { readonly slug: string; readonly host: string; readonly country: string }
}

export type TellingPorts = { readonly mailer: Mailer; compose(letter: PayerLetter): Promise<Omit<Mail, 'key'>> }
export type TellingProcess = TenantProcess<TellingPorts>

/**
 * Mails whom the account chose for what concerns its payments; where it chose nobody, its own address: that money is missing is not to be
 * missed. The same key is handed over once.
 */
export async function tellPayer(process: TellingProcess, told: { accountId: string; key: string; news: PayerNews }): Promise<void> {
  const letters = await process.inTenant((ctx) => address(ctx, told.accountId, told.news))
  for (const letter of letters)
    await process.ports.mailer.send({ key: `${told.key}:${letter.to.address}`, ...(await process.ports.compose(letter)) })
}

async function address(ctx: TenantContext, accountId: string, news: PayerNews): Promise<PayerLetter[]> {
  const [tenant, host, account] = [await ownTenant(ctx), await primaryHost(ctx), await findAccount(ctx, accountId)]
  invariant(tenant && host && account, `account ${accountId} cannot be told of a payment`)
  const { mails } = await readChoice(ctx, accountId, 'payment')
  const seller = { slug: tenant.slug, host, country: tenant.country }
  const { name, email, language } = account
  return (mails.length > 0 ? mails : [email]).map((mail) => ({ ...news, to: { name, address: mail, language }, seller }))
}

/** A page tells its payer by itself when it fails within this time, in milliseconds. */
const onThePageMs = 600_000

/**
 * Tells the payer of an attempt that failed behind its back: of a saved way to pay, or long after its page. One who saw it fail needs no
 * mail. The same attempt is told of once.
 */
export async function tellFailedAttempt(process: TellingProcess, attemptId: string): Promise<void> {
  const told = await process.inTenant(async (ctx) => {
    const attempt = await readAttempt(ctx, attemptId)
    if (attempt?.state !== 'failed' || !isUnseen(attempt)) return null
    return { accountId: attempt.accountId, news: await newsOf(ctx, attempt, 'failed') }
  })
  if (told) await tellPayer(process, { ...told, key: `payment-failed:${attemptId}` })
}

/** Tells the payer of an attempt that its bank wants it. The same attempt is told of once. */
export async function tellWaitingAttempt(process: TellingProcess, attemptId: string): Promise<void> {
  const told = await process.inTenant(async (ctx) => {
    const attempt = await readAttempt(ctx, attemptId)
    return attempt?.state === 'action-required' ? { accountId: attempt.accountId, news: await newsOf(ctx, attempt, 'confirm') } : null
  })
  if (told) await tellPayer(process, { ...told, key: `payment-confirm:${attemptId}` })
}

export type MethodChange = { readonly paymentMethodId: string; readonly accountId: string; readonly change: 'renewed' | 'withdrawn' }

/** Tells the owner of a way to pay that its bank replaced it, or that it can be charged no more. What it became is told of once. */
export async function tellMethodChange(process: TellingProcess, { paymentMethodId, accountId, change }: MethodChange): Promise<void> {
  const method = await process.inTenant((ctx) => readMethodName(ctx, paymentMethodId))
  if (!method) return
  const { label, lastDigits, expiresOn } = method
  const name = [label, lastDigits].filter(Boolean).join(' ')
  const news = { kind: change, method: name, expiresOn: change === 'renewed' ? expiresOn : null, path: '/panel/payment-methods' } as const
  await tellPayer(process, { accountId, key: `method-${change}:${paymentMethodId}:${name}:${news.expiresOn}`, news })
}

function isUnseen({ kind, createdAt, finishedAt }: PaymentAttempt): boolean {
  return kind === 'off-session' || (finishedAt !== null && finishedAt.getTime() - createdAt.getTime() > onThePageMs)
}

async function newsOf(ctx: TenantContext, attempt: PaymentAttempt, kind: 'failed' | 'confirm'): Promise<PayerNews> {
  const what = (await describeAttempt(ctx, attempt, '')).trim()
  const { id, amount, failureCode: code, purpose } = attempt
  return { kind, amount, what, code, path: kind === 'failed' && purpose === 'invoices' ? '/panel/pay' : `/panel/pay/${id}` }
}
