/** What an account can be told of, in the order of the page. */
export const topics = ['spend', 'account', 'payment', 'service'] as const
export type Topic = (typeof topics)[number]

/** Whom one topic reaches, and how: by mail, in the panel, and at the account's own webhooks. */
export type NotificationChoice = { readonly mails: readonly string[]; readonly isShown: boolean; readonly isPosted: boolean }

/** The choice where none was made: a mail to the account's own address, the panel, and webhooks that asked for it. */
export function usualChoice(email: string): NotificationChoice {
  return { mails: [email], isShown: true, isPosted: true }
}

const most = 10

/** Mail addresses as typed, one a line or parted by commas; each once, in lower case. */
export function typedMails(text: string): string[] | undefined {
  const mails = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ]
  return mails.length <= most && mails.every((mail) => mail.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)) ? mails : undefined
}
