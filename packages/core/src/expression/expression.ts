import type { LogicalType } from '../model/logical-type.ts'
import type { Query } from './query.ts'

/**
 * A scalar SQL expression as a small tree of plain data. Each dialect parses its catalog's text into it and prints it in
 * its own words; an expression that cannot be said in this tree stays text.
 *
 * What the operators and functions mean is written in docs/expressions.md, so that parser and printer need not know each
 * other. In short: NULL in, NULL out; conditions know true, false and unknown; integers divide toward zero; text compares
 * as its column says (TextType.comparison).
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal }
  /** `of`: in a query, the alias of the relation it is a column of. */
  | { readonly kind: 'column'; readonly name: string; readonly of?: string }
  /** `name`: a function of docs/expressions.md; `arguments` in the order documented there. */
  | { readonly kind: 'call'; readonly name: FunctionName; readonly arguments: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean }
  /** `pattern` knows %, _, [abc], [a-z] and [^…]; after the character `escape`, a character means itself. */
  | {
      readonly kind: 'like'
      readonly operand: Expression
      readonly pattern: Expression
      readonly escape: string | null
      readonly negated: boolean
      /** What the source's own pattern means beyond ASCII depends on more than is known. */
      readonly ascii?: true
    }
  /** The first branch whose condition is true; without one `otherwise`, or NULL where that is null. */
  | { readonly kind: 'case'; readonly branches: readonly CaseBranch[]; readonly otherwise: Expression | null }
  /** `style`: how a text writes a date, as numbered in docs/expressions.md; null where none was given. */
  | {
      readonly kind: 'convert'
      readonly operand: Expression
      readonly type: LogicalType
      readonly style: number | null
      /** Only to an integer, which without it drops the fraction: a decimal's half goes away from zero, a float's to the even. */
      readonly rounded?: true
    }
  /** `schema` is null where the text names none: the schema of the table that the expression belongs to. */
  | { readonly kind: 'next-value'; readonly schema: string | null; readonly name: string }
  /** In a query only. `argument` is null where rows are counted; NULLs are left out of all others. */
  | {
      readonly kind: 'aggregate'
      readonly name: AggregateName
      readonly distinct: boolean
      readonly argument: Expression | null
    }
  /** In a query only: whether the query has rows. */
  | { readonly kind: 'exists'; readonly query: Query }
  /** In a query only: whether one of the values of the query's one column is equal. */
  | { readonly kind: 'in'; readonly operand: Expression; readonly query: Query }
  /** In a query only: the one column of the query's one row, NULL where it has none. */
  | { readonly kind: 'subquery'; readonly query: Query }

export type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>

export interface CaseBranch {
  readonly when: Expression
  readonly result: Expression
}

/**
 * 'count' is a 32-bit integer, 'count-big' one of 64 bits. 'sum' has the bits of its values, at least 32; 'sum-big' has 64, and is a decimal
 * of 38 digits where its values have 64. 'average' of integers drops the fraction; 'mean' has as many digits as the source sees fit, so that
 * nothing but what it is rounded to is known of it.
 */
export type AggregateName = 'count' | 'count-big' | 'sum' | 'sum-big' | 'minimum' | 'maximum' | 'average' | 'mean'

export type UnaryOperator = 'not' | '-' | '+' | '~'

export type BinaryOperator = LogicalOperator | ComparisonOperator | ArithmeticOperator

export type LogicalOperator = 'and' | 'or'

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

const COMPARISONS: readonly BinaryOperator[] = ['=', '<>', '<', '<=', '>', '>=']

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return COMPARISONS.includes(operator)
}

export function isEquation(operator: BinaryOperator): operator is '=' | '<>' {
  return operator === '=' || operator === '<>'
}

/** `+` joins texts; `^` is the bitwise exclusive or. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^'

export type Literal =
  | { readonly type: 'null' }
  /** Digits as written, sign excluded. */
  | { readonly type: 'integer'; readonly digits: string }
  | { readonly type: 'decimal'; readonly digits: string }
  /** Digits and exponent as written, for example '1.5e+003'. */
  | { readonly type: 'float'; readonly digits: string }
  | { readonly type: 'text'; readonly text: string; readonly unicode: boolean }
  /** Hexadecimal digits without prefix, an even number of them. */
  | { readonly type: 'binary'; readonly hex: string }

/**
 * Parts of a date and time, which date-add, date-diff and date-part name in a text literal as their first argument.
 * 'week' begins on Sunday and is added or counted only; 'weekday' is 0 on Sunday to 6 on Saturday, and read only.
 */
export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'dayofyear'
  | 'day'
  | 'weekday'
  | 'week'
  | 'iso-week'
  | 'hour'
  | 'minute'
  | 'second'

export type FunctionName =
  | 'abs'
  | 'as-decimal'
  | 'ceiling'
  | 'floor'
  | 'round'
  | 'sign'
  | 'sqrt'
  | 'square'
  | 'coalesce'
  | 'if-null'
  | 'concat'
  | 'byte-length'
  | 'character-count'
  | 'left'
  | 'length'
  | 'lower'
  | 'pattern-position'
  | 'position'
  | 'replace'
  | 'reverse'
  | 'right'
  | 'substring'
  | 'trim'
  | 'trim-left'
  | 'trim-right'
  | 'upper'
  | 'as-timestamp'
  | 'at-utc'
  | 'date-add'
  | 'date-diff'
  | 'date-from-parts'
  | 'date-part'
  | 'date-truncate'
  | 'month-end'
  | 'now'
  | 'now-fine'
  | 'now-offset'
  | 'now-utc'
  | 'now-utc-fine'
  | 'new-uuid'
  | 'new-ascending-uuid'
  | 'application-name'
  | 'current-user'
  | 'database-name'
  | 'session-user'
