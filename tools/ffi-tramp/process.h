/* SPDX-License-Identifier: MIT */
/* Another process: its mappings, and its memory as far as that may be read.  */

#ifndef PROCESS_H
#define PROCESS_H

#include "ffi-tramp.h"
#include <sys/types.h>

/* What an executable mapping is.  */
enum kind
{
  KIND_FILE, /* of a file */
  KIND_KERNEL,
  KIND_IMAGE,  /* of a libffi with tables, the image table among it */
  KIND_MASTER, /* the text that tables are copies of */
  KIND_GROWN,
  KIND_TRAMPFD,
  KIND_UNCLEAN, /* the first of those that break the rule */
  KIND_WRITABLE = KIND_UNCLEAN,
  KIND_ANONYMOUS,
  KIND_MEMFD,
  KIND_TEMPORARY, /* a deleted file in memory, or where temporary files are */
  KIND_DEVICE,    /* another than trampfd's */
  KIND_TWO_VIEWS  /* its file is mapped shared and writable elsewhere */
};

struct mapping
{
  uint64_t start, end, offset, inode;
  unsigned device_major, device_minor;
  char permissions[5];
  char *path; /* whatever the process wants it to be */
  /* Of an executable mapping of a file: whether that is a device, whether it is
     trampfd's, and whether it was deleted.  Of all: whether it is on a file system in
     memory.  */
  bool device, trampfd, deleted, memory;
  enum kind kind;
  unsigned tables, trampolines, used; /* of libffi */
};

/* The path of what trampfd(2) makes.  That of a file begins with a slash.  */
#define TRAMPFD_BY_CALL "anon_inode:[trampfd]"

/* Is M of a file?  System V's first shared memory has the inode number 0.  */
static inline bool
mapping_has_file (const struct mapping *m)
{
  return m->inode != 0 || m->device_major != 0 || m->device_minor != 0;
}

/* Which libffi a process has loaded, as far as its memory may be read and by the names of
   its files; what a program is linked with statically is seen only if it is this one.  */
enum
{
  LIBFFI_THIS = 1,   /* one with tables */
  LIBFFI_OTHER = 2,  /* a file that is called libffi and has none */
  LIBFFI_UNREAD = 4, /* a file that is called libffi, and may not be read */
};

struct process
{
  pid_t pid;
  int memory; /* a descriptor, -1 if it may not be read */
  struct mapping *mappings;
  size_t count;
  /* Closures and trampolines in use; true if they could be counted.  */
  bool counted;
  unsigned libraries, closures;
  unsigned libffi; /* bits, 0 if it has none */
};

/* Read the mappings of PID; false with errno.  */
bool process_open (struct process *process, pid_t pid);
void process_close (struct process *process);

/* Read SIZE bytes at ADDRESS; false if they cannot be.  */
bool process_read (const struct process *process, uint64_t address, void *to,
                   size_t size);

struct mapping *process_mapping_at (const struct process *process, uint64_t address);

/* Ask the kernel what the files of PROCESS's mappings are.  */
void process_find_files (struct process *process);

/* Find every libffi with tables, mark its mappings and count.  */
void process_find_tables (struct process *process);

/* Classify all of PROCESS, and find its tables; the number of mappings that break the
   rule.  */
unsigned process_classify (struct process *process);

/* Open an object for M: where it is, and what.  The caller adds the rest and closes it.
 */
void json_open_mapping (const struct mapping *m);

/* What people call a KIND.  */
const char *process_kind_name (enum kind kind);

/* What people call the bits of LIBFFI.  */
const char *process_libffi_name (unsigned libffi);

/* check --all and check --units.  */
int check_many (char **arguments, bool json);

#endif
