// SPDX-License-Identifier: GPL-2.0
/*
 * Trampolines begin with a landing pad.  On arm64 with BTI, calls of a guarded
 * page land there and nowhere else, and the jump passes one at the target.
 */
#include "kit.h"
#if defined(__aarch64__)
#include <sys/auxv.h>
#endif

int main(void)
{
	static struct pair pairs[2];
#if defined(__x86_64__) || defined(__i386__)
	const unsigned char pad = sizeof(void *) == 8 ? 0xfa : 0xfb;
	unsigned int x;
	int fd;
	char *at = kit_pairs(&fd, pairs, 2);

	for (x = 0; x < 2; x++) {
		unsigned char *code = (unsigned char *)kit_tramp(fd, at, x);

		EXPECT(code[0], 0xf3);
		EXPECT(code[1], 0x0f);
		EXPECT(code[2], 0x1e);
		EXPECT(code[3], pad);
	}
	return 0;
#elif defined(__aarch64__)
	const int bti = 0x10;	/* PROT_BTI */
	unsigned int size, x;
	uintptr_t text = (uintptr_t)entry_pair & -kit_page();
	char *at;
	int fd;

	pairs[0].code = pairs[1].code = entry_pair;
	pairs[1].data = (void *)5;
	fd = kit_file(2, TRAMPFD_PAIR, DESIGNATED, pairs);
	size = kit_info(fd).code_size;
	EXPECT(*(uint32_t *)(at = kit_map(fd)), 0xd503245f);	/* bti c */
	CHECK(!munmap(at, kit_page()));
	if (!(getauxval(AT_HWCAP2) & (1 << 17))) {
		printf("no BTI in this machine\n");
		return 0;
	}
	at = mmap(0, kit_page(), PROT_READ | PROT_EXEC | bti, MAP_PRIVATE, fd,
		  kit_page());
	CHECK(at != MAP_FAILED);
	kit_catch();
	EXPECT(((tramp_fn *)(at + size))(), 5);
	EXPECT(SIGNAL_OF(((tramp_fn *)(at + 4))()), SIGILL);

	/* Guard the target: entry_pair begins with bti c, what follows does not. */
	CHECK(!mprotect((void *)text, kit_page(), PROT_READ | PROT_EXEC | bti));
	EXPECT(((tramp_fn *)(at + size))(), 5);
	pairs[1].code = entry_pair + 4;
	EXPECT(SIGNAL_OF(((tramp_fn *)(at + size))()), SIGILL);
	close(fd);

	/* The secure form keeps the branch type of the call. */
	fd = kit_file(2, TRAMPFD_SECURE, DESIGNATED, pairs);
	{
		uint64_t targets[2] = { (uintptr_t)entry_pair,
					(uintptr_t)entry_pair + 4 };

		CHECK(pwrite(fd, targets, 16, TRAMPFD_TARGETS) == 16);
	}
	at = kit_map(fd);
	size = kit_info(fd).code_size;
	EXPECT(SIGNAL_OF(((tramp_fn *)(at + size))()), SIGILL);
	pairs[1].code = entry_pair;
	EXPECT(((tramp_fn *)(at + size))(), 5);
	(void)x;
	return 0;
#elif defined(__riscv)
	unsigned int x;
	int fd;
	char *at = kit_pairs(&fd, pairs, 2);

	for (x = 0; x < 2; x++)	/* lpad 0 */
		EXPECT(*(uint32_t *)kit_tramp(fd, at, x), 0x00000017);
	return 0;
#else
	(void)pairs;
	return EXIT_SKIP;
#endif
}
