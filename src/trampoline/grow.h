/* SPDX-License-Identifier: MIT */
/* Adding grown tables and giving them back to the system.  */

#ifndef FFI_GROW_H
#define FFI_GROW_H

#include "tables.h"

/* Add a table and return it, or null with errno ENOMEM.  */
struct table *ffi_table_grow (void);

/* A group of the grown table T has become empty: give T back to the system if all
   of it is and another empty table is at hand.  */
void ffi_table_release (struct table *t);

/* Give back every grown table of which no slot is in use but the one that pins it.
   Returns whether none is left; otherwise pinned ones stay, too.  */
bool ffi_tables_release_all (void);

/* Forget which table is the spare one: its descriptor will be unmapped.  */
void ffi_table_forget_spare (void);

#endif
