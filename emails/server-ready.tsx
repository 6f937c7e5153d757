import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type ServerReadyProps = MailProps & {
  readonly server: string
  readonly plan: string
  readonly address: string
  readonly url: string
}

/** Tells that a server runs, and where. It carries no secret. */
export function renderServerReadyMail(props: ServerReadyProps): Promise<RenderedMail> {
  const { brand, language, server, plan, address, url } = props
  const t = translatorFor(language, 'mail')
  const names = { server, address }
  const subject = t('serverReady.subject', names)
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('serverReady.preview', names)}>
      <Words>{t('serverReady.text', names)}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('serverReady.server'), value: server, isLtr: true },
          { label: t('serverReady.plan'), value: plan },
          { label: t('serverReady.address'), value: address, isLtr: true, isStrong: true },
        ]}
      />
      <Words>{t('serverReady.access')}</Words>
      <Action brand={brand} language={language} href={url} label={t('serverReady.action')} />
    </MailFrame>,
  )
}
