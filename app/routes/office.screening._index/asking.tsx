import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AskedQuestion } from '#app/reports/screening/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { TextArea } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

/** What the buyer of an order was asked, and answered. */
export function Asked({ questions }: { questions: readonly AskedQuestion[] }) {
  const { t } = useTranslation('screening')
  if (questions.length === 0) return null
  return (
    <section aria-label={t('ask.title')}>
      <h3 className="text-sm font-semibold">{t('ask.title')}</h3>
      <ul className="mt-3 grid gap-4 text-sm">
        {questions.map(({ id, question, askedBy, askedAt, answer, answeredBy, answeredAt }) => (
          <li key={id} className="grid gap-2">
            <div>
              <p className="break-words whitespace-pre-line" dir="auto">
                {question}
              </p>
              <p className="text-muted">
                <DateTime instant={askedAt} /> · {askedBy}
              </p>
            </div>
            {answeredAt ? (
              <div className="border-s-2 border-border ps-3">
                <p className="font-medium break-words whitespace-pre-line" dir="auto">
                  {answer}
                </p>
                <p className="text-muted">
                  <DateTime instant={answeredAt} /> · {answeredBy}
                </p>
              </div>
            ) : (
              <p className="text-muted">{t('ask.noAnswer')}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A question to the buyer, while the order goes on waiting. */
export function AskBack({ orderId, answer }: { orderId: string; answer: Parameters<typeof useFieldErrors>[0] }) {
  const { t } = useTranslation('screening')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Form method="post" className="grid gap-4 border-t border-border pt-5 sm:max-w-xl">
      <FormToken />
      <input type="hidden" name="orderId" value={orderId} />
      <TextArea
        name="question"
        label={t('ask.question')}
        help={t('ask.help')}
        required
        maxLength={1_000}
        defaultValue={typed('question')}
        error={error('question')}
      />
      <div>
        <SubmitButton look="secondary" name="intent" value="ask">
          {t('ask.send')}
        </SubmitButton>
      </div>
    </Form>
  )
}
