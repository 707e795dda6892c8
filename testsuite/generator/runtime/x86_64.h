/* SPDX-License-Identifier: MIT */
/* What generated programs need of x86-64: its static chain, r10.  */

__asm__(".pushsection .text\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, @function\n"
        "gen_set_chain:\n"
        "\tendbr64\n"
        "\tmovq gen_chain(%rip), %r10\n"
        "\tjmp *gen_chain_target(%rip)\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, @function\n"
        "gen_get_chain:\n"
        "\tendbr64\n"
        "\tmovq %r10, gen_chain(%rip)\n"
        "\tjmp *gen_chain_target(%rip)\n"
        ".size gen_get_chain, .-gen_get_chain\n"
        ".popsection");
