/* SPDX-License-Identifier: MIT */
/* { needs native nosan } */
/* { cases } */
/* The library's file is gone, is another one, or has a name that /proc/self/maps cannot
   show as it is.  Another file is never executed, not even if its bytes are right when
   they are looked at: every decoy is full of instructions that trap by the time the
   closures are called.  */

#include "ffitest.h"
#include "attack.h"
#include "lockdown.h"

static const char library[] = "libffi.so.8";
static const char *decoys[2];

/* --- Decoys ----------------------------------------------------------------- */

/* Fill the file at PATH with instructions that trap, from FROM on.  */
static void
fill_with_traps (const char *path, off_t from)
{
  char traps[4096];
  struct stat status;
  int fd = open (path, O_RDWR | O_CLOEXEC);
  CHECK_MSG (fd >= 0 && fstat (fd, &status) == 0, "%s: %s", path, strerror (errno));
  memset (traps, 0xcc, sizeof traps);
  for (off_t at = from; at < status.st_size;)
    {
      off_t n = status.st_size - at;
      at += pwrite (fd, traps, (size_t) (n < 4096 ? n : 4096), at);
    }
  close (fd);
}

/* Overwrite the decoys, once the library has looked at them.  */
static void
rewrite_decoys (void)
{
  for (size_t i = 0; i < ARRAY_SIZE (decoys) && decoys[i] != NULL; i++)
    fill_with_traps (decoys[i], 0);
}

/* An equal file that its user could write at any time.  */
static void
make_decoy (const char *path)
{
  own_library_copy (path);
  CHECK_INT (chmod (path, 0777), 0);
  decoys[decoys[0] != NULL] = path;
}

static const char *
unlinked (void)
{
  CHECK_INT (unlink (library), 0);
  return NULL;
}

static const char *
replaced_by_equal_file (void)
{
  make_decoy ("new");
  CHECK_INT (rename ("new", library), 0);
  decoys[0] = library;
  return NULL;
}

static const char *
replaced_by_other_build (void)
{
  /* Its headers are right.  */
  make_decoy ("new");
  fill_with_traps ("new", 4096);
  CHECK_INT (rename ("new", library), 0);
  return NULL;
}

/* Another build that is trusted, where nothing but its bytes tells what it is.  */
static const char *
upgraded_without_proc (void)
{
  make_decoy ("new");
  fill_with_traps ("new", 4096);
  CHECK_INT (chmod ("new", 0755), 0);
  CHECK_INT (rename ("new", library), 0);
  return lock_proc ();
}

static const char *
replaced_by_garbage (void)
{
  make_decoy ("new");
  fill_with_traps ("new", 0);
  CHECK_INT (rename ("new", library), 0);
  return NULL;
}

static const char *
replaced_by_short_file (void)
{
  unlinked ();
  make_decoy (library);
  CHECK_INT (truncate (library, 5000), 0);
  return NULL;
}

static const char *
replaced_by_directory (void)
{
  unlinked ();
  CHECK_INT (mkdir (library, 0755), 0);
  return NULL;
}

static const char *
replaced_by_fifo (void)
{
  unlinked ();
  CHECK_INT (mkfifo (library, 0644), 0);
  return NULL;
}

static const char *
replaced_by_device (void)
{
  unlinked ();
  CHECK_INT (symlink ("/dev/zero", library), 0);
  return NULL;
}

static const char *
replaced_by_loop (void)
{
  unlinked ();
  CHECK_INT (symlink (library, library), 0);
  return NULL;
}

/* What /proc/self/maps calls the deleted file.  */
static const char *
decoy_called_deleted (void)
{
  unlinked ();
  make_decoy ("libffi.so.8 (deleted)");
  return NULL;
}

static const char *
mounted_over (void)
{
  const char *reason = own_mounts (0);
  if (reason != NULL)
    return reason;
  make_decoy ("decoy");
  CHECK_INT (mount ("decoy", library, NULL, MS_BIND, NULL), 0);
  return NULL;
}

