/* SPDX-License-Identifier: MIT */
/* JSON, as it is written.  */

#include "ffi-tramp.h"
#include <stdio.h>

static int depth;
static bool first = true;

static void
quote (const char *string)
{
  putchar ('"');
  for (; *string != '\0'; string++)
    {
      unsigned char c = (unsigned char) *string;
      if (c == '"' || c == '\\')
        printf ("\\%c", c);
      else if (c < 0x20 || c >= 0x7f)
        /* Bytes, as paths are; what is not ASCII is told like Latin-1.  */
        printf ("\\u%04x", c);
      else
        putchar (c);
    }
  putchar ('"');
}

/* All that precedes a value.  */
static void
begin (const char *name)
{
  if (!first)
    putchar (',');
  if (depth > 0)
    printf ("\n%*s", 2 * depth, "");
  first = false;
  if (name != NULL)
    {
      quote (name);
      printf (": ");
    }
}

void
json_open (const char *name, char bracket)
{
  begin (name);
  putchar (bracket);
  depth++;
  first = true;
}

void
json_close (char bracket)
{
  depth--;
  if (!first)
    printf ("\n%*s", 2 * depth, "");
  putchar (bracket);
  first = false;
  if (depth == 0)
    putchar ('\n');
}

void
json_string (const char *name, const char *string)
{
  begin (name);
  if (string == NULL)
    printf ("null");
  else
    quote (string);
}

void
json_number (const char *name, double number)
{
  begin (name);
  printf ("%.15g", number);
}

void
json_bool (const char *name, bool value)
{
  begin (name);
  printf (value ? "true" : "false");
}

void
json_null (const char *name)
{
  begin (name);
  printf ("null");
}
