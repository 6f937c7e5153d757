import type { Money } from '#app/domain/money/money.ts'
import { formatMoney, formatPeriod } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type StatementMailProps = MailProps & {
  /** Locale of amounts and dates: the language with the seller's country. */
  readonly locale: string
  /** Days `YYYY-MM-DD`; the end is the day after the last. */
  readonly start: string
  readonly end: string
  readonly opening: Money
  readonly closing: Money
  readonly url: string
}

/** Brings a statement of account, attached by the sender: its days and both balances. */
export function renderStatementMail(props: StatementMailProps): Promise<RenderedMail> {
  const { brand, language, locale, opening, closing, url } = props
  const t = translatorFor(language, 'mail')
  const [start, end] = [props.start, props.end].map((day) => new Date(`${day}T00:00:00Z`)) as [Date, Date]
  const names = { brand: brand.name, period: formatPeriod(start, end, locale, 'UTC', 'long'), amount: formatMoney(closing, locale) }
  const subject = t('statement.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('statement.preview', names)}>
      <Words>{t('statement.text', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('statement.period'), value: names.period },
          { label: t('statement.opening'), value: formatMoney(opening, locale) },
          { label: t('statement.closing'), value: names.amount, isStrong: true },
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('statement.open')} />
    </MailFrame>,
  )
}
