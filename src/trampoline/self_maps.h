/* SPDX-License-Identifier: MIT */
/* What the process can learn about its own mappings.  */

#ifndef FFI_SELF_MAPS_H
#define FFI_SELF_MAPS_H

#include "ffi_common.h"

enum
{
  SELF_PATH_MAX = 4096
};

struct self_mapping
{
  bool found;      /* /proc told; else only the offset is known */
  uint64_t offset; /* in the file, of the address asked for */
  unsigned device_major, device_minor;
  uint64_t inode;
};

/* The number of this process's threads, whoever made them; 0: /proc does not tell.  */
unsigned ffi_self_threads (void);

/* Look up the file mapping that contains the SIZE bytes at ADDRESS in
   /proc/self/maps.  Returns false, and sets MAPPING->found to false, if there is
   none or the file cannot be read.  */
bool ffi_self_mapping (const void *address, size_t size, struct self_mapping *mapping);

/* Find the mapping of SIZE bytes of the image's text at ADDRESS; where /proc cannot tell,
   the offset comes from the program headers.  PATH, of SELF_PATH_MAX bytes, gets the path
   that /proc shows, or an empty string.  */
void ffi_self_image (const void *address, size_t size, struct self_mapping *mapping,
                     char *path);

/* Store in PATH, of SELF_PATH_MAX bytes, the name under which the dynamic loader
   opened the object that contains ADDRESS; for the program /proc/self/exe or, without
   PROC, the name by which it was executed.  Returns false if there is none.  */
bool ffi_self_loader_path (const void *address, bool proc, char *path);

#endif
