export type WebhookCall = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** Why there is no answer: the address belongs to a private network, nobody answered in time, or the connection failed. */
export type WebhookProblem = 'refused-address' | 'timed-out' | 'unreachable'

/** What the other side said. `answer` is the beginning of its text; a redirect is an answer like any other and not followed. */
export type WebhookAnswer = {
  readonly status: number | null
  readonly problem: WebhookProblem | null
  readonly answer: string
  readonly durationMs: number
}

/** Hands events to endpoints of other people. Never throws for what the other side does or is. */
export interface WebhookSender {
  send(call: WebhookCall): Promise<WebhookAnswer>
}
