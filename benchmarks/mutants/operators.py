"""The ways in which a rule is broken, one at a time.

Words for people and names are left alone: a text that nobody compares decides nothing.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType

Replacements = Callable[[ast.AST], Iterator[ast.AST]]

_ORDER: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_OPPOSITES: Mapping[str, str] = {"min": "max", "max": "min", "any": "all", "all": "any"}
_LEAVES = (ast.Return, ast.Raise, ast.Continue)
_DECIDED = (ast.Compare, ast.BoolOp, ast.UnaryOp)


@dataclass(frozen=True)
class Mutant:
    """`scope` is the function of a module or class that holds it; None where it counts at import.

    `name` is the same as long as the broken place is written as it is.
    """

    name: str
    line: int
    scope: str | None
    code: CodeType


@dataclass(frozen=True)
class _Place:
    """A node, what holds it, and whether it is part of an annotation, where numbers alone count."""

    node: ast.AST
    scope: str | None
    in_annotation: bool
    put: Callable[[ast.AST], None]


def mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every mutant of the module, in the order of its lines."""
    tree = ast.parse(text)
    closed = {one.co_qualname: one.co_freevars for one in inside(compile(tree, path, "exec"))}
    seen: dict[str, int] = {}
    for place in _places(tree, None, False):
        for new in _replacements(place):
            name = f"{place.scope or 'module'}: {_short(place.node)} -> {_short(new)}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name = f"{name} #{seen[name]}"
            place.put(ast.fix_missing_locations(ast.copy_location(new, place.node)))
            code = compile(tree, path, "exec")
            place.put(place.node)
            scope = place.scope
            # A function keeps what it closes over, so that another code with less does not fit it.
            if any(closed.get(one.co_qualname) != one.co_freevars for one in inside(code)):
                scope = None
            yield Mutant(name, getattr(place.node, "lineno", 0), scope, code)


def inside(code: CodeType) -> Iterator[CodeType]:
    """Every code within this one."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from inside(one)


def _places(node: ast.AST, scope: str | None, in_annotation: bool) -> Iterator[_Place]:
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "returns"):
            continue
        if field == "annotation" and isinstance(node, ast.arg):
            continue
        inside = _scope(node, field, scope)
        marked = in_annotation or field == "annotation"
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for at, child in children:
            if isinstance(child, ast.AST):
                yield _Place(child, inside, marked, _putter(node, field, at))
                if not isinstance(child, ast.JoinedStr | ast.Raise):
                    yield from _places(child, inside, marked)


def _scope(node: ast.AST, field: str, outer: str | None) -> str | None:
    """Of a function its body is in it; what it was given with it counts at import."""
    if isinstance(node, ast.ClassDef):
        return f"{node.name}."
    is_outermost = outer is None or outer.endswith(".")
    if isinstance(node, ast.FunctionDef) and is_outermost and field == "body":
        return f"{outer or ''}{node.name}"
    return outer


def _putter(parent: ast.AST, field: str, at: int | None) -> Callable[[ast.AST], None]:
    def put(node: ast.AST) -> None:
        if at is None:
            setattr(parent, field, node)
        else:
            getattr(parent, field)[at] = node

    return put


def _replacements(place: _Place) -> Iterator[ast.AST]:
    if place.in_annotation:
        yield from _constant(place.node)
        return
    for kind in _KINDS:
        yield from kind(place.node)


def _comparison(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in _ORDER[type(op)]:
                ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


def _logic(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def _condition(node: ast.AST) -> Iterator[ast.AST]:
    """What is asked, the other way round, where no comparison in it is turned anyway."""
    if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, _DECIDED):
        turned = ast.UnaryOp(ast.Not(), node.test)
        if isinstance(node, ast.If):
            yield ast.If(turned, node.body, node.orelse)
        else:
            yield ast.IfExp(turned, node.body, node.orelse)
    if isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            rest = [*node.ifs[:at], *node.ifs[at + 1 :]]
            yield ast.comprehension(node.target, node.iter, rest, node.is_async)


def _guard(node: ast.AST) -> Iterator[ast.AST]:
    """Without it what comes behind is reached."""
    if isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], _LEAVES):
        yield ast.Pass()
    if isinstance(node, ast.Raise | ast.Continue | ast.AugAssign):
        yield ast.Pass()
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield ast.Pass()


def _answer(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Return) or node.value is None:
        return
    if not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))


def _constant(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        other = _OPPOSITES.get(node.func.id)
        if other is not None:
            yield ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)


_KINDS: tuple[Replacements, ...] = (
    _comparison,
    _logic,
    _condition,
    _guard,
    _answer,
    _constant,
    _arithmetic,
)


def _short(node: ast.AST) -> str:
    """As it is written, on one line."""
    if isinstance(node, ast.comprehension):
        return " ".join(["for", *(f"if {ast.unparse(one)}" for one in node.ifs)])
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split())[:90]
