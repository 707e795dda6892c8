// SPDX-License-Identifier: GPL-2.0
/* x86-64: neither x32 calls nor 32-bit calls from 64-bit code make a file. */
#include "kit.h"

#if defined(__x86_64__)

/* The words of a system call that makes one, on a page with a small address. */
static const long *call_words(char *low, bool x32)
{
	static long words[4];

#ifdef __NR_trampfd
	words[0] = __NR_trampfd;
	words[2] = sizeof(struct trampfd_info);
#else
	memcpy(low, "/dev/trampfd", sizeof("/dev/trampfd"));
	words[0] = x32 ? SYS_open : 5;
	words[2] = O_RDWR;
#endif
	(void)x32;
	words[1] = (long)low;
	return words;
}

int main(void)
{
	const long *words;
	long result;
	char *low;

	low = mmap(0, 4096, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	CHECK(low != MAP_FAILED);

	/* Refused because it is x32 (booted with syscall.x32=y), or unknown. */
	words = call_words(low, true);
	result = syscall(0x40000000 | words[0], words[1], words[2], words[3]);
	if (result >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS))
		FAIL("x32: expected EOPNOTSUPP, got %ld, %s", result,
		     strerror(errno));
	if (errno == ENOSYS)
		printf("no x32 in this kernel\n");

	words = call_words(low, false);
	__asm__ volatile("int $0x80" : "=a"(result)
			 : "a"(words[0]), "b"(words[1]), "c"(words[2]), "d"(words[3])
			 : "memory", "r8", "r9", "r10", "r11");
	EXPECT(result, -EOPNOTSUPP);
	return 0;
}

#else

int main(void)
{
	return EXIT_SKIP;
}

#endif
