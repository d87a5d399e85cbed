/** What workers of piscina do in place of a guest. */
export default (letter: string): boolean => letter === letter.toUpperCase()
