/**
 * A scalar SQL expression as a small tree. Each dialect parses its catalog's text into it and prints it in its own words;
 * an expression that cannot be said in this tree stays text.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'column'; readonly name: string }
  /** `name`: a function of docs/expressions.md, in lower case; `arguments` in the order documented there. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-' | '+' | '~'; readonly operand: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean }

export type BinaryOperator =
  | 'and'
  | 'or'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '&'
  | '|'
  | '^'

export type Literal =
  | { readonly type: 'null' }
  /** Digits as written, sign excluded. */
  | { readonly type: 'integer'; readonly digits: string }
  | { readonly type: 'decimal'; readonly digits: string }
  | { readonly type: 'float'; readonly digits: string }
  | { readonly type: 'text'; readonly text: string; readonly unicode: boolean }
  /** Hexadecimal digits without prefix. */
  | { readonly type: 'binary'; readonly hex: string }
