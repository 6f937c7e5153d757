import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useRefreshWhile } from '../base/use-refresh-while.ts'

/** Shows each step of an order as it happens: the server says when to ask. Where it cannot, the page asks now and then. */
export function useOrderEvents(path: string, isMoving: boolean): void {
  const { revalidate } = useRevalidator()
  const latest = useRef(revalidate)
  latest.current = revalidate
  useEffect(() => {
    if (!isMoving) return
    const source = new EventSource(path)
    source.onmessage = () => latest.current()
    return () => source.close()
  }, [path, isMoving])
  useRefreshWhile(isMoving, 15_000)
}
