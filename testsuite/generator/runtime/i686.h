/* SPDX-License-Identifier: MIT */
/* What generated programs need of i386: the static chain of cdecl and stdcall, ecx.
   Data is addressed from a label, as everything in a position-independent program.  */

__asm__(".pushsection .text\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, @function\n"
        "gen_set_chain:\n"
        "\tcall 1f\n"
        "1:\tpopl %ecx\n"
        "\tpushl gen_chain_target - 1b(%ecx)\n"
        "\tmovl gen_chain - 1b(%ecx), %ecx\n"
        "\tret\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, @function\n"
        "gen_get_chain:\n"
        "\tcall 1f\n"
        "1:\tpopl %eax\n"
        "\tmovl %ecx, gen_chain - 1b(%eax)\n"
        "\tjmp *gen_chain_target - 1b(%eax)\n"
        ".size gen_get_chain, .-gen_get_chain\n"
        ".popsection");
