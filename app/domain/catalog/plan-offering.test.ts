import { expect, test } from 'vitest'
import { imagesAsTyped, PlanPlaces, placesAsTyped } from './plan-offering.ts'

const read = (locations: string, images = 'debian-12, Debian 12, linux') => {
  const parsed = PlanPlaces.safeParse({ locations, images })
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message)
}

test('places and images are a line each, and read back as they were written', () => {
  const typed = {
    locations: 'fra1, Frankfurt, DE\nvie1, Wien, AT',
    images: 'debian-12, Debian 12, linux\nwin-2025, Windows Server, windows',
  }
  const { locations, images } = PlanPlaces.parse({ ...typed, locations: `\r\n ${typed.locations} \n\n` })
  expect(locations).toEqual([
    { code: 'fra1', city: 'Frankfurt', country: 'DE' },
    { code: 'vie1', city: 'Wien', country: 'AT' },
  ])
  expect({ locations: placesAsTyped(locations), images: imagesAsTyped(images) }).toEqual(typed)
})

test.each([
  ['', 'nothing'],
  ['fra1, Frankfurt', 'a place without a country'],
  ['fra1, Frankfurt, Germany', 'a country that is no code'],
  ['FRA 1, Frankfurt, DE', 'a code with a space'],
  ['fra1, Frankfurt, DE\nfra1, Offenbach, DE', 'a place twice'],
  ['fra1, Frankfurt, DE, more', 'more than three parts'],
])('%j is refused: %s', (locations) => {
  expect(read(locations)).toEqual(['places'])
})

test('an image has a family that is known', () => {
  expect(read('fra1, Frankfurt, DE', 'bsd, FreeBSD, unix')).toEqual(['images'])
})
