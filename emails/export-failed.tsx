import { translatorFor } from '#app/i18n/i18n.server.ts'
import { type ScheduledFile, wordsOf } from './export-ready.tsx'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

export type ExportFailedProps = MailProps & {
  /** Locale of days and months: the language with the seller's country. */
  readonly locale: string
  readonly file: ScheduledFile
  /** The page of the schedules. */
  readonly url: string
}

/** Tells that a file which is made on a schedule could not be made. */
export function renderExportFailedMail(props: ExportFailedProps): Promise<RenderedMail> {
  const { brand, language, locale, file, url } = props
  const t = translatorFor(language, 'mail')
  const { what, about } = wordsOf(file, { language, locale })
  const subject = t('exportFailed.subject', { what, about })
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('exportFailed.text')}>
      <Words>{t('exportFailed.text')}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('exportReady.what'), value: what, isStrong: true },
          { label: t('exportReady.about'), value: about },
        ]}
      />
      <Words>{t('exportFailed.how')}</Words>
      <Action brand={brand} language={language} href={url} label={t('exportFailed.action')} />
      <SmallPrint brand={brand}>{t('exportFailed.why')}</SmallPrint>
    </MailFrame>,
  )
}
