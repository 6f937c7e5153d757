import { Money } from '#app/ui/money.tsx'

export default function Home() {
  return (
    <main id="main" className="page py-10">
      <h1 className="text-3xl font-semibold">Hello</h1>
      <Money amount={{ minor: -415n, currency: 'EUR' }} />
    </main>
  )
}
