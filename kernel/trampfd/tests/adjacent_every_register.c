// SPDX-License-Identifier: GPL-2.0
/* The adjacent form works with each register and changes no other. */
#include "each_register.h"

int main(void)
{
	unsigned int i;

	for (i = 0; i < NREGS; i++)
		each_try(TRAMPFD_ADJACENT, &regs[i], scratch_places(regs[i].uapi));
	return 0;
}
