declare module 'qrcode' {
  type Modules = { readonly size: number; readonly data: Uint8Array }
  /** The code of `text`: `data` holds its modules row by row, 1 for a dark one. */
  export function create(text: string, options: { readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): { readonly modules: Modules }
}
