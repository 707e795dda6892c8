/* SPDX-License-Identifier: MIT */
/* What the parts of ffi-tramp share.  */

#ifndef FFI_TRAMP_TOOL_H
#define FFI_TRAMP_TOOL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

/* Addresses of any process fit into an off_t.  */
#define _FILE_OFFSET_BITS 64

#include <ffi_tramp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the command exits with.  */
enum
{
  EXIT_GOOD = 0,
  EXIT_BAD = 1, /* not clean; closures cannot grow; a result was wrong */
  EXIT_USAGE = 2,
  EXIT_UNKNOWN = 3 /* cannot tell */
};

/* The subcommands; ARGUMENTS end with a null pointer.  */
int status_command (char **arguments, bool json);
int check_command (char **arguments, bool json);
int bench_command (char **arguments, bool json);

/* Complain on stderr and return STATUS.  */
int complain (int status, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));

/* Write TEXT, of which bytes other than ASCII's printable ones are shown as \ooo: names
   of files and the like may be meant for a terminal to obey.  */
void put_plain (FILE *out, const char *text);

/* The step of FAILURE in a word, null for none; and what a growth that failed so would
   need: null if none did, a constant or the SIZE bytes at ROOM.  LIBRARY is the library's
   file.  */
const char *step_name (const ffi_tramp_failure *failure);
const char *growth_needs (const ffi_tramp_failure *failure, const char *library,
                          char *room, size_t size);

/* --- JSON, to stdout ---------------------------------------------------------- */

/* Open and close an object or array; NAME is null within an array.  */
void json_open (const char *name, char bracket);
void json_close (char bracket);

/* A member, or with a null NAME an element.  A null STRING is null.  */
void json_string (const char *name, const char *string);
void json_number (const char *name, double number);
void json_bool (const char *name, bool value);
void json_null (const char *name);

#endif
