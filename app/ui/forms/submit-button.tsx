import { useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, type ButtonLook } from '../base/button.tsx'

type SubmitButtonProps = {
  children: ReactNode
  look?: ButtonLook
  size?: 'medium' | 'small'
  name?: string
  value?: string
  className?: string
  /** Sends the form as it stands, complete or not. */
  formNoValidate?: boolean
}

/** Sends its form once: busy and closed while the answer is on its way. */
export function SubmitButton({ children, name, value, ...rest }: SubmitButtonProps) {
  const navigation = useNavigation()
  const isSending = navigation.state === 'submitting' && (!name || navigation.formData?.get(name) === value)
  return (
    <Button name={name} value={value} disabled={isSending} aria-busy={isSending || undefined} {...rest}>
      {children}
    </Button>
  )
}
