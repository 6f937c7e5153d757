import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/** Asks the server again every `everyMs` while something moves; one question at a time. */
export function useRefreshWhile(isMoving: boolean, everyMs = 2_000): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isMoving || state !== 'idle') return
    const timer = setTimeout(revalidate, everyMs)
    return () => clearTimeout(timer)
  }, [isMoving, state, revalidate, everyMs])
}
