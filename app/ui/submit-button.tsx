import { useFetchers, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, type ButtonLook } from './button.tsx'

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

/**
 * Sends its form once: busy and closed while the answer is on its way. Closed as well while figures that follow what is typed are: an answer
 * to those that comes while the page changes would leave the next page empty.
 */
export function SubmitButton({ children, name, value, ...rest }: SubmitButtonProps) {
  const navigation = useNavigation()
  const isSending = navigation.state === 'submitting' && (!name || navigation.formData?.get(name) === value)
  const isFollowed = useFetchers().some(({ state, formMethod }) => state !== 'idle' && formMethod === 'POST')
  return (
    <Button name={name} value={value} disabled={isSending || isFollowed} aria-busy={isSending || undefined} {...rest}>
      {children}
    </Button>
  )
}
