/** A private image of a buyer's, as far as new servers ask for it. */
export type OwnImage = {
  readonly id: string
  readonly name: string
  /** Where it is, which is where servers can begin from it. */
  readonly zone: string
  /** What it takes on a disk; null where the cloud did not tell. */
  readonly sizeGib: number | null
}

/** Whether a server with such a disk in such a place can begin from the image. What the cloud did not measure, it decides itself. */
export function isImageFit({ zone, sizeGib }: OwnImage, server: { readonly zone: string; readonly diskGib: number }): boolean {
  return zone === server.zone && (sizeGib ?? 0) <= server.diskGib
}
