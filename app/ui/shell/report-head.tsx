import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../base/button.tsx'
import { PageHeader } from './page-header.tsx'
import { ReportTabs } from './report-tabs.tsx'

type ReportHeadProps = {
  title: string
  below: string
  /** Where the same figures are had as a table, and what they are of. */
  file: { readonly path: string; readonly search: Readonly<Record<string, string>> }
}

/** The head of a report: what it is, the ways to take it along, and the reports beside it. */
export function ReportHead({ title, below, file: { path, search } }: ReportHeadProps) {
  const { t } = useTranslation('report')
  return (
    <>
      <PageHeader
        title={title}
        below={below}
        actions={(['csv', 'xlsx'] as const).map((format) => (
          <ButtonLink
            key={format}
            to={`${path}?${new URLSearchParams({ ...search, format })}`}
            look="secondary"
            size="small"
            className="h-9"
            isOtherArea
          >
            {t(format)}
          </ButtonLink>
        ))}
      />
      <ReportTabs />
    </>
  )
}
