/** The types of `test:toolbox/compute`. */

export class Point {
  constructor(
    readonly x: f64,
    readonly y: f64,
  ) {}
}

export class Sample {
  constructor(
    readonly id: u32,
    readonly weight: f64,
    readonly label: string,
    readonly note: string | null,
  ) {}
}

export enum Kind {
  Light,
  Regular,
  Heavy,
}

/** Flags. */
export namespace Marks {
  export const NEGATIVE: u8 = 1
  export const ZERO: u8 = 2
  export const EVEN: u8 = 4
  export const HUGE: u8 = 8
}

/** Cases of the variant `failure`. */
export enum FailureCase {
  Empty,
  BadSample,
  Unusable,
}

export class Failure {
  private constructor(
    readonly tag: FailureCase,
    readonly sample: u32,
    readonly reason: string,
  ) {}

  static empty(): Failure {
    return new Failure(FailureCase.Empty, 0, '')
  }
  static badSample(id: u32): Failure {
    return new Failure(FailureCase.BadSample, id, '')
  }
  static unusable(reason: string): Failure {
    return new Failure(FailureCase.Unusable, 0, reason)
  }
}

/** Either a value or an error; AssemblyScript has no exceptions that can be caught. */
export class Result<T, E> {
  private constructor(
    /** Defined where there is no error. */
    readonly value: T,
    readonly error: E | null,
  ) {}

  static ok<T, E>(value: T): Result<T, E> {
    return new Result<T, E>(value, null)
  }
  /** `none` stands where the value would be. */
  static err<T, E>(error: E, none: T): Result<T, E> {
    return new Result<T, E>(none, error)
  }
}

export abstract class Shape {
  abstract area(): Result<f64, string>
}

export class Dot extends Shape {
  area(): Result<f64, string> {
    return Result.ok<f64, string>(0)
  }
}

export class Circle extends Shape {
  constructor(readonly radius: f64) {
    super()
  }
  area(): Result<f64, string> {
    if (this.radius < 0) return Result.err<f64, string>('negative radius', NaN)
    return Result.ok<f64, string>(Math.PI * (this.radius * this.radius))
  }
}

export class Polygon extends Shape {
  constructor(readonly corners: Point[]) {
    super()
  }
  area(): Result<f64, string> {
    const count = this.corners.length
    if (count < 3) return Result.err<f64, string>('a polygon has at least 3 corners', NaN)
    let twice: f64 = 0
    for (let i = 0; i < count; i++) {
      const from = this.corners[i]
      const to = this.corners[(i + 1) % count]
      twice += from.x * to.y - to.x * from.y
    }
    return Result.ok<f64, string>(Math.abs(twice) / 2)
  }
}

export class Named extends Shape {
  constructor(readonly name: string) {
    super()
  }
  area(): Result<f64, string> {
    if (this.name == 'unit-square') return Result.ok<f64, string>(1)
    return Result.err<f64, string>('unknown shape: ' + this.name, NaN)
  }
}
