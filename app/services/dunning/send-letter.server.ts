import type { TenantContext } from '#app/db/context.server.ts'
import { readOverdue } from '#app/db/dunning/dunning-cases.server.ts'
import { findLetter, type LetterRow, markLetterSent, openLetterLink } from '#app/db/dunning/dunning-letters.server.ts'
import { findPolicy } from '#app/db/dunning/dunning-policies.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { DunningAction } from '#app/domain/dunning/policy.ts'
import { type Money, money, sum } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { recipientsFor } from '../invoices/deliver-open.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What a buyer is told at a step. */
export type DunningMail = {
  readonly action: DunningAction
  /** The seller's own words by language; empty for the product's. */
  readonly texts: Readonly<Record<string, string>>
  readonly invoices: readonly { readonly number: string; readonly dueOn: LocalDate; readonly open: Money }[]
  readonly total: Money
  /** Charged by this letter, before tax. */
  readonly fee: Money
  readonly interest: Money
  /** What comes next and when at the earliest; null after the last step. */
  readonly next: { readonly action: DunningAction; readonly on: LocalDate } | null
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly seller: { readonly slug: string; readonly host: string; readonly country: string }
  readonly token: string
}

export type DunningMailPorts = {
  readonly mailer: Mailer
  compose(mail: DunningMail): Promise<Omit<Mail, 'key'>>
  /** The secret of a letter's link: nobody can guess it, and the same letter has the same one at each try. */
  linkToken(letterId: string): string
}

/** How many days the link in a letter works. */
const linkDays = 30

/**
 * Mails a letter with its link to everybody whom the account's invoices go to, unless everything was paid meanwhile. Safe to repeat: a mail that was handed over but not noted is handed
 * over again under the same key. Returns whether a mail was handed over.
 */
export async function sendDunningLetter(process: TenantProcess<DunningMailPorts>, letterId: string): Promise<boolean> {
  const mails = await process.inTenant((ctx) => openMails(ctx, letterId, process.ports.linkToken(letterId)))
  if (mails.length === 0) return false
  for (const mail of mails)
    await process.ports.mailer.send({ key: `dunning-letter:${letterId}:${mail.to.address}`, ...(await process.ports.compose(mail)) })
  await process.inTenant((ctx) => markLetterSent(ctx, letterId))
  return true
}

async function openMails(ctx: TenantContext, letterId: string, token: string): Promise<DunningMail[]> {
  const letter = await findLetter(ctx, { id: letterId })
  if (!letter || letter.isClosed || letter.sentAt) return []
  const expiresAt = new Date(ctx.now.getTime() + linkDays * 86_400_000)
  await openLetterLink(ctx, letterId, { hash: hashOfToken(token), expiresAt })
  const invoices = await overdueOf(ctx, letter)
  const [tenant, host, account] = [await ownTenant(ctx), await primaryHost(ctx), await findAccount(ctx, letter.accountId)]
  invariant(tenant && host && account, `letter ${letterId} has no reader, or its seller no store domain`)
  const { step, next } = await stepsOf(ctx, letter, invoices[0]?.dueOn ?? letter.doneOn)
  const own = { name: account.name, email: account.email, language: account.language }
  const recipients = await recipientsFor(ctx, { accountId: letter.accountId, document: 'invoice', own })
  const mail = {
    action: letter.action,
    texts: step.texts,
    invoices,
    fee: letter.fee,
    interest: letter.interest,
    next,
    token,
    total: sum(
      letter.fee.currency,
      invoices.map(({ open }) => open),
    ),
    seller: { slug: tenant.slug, host, country: tenant.country },
  }
  return recipients.map(({ name, email, language }) => ({ ...mail, to: { name, address: email, language: language ?? account.language } }))
}

async function overdueOf(ctx: TenantContext, { accountId, fee: { currency }, doneOn }: LetterRow): Promise<DunningMail['invoices']> {
  const rows = await readOverdue(ctx, { today: doneOn, accountIds: [accountId] })
  const invoices = rows.find((row) => row.currency === currency)?.invoices ?? []
  return invoices.map(({ number, dueOn, openMinor }) => ({ number, dueOn, open: money(BigInt(openMinor), currency) }))
}

async function stepsOf(ctx: TenantContext, { policyId, position }: LetterRow, oldestDueOn: LocalDate) {
  const policy = await findPolicy(ctx, policyId)
  const [step, after] = [policy?.steps[position], policy?.steps[position + 1]]
  invariant(step, `policy ${policyId} has no step ${position}`)
  return { step, next: after ? { action: after.action, on: addDays(oldestDueOn, after.day) } : null }
}
