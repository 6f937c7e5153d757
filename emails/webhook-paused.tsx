import { formatDateTime } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type WebhookPausedProps = MailProps & {
  /** Locale of times: the language with the seller's country. */
  readonly locale: string
  readonly timeZone: string
  readonly endpoint: string
  /** Since when it took nothing. */
  readonly failingSince: Date | null
  readonly url: string
}

/** Tells the seller's staff that an endpoint is told nothing more until somebody starts it again. */
export function renderWebhookPausedMail(props: WebhookPausedProps): Promise<RenderedMail> {
  const { brand, language, locale, timeZone, endpoint, failingSince, url } = props
  const t = translatorFor(language, 'mail')
  const subject = t('webhookPaused.subject')
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('webhookPaused.text')}>
      <Words>{t('webhookPaused.text')}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('webhookPaused.endpoint'), value: endpoint, isLtr: true, isStrong: true },
          ...(failingSince ? [{ label: t('webhookPaused.since'), value: formatDateTime(failingSince, locale, timeZone) }] : []),
        ]}
      />
      <Words>{t('webhookPaused.how')}</Words>
      <Action brand={brand} language={language} href={url} label={t('webhookPaused.open')} />
    </MailFrame>,
  )
}
