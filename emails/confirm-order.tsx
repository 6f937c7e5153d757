import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type ConfirmOrderProps = MailProps & {
  readonly url: string
  readonly validHours: number
  /** Whether the link also asks for a first password. */
  readonly setsPassword: boolean
}

/** Tells whoever reads the address of an order that it goes on with the link; the link works once. */
export function renderConfirmOrder(props: ConfirmOrderProps): Promise<RenderedMail> {
  const { brand, language, url, validHours, setsPassword } = props
  const t = translatorFor(language, 'mail')
  const names = { brand: brand.name }
  const subject = t('confirmOrder.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('confirmOrder.preview')}>
      <Words>{t('confirmOrder.text', names)}</Words>
      {setsPassword ? <Words>{t('confirmOrder.password')}</Words> : null}
      <Action brand={brand} language={language} href={url} label={t('confirmOrder.action')} />
      <SmallPrint brand={brand}>{t('validHours', { count: validHours })}</SmallPrint>
      <SmallPrint brand={brand}>{t('confirmOrder.notYours')}</SmallPrint>
    </MailFrame>,
  )
}
