// SPDX-License-Identifier: GPL-2.0
/*
 * Random descriptors, arrays, offsets, ioctls, mappings and calls.  The process
 * survives them all, and so must the kernel, which is asked after the tests.
 */
#include "kit.h"

enum { FILES = 8, REQUESTS = 1000000 / KINDS, WORKERS = 2 };

static uint64_t state;
static struct pair pairs[512];
static int files[FILES];
static char *maps[FILES];

static uint32_t number(void)
{
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return state >> 33;
}

static uint32_t below(uint32_t n)
{
	return number() % n;
}

/* Mostly plausible, sometimes at an edge, sometimes anything. */
static uint32_t value32(uint32_t plausible)
{
	static const uint32_t edges[] = {
		0, 1, 2, 0xff, 0x100, 0xfff, 0x1000, 0xffff, 0x10000, 0x10001,
		0x10002, 0x10003, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
	};

	switch (below(8)) {
	case 0:
		return number() << 1;
	case 1:
		return edges[below(16)];
	default:
		return plausible;
	}
}

static uint64_t value64(uint64_t plausible)
{
	switch (below(16)) {
	case 0:
		return state;
	case 1:
		return (uint64_t)value32(0) << 32 | value32(0);
	case 2:
		return -(uint64_t)below(64);
	case 3:
		return 1ull << below(64);
	case 4:
		return below(64);
	default:
		return plausible;
	}
}

static void write_descriptor(int fd)
{
	static union {
		struct trampfd_code code;
		struct trampfd_data data;
		uint64_t words[600];
	} u;
	static const uint32_t forms[] = { TRAMPFD_PAIR, TRAMPFD_SECURE, OTHER };
	uint32_t offset = below(5), i;
	size_t size;

	switch (offset) {
	case TRAMPFD_CODE:
		size = sizeof(u.code);
		i = below(3);
		u.code.ntrampolines = value32(below(70));
		u.code.reg = value32(forms[i]);
		u.code.table = value64(i == 2 ? (uintptr_t)pairs : 0);
		break;
	case TRAMPFD_DATA:
		size = sizeof(u.data);
		u.data.reg = value32(below(4) ? DESIGNATED : TRAMPFD_PUSH);
		u.data.stride = value32(below(2) ? 0 : 16 * below(5));
		u.data.table = value64((uintptr_t)pairs);
		break;
	default:
		size = 8 * below(below(8) ? 16 : 600);
		for (i = 0; i < size / 8; i++)
			u.words[i] = value64((uintptr_t)entry_pair + i);
	}
	if (!below(16))
		size = below(sizeof(u));
	if (!below(16))
		offset = value32(offset);
	if (below(8)) {
		pwrite(fd, below(16) ? (void *)&u : (void *)(uintptr_t)state,
		       size, offset);
	} else {
		lseek(fd, offset, below(8) ? SEEK_SET : below(5));
		(void)!write(fd, &u, size);
	}
}

static void map(unsigned int f)
{
	size_t page = kit_page();
	int prot = below(8) ? PROT_READ | PROT_EXEC : below(8);
	int flags = below(8) ? MAP_PRIVATE : 1u << below(20);
	size_t length = below(8) ? page : page * below(4);
	char *at;

	flags &= ~(MAP_FIXED | MAP_GROWSDOWN | MAP_LOCKED);
	at = mmap(0, length, prot, flags, files[f],
		  below(8) ? page : page * below(4));
	if (at == MAP_FAILED)
		return;
	if (maps[f] || length != page)	/* anonymous, or forgotten */
		munmap(at, length);
	else
		maps[f] = at;
}

static void abuse(unsigned int f)
{
	size_t page = kit_page();
	char *at = maps[f], byte = 0;

	if (!at)
		return;
	switch (below(8)) {
	case 0:
		mprotect(at, page, below(8));
		break;
	case 1:
		mremap(at, below(3) * page, below(3) * page, MREMAP_MAYMOVE);
		break;
	case 2:
		madvise(at, page, below(26));
		break;
	case 3:
		munmap(at, page);
		maps[f] = NULL;
		break;
	case 4:
		SIGNAL_OF(byte = *(volatile char *)(at + below(page)));
		break;
	case 5:
		SIGNAL_OF(*(volatile char *)(at + below(page)) = byte);
		break;
	case 6:
		msync(at, page, below(8));
		break;
	default:
		(void)!write(files[f], at, 16);
	}
}

/* Fuzzed tables may jump anywhere; these may be called. */
static void known_calls(void)
{
	unsigned int form = below(2) ? TRAMPFD_PAIR : TRAMPFD_SECURE;
	int fd = kit_file(4, form, DESIGNATED, pairs);
	char *at;

	if (form == TRAMPFD_SECURE)
		kit_allow(fd, entry_pair);
	at = kit_map(fd);
	EXPECT(kit_tramp(fd, at, below(4))(), 0x77);
	if (form == TRAMPFD_SECURE)
		SIGNAL_OF(((tramp_fn *)(at + 4 * below(1024)))());
	munmap(at, kit_page());
	close(fd);
}

static void work(unsigned int seed)
{
	char buffer[64];
	unsigned int i, f;

	state = 0x9e3779b97f4a7c15ull * (seed + 1);
	kit_catch();
	for (f = 0; f < FILES; f++)
		files[f] = kit_open();
	for (i = 0; i < REQUESTS / WORKERS; i++) {
		f = below(FILES);
		switch (below(16)) {
		case 0:
			close(files[f]);
			files[f] = kit_open();
			if (maps[f] && below(2))
				munmap(maps[f], kit_page());
			maps[f] = NULL;
			break;
		case 1:
			ioctl(files[f], below(2) ? TRAMPFD_INFO : value32(0xbb40),
			      below(4) ? (void *)buffer
				       : (void *)(uintptr_t)value64(0));
			break;
		case 2:
			pread(files[f], below(4) ? (void *)buffer
				       : (void *)(uintptr_t)16,
			      value32(16) & 63, value32(0));
			break;
		case 3:
		case 4:
			map(f);
			break;
		case 5:
		case 6:
			abuse(f);
			break;
		case 7:
			if (!below(16))
				known_calls();
			break;
		default:
			write_descriptor(files[f]);
		}
	}
}

int main(void)
{
	unsigned int w, i;

	for (i = 0; i < 512; i++) {
		pairs[i].data = (void *)0x77;
		pairs[i].code = entry_pair;
	}
	for (w = 0; w < WORKERS; w++)
		if (!fork()) {
			work(w);
			_exit(0);
		}
	for (w = 0; w < WORKERS; w++) {
		int status;

		CHECK(wait(&status) > 0);
		EXPECT(status, 0);
	}
	return 0;
}
