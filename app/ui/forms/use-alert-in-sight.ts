import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/**
 * Brings into sight why a form was refused: the page stays scrolled to the button that sent it, and what is said above would be missed.
 * A wrong field that took the focus is in sight already.
 */
export function useAlertInSight(): void {
  const { state, formMethod } = useNavigation()
  const { pathname } = useLocation()
  const sentFrom = useRef<string>(undefined)
  useEffect(() => {
    if (state !== 'idle') {
      if (formMethod === 'POST') sentFrom.current ??= pathname
      return
    }
    const isSamePage = sentFrom.current === pathname
    sentFrom.current = undefined
    if (!isSamePage || document.activeElement?.matches('[aria-invalid=true]')) return
    const alert = document.querySelector('main [role=alert]')
    const { top, bottom } = alert?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
    if (top < 0 || bottom > innerHeight) alert?.scrollIntoView({ block: 'center' })
  }, [state, formMethod, pathname])
}
