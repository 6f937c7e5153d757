import { useFormat } from './use-format.ts'

/** A month `YYYY-MM` in words. */
export function useMonthName(): (month: string) => string {
  const format = useFormat()
  return (month) => format.month(new Date(`${month}-15T12:00:00Z`))
}
