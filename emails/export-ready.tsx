import { formatDateTime, formatLocalDate, formatMonth } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { MailProps, RenderedMail } from './mail-brand.ts'
import { Action, Facts, MailFrame, SmallPrint, Words } from './mail-parts.tsx'
import { renderMail } from './render-mail.ts'

/** A file that is made on a schedule. */
export type ScheduledFile = {
  readonly kind: 'focus' | 'accounting' | 'aging' | 'revenue' | 'margin'
  /** `YYYY-MM` of what is in it. */
  readonly month: string
  /** `YYYY-MM-DD` of a table as of a day. */
  readonly day: string | null
}

export type ExportReadyProps = MailProps & {
  /** Locale of times: the language with the seller's country. */
  readonly locale: string
  readonly timeZone: string
  readonly file: ScheduledFile & { readonly rows: number; readonly expiresAt: Date }
  readonly url: string
}

/** Tells that a file which is made on a schedule can be fetched, and until when. */
export function renderExportReadyMail(props: ExportReadyProps): Promise<RenderedMail> {
  const { brand, language, locale, timeZone, file, url } = props
  const t = translatorFor(language, 'mail')
  const { what, about } = wordsOf(file, { language, locale })
  const subject = t('exportReady.subject', { what, about })
  return renderMail(
    subject,
    <MailFrame {...props} subject={subject} preview={t('exportReady.text')}>
      <Words>{t('exportReady.text')}</Words>
      <Facts
        brand={brand}
        language={language}
        facts={[
          { label: t('exportReady.what'), value: what, isStrong: true },
          { label: t('exportReady.about'), value: about },
          { label: t('exportReady.rows'), value: new Intl.NumberFormat(locale).format(file.rows) },
          { label: t('exportReady.until'), value: formatDateTime(file.expiresAt, locale, timeZone) },
        ]}
      />
      <Action brand={brand} language={language} href={url} label={t('exportReady.action')} />
      <SmallPrint brand={brand}>{t('exportReady.why')}</SmallPrint>
    </MailFrame>,
  )
}

/** What a file is and what it is about, in words. */
export function wordsOf({ kind, month, day }: ScheduledFile, { language, locale }: Pick<ExportReadyProps, 'language' | 'locale'>) {
  const about = day ? formatLocalDate(day, locale, 'long') : formatMonth(new Date(`${month}-15T00:00:00Z`), locale, 'UTC')
  return { what: translatorFor(language, 'mail')(`exportReady.kind.${kind}`), about }
}
