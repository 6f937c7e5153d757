import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../base/notice.tsx'
import { FormToken } from './form-token.tsx'
import { useFieldErrors } from './use-field-errors.ts'

type Answer =
  | { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>>; readonly problem?: string }
  | undefined

type DeedFormProps = { deed: string; formKey: string; children: ReactNode; className?: string; fields?: Readonly<Record<string, string>> }

/** A form for one deed in a cloud; `formKey` has it carried out once, however often it is sent. */
export function DeedForm({ deed, formKey, children, className, fields = {} }: DeedFormProps) {
  return (
    <Form method="post" action={`?deed=${deed}`} className={className}>
      <FormToken />
      <input type="hidden" name="formKey" value={formKey} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </Form>
  )
}

/** What a refusal of a cloud, or of what was asked of one, is in words. */
function useCloudProblem() {
  const { t, i18n } = useTranslation('cloud')
  return (code: string) => (i18n.exists(`cloud:problem.${code}`) ? t(`problem.${code}` as 'problem.refused') : t('problem.refused'))
}

/** What a refused deed says at each field, and what was typed. */
export function useDeedErrors(answer: Answer) {
  const { i18n } = useTranslation('cloud')
  const { error, typed } = useFieldErrors(answer)
  const problem = useCloudProblem()
  return {
    typed,
    error: (name: string) => {
      const code = answer?.fields?.[name]
      return code && i18n.exists(`cloud:problem.${code}`) ? problem(code) : error(name)
    },
  }
}

/** Why a deed was refused as a whole, or why the cloud did not do what was asked last. */
export function DeedNotice({ answer, last = null }: { answer: Answer; last?: string | null }) {
  const { t } = useTranslation('cloud')
  const problem = useCloudProblem()
  if (answer?.problem) {
    return (
      <div className="mb-6">
        <Notice tone="critical" title={t('refused')}>
          {problem(answer.problem)}
        </Notice>
      </div>
    )
  }
  return last && !answer ? (
    <div className="mb-6">
      <Notice tone="warning" title={t('lastFailed')}>
        {problem(last)}
      </Notice>
    </div>
  ) : null
}
