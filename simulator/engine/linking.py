"""Linking: a kernel and all rules that it calls, themselves or through others, become one piece of machine code.

Importing this module imports Numba.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from llvmlite.binding import Linkage, create_pass_builder, create_pipeline_tuning_options
from numba.core.codegen import JITCodeLibrary

FEW_PLACES = 2
"""A rule that is called from so few places stands in each of them: a call costs twenty steps or so."""
_CALLED = re.compile(r' call [^@\n]*@"?([\w.]+)')


class KernelLibrary(JITCodeLibrary):
    """A kernel with its rules: nobody else calls them, so that they may be fitted to their callers."""

    _linking_libraries: list[Any]
    is_rule = False

    def close_rule(self) -> None:
        """Let this be a rule: it waits for kernels to link it, and is no machine code by itself."""
        self.is_rule = self._finalized = True
        for other in dict.fromkeys(self._linking_libraries):
            if not _is_rule(other):
                self._reload_init.update(other._reload_init)
                self._final_module.link_in(other._get_module_for_linking(), preserve=True)

    def finalize(self) -> None:
        """Take in the rules, and make machine code of it all."""
        rules = self._rules()
        for rule in rules:
            self._reload_init.update(rule._reload_init)
        if rules:
            self._final_module.link_in(_linked([rule._final_module.clone() for rule in rules]))
        self._linking_libraries = [other for other in self._linking_libraries if not _is_rule(other)]
        super().finalize()

    def _rules(self) -> list[Any]:
        """Every rule that is called from here, or from another one that is."""
        found: dict[Any, None] = {}
        waiting = [self]
        while waiting:
            called = [other for other in waiting.pop()._linking_libraries if _is_rule(other) and other not in found]
            found |= dict.fromkeys(called)
            waiting += called
        return list(found)

    def _optimize_final_module(self) -> None:
        places = Counter(_CALLED.findall(str(self._final_module)))
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = "internal"
                if places[function.name] <= FEW_PLACES:
                    function.add_function_attribute("alwaysinline")
        options = create_pipeline_tuning_options(speed_level=2)
        options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = False
        builder = create_pass_builder(self._codegen._tm, options)
        builder.getModulePassManager().run(self._final_module, builder)


def _is_rule(library: Any) -> bool:
    return isinstance(library, KernelLibrary) and library.is_rule


def _linked(modules: list[Any]) -> Any:
    """All modules in one, of whose functions a kernel takes those that it calls. They are linked two by two: one by
    one, all that is there already would be gone through each time.
    """
    while len(modules) > 1:
        for left, right in zip(modules[::2], modules[1::2], strict=False):
            left.link_in(right)
        modules = modules[::2]
    for function in modules[0].functions:
        if not function.is_declaration and function.linkage == Linkage.external:
            function.linkage = "linkonce_odr"
    return modules[0]
