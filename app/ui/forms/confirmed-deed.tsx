import type { ReactNode } from 'react'
import { DeedForm } from './deed-form.tsx'
import { SubmitButton } from './submit-button.tsx'

type ConfirmedDeedProps = {
  deed: string
  formKey: string
  fields?: Readonly<Record<string, string>>
  label: string
  /** What is lost by it. */
  text: ReactNode
}

/** A deed in a row that cannot be undone: its button is behind what it does. */
export function ConfirmedDeed({ deed, formKey, fields = {}, label, text }: ConfirmedDeedProps) {
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-tag text-accent underline decoration-accent/40 underline-offset-4">{label}</summary>
      <DeedForm deed={deed} formKey={formKey} fields={fields} className="mt-2 grid max-w-xs gap-2 whitespace-normal">
        <p className="text-muted">{text}</p>
        <div>
          <SubmitButton look="danger" size="small">
            {label}
          </SubmitButton>
        </div>
      </DeedForm>
    </details>
  )
}
