import { usePage } from '../base/page-context.tsx'

/** Goes into every form that changes something: proves the form came from one of our pages. */
export function FormToken() {
  return <input type="hidden" name="formToken" value={usePage().formToken} />
}
