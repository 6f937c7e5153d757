import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type SubscriptionReminderProps = MailProps & {
  /** A term that begins again, a term or a trial that ends for good, a trial that is paid for from then on. */
  readonly kind: 'renewal' | 'end' | 'trial'
  /** The seller's country, which amounts and dates are written for. */
  readonly country: string
  readonly subscription: string
  readonly plan: string
  /** `YYYY-MM-DD` where the seller is. */
  readonly date: string
  /** What runs next, from its first day through its last, and what it costs before tax. */
  readonly next: { readonly from: string; readonly through: string; readonly price: Money }
  readonly url: string
}

/** Tells a customer that a term or trial is over soon: when, what it costs to go on, and how to stop it. */
export function renderSubscriptionReminderMail(props: SubscriptionReminderProps): Promise<RenderedMail> {
  const { brand, language, kind, next, url } = props
  const locale = localeOf(language, props.country)
  const t = translatorFor(language, 'mail')
  const day = (date: string) => formatLocalDate(date, locale, 'long')
  const names = { name: props.subscription, date: day(props.date) }
  const subject = t(`subscriptionReminder.${kind}.subject`, names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t(`subscriptionReminder.${kind}.text`, names)}>
      <Words>{t(`subscriptionReminder.${kind}.text`, names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('subscriptionReminder.subscription'), value: props.subscription },
          { label: t('subscriptionReminder.plan'), value: props.plan },
          { label: t(`subscriptionReminder.${kind}.date`), value: names.date },
          { label: t(`subscriptionReminder.${kind}.next`), value: `${day(next.from)} – ${day(next.through)}` },
          { label: t('subscriptionReminder.price'), value: formatMoney(next.price, locale), isStrong: true },
        ]}
      />
      <Words>{t(`subscriptionReminder.${kind}.how`, names)}</Words>
      <Action brand={brand} language={language} href={url} label={t('subscriptionReminder.action')} />
    </MailFrame>,
  )
}
