import { useLocation, useSubmit } from '@remix-run/react'
import type { FormChange } from '#app/ui/forms/use-filled-before.ts'

const deciding = /^(plan|count)-|^location$/

/** Asks for the quote of the new choice; the address holds it, without the key that was typed. */
export function useAppRefresh() {
  const submit = useSubmit()
  const { pathname } = useLocation()
  return ({ target, currentTarget }: FormChange) => {
    if (!(target instanceof HTMLInputElement) || !deciding.test(target.name)) return
    const fields = [...new FormData(currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' && name !== 'sshKey' && name !== 'app' ? [[name, value]] : [],
    )
    submit(new URLSearchParams(fields), { method: 'get', action: pathname, replace: true, preventScrollReset: true })
  }
}
