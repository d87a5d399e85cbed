import type { Calls } from '../call.ts'

/** An e and an accent that goes on top of it. */
const E_ACUTE = 'e\u0301'
/** Three people, joined by two characters that have no width: five scalar values, eight code units. */
const FAMILY = '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}'
const LONG = 'añ日🎉'.repeat(20_000)

/** Calls with characters and texts. */
export const texts: Calls<'nextChar' | 'reverseText' | 'countChars' | 'join' | 'split'> = {
  nextChar: [
    { what: 'of a letter', args: ['a'], gives: { value: 'b' } },
    { what: 'of NUL', args: ['\0'], gives: { value: '\x01' } },
    { what: 'from one byte of UTF-8 to two', args: ['\x7F'], gives: { value: '\x80' } },
    { what: 'from two to three', args: ['\u07FF'], gives: { value: '\u0800' } },
    { what: 'over the surrogates', args: ['\uD7FF'], gives: { value: '\uE000' } },
    { what: 'from three to four', args: ['\uFFFF'], gives: { value: '\u{10000}' } },
    { what: 'the last but one', args: ['\u{10FFFE}'], gives: { value: '\u{10FFFF}' } },
    { what: 'of the last', args: ['\u{10FFFF}'], gives: { value: undefined } },
  ],

  reverseText: [
    { what: 'nothing', args: [''], gives: { value: '' } },
    { what: 'letters', args: ['straße'], gives: { value: 'eßarts' } },
    { what: 'NUL', args: ['a\0b'], gives: { value: 'b\0a' } },
    { what: 'combining characters', args: [`x${E_ACUTE}`], gives: { value: '\u0301ex' } },
    { what: 'pairs of surrogates', args: ['🎉𝄞!'], gives: { value: '!𝄞🎉' } },
    { what: 'a family', args: [`${FAMILY}.`], gives: { value: '.\u{1F467}\u200D\u{1F469}\u200D\u{1F469}' } },
    { what: 'right to left', args: ['שלום'], gives: { value: 'םולש' } },
    { what: 'a lone surrogate is none', args: ['a\uD83Cb'], gives: { value: 'b\uFFFDa' } },
    { what: 'U+FEFF at the end', args: ['bom\uFEFF'], gives: { value: '\uFEFFmob' } },
    { what: 'U+FEFF at the beginning', args: ['\uFEFFbom'], gives: { value: 'mob\uFEFF' } },
    { what: 'a long one', args: [LONG], gives: { value: '🎉日ña'.repeat(20_000) } },
  ],

  countChars: [
    { what: 'none', args: [''], gives: { value: 0 } },
    { what: 'of one byte', args: ['hello'], gives: { value: 5 } },
    { what: 'of one to four bytes', args: ['añ日🎉'], gives: { value: 4 } },
    { what: 'combining characters', args: [E_ACUTE], gives: { value: 2 } },
    { what: 'a family', args: [FAMILY], gives: { value: 5 } },
    { what: 'U+FEFF at the beginning', args: ['\uFEFFbom'], gives: { value: 4 } },
    { what: 'a long text', args: [LONG], gives: { value: 80_000 } },
  ],

  join: [
    { what: 'nothing', args: [[], ', '], gives: { value: '' } },
    { what: 'one', args: [['only'], ', '], gives: { value: 'only' } },
    { what: 'several', args: [['a', 'b', 'c'], ' – '], gives: { value: 'a – b – c' } },
    { what: 'empty ones', args: [['', '', ''], '🎉'], gives: { value: '🎉🎉' } },
    { what: 'with nothing between', args: [['日', '', '本'], ''], gives: { value: '日本' } },
    { what: 'a part that begins with U+FEFF', args: [['a', '\uFEFFb'], '-'], gives: { value: 'a-\uFEFFb' } },
    { what: 'many', args: [Array.from({ length: 5000 }, () => 'ü'), ','], gives: { value: `ü${',ü'.repeat(4999)}` } },
  ],

  split: [
    { what: 'nothing', args: ['', ','], gives: { value: [''] } },
    { what: 'without a separator in it', args: ['one', ','], gives: { value: ['one'] } },
    { what: 'several', args: ['a,b,,c', ','], gives: { value: ['a', 'b', '', 'c'] } },
    { what: 'separators at both ends', args: ['🎉a🎉🎉', '🎉'], gives: { value: ['', 'a', '', ''] } },
    { what: 'separators that overlap', args: ['aaa', 'aa'], gives: { value: ['', 'a'] } },
    { what: 'only the separator', args: ['--', '--'], gives: { value: ['', ''] } },
    { what: 'a longer separator', args: ['a', 'aa'], gives: { value: ['a'] } },
    { what: 'an empty separator', args: ['né', ''], gives: { value: ['né'] } },
    { what: 'before a combining character', args: [`a${E_ACUTE}`, 'e'], gives: { value: ['a', '\u0301'] } },
    { what: 'at NUL', args: ['a\0b', '\0'], gives: { value: ['a', 'b'] } },
    {
      what: 'many',
      args: [',日'.repeat(3000), ','],
      gives: { value: ['', ...Array.from({ length: 3000 }, () => '日')] },
    },
  ],
}
