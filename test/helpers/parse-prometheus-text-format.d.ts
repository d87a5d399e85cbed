/** What the parser gives, in the parts that the tests look at: all values are texts. */
declare module 'parse-prometheus-text-format' {
  interface Metric {
    readonly labels?: Readonly<Record<string, string>>
    readonly value?: string
  }
  interface Family {
    readonly name: string
    readonly type: string
    readonly help: string
    readonly metrics: readonly Metric[]
  }
  export default function parse(text: string): readonly Family[]
}
