import type { Challenge } from 'altcha-lib'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * A task that the browser solves by itself while the form is filled in; a form that is sent before waits for it. Nothing is asked of the
 * person. Without scripts the form goes without a proof.
 */
export function ProofOfWork({ task, name = 'proof' }: { task: string; name?: string }) {
  const { t } = useTranslation('common')
  const field = useRef<HTMLInputElement>(null)
  const [isAwaited, setAwaited] = useState(false)
  useEffect(() => {
    const [input, form] = [field.current, field.current?.form]
    if (!input || !form) return
    input.value = ''
    let isOver = false
    const solving = solve(task).then((proof) => {
      if (!isOver) input.value = proof
      isOver = true
    })
    const wait = (event: SubmitEvent) => {
      if (isOver) return
      event.preventDefault()
      event.stopPropagation()
      setAwaited(true)
      const { submitter } = event
      void solving.then(() => {
        setAwaited(false)
        form.requestSubmit(submitter)
      })
    }
    form.addEventListener('submit', wait)
    return () => {
      isOver = true
      form.removeEventListener('submit', wait)
    }
  }, [task])
  return (
    <>
      <input ref={field} type="hidden" name={name} />
      <p role="status" className="text-sm text-muted empty:hidden">
        {isAwaited ? t('proof.working') : null}
      </p>
    </>
  )
}

/** The answer to a task; empty where the browser cannot work on it, which the seller's limit allows for. */
async function solve(task: string): Promise<string> {
  const challenge = JSON.parse(task) as Challenge
  if (!globalThis.crypto?.subtle) return ''
  const { solveChallenge } = await import('altcha-lib')
  const solution = await solveChallenge({ challenge, deriveKey }).catch(() => null)
  return solution ? JSON.stringify({ challenge, solution }) : ''
}

type Parameters = Challenge['parameters']

async function deriveKey({ cost, keyLength }: Parameters, salt: Uint8Array, password: Uint8Array) {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(password), 'PBKDF2', false, ['deriveBits'])
  const rule = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations: cost }
  return { derivedKey: new Uint8Array(await crypto.subtle.deriveBits(rule, key, keyLength * 8)) }
}
