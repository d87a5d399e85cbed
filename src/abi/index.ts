export * from './despecialize.ts'
export * from './flatten.ts'
export * from './layout.ts'
export * from './spans.ts'
