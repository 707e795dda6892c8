# SPDX-License-Identifier: MIT
"""Which signatures a program has."""
import description
import signatures


def target(compiler):
    found = description.find(compiler.cpu)
    if found is None:
        raise SystemExit(f"no description of {compiler.cpu}")
    return found


def divergence(compiler, the_target, variant, signature):
    """The reason why COMPILER cannot judge SIGNATURE, or None."""
    for d in the_target.DIVERGENCES:
        if d.matches(compiler, the_target.VARIANTS[variant], signature):
            return f"{d.family}: {d.reason}"
    return None


def drawn(the_target, compiler, abi, variant, seed, first, count, max_arguments=40,
          layouts=False):
    """COUNT signatures of SEED from number FIRST on, without those that COMPILER cannot
    judge, and the reasons for these.  LAYOUTS: each has a type of ffi_types.h."""
    generator = signatures.Generator(the_target, abi, the_target.VARIANTS[variant].vectors,
                                     max_arguments, layouts)
    chosen, left_out = [], []
    for index in range(first, first + count):
        signature = generator.signature(seed, index)
        reason = divergence(compiler, the_target, variant, signature)
        if reason is None:
            chosen.append(signature)
        else:
            left_out.append(reason)
    return chosen, left_out
