"""Wide instructions by name, for the two kernels whose speed is the point: what a compiler made of plain loops took ten times as long.

Needs Numba (the extra ``fast``), which keeps compiled kernels until the file they stand in changes: after a change here, touch ``filling.py`` and
``tallying.py``. A kernel writes its arithmetic with `Wide`; LLVM turns it into whatever the processor has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir

#: Additions may be joined with multiplications, and nothing else: sums keep their order.
JOINED = ("contract",)
#: Sums may be put in another order, and a division be a multiplication with the inverse: right to a few last places.
LOOSE = ("fast",)


class Wide:
    """So many neighbours in memory at once. ``exactly`` is what the compiler may do with the arithmetic."""

    def __init__(self, builder: Any, element: Any, width: int, exactly: tuple[str, ...]) -> None:
        self.builder, self.width, self.flags = builder, width, exactly
        self.element, self.vector = element, ir.VectorType(element, width)
        self.size = 8 if isinstance(element, ir.DoubleType) else 4

    def place(self, number: Any) -> Any:
        """A number that is known now, as one that is known when it runs."""
        return ir.Constant(ir.IntType(64), number) if isinstance(number, int) else number

    def sum_of(self, *numbers: Any) -> Any:
        """Places added up."""
        total = self.place(numbers[0])
        for number in numbers[1:]:
            total = self.builder.add(total, self.place(number))
        return total

    def times_place(self, number: Any, by: Any) -> Any:
        """A place multiplied."""
        return self.builder.mul(self.place(number), self.place(by))

    def load(self, pointer: Any, at: Any) -> Any:
        """The neighbours from ``at`` on."""
        where = self.builder.gep(pointer, [self.place(at)])
        return self.builder.load(self.builder.bitcast(where, self.vector.as_pointer()), align=self.size)

    def spread(self, pointer: Any, at: Any) -> Any:
        """The one number at ``at``, in every place."""
        number = self.builder.load(self.builder.gep(pointer, [self.place(at)]))
        nothing = ir.Constant(self.vector, ir.Undefined)
        first = self.builder.insert_element(nothing, number, ir.IntType(32)(0))
        everywhere = ir.Constant(ir.VectorType(ir.IntType(32), self.width), [0] * self.width)
        return self.builder.shuffle_vector(first, nothing, everywhere)

    def store(self, value: Any, pointer: Any, at: Any, *, past_the_cache: bool = False) -> None:
        """Write the neighbours. ``past_the_cache`` only where their address is a multiple of their size: nothing is read back first."""
        where = self.builder.gep(pointer, [self.place(at)])
        align = self.size * self.width if past_the_cache else self.size
        stored = self.builder.store(value, self.builder.bitcast(where, value.type.as_pointer()), align=align)
        if past_the_cache:
            hint = self.builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
            stored.set_metadata("nontemporal", hint)

    def constant(self, number: float) -> Any:
        """The same number in every place."""
        return ir.Constant(self.vector, [number] * self.width)

    def plus(self, a: Any, b: Any) -> Any:
        """``a + b``"""
        return self.builder.fadd(a, b, flags=self.flags)

    def minus(self, a: Any, b: Any) -> Any:
        """``a - b``"""
        return self.builder.fsub(a, b, flags=self.flags)

    def times(self, a: Any, b: Any) -> Any:
        """``a * b``"""
        return self.builder.fmul(a, b, flags=self.flags)

    def over(self, a: Any, b: Any) -> Any:
        """``a / b``"""
        return self.builder.fdiv(a, b, flags=self.flags)

    def lower(self, a: Any, b: Any) -> Any:
        """The lower of two."""
        return self.builder.select(self.builder.fcmp_ordered("<", a, b), a, b)

    def higher(self, a: Any, b: Any) -> Any:
        """The higher of two."""
        return self.builder.select(self.builder.fcmp_ordered(">", a, b), a, b)

    def whole(self, a: Any) -> Any:
        """Whole numbers, towards zero."""
        return self.builder.fptosi(a, ir.VectorType(ir.IntType(32), self.width))

    def products(self, left: Sequence[Any], right: Callable[[int], Any], total: Any = None) -> Any:
        """``total`` plus each of ``left`` times ``right(its place)``."""
        for number, value in enumerate(left):
            product = self.times(value, right(number))
            total = product if total is None else self.plus(product, total)
        return total
