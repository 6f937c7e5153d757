import { useTranslation } from 'react-i18next'
import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import { Notice } from '../base/notice.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useNoticeWords } from '../desk/use-notice-words.ts'

/** Maintenance and disruptions that are planned or go on where the account has something. */
export function ServiceBanner({ notices }: { notices: readonly Extract<NoticeFacts, { code: 'service-notice' }>[] }) {
  const { t } = useTranslation('budget')
  const wordsOf = useNoticeWords()
  return (
    <div className="grid gap-3">
      {notices.map((notice) => (
        <Notice key={notice.noticeId} tone={notice.state === 'ongoing' ? 'warning' : 'info'}>
          {wordsOf(notice)} <TextLink to="/panel/notices">{t('notices.title')}</TextLink>
        </Notice>
      ))}
    </div>
  )
}
