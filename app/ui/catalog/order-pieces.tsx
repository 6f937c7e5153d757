type Piece = { readonly product: string; readonly name: string }

/** What an order holds: each product once, with how many of it there are and what its buyer called them. */
export function OrderPieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  const products = [...new Set(pieces.map(({ product }) => product))]
  return (
    <ul>
      {products.map((product) => {
        const alike = pieces.filter((piece) => piece.product === product)
        const names = alike.flatMap(({ name }) => (name === '' ? [] : [name]))
        return (
          <li key={product}>
            {alike.length > 1 ? <span className="tabular">{alike.length} × </span> : null}
            <bdi>{product}</bdi>
            {names.length > 0 ? (
              <>
                : <bdi dir="ltr">{names.join(', ')}</bdi>
              </>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
