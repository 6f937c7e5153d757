import { err, ok, type Result } from '../../shared/result.ts'
import { orderVersions, type VersionProblem, type VersionSpan } from '../version.ts'

/** A version as the plan of a book's versions sees it. */
export type StandingVersion = VersionSpan & { readonly number: number; readonly isWithdrawn: boolean }

/** What publishing writes: the version that ends at the start of the new one, none in an empty book, and the new one's number. */
export type VersionStep = { readonly closes: string | null; readonly number: number }

/**
 * How a version beginning at `from` joins the others of its book: it has no end, and the one in force until then ends where
 * it begins. Refuses a start inside a version that has a successor or an end, and a start that leaves nothing of the former
 * version, or an instant without any.
 */
export function planNextVersion(versions: readonly StandingVersion[], from: Date): Result<VersionStep, VersionProblem> {
  const standing = versions.filter((version) => !version.isWithdrawn)
  const last = standing.reduce<StandingVersion | undefined>((a, b) => (a && a.validFrom > b.validFrom ? a : b), undefined)
  const number = nextNumber(versions)
  if (!last) return ok({ closes: null, number })
  if (from < last.validFrom || (last.validTo !== null && from < last.validTo)) return err('version-overlap')

  const closes = last.validTo === null ? last.id : null
  const future = [...standing.map((version) => (version.id === closes ? { ...version, validTo: from } : version)), newVersion(from, null)]
  const ordered = orderVersions(future)
  return ordered.ok ? ok({ closes, number }) : ordered
}

export type CorrectionProblem = VersionProblem | 'version-not-found' | 'version-withdrawn'

/** A corrected version takes exactly the span of the wrong one. Refuses a version that is not there or is withdrawn already. */
export function planCorrection(
  versions: readonly StandingVersion[],
  wrongId: string,
): Result<{ readonly number: number; readonly validFrom: Date; readonly validTo: Date | null }, CorrectionProblem> {
  const wrong = versions.find((version) => version.id === wrongId)
  if (!wrong) return err('version-not-found')
  if (wrong.isWithdrawn) return err('version-withdrawn')
  const others = versions.filter((version) => !version.isWithdrawn && version.id !== wrongId)
  const ordered = orderVersions([...others, newVersion(wrong.validFrom, wrong.validTo)])
  return ordered.ok ? ok({ number: nextNumber(versions), validFrom: wrong.validFrom, validTo: wrong.validTo }) : ordered
}

function newVersion(validFrom: Date, validTo: Date | null): VersionSpan {
  return { id: 'new', validFrom, validTo }
}

function nextNumber(versions: readonly StandingVersion[]): number {
  return versions.reduce((most, version) => Math.max(most, version.number), 0) + 1
}
