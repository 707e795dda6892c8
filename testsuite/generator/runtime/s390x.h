/* SPDX-License-Identifier: MIT */
/* What generated programs need of s390x: its static chain, r0.  */

__asm__(".pushsection .text\n"
        ".balign 2\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, %function\n"
        "gen_set_chain:\n"
        "\tlgrl %r0, gen_chain\n"
        "\tlgrl %r1, gen_chain_target\n"
        "\tbr %r1\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, %function\n"
        "gen_get_chain:\n"
        "\tstgrl %r0, gen_chain\n"
        "\tlgrl %r1, gen_chain_target\n"
        "\tbr %r1\n"
        ".size gen_get_chain, .-gen_get_chain\n"
        ".popsection");
