// SPDX-License-Identifier: GPL-2.0
/*
 * While one child after another is forked, threads on two processors call trampolines of
 * all kinds, and others drop or swap out the pages and stacks below them, make tables and
 * unmap them under their callers, and write-lock the address space.
 */
#include "kit.h"
#include <pthread.h>
#include <stdatomic.h>

enum { N = 8, CALLERS = 2, STACK = 1 << 18 };

static struct pair pairs[N] __attribute__((aligned(65536)));
static struct pair *file_pairs;
static char *stacks[CALLERS];
static tramp_fn *plain, *secure, *pushed;
static tramp_fn *_Atomic passing;	/* there for a moment only */
static atomic_ulong calls, vain_calls, tables, swaps;
static atomic_bool stop;

static void *call(void *unused)
{
	while (!stop) {
		EXPECT(plain(), 0x31);
		EXPECT(secure(), 0x31);
		EXPECT(pushed(), 0x32);
		calls += 3;
	}
	return unused;
}

/* Whatever comes to be where a table was is not executable, or a table, too. */
static void *call_passing(void *unused)
{
	int sig;

	kit_catch();
	while (!stop) {
		tramp_fn *tramp = passing;

		if (!tramp)
			continue;
		sig = SIGNAL_OF(EXPECT(tramp(), 0x31));
		if (sig)
			EXPECT(sig, SIGSEGV);
		atomic_fetch_add(sig ? &vain_calls : &calls, 1);
	}
	return unused;
}

static void *take_away(void *unused)
{
	unsigned int i;

	while (!stop) {
		madvise((void *)((uintptr_t)plain & -kit_page()), kit_page(),
			MADV_DONTNEED);
		madvise(file_pairs, kit_page(), MADV_DONTNEED);
		munmap(mmap(0, kit_page(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), kit_page());
		/* To the swap space, if the machine has some. */
		madvise(pairs, sizeof(pairs), MADV_PAGEOUT);
		madvise(file_pairs, kit_page(), MADV_PAGEOUT);
		for (i = 0; i < CALLERS; i++)
			madvise(stacks[i], STACK, MADV_PAGEOUT);
		swaps++;
	}
	return unused;
}

static void make_one(unsigned int form)
{
	int fd = kit_file(N, form, DESIGNATED, pairs);
	char *at;

	if (form == TRAMPFD_SECURE)
		kit_allow(fd, entry_pair);
	at = kit_map(fd);
	passing = (tramp_fn *)at;
	close(fd);
	EXPECT(((tramp_fn *)at)(), 0x31);
	munmap(at, kit_page());
	tables++;
}

static void *make(void *unused)
{
	while (!stop) {
		make_one(TRAMPFD_SECURE);
		make_one(TRAMPFD_PAIR);
	}
	return unused;
}

static void set_up(void)
{
	struct pair last = { (void *)0x32, entry_push };
	int i, fd, file = open("/tmp/stress", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (i = 0; i < N; i++) {
		pairs[i].data = (void *)0x31;
		pairs[i].code = entry_pair;
	}
	CHECK(file >= 0 && write(file, &last, sizeof(last)) > 0);
	CHECK(!ftruncate(file, kit_page()));
	file_pairs = mmap(0, kit_page(), PROT_READ | PROT_WRITE, MAP_SHARED,
			  file, 0);
	CHECK(file_pairs != MAP_FAILED);

	plain = (tramp_fn *)kit_map(kit_file(N, TRAMPFD_PAIR, DESIGNATED, pairs));
	fd = kit_file(N, TRAMPFD_SECURE, DESIGNATED, pairs);
	kit_allow(fd, entry_pair);
	secure = (tramp_fn *)kit_map(fd);
	fd = kit_file(1, TRAMPFD_SECURE, TRAMPFD_PUSH, file_pairs);
	kit_allow(fd, entry_push);
	pushed = (tramp_fn *)kit_map(fd);
}

static void start(pthread_t *thread, void *(*work)(void *), char *stack)
{
	pthread_attr_t attributes;

	CHECK(!pthread_attr_init(&attributes));
	if (stack)
		CHECK(!pthread_attr_setstack(&attributes, stack, STACK));
	CHECK(!pthread_create(thread, &attributes, work, NULL));
}

int main(void)
{
	void *(*const work[])(void *) = { call_passing, take_away, make };
	pthread_t threads[CALLERS + 3];
	unsigned int i, children;

	set_up();
	for (i = 0; i < CALLERS; i++) {
		stacks[i] = mmap(0, STACK, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(stacks[i] != MAP_FAILED);
	}
	for (i = 0; i < CALLERS + 3; i++)
		start(&threads[i], i < CALLERS ? call : work[i - CALLERS],
		      i < CALLERS ? stacks[i] : NULL);
	for (children = 0; children < STRESS; children++) {
		IN_CHILD({
			EXPECT(plain(), 0x31);
			EXPECT(secure(), 0x31);
			EXPECT(pushed(), 0x32);
			make_one(TRAMPFD_SECURE);
		});
		usleep(5000);
	}
	stop = true;
	for (i = 0; i < CALLERS + 3; i++)
		pthread_join(threads[i], NULL);
	printf("%lu calls, %lu of tables just unmapped, %lu tables, %u children, %lu times all swapped out\n",
	       calls, vain_calls, tables, children, swaps);
	return 0;
}
