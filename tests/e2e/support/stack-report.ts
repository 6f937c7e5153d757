/** What the stack tells the browser tests' global setup. */
export type StackReport =
  | {
      readonly kind: 'ready'
      readonly port: number
      readonly dnsPort: number
      readonly month: string
      readonly folder: string
      readonly database: { readonly url: string; readonly secret: string }
    }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly failures: readonly string[] }
