import type { Money } from '#app/domain/money/money.ts'
import { formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type DunningLetterProps = MailProps & {
  readonly action: 'notify' | 'block' | 'suspend' | 'terminate'
  /** The seller's country, which amounts and dates are written for. */
  readonly country: string
  /** The seller's own words; null for the product's. */
  readonly text: string | null
  readonly invoices: readonly { readonly number: string; readonly dueOn: string; readonly open: Money }[]
  readonly total: Money
  /** Charged by this letter, before tax; zero for none. */
  readonly fee: Money
  readonly interest: Money
  readonly next: { readonly action: 'notify' | 'block' | 'suspend' | 'terminate'; readonly on: string } | null
  readonly url: string
}

/** Tells a buyer what is overdue, what that does, what comes next, and where to pay without signing in. */
export function renderDunningLetter(props: DunningLetterProps): Promise<RenderedMail> {
  const { brand, language, action, invoices, total, fee, interest, next, url } = props
  const locale = localeOf(language, props.country)
  const t = translatorFor(language, 'mail')
  const day = (date: string) => formatLocalDate(date, locale, 'long')
  const names = { brand: brand.name, amount: formatMoney(total, locale) }
  const subject = t(`dunning.${action}.subject`, names)
  const owed = invoices.map(({ number, dueOn, open }) => ({
    label: t('dunning.invoice', { number, date: day(dueOn) }),
    value: formatMoney(open, locale),
  }))
  const added = [
    { label: t('dunning.fee'), amount: fee },
    { label: t('dunning.interest'), amount: interest },
  ].filter(({ amount }) => amount.minor > 0n)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('dunning.preview', names)}>
      <Words>{props.text ?? t(`dunning.${action}.text`, names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          ...owed,
          { label: t('dunning.total'), value: names.amount, isStrong: true },
          ...added.map(({ label, amount }) => ({ label, value: formatMoney(amount, locale) })),
        ]}
      />
      {added.length > 0 ? <Words>{t('dunning.added')}</Words> : null}
      {next ? <Words>{t(`dunning.next.${next.action}`, { date: day(next.on) })}</Words> : null}
      <Action brand={brand} language={language} href={url} label={t('dunning.pay')} />
      <Words>{t('dunning.paid')}</Words>
    </MailFrame>,
  )
}

/** What a debit note of dunning says in the buyer's language. */
export function dunningWords(language: MailProps['language']): { fee: string; interest: string; reason: string } {
  const t = translatorFor(language, 'mail')
  return { fee: t('dunning.fee'), interest: t('dunning.interest'), reason: t('dunning.reason') }
}
