/* SPDX-License-Identifier: MIT */
/* The results of bench as bars.  */

#include "bench.h"
#include <stdio.h>

enum
{
  LEFT = 240,
  RIGHT = 120,
  WIDTH = 480, /* of the longest bar */
  BAR = 14,
  GAP = 10,
  TOP = 20
};

static void
put_text (FILE *out, const char *text)
{
  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '<':
        fputs ("&lt;", out);
        break;
      case '&':
        fputs ("&amp;", out);
        break;
      default:
        /* Control characters are not allowed, and bytes may be no UTF-8.  */
        fputc (*text >= ' ' && *text < 0x7f ? *text : '?', out);
      }
}

static void
put_label (FILE *out, int x, int y, const char *anchor, const char *text)
{
  fprintf (out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
  put_text (out, text);
  fputs ("</text>\n", out);
}

static const char *
color (unsigned library)
{
  static const char *const colors[] = { "#2a6f97", "#c1666b", "#8a8d91", "#d4a72c",
                                        "#5b8c5a", "#8e6c8a", "#4f5d75", "#b08968" };
  return colors[library % (sizeof colors / sizeof colors[0])];
}

static double
longest (const struct result *results, unsigned cases, unsigned count)
{
  double most = 1;

  for (unsigned c = 0; c < cases; c++)
    for (unsigned l = 0; l < count; l++)
      if (results[c].nanoseconds[l] > most)
        most = results[c].nanoseconds[l];
  return most;
}

bool
write_svg (const char *path, const struct result *results, unsigned cases,
           const struct library *libraries, unsigned count)
{
  FILE *out = fopen (path, "we");
  int group = (int) count * BAR + GAP, y = TOP + (int) count * (BAR + 4) + GAP;
  double scale = WIDTH / longest (results, cases, count);

  if (out == NULL)
    return false;
  fprintf (out,
           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
           "font-family=\"sans-serif\" font-size=\"12\">\n"
           "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
           LEFT + WIDTH + RIGHT, y + (int) cases * group + GAP);
  for (unsigned l = 0; l < count; l++)
    {
      int at = TOP + (int) l * (BAR + 4);
      fprintf (out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
               LEFT, at - 11, color (l));
      put_label (out, LEFT + 18, at, "start", libraries[l].path);
    }
  put_label (out, LEFT - 8, TOP, "end", "nanoseconds, less is better");
  for (unsigned c = 0; c < cases; c++, y += group)
    {
      put_label (out, LEFT - 8, y + (int) count * BAR / 2 + 4, "end", results[c].name);
      for (unsigned l = 0; l < count; l++)
        {
          char number[32];
          double width = results[c].nanoseconds[l] * scale;
          int at = y + (int) l * BAR;
          fprintf (out,
                   "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                   LEFT, at, width, BAR - 2, color (l));
          snprintf (number, sizeof number, l == 0 ? "%.1f" : "%.1f (x %.2f)",
                    results[c].nanoseconds[l], results[c].ratio[l]);
          put_label (out, LEFT + (int) width + 5, at + BAR - 3, "start", number);
        }
    }
  fputs ("</svg>\n", out);
  bool good = !ferror (out);
  return fclose (out) == 0 && good;
}
