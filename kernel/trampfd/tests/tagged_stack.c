// SPDX-License-Identifier: GPL-2.0
/*
 * arm64: the stack pointer may carry a tag when a trampoline pushes, whether or not
 * the process passes tagged addresses to the kernel.
 */
#include "kit.h"
#include <sys/prctl.h>
#include <ucontext.h>

#if defined(__aarch64__)
#ifndef PR_SET_TAGGED_ADDR_CTRL
#define PR_SET_TAGGED_ADDR_CTRL 55
#define PR_TAGGED_ADDR_ENABLE 1
#endif

static struct pair pairs[1] = { { (void *)13, entry_push } };
static tramp_fn *tramp;
static uintptr_t result;

static void on_tagged_stack(void)
{
	result = tramp();
}

static void pushes_to(char *stack, size_t size)
{
	static ucontext_t back, there;

	CHECK(!getcontext(&there));
	there.uc_stack.ss_sp = (void *)((uintptr_t)stack | 0x5aul << 56);
	there.uc_stack.ss_size = size;
	there.uc_link = &back;
	makecontext(&there, on_tagged_stack, 0);
	result = 0;
	alarm(20);	/* rather than a call that never returns */
	CHECK(!swapcontext(&back, &there));
	alarm(0);
	EXPECT(result, 13);
}
#endif

int main(void)
{
#if defined(__aarch64__)
	size_t size = 16 * kit_page();
	char *stack;
	int fd, enabled;

	fd = kit_file(1, TRAMPFD_SECURE, TRAMPFD_PUSH, pairs);
	kit_allow(fd, entry_push);
	tramp = (tramp_fn *)kit_map(fd);
	for (enabled = 0; enabled < 2; enabled++) {
		if (enabled && prctl(PR_SET_TAGGED_ADDR_CTRL,
				     PR_TAGGED_ADDR_ENABLE, 0, 0, 0))
			break;
		stack = mmap(NULL, size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(stack != MAP_FAILED);
		/* What is pushed needs a page that is not there yet, and then is. */
		pushes_to(stack, size - kit_page());
		pushes_to(stack, size - kit_page());
		CHECK(!munmap(stack, size));
	}
	return 0;
#else
	return EXIT_SKIP;
#endif
}
