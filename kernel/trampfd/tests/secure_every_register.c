// SPDX-License-Identifier: GPL-2.0
/* The secure form loads each register, or pushes, and changes nothing else. */
#include "each_register.h"

int main(void)
{
	unsigned int i;

	for (i = 0; i < NREGS; i++)
		each_try(TRAMPFD_SECURE, &regs[i], 0);
	each_try(TRAMPFD_SECURE, NULL, 0);
	return 0;
}
