import type { Calls } from '../call.ts'

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1)

/** Calls in which the guest calls the host; see `toolbox-host.ts` for what that answers. */
export const imports: Calls<'chorus' | 'lookUpAll'> = {
  chorus: [
    { what: 'of nobody', args: [0], gives: { value: 0 } },
    {
      what: 'of three',
      args: [3],
      gives: { value: 12 },
      lines: ['debug: twice 1 is 2', 'debug: twice 2 is 4', 'debug: twice 3 is 6'],
    },
    {
      what: 'of 500',
      args: [500],
      gives: { value: 250_500 },
      lines: upTo(500).map((i) => `debug: twice ${i} is ${2 * i}`),
    },
  ],

  lookUpAll: [
    { what: 'nothing', args: [[]], gives: { value: [] } },
    { what: 'what there is', args: [['ключ', '', 'a\0b']], gives: { value: ['<ключ>', '<>', '<a\0b>'] } },
    {
      what: 'what is missing',
      args: [['missing', 'missing:b', 'missing ']],
      gives: { value: ['-', '-', '<missing >'] },
    },
    {
      what: 'what is denied',
      args: [['denied:not 🎉', 'x', 'denied:']],
      gives: { value: ['!not 🎉', '<x>', '!'] },
      lines: ['warn: denied: denied:not 🎉', 'warn: denied: denied:'],
    },
    { what: 'many', args: [upTo(2000).map((i) => `日${i}`)], gives: { value: upTo(2000).map((i) => `<日${i}>`) } },
  ],
}