/* --- A new root that has a decoy where the library was ----------------------- */

static const char *
new_root (void)
{
  static char path[300];
  const char *reason = geteuid () == 0 ? NULL : own_mounts (0);
  snprintf (path, sizeof path, "root/tmp");
  CHECK_INT (mkdir ("root", 0755) | mkdir (path, 0755), 0);
  snprintf (path, sizeof path, "root%s", own_directory);
  CHECK_INT (mkdir (path, 0755), 0);
  snprintf (path, sizeof path, "root%s/%s", own_directory, library);
  make_decoy (path);
  return reason;
}

static const char *
enter_new_root (void)
{
  static char path[300];
  /* Where the library's name leads to the decoy, even if it is relative.  */
  if (chroot ("root") != 0 || chdir (own_directory) != 0)
    return "cannot chroot";
  snprintf (path, sizeof path, "%s/%s", own_directory, library);
  decoys[0] = path;
  return NULL;
}

static const char *
chroot_with_decoy (void)
{
  const char *reason = new_root ();
  return reason != NULL ? reason : enter_new_root ();
}

static const char *
chroot_with_proc (void)
{
  const char *reason = own_mounts (0);
  if (reason == NULL)
    reason = new_root ();
  if (reason == NULL && mkdir ("root/proc", 0755) != 0)
    reason = "cannot make a directory";
  if (reason == NULL && mount ("/proc", "root/proc", NULL, MS_BIND | MS_REC, NULL) != 0)
    reason = "cannot mount /proc";
  return reason != NULL ? reason : enter_new_root ();
}

/* And with a file where the kernel would say what is mapped: all memory is the
   decoy.  */
static const char *
chroot_with_false_proc (void)
{
  const char *reason = new_root ();
  struct stat status;
  unsigned long start, offset;
  char line[400], permissions[5];
  FILE *real = fopen ("/proc/self/maps", "re"), *file;
  CHECK_INT (mkdir ("root/proc", 0755) | mkdir ("root/proc/self", 0755), 0);
  file = fopen ("root/proc/self/maps", "we");
  CHECK (real != NULL && file != NULL);
  CHECK_INT (stat (decoys[0], &status), 0);
  while (fgets (line, sizeof line, real) != NULL)
    if (sscanf (line, "%lx-%*x %4s %lx", &start, permissions, &offset) == 3
        && permissions[2] == 'x' && strstr (line, own_directory) != NULL)
      fprintf (file, "0-ffffffffffffffff r-xp %llx 00:01 %lu %s/%s\n",
               (long long) offset - (long long) start, (unsigned long) status.st_ino,
               own_directory, library);
  CHECK_INT (fclose (real) | fclose (file), 0);
  return reason != NULL ? reason : enter_new_root ();
}

/* --- Names ------------------------------------------------------------------ */

/* The library is called NAME; the loader knows it by a symbolic link.  */
static const char *
named (const char *name)
{
  own_library_copy (name);
  CHECK_INT (symlink (name, "link.so"), 0);
  return "link.so";
}

static const char *
name_with_space (void)
{
  return named ("lib ffi.so");
}

static const char *
name_with_newline (void)
{
  return named ("lib\nffi.so");
}

static const char *
name_with_backslash (void)
{
  own_library_copy ("lib\nffi.so");
  return named ("lib\\012ffi.so");
}

static const char *
name_deleted (void)
{
  return named ("libffi.so (deleted)");
}

/* What comes after the newline would pass for a line about any memory.  */
static const char *
name_like_line (void)
{
  mkdir ("x\n0-ffffffffffffffff r-xp 00000000 00:00 1                 ", 0755);
  CHECK_INT (chdir ("x\n0-ffffffffffffffff r-xp 00000000 00:00 1                 "), 0);
  return named ("decoy");
}

/* Of 5,000 characters, where a system call takes 4,096; two links go half the way each.
 */
