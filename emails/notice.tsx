import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { Money } from '#app/domain/money/money.ts'
import { formatDateTime, formatLocalDate, formatMoney } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type NoticeMailProps = MailProps & {
  /** The seller's country, which amounts are written for. */
  readonly country: string
  /** Of anything without a mail of its own. */
  readonly notice: Exclude<NoticeFacts, { code: 'server-ready' }>
  readonly url: string
}

/** Tells an account what happened, what follows from it, and where to see more. */
export function renderNoticeMail(props: NoticeMailProps): Promise<RenderedMail> {
  const { brand, language, notice, url } = props
  const t = translatorFor(language, 'mail')
  const { subject, text, facts } = wordsOf(props)
  const isAsked = notice.code === 'order-question'
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={text}>
      <Words>{text}</Words>
      {facts.length > 0 ? <Facts brand={brand} language={language} facts={facts} /> : null}
      {notice.code === 'budget-reached' && notice.step === '100' ? <Words>{t(`notice.stop.${notice.hardStop}`)}</Words> : null}
      {notice.code === 'webhook-paused' ? <Words>{t('webhookPaused.how')}</Words> : null}
      <Action brand={brand} language={language} href={url} label={t(isAsked ? 'notice.question.action' : 'notice.action')} />
      {isAsked || notice.code === 'sign-up-decided' ? null : <SmallPrint brand={brand}>{t('notice.why')}</SmallPrint>}
    </MailFrame>,
  )
}

type NoticeWords = {
  readonly subject: string
  readonly text: string
  readonly facts: { label: string; value: string; isStrong?: boolean; isLtr?: boolean }[]
}

function wordsOf({ language, country, notice }: NoticeMailProps): NoticeWords {
  const t = translatorFor(language, 'mail')
  const amount = (value: Money) => formatMoney(value, localeOf(language, country))
  if (notice.code === 'budget-reached') return budgetWords(notice, { language, country })
  if (notice.code === 'payment-failed') {
    const values = { amount: amount(notice.amount) }
    return { subject: t('notice.payment.subject', values), text: t('notice.payment.text', values), facts: [] }
  }
  if (notice.code === 'credit-low') {
    const values = { available: amount(notice.available) }
    const facts = [
      { label: t('notice.credit.available'), value: values.available, isStrong: true },
      { label: t('notice.credit.limit'), value: amount(notice.limit) },
    ]
    return { subject: t('notice.credit.subject'), text: t('notice.credit.text', values), facts }
  }
  if (notice.code === 'limit-ending') {
    const values = { day: formatLocalDate(notice.until, localeOf(language, country), 'long') }
    const facts = [
      { label: t('credit.increase'), value: amount(notice.increase) },
      { label: t('credit.after'), value: amount(notice.limit), isStrong: true },
    ]
    return { subject: t('notice.limitEnding.subject', values), text: t('notice.limitEnding.text', values), facts }
  }
  if (notice.code === 'webhook-paused') {
    const facts = [{ label: t('webhookPaused.endpoint'), value: notice.url, isLtr: true, isStrong: true }]
    return { subject: t('webhookPaused.subject'), text: t('webhookPaused.text'), facts }
  }
  if (notice.code === 'order-question') {
    const facts = [
      { label: t('notice.question.order'), value: notice.order, isLtr: true },
      { label: t('notice.question.question'), value: notice.question, isStrong: true },
    ]
    return { subject: t('notice.question.subject'), text: t('notice.question.text'), facts }
  }
  if (notice.code === 'sign-up-decided') {
    const facts = notice.words ? [{ label: t('notice.signUp.words'), value: notice.words }] : []
    return { subject: t(`notice.signUp.${notice.decision}.subject`), text: t(`notice.signUp.${notice.decision}.text`), facts }
  }
  if (notice.code === 'service-notice') return serviceWords(notice, { language, country })
  const state = notice.code === 'account-freed' ? 'freed' : notice.effect === 'block-orders' ? 'blocked' : 'stopped'
  return { subject: t(`notice.account.${state}.subject`), text: t(`notice.account.${state}.text`), facts: [] }
}

type BudgetFacts = Extract<NoticeFacts, { code: 'budget-reached' }>
type WrittenFor = Pick<NoticeMailProps, 'language' | 'country'>

/** A step that a budget reached. */
function budgetWords(notice: BudgetFacts, { language, country }: WrittenFor): NoticeWords {
  const t = translatorFor(language, 'mail')
  const amount = (value: Money) => formatMoney(value, localeOf(language, country))
  const { name, step, percent, forecast } = notice
  const key = step === 'forecast' ? 'ahead' : step === '100' ? 'usedUp' : 'share'
  return {
    subject: t(`notice.budget.${key}.subject`, { name, share: step }),
    text: t(`notice.budget.${key}.text`, { name, share: step }),
    facts: [
      { label: t('notice.budget.spent'), value: `${amount(notice.spent)} (${percent} %)`, isStrong: true },
      { label: t('notice.budget.amount'), value: amount(notice.amount) },
      ...(forecast ? [{ label: t('notice.budget.forecast'), value: amount(forecast) }] : []),
    ],
  }
}

type ServiceFacts = Extract<NoticeFacts, { code: 'service-notice' }>

/** Maintenance or a disruption, in the words of staff and the hours of the seller. */
function serviceWords(notice: ServiceFacts, { language, country }: WrittenFor): NoticeWords {
  const t = translatorFor(language, 'mail')
  const { kind, state, title, text, zone, startsAt, endsAt, timeZone } = notice
  const at = (instant: string) => formatDateTime(new Date(instant), localeOf(language, country), timeZone)
  const facts = [
    ...(zone ? [{ label: t('notice.service.place'), value: zone, isLtr: true }] : []),
    { label: t('notice.service.from'), value: at(startsAt) },
    ...(endsAt ? [{ label: t('notice.service.until'), value: at(endsAt) }] : []),
  ]
  return { subject: t(`notice.service.${kind}.${state}`, { title }), text, facts }
}
