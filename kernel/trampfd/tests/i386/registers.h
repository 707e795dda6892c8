/* SPDX-License-Identifier: GPL-2.0 */
#define DESIGNATED	x32_eax
#define OTHER		x32_ecx
#define HAS_PUSH	1
#define HAS_SPILL	1
#define STACK_UNIT	4
#define FIRST_NAME	x32_min
#define LAST_NAME	x32_max

static const struct reg regs[] = {
	{ "eax", x32_eax, 0 }, { "ebx", x32_ebx, 1 }, { "ecx", x32_ecx, 2 },
	{ "edx", x32_edx, 3 }, { "esi", x32_esi, 4 }, { "edi", x32_edi, 5 },
	{ "ebp", x32_ebp, 6 },
};
#define NREGS	7
#define NPLACES	7

/* Places that the pair form with this register may also change. */
static inline unsigned long scratch_places(unsigned int uapi)
{
	(void)uapi;
	return 0;
}

/* Places that probe() itself needs. */
#define PROBE_PLACES	0ul
