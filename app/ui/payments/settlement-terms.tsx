import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Notice } from '../base/notice.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { type Column, Table } from '../tables/table.tsx'

/** Terms of an edge as a row: what they come to, from when, and who agreed. */
export type TermsRow = {
  readonly id: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly state: 'waiting' | 'agreed' | 'withdrawn'
  readonly sentence: 'showback' | 'share-of-paid' | 'share-paid-out' | 'collected' | 'invoiced'
  readonly days: number
  readonly percent: string
  readonly reason: string
  readonly waitsFor: 'parent' | 'child' | null
}

type TermsHistoryProps = {
  readonly history: readonly TermsRow[]
  /** The terms of today; null when the contract's own hold. */
  readonly now: TermsRow | null
  readonly problem: 'secondPerson' | 'changed' | null
  /** Who reads: the seller decides about proposed terms, the buyer is told what they mean to it. */
  readonly reader: Reader
}
type Reader = 'seller' | 'buyer'

/** What holds, what waits for somebody, and what was agreed before. */
export function TermsHistory({ history, now, problem, reader }: TermsHistoryProps) {
  const { t } = useTranslation('settlement')
  const sentence = useSentence(reader)
  return (
    <Card title={t('terms.history')} isFlush>
      <div className="grid gap-4 px-card pb-4 text-sm">
        {problem ? <Notice tone="critical">{t(`terms.${problem}`)}</Notice> : null}
        <p>
          <span className="font-medium">{t('terms.now')}: </span>
          {now ? sentence(now) : t('terms.plain')}
        </p>
      </div>
      <Table
        caption={t('terms.history')}
        rows={history}
        rowKey={({ id }) => id}
        columns={useColumns(reader)}
        empty={<EmptyState title={t('terms.none')} />}
      />
    </Card>
  )
}

/** What terms come to, as it is said to the one who reads. */
function useSentence(reader: Reader): (row: TermsRow) => string {
  const { t } = useTranslation('settlement')
  return (row) => (reader === 'seller' ? t(`sentence.${row.sentence}`, row) : t(`own.sentence.${row.sentence}`, row))
}

function useColumns(reader: Reader): Column<TermsRow>[] {
  const { t } = useTranslation('settlement')
  const sentence = useSentence(reader)
  const isSeller = reader === 'seller'
  return [
    { key: 'validFrom', head: t('field.validFrom'), isPrimary: true, cell: ({ validFrom }) => <Day day={validFrom} /> },
    { key: 'what', head: t('payouts.termsOf'), isLong: true, cell: sentence },
    {
      key: 'state',
      head: t('field.reason'),
      isLong: true,
      cell: (row) => (
        <>
          {t(`terms.state.${row.state}`)}: {row.reason}
          {row.waitsFor ? (
            <span className="block text-muted">{t(isSeller ? `terms.waitsFor.${row.waitsFor}` : `own.waitsFor.${row.waitsFor}`)}</span>
          ) : null}
          {isSeller && row.state === 'waiting' ? <Deeds row={row} /> : null}
        </>
      ),
    },
  ]
}

function Deeds({ row: { id, waitsFor } }: { row: TermsRow }) {
  const { t } = useTranslation('settlement')
  return (
    <Form method="post" action="?deed" className="mt-2 flex flex-wrap gap-2">
      <FormToken />
      <input type="hidden" name="termsId" value={id} />
      {waitsFor === 'parent' ? (
        <Button type="submit" name="deed" value="approve" size="small">
          {t('terms.approve')}
        </Button>
      ) : null}
      <Button type="submit" name="deed" value="withdraw" size="small" look="secondary">
        {t('terms.withdraw')}
      </Button>
    </Form>
  )
}

/** What is wrong at a field, in the words of settlement where it has its own. */
export function useSettlementErrors(fields: Readonly<Record<string, string>>): (name: string) => string | undefined {
  const { t, i18n } = useTranslation('settlement')
  const { error } = useFieldErrors({ fields })
  return (name) => {
    const code = fields[name]
    return code && i18n.exists(`settlement:problem.${code}`) ? t(`problem.${code}` as 'problem.percent') : error(name)
  }
}
