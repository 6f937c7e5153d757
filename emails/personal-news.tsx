import type { SecurityChange } from '#app/domain/people/security-change.ts'
import { formatDateTime } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type PersonalNewsProps = MailProps & { readonly url: string } & (
    | { readonly news: SecurityChange; readonly at: Date; readonly locale: string; readonly timeZone: string }
    | { readonly news: 'email-asked' | 'email-changed'; readonly newEmail: string }
  )

/** Tells a person what changed of the own sign-in, and what to do when it was somebody else. */
export function renderPersonalNewsMail(props: PersonalNewsProps): Promise<RenderedMail> {
  const { brand, language, url, news } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t(`personal.${news}.subject`, names)
  const fact =
    'newEmail' in props
      ? { label: t('personal.newAddress'), value: props.newEmail, isLtr: true }
      : { label: t('personal.when'), value: formatDateTime(props.at, props.locale, props.timeZone) }
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t(`personal.${news}.text`, names)}>
      <Words>{t(`personal.${news}.text`, names)}</Words>
      <Facts brand={brand} language={language} facts={[fact]} />
      <Words>{t('personal.notYou')}</Words>
      <Action brand={brand} language={language} href={url} label={t('personal.action')} />
    </MailFrame>,
  )
}

export type EmailConfirmProps = MailProps & { readonly url: string; readonly validHours: number }

/** Confirms a new address of a person who signs in already; the link works once. */
export function renderEmailConfirmMail(props: EmailConfirmProps): Promise<RenderedMail> {
  const { brand, language, url, validHours } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t('confirmEmail.subject')
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('personal.confirm', names)}>
      <Words>{t('personal.confirm', names)}</Words>
      <Action brand={brand} language={language} href={url} label={t('confirmEmail.action')} />
      <SmallPrint brand={brand}>{t('validHours', { count: validHours })}</SmallPrint>
      <SmallPrint brand={brand}>{t('ignore')}</SmallPrint>
    </MailFrame>,
  )
}
