/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests share.  A test asserts one behaviour; it exits with 0 if it is
 * there, 77 if it does not apply, and otherwise prints what it expected and got.
 */
#ifndef KIT_H
#define KIT_H

#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/trampfd.h>

#include "machine.h"	/* of the architecture */

#define EXIT_SKIP 77

__attribute__((noreturn, format(printf, 3, 4)))
static inline void fail(const char *file, int line, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	printf("%s:%d: ", file, line);
	vprintf(format, ap);
	printf("\n");
	va_end(ap);
	fflush(stdout);
	_exit(1);
}

#define FAIL(...) fail(__FILE_NAME__, __LINE__, __VA_ARGS__)

#define CHECK(condition)						\
	do {								\
		if (!(condition))					\
			FAIL("expected %s (errno: %s)", #condition,	\
			     strerror(errno));				\
	} while (0)

/* Both are converted to unsigned words. */
#define EXPECT(got, expected)						\
	do {								\
		unsigned long got_ = (unsigned long)(got);		\
		unsigned long expected_ = (unsigned long)(expected);	\
		if (got_ != expected_)					\
			FAIL("%s: expected 0x%lx, got 0x%lx", #got,	\
			     expected_, got_);				\
	} while (0)

/* CALL returns -1 (as an integer or MAP_FAILED) with errno ERROR. */
#define EXPECT_ERROR(call, error)					\
	do {								\
		errno = 0;						\
		long result_ = (long)(call);				\
		if (result_ != -1 || errno != (error))			\
			FAIL("%s: expected %s, got result %ld, %s",	\
			     #call, strerror(error), result_,		\
			     result_ == -1 ? strerror(errno) : "no error"); \
	} while (0)

struct pair {
	void *data;
	void *code;
};

/* What a trampoline is to its caller. */
typedef uintptr_t tramp_fn(void);

/* Of the system call if its number is known, or the module's. */
static inline int kit_try_open(void)
{
#ifdef __NR_trampfd
	struct trampfd_info info;

	return syscall(__NR_trampfd, &info, sizeof(info), 0);
#else
	return open("/dev/trampfd", O_RDWR | O_CLOEXEC);
#endif
}

static inline int kit_open(void)
{
	int fd = kit_try_open();

	if (fd < 0)
		FAIL("no file of trampolines: %s", strerror(errno));
	return fd;
}

/* May users other than root make one?  The system call has nothing against it. */
static inline void kit_let_everybody(bool may)
{
#ifdef __NR_trampfd
	(void)may;
#else
	if (chmod("/dev/trampfd", may ? 0666 : 0600))
		FAIL("chmod: %s", strerror(errno));
#endif
}

static inline struct trampfd_info kit_info(int fd)
{
	struct trampfd_info info;

	memset(&info, 0xff, sizeof(info));
	if (ioctl(fd, TRAMPFD_INFO, &info))
		FAIL("TRAMPFD_INFO: %s", strerror(errno));
	return info;
}

static inline ssize_t kit_code(int fd, unsigned int n, unsigned int reg,
			       const void *table)
{
	struct trampfd_code code = {
		.ntrampolines = n, .reg = reg, .table = (uintptr_t)table
	};

	return pwrite(fd, &code, sizeof(code), TRAMPFD_CODE);
}

static inline ssize_t kit_data(int fd, unsigned int reg, unsigned int stride,
			       const void *table)
{
	struct trampfd_data data = {
		.reg = reg, .stride = stride, .table = (uintptr_t)table
	};

	return pwrite(fd, &data, sizeof(data), TRAMPFD_DATA);
}

static inline size_t kit_page(void)
{
	return sysconf(_SC_PAGESIZE);
}

static inline void *kit_mmap(int fd)
{
	return mmap(NULL, kit_page(), PROT_READ | PROT_EXEC, MAP_PRIVATE, fd,
		    kit_page());
}

/* A file with both descriptors of a form; PAIRS are N, or code's tables. */
static inline int kit_file(unsigned int n, unsigned int code_reg,
			   unsigned int data_reg, const void *pairs)
{
	int fd = kit_open();

	if (kit_code(fd, n, code_reg, NULL) < 0)
		FAIL("code descriptor: %s", strerror(errno));
	if (kit_data(fd, data_reg, 0, pairs) < 0)
		FAIL("data descriptor: %s", strerror(errno));
	return fd;
}

static inline void kit_allow(int fd, const void *target)
{
	uint64_t t = (uintptr_t)target;

	if (pwrite(fd, &t, sizeof(t), TRAMPFD_TARGETS) < 0)
		FAIL("targets: %s", strerror(errno));
}

static inline char *kit_map(int fd)
{
	char *at = kit_mmap(fd);

	if (at == MAP_FAILED)
		FAIL("mmap: %s", strerror(errno));
	return at;
}

/* SIZE bytes for pairs, with a page in front of them to be replaced by a table. */
static inline char *kit_adjacent(size_t size)
{
	char *at = mmap(NULL, kit_page() + size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(at != MAP_FAILED);
	return at;
}

static inline char *kit_map_at(int fd, char *at)
{
	void *got = mmap(at, kit_page(), PROT_READ | PROT_EXEC,
			 MAP_PRIVATE | MAP_FIXED, fd, kit_page());

	if (got != at)
		FAIL("mmap: %s", strerror(errno));
	return at;
}

/* Trampoline X of the table at AT. */
static inline tramp_fn *kit_tramp(int fd, char *at, unsigned int x)
{
	return (tramp_fn *)(at + x * kit_info(fd).code_size);
}

/* N trampolines of the pair form that return their pair's data. */
static inline char *kit_pairs(int *fd, struct pair *pairs, unsigned int n)
{
	unsigned int x;

	for (x = 0; x < n; x++) {
		pairs[x].data = (void *)(uintptr_t)(0x1000 + x);
		pairs[x].code = entry_pair;
	}
	*fd = kit_file(n, TRAMPFD_PAIR, DESIGNATED, pairs);
	return kit_map(*fd);
}

static __thread sigjmp_buf kit_jump;
static __thread volatile int kit_signal;
static __thread void *volatile kit_address;

static inline void kit_handler(int sig, siginfo_t *info, void *context)
{
	(void)context;
	kit_signal = sig;
	kit_address = info->si_addr;
	siglongjmp(kit_jump, 1);
}

static inline void kit_catch(void)
{
	static __thread char stack[65536];
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction sa = {
		.sa_sigaction = kit_handler,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};

	sigaltstack(&ss, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	sigaction(SIGILL, &sa, NULL);
	sigaction(SIGTRAP, &sa, NULL);
}

/* The signal that STATEMENT ends in, or 0; its thread must have called kit_catch. */
#define SIGNAL_OF(statement)						\
	({								\
		kit_signal = 0;						\
		if (!sigsetjmp(kit_jump, 1)) {				\
			statement;					\
		}							\
		kit_signal;						\
	})

/* Run the block that follows in a child, and expect the child to exit with 0. */
static inline void kit_reap(pid_t pid)
{
	int status;

	CHECK(pid > 0);
	CHECK(waitpid(pid, &status, 0) == pid);
	if (status)
		FAIL("child: status 0x%x", status);
}

#define IN_CHILD(block)							\
	do {								\
		pid_t pid_;						\
		fflush(stdout);						\
		pid_ = fork();						\
		if (!pid_) {						\
			block;						\
			_exit(0);					\
		}							\
		kit_reap(pid_);						\
	} while (0)

#endif
