import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { ButtonLink } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { DateTime, Period } from '../base/date-time.tsx'
import { Money } from '../base/money.tsx'
import { useFormat } from '../base/use-format.ts'
import { FormToken } from '../forms/form-token.tsx'
import { FromTo } from '../forms/from-to.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { Table } from '../tables/table.tsx'

export type ShownPreview = {
  readonly effectiveAt: Date
  readonly lines: readonly {
    readonly key: string
    readonly product: string
    readonly feeKind: 'setup' | 'recurring' | 'renewal' | 'cancellation' | 'usage'
    readonly start: Date
    readonly end: Date
    readonly amount: MoneyValue
  }[]
  readonly net: MoneyValue
  readonly tax: MoneyValue
  readonly taxPercent: string | null
  readonly total: MoneyValue
  readonly nextBefore: MoneyValue
  readonly nextAfter: MoneyValue
}

type SubscriptionPreviewProps = {
  preview: ShownPreview
  /** The form's fields, to be sent again as they were previewed. */
  fields: Readonly<Record<string, string | undefined>>
  path: string
  mayPropose: boolean
}

/** What a change would do to the next invoice, line by line, before anybody confirms it. */
export function SubscriptionPreview({ preview, fields, path, mayPropose }: SubscriptionPreviewProps) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  const totals = [
    { label: t('preview.net'), amount: preview.net },
    {
      label: preview.taxPercent === null ? t('preview.taxes') : t('preview.tax', { percent: format.percent(preview.taxPercent) }),
      amount: preview.tax,
    },
    { label: t('preview.total'), amount: preview.total, isStrong: true },
  ]
  return (
    <Card id="preview" title={t('preview.title')} aside={<DateTime instant={preview.effectiveAt} />} isFlush>
      <Table
        caption={t('preview.title')}
        rows={preview.lines}
        rowKey={({ key }) => key}
        className="border-t border-border"
        empty={<p className="px-card py-4 text-sm text-muted">{t('preview.nothing')}</p>}
        columns={[
          {
            key: 'what',
            head: t('preview.what'),
            isPrimary: true,
            isLong: true,
            cell: ({ product, feeKind }) => (
              <>
                <bdi>{product}</bdi> <span className="text-muted">{t(`fee.${feeKind}`)}</span>
              </>
            ),
          },
          { key: 'period', head: t('preview.period'), cell: ({ start, end }) => <Period start={start} end={end} /> },
          { key: 'amount', head: t('preview.amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        ]}
      />
      <dl className="grid gap-1 border-t border-border px-card py-4 text-sm">
        {totals.map(({ label, amount, isStrong }) => (
          <div key={label} className={isStrong ? 'flex justify-between gap-4 font-semibold' : 'flex justify-between gap-4'}>
            <dt>{label}</dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
        <div className="mt-2 flex flex-wrap justify-between gap-x-4 text-muted">
          <dt>{t('preview.afterwards')}</dt>
          <dd>
            <FromTo
              from={<Money amount={preview.nextBefore} />}
              to={<Money amount={preview.nextAfter} className="font-medium text-text" />}
            />
          </dd>
        </div>
      </dl>
      <Form method="post" action={path} className="flex flex-wrap gap-3 border-t border-border px-card py-4">
        <FormToken />
        {Object.entries(fields).map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
        <SubmitButton name="deed" value="request">
          {t('deed.request')}
        </SubmitButton>
        {mayPropose ? (
          <SubmitButton look="secondary" name="deed" value="propose">
            {t('deed.propose')}
          </SubmitButton>
        ) : null}
        <ButtonLink to={path} look="quiet">
          {t('deed.leave')}
        </ButtonLink>
      </Form>
    </Card>
  )
}
