import { formatDate } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type DomainFailingMailProps = MailProps & {
  /** Locale of dates: the language with the seller's country. */
  readonly locale: string
  readonly timeZone: string
  readonly kind: 'host' | 'mail'
  readonly domain: string
  readonly missingSince: Date
  /** The records that are gone or wrong, as they must be. */
  readonly records: readonly { readonly type: string; readonly name: string; readonly expected: string }[]
  readonly url: string
}

/** Tells the seller's staff that a domain of theirs has lost records it needs. */
export function renderDomainFailingMail(props: DomainFailingMailProps): Promise<RenderedMail> {
  const { brand, language, locale, kind, domain, url } = props
  const t = translatorFor(language, 'mail')
  const subject = t('domainFailing.subject', { domain })
  const text = t(`domainFailing.${kind}`, { domain, day: formatDate(props.missingSince, locale, props.timeZone, 'long') })
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={props.records.map(({ type, name, expected }) => ({ label: `${type} ${name}`, value: expected, isLtr: true }))}
      />
      <Words>{t('domainFailing.how')}</Words>
      <Action brand={brand} language={language} href={url} label={t('domainFailing.open')} />
    </MailFrame>,
  )
}
