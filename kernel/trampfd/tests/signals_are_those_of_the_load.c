// SPDX-License-Identifier: GPL-2.0
/*
 * A call of the secure form whose pair cannot be had ends as one does whose code loads
 * it: in the same signal, with the same code and address.  A module can only send
 * signals without these.
 */
#include "kit.h"

struct end {
	int signal, code;
	void *address;
};

static volatile struct end end;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)context;
	end.signal = sig;
	end.code = info->si_code;
	end.address = info->si_addr;
	siglongjmp(kit_jump, 1);
}

static struct end end_of(unsigned int form, void *pair)
{
	int fd = kit_file(1, form, DESIGNATED, pair);
	tramp_fn *tramp;

	if (form == TRAMPFD_SECURE)
		kit_allow(fd, entry_pair);
	tramp = (tramp_fn *)kit_map(fd);
	end.signal = 0;
	if (!sigsetjmp(kit_jump, 1))
		tramp();
	CHECK(!munmap((void *)tramp, kit_page()));
	CHECK(!close(fd));
	return end;
}

static void compare(const char *what, void *pair)
{
	struct end code = end_of(TRAMPFD_PAIR, pair);
	struct end secure = end_of(TRAMPFD_SECURE, pair);

#ifndef __NR_trampfd
	secure.code = code.code;
	secure.address = code.address;
#endif
	if (code.signal != secure.signal || code.code != secure.code ||
	    code.address != secure.address)
		FAIL("%s: expected signal %d, code %d, address %p, got %d, %d, %p",
		     what, code.signal, code.code, code.address,
		     secure.signal, secure.code, secure.address);
	CHECK(code.signal);
}

/* A page whose memory has failed, or NULL. */
static void *failed_page(void)
{
	static char *page;

	page = mmap(NULL, kit_page(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(page != MAP_FAILED);
	page[0] = 1;
	/* Who makes memory fail is told so. */
	if (!sigsetjmp(kit_jump, 1) &&
	    madvise(page, kit_page(), MADV_HWPOISON)) {
		CHECK(errno == EINVAL);
		return NULL;
	}
	return page;
}

int main(void)
{
	struct sigaction action = {
		.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER,
	};
	int file = open("/tmp/empty", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *beyond, *none, *failed;

	CHECK(!sigaction(SIGSEGV, &action, NULL));
	CHECK(!sigaction(SIGBUS, &action, NULL));
	beyond = mmap(NULL, kit_page(), PROT_READ, MAP_SHARED, file, 0);
	none = mmap(NULL, kit_page(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0);
	CHECK(beyond != MAP_FAILED && none != MAP_FAILED);
	compare("beyond the file's end", beyond);
	compare("PROT_NONE", none);
	/* Nothing is ever mapped in the first page, not even the table. */
	compare("unmapped", (void *)0x800);
	failed = failed_page();
	if (failed)
		compare("memory that has failed", failed);
	return 0;
}
