import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../base/class-names.ts'
import { DateTime } from '../base/date-time.tsx'
import { type LegalBlock, LegalText } from '../base/legal-text.tsx'
import { Badge } from '../base/state.tsx'
import { useFormat } from '../base/use-format.ts'
import { useTicketFailure } from './use-ticket-words.ts'

export type ThreadMessage = {
  readonly id: string
  readonly author: 'customer' | 'staff' | 'system'
  readonly authorName: string
  readonly isInternal: boolean
  readonly at: Date
  readonly failure: string | null
  readonly blocks: readonly LegalBlock[]
  readonly files: readonly { readonly id: string; readonly name: string; readonly sizeBytes: number }[]
}

/** What was said in a ticket, the first first. Whatever somebody typed is text. */
export function TicketThread({ messages, base }: { messages: readonly ThreadMessage[]; base: string }) {
  const { t } = useTranslation('ticket')
  return (
    <ol aria-label={t('messages')} className="grid gap-4">
      {messages.map((message) => (
        <li
          key={message.id}
          className={classNames('rounded-card border border-border px-card py-4', message.isInternal ? 'bg-warning-soft' : 'bg-surface')}
        >
          <MessageHead message={message} />
          <MessageText message={message} />
          <Files files={message.files} base={base} />
        </li>
      ))}
    </ol>
  )
}

function MessageHead({ message: { author, authorName, isInternal, at } }: { message: ThreadMessage }) {
  const { t } = useTranslation('ticket')
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {author === 'system' ? null : <bdi className="font-medium">{authorName}</bdi>}
      <span className="text-muted">{t(`side.${author}`)}</span>
      <span className="text-muted">
        <DateTime instant={at} />
      </span>
      {isInternal ? <Badge tone="warning">{t('internal')}</Badge> : null}
    </p>
  )
}

function MessageText({ message: { blocks, failure } }: { message: ThreadMessage }) {
  const failureOf = useTicketFailure()
  return (
    <div dir="auto" className="mt-2 max-w-prose wrap-anywhere">
      {failure === null ? <LegalText blocks={blocks} top={3} /> : <p>{failureOf(failure)}</p>}
    </div>
  )
}

function Files({ files, base }: { files: ThreadMessage['files']; base: string }) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  if (files.length === 0) return null
  return (
    <ul aria-label={t('files')} className="mt-3 flex flex-wrap gap-x-4 gap-y-2 text-sm">
      {files.map(({ id, name, sizeBytes }) => (
        <li key={id}>
          <a
            href={`${base}/files/${id}`}
            className="inline-flex min-h-6 items-center gap-2 rounded-tag text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-current"
            download
          >
            <Paperclip aria-hidden className="size-4 shrink-0" />
            <bdi className="wrap-anywhere">{name}</bdi>
            <span className="text-muted" suppressHydrationWarning>
              {t('kilobytes', { size: format.quantity(Math.ceil(sizeBytes / 1024)) })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
