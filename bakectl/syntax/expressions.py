"""Expressions: operands, operators by precedence, conditionals."""

from __future__ import annotations

from bakectl.syntax import tokens as kind
from bakectl.syntax.containers import read_call, read_object, read_tuple
from bakectl.syntax.nodes import Bad, Binary, Conditional, Expression, Literal, Parentheses, String, Unary, Variable
from bakectl.syntax.numbers import read_number
from bakectl.syntax.reader import MAX_NESTING, SyntaxFault, TokenReader
from bakectl.syntax.templates import read_template
from bakectl.syntax.traversals import read_traversals

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_KEYWORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class ExpressionParser(TokenReader):
    """Reads expressions from tokens."""

    def expression(self) -> Expression:
        """Read an expression with its operators."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.too_deep()
        left = self.term()
        token = self.peek()
        if token in _PRECEDENCE:
            left = self.operators(left)
            token = self.peek()
        if token == kind.BAD and self.text(self.index)[0] in "&|^":
            self.index += 1
            left = Bad(left.start, self.expression().end)
        elif token == "?":
            left = self.conditional(left)
        self.depth -= 1
        return left

    def operators(self, first: Expression) -> Expression:
        """Read binary operators with their right operands, after the first operand."""
        operands = [first]
        waiting: list[str] = []
        while True:
            token = self.peek()
            precedence = _PRECEDENCE.get(token, 0)
            while waiting and _PRECEDENCE[waiting[-1]] >= precedence:
                right = operands.pop()
                left = operands.pop()
                operands.append(Binary(left.start, right.end, waiting.pop(), left, right))
            if not precedence:
                return operands[0]
            waiting.append(token)
            self.index += 1
            operands.append(self.term())

    def conditional(self, condition: Expression) -> Expression:
        self.index += 1
        then = self.expression()
        if self.peek() != ":":
            raise self.fault_here(
                'the conditional "… ? … : …" lacks its second result', help='add ":" and the result for false'
            )
        self.index += 1
        otherwise = self.expression()
        return Conditional(condition.start, otherwise.end, condition, then, otherwise)

    def term(self) -> Expression:
        """Read an operand with the traversals that follow it."""
        token = self.peek()
        index = self.index
        node: Expression
        if token == kind.STRING:
            self.index = index + 1
            start, end = self.starts[index], self.ends[index]
            node = String(start, end, self.source.text[start + 1 : end - 1])
        elif token == kind.NAME:
            node = self.name()
        elif token == "[":
            node = read_tuple(self)
        elif token in (kind.OPEN_QUOTE, kind.OPEN_HEREDOC):
            node = read_template(self)
        elif token == "{":
            node = read_object(self)
        elif token == kind.NUMBER:
            node = read_number(self)
        elif token == "(":
            node = self.parentheses()
        elif token in ("-", "!"):
            return self.unary(token)
        elif token == kind.BAD:
            return self.bad()
        else:
            raise self.not_an_expression(token)
        token = self.kinds[self.index]
        if token in (".", "[") or (self.ignoring and token == kind.NEWLINE):
            return read_traversals(self, node)
        return node

    def not_an_expression(self, token: str) -> SyntaxFault:
        if token == "." and self.kinds[self.index + 1] == kind.NUMBER:
            return self.fault_here('a number cannot begin with "."', help='write "0." before the digits')
        help = "write the value on this line" if token == kind.NEWLINE else None
        return self.fault_here(f"a value is expected here, {self.found()}", help=help)

    def bad(self) -> Expression:
        """Pass over what the lexer has reported already."""
        start = self.starts[self.index]
        while self.peek() == kind.BAD:
            end = self.ends[self.index]
            self.index += 1
            if self.text(self.index - 1)[0] == "~" and self.peek() != kind.BAD:
                return self.term()
        return Bad(start, end)

    def name(self) -> Expression:
        index = self.index
        self.index = index + 1
        start, end = self.starts[index], self.ends[index]
        name = self.source.text[start:end]
        following = self.peek()
        if following == "(":
            return read_call(self, start, end, name)
        if following == "::":
            return self.namespaced(start, name)
        if name in _KEYWORDS:
            return Literal(start, end, _KEYWORDS[name])
        return Variable(start, end, name)

    def namespaced(self, start: int, name: str) -> Expression:
        """Read `a::b(…)`: official buildx reads it, and then knows no such function."""
        while self.peek() == "::":
            self.index += 1
            if self.peek() != kind.NAME:
                raise self.fault_here('a function\'s name is expected after "::"')
            name += "::" + self.text(self.index)
            end = self.ends[self.index]
            self.index += 1
        if self.peek() != "(":
            raise self.fault_here("an opening parenthesis must follow the name of a function", help='add "("')
        return read_call(self, start, end, name)

    def parentheses(self) -> Expression:
        opening = self.index
        self.index += 1
        outer, self.ignoring = self.ignoring, True
        inner = self.expression()
        if self.peek() != ")":
            raise self.not_closed(opening, ")")
        end = self.ends[self.index]
        self.index += 1
        self.ignoring = outer
        return Parentheses(self.starts[opening], end, inner)

    def unary(self, operator: str) -> Expression:
        start = self.starts[self.index]
        self.index += 1
        self.deepen()
        operand = self.term()
        self.depth -= 1
        return Unary(start, operand.end, operator, operand)
