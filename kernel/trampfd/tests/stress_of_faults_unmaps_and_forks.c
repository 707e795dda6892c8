// SPDX-License-Identifier: GPL-2.0
/*
 * For two seconds, two threads on two processors call trampolines of both kinds, while others drop
 * the pages below them, write-lock the address space, fork and make new tables.
 */
#include "kit.h"
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { N = 8 };

static struct pair pairs[N];
static struct pair *file_pairs;
static tramp_fn *plain, *secure, *pushed;
static atomic_bool stop;

static void *call(void *unused)
{
	while (!stop) {
		EXPECT(plain(), 0x31);
		EXPECT(secure(), 0x31);
		EXPECT(pushed(), 0x32);
	}
	return unused;
}

static void *take_away(void *unused)
{
	while (!stop) {
		madvise((void *)((uintptr_t)plain & -kit_page()), kit_page(),
			MADV_DONTNEED);
		madvise(file_pairs, kit_page(), MADV_DONTNEED);
		munmap(mmap(0, kit_page(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), kit_page());
	}
	return unused;
}

static void *make(void *unused)
{
	while (!stop) {
		int fd = kit_file(N, TRAMPFD_SECURE, DESIGNATED, pairs);
		char *at;

		kit_allow(fd, entry_pair);
		at = kit_map(fd);
		EXPECT(((tramp_fn *)at)(), 0x31);
		close(fd);
		munmap(at, kit_page());
	}
	return unused;
}

int main(void)
{
	void *(*const work[])(void *) = { call, call, take_away, make };
	struct pair last = { (void *)0x32, entry_push };
	pthread_t threads[4];
	unsigned int i;
	int fd, file = open("/tmp/stress", O_RDWR | O_CREAT | O_TRUNC, 0600);
	time_t end;

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

	for (i = 0; i < 4; i++)
		CHECK(!pthread_create(&threads[i], NULL, work[i], NULL));
	end = time(NULL) + (KINDS < 1000 ? 2 : 0);
	do {
		IN_CHILD({
			EXPECT(plain(), 0x31);
			EXPECT(secure(), 0x31);
			EXPECT(pushed(), 0x32);
		});
		usleep(5000);
	} while (time(NULL) < end);
	stop = true;
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
