/** Who acts: a person through a membership, or the system on a schedule. Both ids stand on every audit row under masquerade. */
export type Actor =
  | { readonly kind: 'system'; readonly name: string }
  | {
      readonly kind: 'user'
      readonly userId: string
      readonly membershipId?: string
      readonly onBehalfOf?: string
      readonly apiKeyId?: string
    }

/** The author of automatic actions; `name` says which job or command. */
export function systemActor(name: string): Actor {
  return { kind: 'system', name }
}

/** The one text that a row keeps of who made it: a user's id, or the name of the job. */
export function actorName(actor: Actor): string {
  return actor.kind === 'user' ? actor.userId : actor.name
}
