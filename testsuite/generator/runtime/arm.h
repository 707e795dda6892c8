/* SPDX-License-Identifier: MIT */
/* What generated programs need of 32-bit Arm: its static chain, ip, which the code
   around a call must not use.  Data is addressed from a label, as everything in a
   position-independent program.  */

#include <sys/auxv.h>

#ifdef __thumb__
#define GEN_BACK ".thumb\n"
#else
#define GEN_BACK ""
#endif

__asm__(".pushsection .text\n"
        ".syntax unified\n"
        ".arm\n"
        ".balign 4\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, %function\n"
        "gen_set_chain:\n"
        "\tsub sp, sp, #8\n"
        "\tstr r0, [sp]\n"
        "\tldr ip, 3f\n"
        "1:\tldr ip, [pc, ip]\n"
        "\tldr r0, 4f\n"
        "2:\tldr r0, [pc, r0]\n"
        "\tstr r0, [sp, #4]\n"
        "\tpop {r0, pc}\n"
        "3:\t.word gen_chain - (1b + 8)\n"
        "4:\t.word gen_chain_target - (2b + 8)\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, %function\n"
        "gen_get_chain:\n"
        "\tpush {r0, r1}\n"
        "\tldr r0, 3f\n"
        "1:\tstr ip, [pc, r0]\n"
        "\tpop {r0, r1}\n"
        "\tldr ip, 4f\n"
        "2:\tldr pc, [pc, ip]\n"
        "3:\t.word gen_chain - (1b + 8)\n"
        "4:\t.word gen_chain_target - (2b + 8)\n"
        ".size gen_get_chain, .-gen_get_chain\n" GEN_BACK ".popsection");
