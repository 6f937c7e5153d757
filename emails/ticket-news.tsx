import { Fragment } from 'react'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type TicketNewsMailProps = MailProps & {
  readonly url: string
  readonly number: number
  readonly hasFiles: boolean
  /** Whether an answer to the mail itself arrives in the ticket. */
  readonly isAnsweredByMail: boolean
} & (
    | {
        readonly kind: 'answered' | 'asked'
        readonly subject: string
        readonly name: string
        readonly customer: string
        readonly body: string
      }
    | { readonly kind: 'failed'; readonly customer: string }
  )

/** Tells a customer of an answer, or staff of what a customer wrote, in its words; or staff that an order failed. */
export function renderTicketNewsMail(props: TicketNewsMailProps): Promise<RenderedMail> {
  const { brand, language, url, number, hasFiles, customer, isAnsweredByMail } = props
  const t = translatorFor(language, 'mail')
  const isFailed = props.kind === 'failed'
  const subject = `${isFailed ? t('ticket.failedSubject', { customer }) : props.subject} [#${number}]`
  const text = isFailed ? t('ticket.failed', { customer }) : t(`ticket.${props.kind}`, { customer, name: props.name })
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      {isFailed ? null : <Said body={props.body} />}
      {hasFiles ? <Words>{t('ticket.files')}</Words> : null}
      <Action brand={brand} language={language} href={url} label={t('ticket.open')} />
      <SmallPrint brand={brand}>{t(isAnsweredByMail ? 'ticket.byMail' : 'ticket.how')}</SmallPrint>
    </MailFrame>,
  )
}

/** What somebody typed: text, line by line. */
function Said({ body }: { readonly body: string }) {
  return (
    <Words>
      <span dir="auto">
        {body.split(/\r?\n/).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text never change places -- no other key exists
          <Fragment key={index}>
            {index > 0 ? <br /> : null}
            {line}
          </Fragment>
        ))}
      </span>
    </Words>
  )
}
