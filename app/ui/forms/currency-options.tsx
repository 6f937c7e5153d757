/** The choices of a select of currencies, in the order given. */
export function CurrencyOptions({ codes }: { codes: readonly string[] }) {
  return codes.map((code) => <option key={code}>{code}</option>)
}
