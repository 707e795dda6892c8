// SPDX-License-Identifier: GPL-2.0
/* x86-64: neither x32 calls nor 32-bit calls from 64-bit code open the device. */
#include "kit.h"
#include <sys/syscall.h>

int main(void)
{
#if defined(__x86_64__)
	static const char path[] = "/dev/trampfd";
	long result;
	char *low;

	/* Refused because it is x32 (booted with syscall.x32=y), or unknown. */
	result = syscall(0x40000000 | SYS_open, path, O_RDWR);
	if (result >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS))
		FAIL("x32 open: expected EOPNOTSUPP, got %ld, %s", result,
		     strerror(errno));
	if (errno == ENOSYS)
		printf("no x32 in this kernel\n");

	low = mmap(0, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	CHECK(low != MAP_FAILED);
	strcpy(low, path);
	__asm__ volatile("int $0x80" : "=a"(result)
			 : "a"(5), "b"(low), "c"(O_RDWR), "d"(0)
			 : "memory", "r8", "r9", "r10", "r11");
	EXPECT(result, -EOPNOTSUPP);
	return 0;
#else
	return EXIT_SKIP;
#endif
}
