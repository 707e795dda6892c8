/* SPDX-License-Identifier: MIT */
/* A plugin for QEMU's user mode: counts the instructions that a program executes
   and writes the count so far whenever the program enters its function bench_mark.

   qemu-ARCH -plugin count.so -d plugin -D FILE PROGRAM...: a number for each line.

   Debian has no <qemu-plugin.h>; what is used of its interface, version 1, is
   declared here.  */

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t plugin_id;
struct qemu_plugin_tb;
struct qemu_plugin_insn;

enum
{
  INLINE_ADD_U64 = 0, /* enum qemu_plugin_op */
  CB_NO_REGS = 0      /* enum qemu_plugin_cb_flags */
};

void qemu_plugin_register_vcpu_tb_trans_cb (plugin_id,
                                            void (*) (plugin_id,
                                                      struct qemu_plugin_tb *));
void qemu_plugin_register_vcpu_tb_exec_inline (struct qemu_plugin_tb *, int op, void *,
                                               uint64_t);
void qemu_plugin_register_vcpu_tb_exec_cb (struct qemu_plugin_tb *,
                                           void (*) (unsigned vcpu, void *), int flags,
                                           void *);
size_t qemu_plugin_tb_n_insns (const struct qemu_plugin_tb *);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn (const struct qemu_plugin_tb *, size_t);
const char *qemu_plugin_insn_symbol (const struct qemu_plugin_insn *);
void qemu_plugin_outs (const char *);

__attribute__ ((visibility ("default"))) int qemu_plugin_version = 1;

static uint64_t executed;

static void
report (unsigned vcpu, void *data)
{
  char line[32];

  (void) vcpu, (void) data;
  snprintf (line, sizeof line, "%" PRIu64 "\n", executed);
  qemu_plugin_outs (line);
}

/* A block of code is translated: have it add its instructions when it runs.  */
static void
translated (plugin_id id, struct qemu_plugin_tb *block)
{
  const char *symbol = qemu_plugin_insn_symbol (qemu_plugin_tb_get_insn (block, 0));

  (void) id;
  qemu_plugin_register_vcpu_tb_exec_inline (block, INLINE_ADD_U64, &executed,
                                            qemu_plugin_tb_n_insns (block));
  if (symbol != NULL && strcmp (symbol, "bench_mark") == 0)
    qemu_plugin_register_vcpu_tb_exec_cb (block, report, CB_NO_REGS, NULL);
}

int qemu_plugin_install (plugin_id id, const void *info, int argc, char **argv);

int
qemu_plugin_install (plugin_id id, const void *info, int argc, char **argv)
{
  (void) info, (void) argc, (void) argv;
  qemu_plugin_register_vcpu_tb_trans_cb (id, translated);
  return 0;
}
