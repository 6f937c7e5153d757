import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { BookPeriod } from '#app/reports/ledger/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined

/** Closes the one month that comes next. */
export function CloseForm({ month }: { month: string }) {
  const { t } = useTranslation('ledger')
  const monthName = useMonthName()
  return (
    <Form method="post" className="no-print mb-4">
      <FormToken />
      <input type="hidden" name="month" value={month} />
      <SubmitButton name="deed" value="close">
        <span suppressHydrationWarning>{t('periods.close', { month: monthName(month) })}</span>
      </SubmitButton>
    </Form>
  )
}

/** Opening the last closed month again: one person asks with a reason, another agrees. */
export function ReopenCard({ period, answer }: { period: BookPeriod; answer: Answer }) {
  const { t } = useTranslation('ledger')
  const monthName = useMonthName()
  const month = monthName(period.month)
  return (
    <Card
      id="reopen"
      title={<span suppressHydrationWarning>{t('periods.reopenTitle', { month })}</span>}
      className="no-print mt-6 max-w-2xl"
    >
      <Form method="post" className="grid gap-4">
        <FormToken />
        <input type="hidden" name="month" value={period.month} />
        {period.reopenReason ? <Asked period={period} month={month} /> : <Ask answer={answer} />}
      </Form>
    </Card>
  )
}

function Ask({ answer }: { answer: Answer }) {
  const { t } = useTranslation('ledger')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <p className="text-sm text-muted">{t('periods.reopenLead')}</p>
      <TextInput
        name="reason"
        label={t('reverse.reason')}
        defaultValue={typed('reason')}
        error={error('reason')}
        maxLength={200}
        required
      />
      <SubmitButton look="secondary" name="deed" value="ask" className="justify-self-start">
        {t('periods.ask')}
      </SubmitButton>
    </>
  )
}

function Asked({ period, month }: { period: BookPeriod; month: string }) {
  const { t } = useTranslation('ledger')
  return (
    <>
      <Notice tone="warning">
        <span suppressHydrationWarning>{t('periods.asked', { name: period.reopenAskedBy, month, reason: period.reopenReason })}</span>
      </Notice>
      {period.isOwnRequest ? <p className="text-sm text-muted">{t('problem.own-request')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {period.isOwnRequest ? null : (
          <SubmitButton look="danger" name="deed" value="reopen">
            <span suppressHydrationWarning>{t('periods.agree', { month })}</span>
          </SubmitButton>
        )}
        <SubmitButton look="secondary" name="deed" value="withdraw">
          {t('periods.withdraw')}
        </SubmitButton>
      </div>
    </>
  )
}
