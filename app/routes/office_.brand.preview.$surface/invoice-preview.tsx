/** The sample invoice as paper: the page as the typesetter draws it. */
export function InvoicePreview({ search }: { search: string }) {
  return (
    <main id="main" className="flex min-h-dvh justify-center bg-soft p-4 sm:p-8">
      <img
        src={`/office/brand/preview/invoice.svg${search}`}
        alt=""
        width={595}
        height={842}
        className="h-auto w-full max-w-[50rem] self-start border border-border bg-[white] shadow-float"
      />
    </main>
  )
}
