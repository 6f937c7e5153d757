import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Notice } from '../base/notice.tsx'
import { TextInput } from './field.tsx'
import { FormToken } from './form-token.tsx'
import { SubmitButton } from './submit-button.tsx'

type ReasonFormProps = {
  lead: ReactNode
  reason: { readonly label: string; readonly error: string | undefined; readonly typed: string | undefined }
  /** What went wrong with the deed itself. */
  problem?: string | undefined
  back: { readonly to: string; readonly label: string }
  submit: string
  children?: ReactNode
}

/** A deed that is not undone: what it does, a reason for the log, and the way back. */
export function ReasonForm({ lead, reason, problem, back, submit, children }: ReasonFormProps) {
  return (
    <Card className="max-w-2xl">
      <Form method="post" className="flex flex-col gap-5">
        <FormToken />
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <p className="text-sm">{lead}</p>
        {children}
        <TextInput name="reason" label={reason.label} required maxLength={200} defaultValue={reason.typed} error={reason.error} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton look="danger">{submit}</SubmitButton>
          <ButtonLink to={back.to} look="quiet">
            {back.label}
          </ButtonLink>
        </div>
      </Form>
    </Card>
  )
}
