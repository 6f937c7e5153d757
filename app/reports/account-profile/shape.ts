/** The panel's account page. */
export type AccountProfile = {
  readonly publicId: string
  readonly name: string
  readonly kind: 'personal' | 'business' | 'enterprise' | 'department'
  readonly email: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  readonly vatIdStatus: 'none' | 'valid' | 'invalid' | 'pending'
  readonly customerSince: Date
  readonly departments: readonly { readonly id: string; readonly name: string }[]
  readonly members: readonly { readonly id: string; readonly name: string; readonly email: string; readonly profile: string }[]
}