static const char *
long_path (void)
{
  enum
  {
    HALF = 13
  };
  char name[202], half[HALF * sizeof name] = "";
  memset (name, 'd', 200);
  strcpy (name + 200, "/");
  for (int i = 0; i < HALF; i++)
    strcat (half, name);
  for (int i = 0; i < 2 * HALF; i++)
    CHECK (mkdir (name, 0755) == 0 && chdir (name) == 0);
  own_library_copy (library);
  for (int i = 0; i < HALF; i++)
    CHECK_INT (chdir (".."), 0);
  CHECK_INT (symlink (half, "link"), 0);
  CHECK_INT (chdir (own_directory), 0);
  CHECK_INT (symlink (half, "link.so"), 0);
  return "link.so/link/libffi.so.8";
}

static const char *
stay (void)
{
  return NULL;
}

/* Only the kernel's name for it is left.  */
static const char *
remove_link (void)
{
  CHECK_INT (unlink ("link.so"), 0);
  return NULL;
}

/* The loader's name for it is relative, and another file's from here.  */
static const char *
relative_name_of_decoy (void)
{
  CHECK_INT (mkdir ("elsewhere", 0755), 0);
  CHECK_INT (chdir ("elsewhere"), 0);
  make_decoy (library);
  return NULL;
}

/* The deleted file's name is that of another.  */
static const char *
relative_name_of_decoy_only (void)
{
  unlinked ();
  return relative_name_of_decoy ();
}

static const struct attack attacks[] = {
  { "unlinked", NULL, unlinked, GROWS_IF_GROWN, NULL },
  { "replaced_by_equal_file", NULL, replaced_by_equal_file, GROWS_IF_GROWN,
    rewrite_decoys },
  { "replaced_by_other_build", NULL, replaced_by_other_build, GROWS_IF_GROWN, NULL },
  { "upgraded_without_proc", NULL, upgraded_without_proc, GROWS_IF_GROWN, NULL },
  { "replaced_by_garbage", NULL, replaced_by_garbage, GROWS_IF_GROWN, NULL },
  { "replaced_by_short_file", NULL, replaced_by_short_file, GROWS_IF_GROWN, NULL },
  { "replaced_by_directory", NULL, replaced_by_directory, GROWS_IF_GROWN, NULL },
  { "replaced_by_fifo", NULL, replaced_by_fifo, GROWS_IF_GROWN, NULL },
  { "replaced_by_device", NULL, replaced_by_device, GROWS_IF_GROWN, NULL },
  { "replaced_by_loop", NULL, replaced_by_loop, GROWS_IF_GROWN, NULL },
  { "decoy_called_deleted", NULL, decoy_called_deleted, GROWS_IF_GROWN, rewrite_decoys },
  { "mounted_over", NULL, mounted_over, GROWS_IF_GROWN, rewrite_decoys },
  { "chroot_with_decoy", NULL, chroot_with_decoy, GROWS_IF_GROWN, rewrite_decoys },
  { "chroot_with_proc", NULL, chroot_with_proc, GROWS_IF_GROWN, rewrite_decoys },
  { "chroot_with_false_proc", NULL, chroot_with_false_proc, GROWS_IF_GROWN,
    rewrite_decoys },
  { "name_with_space", name_with_space, remove_link, GROWS, NULL },
  { "name_with_newline", name_with_newline, stay, GROWS, NULL },
  { "name_with_backslash", name_with_backslash, stay, GROWS, NULL },
  { "name_deleted", name_deleted, remove_link, GROWS, NULL },
  { "name_like_line", name_like_line, stay, GROWS, NULL },
  { "long_path", long_path, stay, GROWS, NULL },
  { "long_path_left", long_path, remove_link, GROWS_IF_GROWN, NULL },
  { "relative_name", NULL, relative_name_of_decoy, GROWS, rewrite_decoys },
  { "relative_name_unlinked", NULL, relative_name_of_decoy_only, GROWS_IF_GROWN,
    rewrite_decoys },
};

int
main (int argc, char **argv)
{
  return attack_main (argc, argv, attacks, ARRAY_SIZE (attacks));
}
