import { useTranslation } from 'react-i18next'
import { type ElectronicFormFacts, missingFormOf } from '#app/domain/invoice/electronic-form.ts'
import { Card } from '../base/card.tsx'
import { Notice } from '../base/notice.tsx'
import { TextLink } from '../base/text-link.tsx'

/** Something that keeps a file from being as it should be, as staff see it. */
export type InvoiceFileProblem = { readonly problem: string; readonly detail: string; readonly isParked: boolean }

type InvoiceFilesProps = { path: string; invoice: ElectronicFormFacts; problems?: readonly InvoiceFileProblem[] }

/** The other forms of an invoice: for machines, where it has such, and the usage it was made of. `path` is the invoice's own page. */
export function InvoiceFiles({ path, invoice, problems = [] }: InvoiceFilesProps) {
  const { t } = useTranslation('common')
  const missing = missingFormOf(invoice)
  const electronic = [
    { to: `${path}/xml?format=ubl`, name: t('files.ubl') },
    { to: `${path}/xml?format=cii`, name: t('files.cii') },
    { to: `${path}/xml?format=xrechnung-ubl`, name: t('files.xrechnungUbl') },
    { to: `${path}/xml?format=xrechnung-cii`, name: t('files.xrechnungCii') },
  ]
  const files = [...(missing ? [] : electronic), { to: `${path}/usage`, name: t('files.usage') }]
  return (
    <Card id="files" title={t('files.title')} className="mt-6">
      <div className="grid gap-4">
        {problems.map(({ problem, detail, isParked }) => (
          <Notice key={problem} tone={isParked ? 'critical' : 'warning'} title={t(isParked ? 'files.parked' : 'files.flawed')}>
            <ProblemName problem={problem} /> <bdi className="text-muted">{detail}</bdi>
          </Notice>
        ))}
        {missing === 'third-decimal' ? <p className="text-sm text-muted">{t('files.thirdDecimal')}</p> : null}
        <ul className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          {files.map(({ to, name }) => (
            <li key={to}>
              <TextLink to={to} isOtherArea>
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

function ProblemName({ problem }: { problem: string }) {
  const { t } = useTranslation('common')
  switch (problem) {
    case 'totals-disagree':
      return t('files.problem.totals-disagree')
    case 'currency-not-representable':
      return t('files.problem.currency-not-representable')
    case 'fact-missing':
      return t('files.problem.fact-missing')
    case 'no-archive':
      return t('files.problem.no-archive')
    default:
      return t('files.problem.schema-violated')
  }
}
