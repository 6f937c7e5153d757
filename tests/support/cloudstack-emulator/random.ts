/** A number in [0, 1) that follows from the seed and its label alone, so that the order of asking changes nothing. */
export type Random = (label: string) => number

export function randomOf(seed: number): Random {
  return (label) => {
    let state = 1_779_033_703 ^ seed ^ label.length
    for (let index = 0; index < label.length; index += 1) {
      state = Math.imul(state ^ label.charCodeAt(index), 3_432_918_353)
      state = (state << 13) | (state >>> 19)
    }
    state = Math.imul(state ^ (state >>> 16), 2_246_822_507)
    state = Math.imul(state ^ (state >>> 13), 3_266_489_909)
    return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32
  }
}
