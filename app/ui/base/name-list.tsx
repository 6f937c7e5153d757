import { Fragment } from 'react'

/** Names one after the other, each in its own direction. */
export function NameList({ names }: { names: readonly string[] }) {
  return (
    <>
      {names.map((name, at) => (
        <Fragment key={name}>
          {at > 0 ? ' · ' : null}
          <bdi>{name}</bdi>
        </Fragment>
      ))}
    </>
  )
}
