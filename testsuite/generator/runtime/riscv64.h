/* SPDX-License-Identifier: MIT */
/* What generated programs need of riscv64: its static chain, t2, or t3 in programs with
   landing pads.  */

#ifdef __riscv_landing_pad
#define GEN_CHAIN "t3"
#else
#define GEN_CHAIN "t2"
#endif

__asm__(".pushsection .text\n"
        ".balign 4\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, %function\n"
        "gen_set_chain:\n"
        "\tlla t1, gen_chain\n"
        "\tld " GEN_CHAIN ", 0(t1)\n"
        "\tlla t1, gen_chain_target\n"
        "\tld t1, 0(t1)\n"
        "\tjr t1\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, %function\n"
        "gen_get_chain:\n"
        "\tlla t1, gen_chain\n"
        "\tsd " GEN_CHAIN ", 0(t1)\n"
        "\tlla t1, gen_chain_target\n"
        "\tld t1, 0(t1)\n"
        "\tjr t1\n"
        ".size gen_get_chain, .-gen_get_chain\n"
        ".popsection");
