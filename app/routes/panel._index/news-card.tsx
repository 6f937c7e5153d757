import { useTranslation } from 'react-i18next'
import type { NewsHead } from '#app/reports/news/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'

/** What the seller told since the reader last looked; nothing where there is none. */
export function NewsCard({ news }: { readonly news: readonly NewsHead[] }) {
  const { t } = useTranslation('panel')
  if (news.length === 0) return null
  return (
    <Card id="news" title={t('news.title')} aside={<TextLink to="/panel/news">{t('news.all')}</TextLink>} isFlush>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {news.map(({ id, title, language, at }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-card py-3">
            <span className="flex min-w-0 items-center gap-3">
              <Badge tone="info">{t('news.isNew')}</Badge>
              <TextLink to={`/panel/news#news-${id}`} isQuiet className="font-medium">
                <span lang={language}>{title}</span>
              </TextLink>
            </span>
            <span className="text-muted">
              <DateTime instant={at} isDayOnly />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
