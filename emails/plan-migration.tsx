import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type PlanMigrationProps = MailProps & {
  /** The seller's country, which amounts and dates are written for. */
  readonly country: string
  readonly subscription: string
  readonly fromPlan: string
  readonly toPlan: string
  /** First day of the new plan, `YYYY-MM-DD` where the seller is. */
  readonly date: string
  /** What a whole month costs before and after. */
  readonly current: Money
  readonly next: Money
  readonly url: string
}

/** Tells a customer that a subscription moves to another plan: which, when, and what a month costs before and after. */
export function renderPlanMigrationMail(props: PlanMigrationProps): Promise<RenderedMail> {
  const { brand, language, url } = props
  const locale = localeOf(language, props.country)
  const t = translatorFor(language, 'mail')
  const names = { name: props.subscription, to: props.toPlan, date: formatLocalDate(props.date, locale, 'long') }
  const subject = t('planMigration.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('planMigration.preview', names)}>
      <Words>{t('planMigration.text', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('planMigration.subscription'), value: props.subscription },
          { label: t('planMigration.from'), value: props.fromPlan },
          { label: t('planMigration.to'), value: props.toPlan },
          { label: t('planMigration.date'), value: names.date },
          { label: t('planMigration.current'), value: formatMoney(props.current, locale) },
          { label: t('planMigration.next'), value: formatMoney(props.next, locale), isStrong: true },
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('planMigration.action')} />
    </MailFrame>,
  )
}
