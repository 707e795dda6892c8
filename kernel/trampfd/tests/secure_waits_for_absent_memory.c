// SPDX-License-Identifier: GPL-2.0
/*
 * Pair and stack may be absent at the call: they are brought in.  If they cannot
 * be, the call ends in SIGSEGV.
 */
#include "kit.h"
#include <ucontext.h>

#if defined(__x86_64__)
#define SP	"rsp"
#define KEPT	"rbx"
#elif defined(__i386__)
#define SP	"esp"
#define KEPT	"esi"
#endif

static tramp_fn *tramp;
static uintptr_t result;

static void on_other_stack(void)
{
	result = tramp();
}

static void call_on(char *stack, size_t size)
{
	static ucontext_t back, there;

	CHECK(!getcontext(&there));
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = size;
	there.uc_link = &back;
	makecontext(&there, on_other_stack, 0);
	CHECK(!swapcontext(&back, &there));
}

/*
 * The return address lies at the start of a page, so what is pushed does not.  With
 * an aligned stack that does not happen on x86.
 */
static void call_at_boundary(char *stack, size_t page)
{
#if defined(__x86_64__) || defined(__i386__)
	char *sp = stack + page + sizeof(void *);

	__asm__ volatile("mov %%" SP ", %%" KEPT "\n\t"
			 "mov %1, %%" SP "\n\t"
			 "call *%2\n\t"
			 "mov %%" KEPT ", %%" SP
			 : "=a"(result)
			 : "c"(sp), "d"(tramp)
			 : KEPT, "memory", "cc");
#else
	call_on(stack, 2 * page);
#endif
}

int main(void)
{
	size_t page = kit_page();
	struct pair *pairs;
	char *stack;
	int fd, round, file = open("/tmp/pairs", O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct pair made = { (void *)11, entry_push };

	/* A pair in a file, so that it is there again after MADV_DONTNEED. */
	CHECK(file >= 0);
	CHECK(pwrite(file, &made, sizeof(made), 0) == sizeof(made));
	CHECK(!ftruncate(file, page));
	pairs = mmap(0, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	CHECK(pairs != MAP_FAILED);

	fd = kit_file(1, TRAMPFD_SECURE, TRAMPFD_PUSH, pairs);
	kit_allow(fd, entry_push);
	tramp = (tramp_fn *)kit_map(fd);
	for (round = 0; round < 100; round++) {
		CHECK(!madvise(pairs, page, MADV_DONTNEED));
		EXPECT(tramp(), 11);
	}

	/* A stack of which the page below the call's frame was never touched. */
	for (round = 0; round < 256; round++) {
		size_t size = 8 * page - 16 * round;

		stack = mmap(0, 8 * page, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(stack != MAP_FAILED);
		result = 0;
		call_on(stack, size);
		EXPECT(result, 11);
		if (!round) {
			CHECK(!madvise(stack, 8 * page, MADV_DONTNEED));
			result = 0;
			call_at_boundary(stack, page);
			EXPECT(result, 11);
		}
		CHECK(!munmap(stack, 8 * page));
	}

	kit_catch();
	CHECK(!mprotect(pairs, page, PROT_NONE));
	EXPECT(SIGNAL_OF(tramp()), SIGSEGV);
	CHECK(!munmap(pairs, page));
	EXPECT(SIGNAL_OF(tramp()), SIGSEGV);
	return 0;
}
