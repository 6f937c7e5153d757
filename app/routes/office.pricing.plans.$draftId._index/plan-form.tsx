import { Form } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { planProblemText } from '#app/i18n/plan-texts.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFilledBefore } from '#app/ui/forms/use-filled-before.ts'
import { useLiveAnswer } from '#app/ui/forms/use-live-answer.ts'
import { FeeRows } from './fee-rows.tsx'
import { PlanPreview } from './plan-preview.tsx'
import { fieldOf, restOf, rowsAt, textAt } from './plan-value.ts'
import type { PreviewData } from './preview-data.server.ts'
import { UsagePrice } from './usage-price.tsx'

type PlanFormProps = { draftId: string; plan: unknown; preview: PreviewData; mayWrite: boolean }

/** The plan as a form beside what it will charge. While one types the server looks at it anew; saving works without scripts. */
export function PlanForm({ draftId, plan, preview, mayWrite }: PlanFormProps) {
  const { t } = useTranslation('pricing')
  const live = useLiveAnswer<PreviewData>()
  const look = () => form.current && live.ask({ path: `/office/pricing/plans/${draftId}/preview`, form: new FormData(form.current) })
  const form = useFilledBefore(look)
  const currency = textAt(plan, 'currency') || 'EUR'
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[3fr_2fr]">
      <Form method="post" id="plan" ref={form} onInput={look} className="grid min-w-0 grid-cols-1 gap-6">
        <FormToken />
        <input type="hidden" name="rest" value={restOf(plan)} />
        <PlanFields plan={plan} problems={preview.problems} />
        {mayWrite ? (
          <div className="flex flex-wrap gap-2">
            <SubmitButton name="intent" value="save">
              {t('plans.save')}
            </SubmitButton>
            <Button name="intent" value="preview" look="secondary">
              {t('plans.look')}
            </Button>
          </div>
        ) : null}
      </Form>
      <Card title={t('plans.preview')} className="min-w-0">
        <div onInput={look}>
          <PlanPreview preview={live.answer ?? preview} currency={currency} />
        </div>
      </Card>
    </div>
  )
}

function PlanFields({ plan, problems }: { plan: unknown; problems: PreviewData['problems'] }) {
  const { t } = useTranslation('pricing')
  const stored = rowsAt(plan, 'usage')
  const [rows, setRows] = useState(stored + 1)
  const error = (name: string) => {
    const problem = problems.find(({ pointer }) => fieldOf(pointer) === name)
    return problem && planProblemText(t, problem)
  }
  return (
    <>
      {textAt(plan, 'kind') === 'rate-card' ? null : (
        <Card title={t('plans.feesTitle')}>
          <FeeRows plan={plan} error={error} />
        </Card>
      )}
      <Card title={t('plans.usage')} aside={t('plans.usageText')}>
        <div className="grid grid-cols-1 gap-4">
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a price is known by its place -- nothing else names it
            <UsagePrice key={row} row={row} isStored={row < stored} plan={plan} at={`usage.${row}`} error={error} />
          ))}
          <div>
            <Button type="button" look="secondary" size="small" onClick={() => setRows(rows + 1)}>
              {t('plans.addPrice')}
            </Button>
          </div>
        </div>
      </Card>
    </>
  )
}
