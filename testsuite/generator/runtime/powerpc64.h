/* SPDX-License-Identifier: MIT */
/* What generated programs need of 64-bit PowerPC: its static chain, r11.  Both functions
   are called through pointers, so that r12 is their address.  */

#define GEN_ADDRESS(reg, symbol)                                                         \
  "\taddis " reg ",12,(" symbol "-0b)@ha\n"                                              \
  "\taddi " reg "," reg ",(" symbol "-0b)@l\n"

/* clang-format off */
__asm__(".pushsection .text\n"
        ".globl gen_set_chain\n"
        ".hidden gen_set_chain\n"
        ".type gen_set_chain, @function\n"
        "gen_set_chain:\n"
        "0:\n" GEN_ADDRESS ("11", "gen_chain_target")
        "\tld 0,0(11)\n" GEN_ADDRESS ("11", "gen_chain")
        "\tld 11,0(11)\n"
        "\tmr 12,0\n"
        "\tmtctr 12\n"
        "\tbctr\n"
        ".size gen_set_chain, .-gen_set_chain\n"
        ".globl gen_get_chain\n"
        ".hidden gen_get_chain\n"
        ".type gen_get_chain, @function\n"
        "gen_get_chain:\n"
        "0:\tmr 0,11\n" GEN_ADDRESS ("11", "gen_chain")
        "\tstd 0,0(11)\n" GEN_ADDRESS ("11", "gen_chain_target")
        "\tld 12,0(11)\n"
        "\tmtctr 12\n"
        "\tbctr\n"
        ".size gen_get_chain, .-gen_get_chain\n"
        ".popsection");
/* clang-format on */
