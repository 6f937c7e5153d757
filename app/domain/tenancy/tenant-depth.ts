/** How many levels of resellers there may be below the provider, unless the provider says otherwise. */
export const usualDepthLimit = 5

/** Whether a tenant `depth` levels below the provider (itself 0) may have a reseller of its own. */
export function mayHaveChild(depth: number, depthLimit: number = usualDepthLimit): boolean {
  return depth < depthLimit
}
