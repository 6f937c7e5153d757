import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readChoice, saveChoice } from '#app/db/people/notices.server.ts'
import { type NotificationChoice, type Topic, topics } from '#app/domain/budget/notification.ts'

export type Choices = Readonly<Record<Topic, NotificationChoice>>

/** Whom each topic reaches, and how: as the account chose, else the usual. */
export async function readChoices(ctx: TenantContext, accountId: string): Promise<Choices> {
  const [spend, account, payment, service] = [
    await readChoice(ctx, accountId, 'spend'),
    await readChoice(ctx, accountId, 'account'),
    await readChoice(ctx, accountId, 'payment'),
    await readChoice(ctx, accountId, 'service'),
  ]
  return { spend, account, payment, service }
}

/** Keeps what an account chose; it counts from the next event on. */
export async function saveChoices(ctx: TenantContext, accountId: string, choices: Choices): Promise<void> {
  for (const topic of topics) await saveChoice(ctx, accountId, topic, choices[topic])
  const detail = Object.fromEntries(topics.map((topic) => [topic, { ...choices[topic], mails: [...choices[topic].mails] }]))
  await audit(ctx, { action: 'notifications.chosen', subjectKind: 'account', subjectId: accountId, detail })
}
