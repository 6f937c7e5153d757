import { useEffect, useState } from 'react'
import { decode } from 'turbo-stream'
import { textFieldsOf } from './text-fields.ts'

/** After a key, before it is asked about. */
const pauseMs = 300

type Question = { readonly path: string; readonly form?: FormData; readonly pauseMs?: number }
type Told<Answer> = { readonly to: string; readonly answer: Answer }

/**
 * What the server says to a form while it is filled in; undefined until the first answer. The newest question counts, those before it are
 * dropped, and one that fails leaves the last answer standing. It goes past the router: an answer of the router's would be loaded into
 * the page that is open when it comes, which may be the next one by then (decision 154). Answers to another `subject` are forgotten.
 */
export function useLiveAnswer<Answer>(subject = ''): { answer: Answer | undefined; ask: (question: Question) => void } {
  const [told, setTold] = useState<Told<Answer>>()
  const [questions] = useState(newestOnly)
  useEffect(() => questions.drop, [questions])
  const ask = (question: Question) =>
    questions.replace(question.pauseMs ?? pauseMs, async (signal) => {
      const answer = await answerTo<Answer>(question, signal)
      if (answer !== undefined && !signal.aborted) setTold({ to: subject, answer })
    })
  return { answer: told?.to === subject ? told.answer : undefined, ask }
}

/** Work of which only the newest counts: what waits or is under way is dropped for it. */
function newestOnly() {
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay: AbortController | undefined
  const drop = () => {
    clearTimeout(timer)
    underWay?.abort()
  }
  const replace = (waitMs: number, work: (signal: AbortSignal) => void) => {
    drop()
    const own = new AbortController()
    underWay = own
    timer = setTimeout(() => work(own.signal), waitMs)
  }
  return { drop, replace }
}

async function answerTo<Answer>({ path, form }: Question, signal: AbortSignal): Promise<Answer | undefined> {
  try {
    const response = await fetch(path, form ? { method: 'POST', body: new URLSearchParams(textFieldsOf(form)), signal } : { signal })
    if (!response.ok || !response.body) return undefined
    const { value, done } = await decode(response.body)
    await done
    return value as Answer
  } catch {
    // Dropped, or the way to the server is interrupted: the form can still be sent, and says then what is wrong.
    return undefined
  }
}
