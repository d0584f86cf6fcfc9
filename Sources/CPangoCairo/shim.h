#include <cairo.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-font.h>
#include <string.h>

/* Whether letters of a laid out text come from a font with CFF outlines (OpenType). Cairo 1.16 leaves
   out parts of some of them when it embeds a part of such a font in a PDF: the letter is blank. */
static inline int paper_has_cff_letters(PangoLayout *layout) {
  int found = 0;
  PangoLayoutIter *iter = pango_layout_get_iter(layout);
  do {
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly(iter);
    if (run == NULL || !PANGO_IS_FC_FONT(run->item->analysis.font)) continue;
    FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(run->item->analysis.font));
    FcChar8 *format = NULL;
    found = FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) == FcResultMatch
        && strcmp((const char *)format, "CFF") == 0;
  } while (!found && pango_layout_iter_next_run(iter));
  pango_layout_iter_free(iter);
  return found;
}
