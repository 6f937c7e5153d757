import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OrderQuestion } from '#app/reports/order-progress/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextArea } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Refused = NonNullable<Parameters<typeof useFieldErrors>[0]>
type QuestionsProps = {
  readonly questions: readonly OrderQuestion[]
  readonly mayAnswer: boolean
  readonly answer: Refused | { readonly problem: string } | undefined
}

/** What the seller asked before the order goes on: each with its answer, or the form for it. */
export function Questions({ questions, mayAnswer, answer }: QuestionsProps) {
  const { t } = useTranslation('store')
  if (questions.length === 0) return null
  const refused = answer && 'problem' in answer ? undefined : answer
  return (
    <div className="mt-6 grid gap-4">
      {answer && 'problem' in answer ? <Notice tone="warning">{t('question.closed')}</Notice> : null}
      <Card id="questions" title={t('question.title')} isFlush>
        <ul className="divide-y divide-border border-t border-border">
          {questions.map((question) => (
            <li key={question.id} className="grid gap-3 px-card py-4">
              <Asked question={question} />
              {question.isOpen ? <Open id={question.id} mayAnswer={mayAnswer} refused={refused} /> : null}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

function Asked({ question: { question, askedAt, answer, answeredAt } }: { readonly question: OrderQuestion }) {
  const { t } = useTranslation('store')
  return (
    <>
      <div>
        <p className="font-medium break-words whitespace-pre-line" dir="auto">
          {question}
        </p>
        <p className="mt-1 text-sm text-muted">
          <DateTime instant={askedAt} />
        </p>
      </div>
      {answer && answeredAt ? (
        <div className="border-s-2 border-border ps-3">
          <p className="small-label">{t('question.yours')}</p>
          <p className="mt-1 break-words whitespace-pre-line" dir="auto">
            {answer}
          </p>
          <p className="mt-1 text-sm text-muted">
            <DateTime instant={answeredAt} />
          </p>
        </div>
      ) : null}
    </>
  )
}

type OpenProps = { readonly id: string; readonly mayAnswer: boolean; readonly refused: Refused | undefined }

function Open({ id, mayAnswer, refused }: OpenProps) {
  const { t } = useTranslation('store')
  const { error, typed } = useFieldErrors(refused)
  if (!mayAnswer) return <p className="text-sm text-muted">{t('question.others')}</p>
  return (
    <Form method="post" className="grid gap-4">
      <FormToken />
      <input type="hidden" name="questionId" value={id} />
      <TextArea
        name="answer"
        label={t('question.answer')}
        required
        maxLength={2_000}
        defaultValue={typed('answer')}
        error={error('answer')}
      />
      <div>
        <SubmitButton>{t('question.send')}</SubmitButton>
      </div>
    </Form>
  )
}
