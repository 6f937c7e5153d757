import { err, ok, type Result } from '../shared/result.ts'
import { isInForce } from './price-rule.ts'

/** A price version applies over `[validFrom, validTo)`; the last one of a book has no end. */
export type VersionSpan = { readonly id: string; readonly validFrom: Date; readonly validTo: Date | null }

export type VersionProblem = 'empty-version' | 'version-overlap' | 'version-gap'

/**
 * The versions of one price book in order of time, when exactly one applies at each instant from the first start on.
 * Refuses a version without duration, two versions at one instant, and an instant without a version.
 */
export function orderVersions<V extends VersionSpan>(versions: readonly V[]): Result<readonly V[], VersionProblem> {
  const ordered = [...versions].sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())
  if (ordered.some((version) => version.validTo !== null && version.validTo.getTime() <= version.validFrom.getTime()))
    return err('empty-version')

  for (const [index, version] of ordered.entries()) {
    const next = ordered[index + 1]
    if (!next) continue
    if (version.validTo === null || version.validTo.getTime() > next.validFrom.getTime()) return err('version-overlap')
    if (version.validTo.getTime() < next.validFrom.getTime()) return err('version-gap')
  }
  return ok(ordered)
}

/** The version in force at `instant`; undefined before the first or after an ended last one. */
export function versionAt<V extends VersionSpan>(versions: readonly V[], instant: Date): V | undefined {
  return versions.find((version) => isInForce(version, instant.getTime()))
}
